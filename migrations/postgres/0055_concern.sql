-- Whether an authority takes anonymous concerns, and in whose name their reports stand: an organisation of the kind 'anonymous'
-- and a person of it. Neither has members or a sign-in.
CREATE TABLE concern_door (
    authority_id UUID PRIMARY KEY REFERENCES org (id),
    is_open BOOLEAN NOT NULL,
    org_id UUID NOT NULL UNIQUE REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    version BIGINT NOT NULL
);

-- What a report of an anonymous concern is beside a report. Nothing of its sender, and no time but the day, in days since
-- 1970-01-01.
CREATE TABLE concern (
    report_id UUID PRIMARY KEY REFERENCES report (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    day BIGINT NOT NULL,
    -- Keyed hash of the phrase that opens the mailbox; none once it is closed, and none for what an association passed on.
    lookup BYTEA UNIQUE,
    -- The association that passed it on for a member.
    association_id UUID REFERENCES org (id)
);
CREATE INDEX concern_by_day ON concern (authority_id, day);
CREATE INDEX concern_by_association ON concern (association_id, day);
