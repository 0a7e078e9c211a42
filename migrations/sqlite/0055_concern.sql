-- Whether an authority takes anonymous concerns, and in whose name their reports stand: an organisation of the kind 'anonymous'
-- and a person of it. Neither has members or a sign-in.
CREATE TABLE concern_door (
    authority_id BLOB PRIMARY KEY REFERENCES org (id),
    is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
    org_id BLOB NOT NULL UNIQUE REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL
) STRICT;

-- What a report of an anonymous concern is beside a report. Nothing of its sender, and no time but the day, in days since
-- 1970-01-01. Without rowid: the order in which they came is not kept here either.
CREATE TABLE concern (
    report_id BLOB PRIMARY KEY REFERENCES report (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    day INTEGER NOT NULL,
    -- Keyed hash of the phrase that opens the mailbox; none once it is closed, and none for what an association passed on.
    lookup BLOB UNIQUE,
    -- The association that passed it on for a member.
    association_id BLOB REFERENCES org (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX concern_by_day ON concern (authority_id, day);
CREATE INDEX concern_by_association ON concern (association_id, day);
