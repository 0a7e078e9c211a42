-- Who is on duty on which days. Days are counted from 1970-01-01, those of the authority's own clock.
CREATE TABLE duty (
    authority_id BLOB NOT NULL REFERENCES org (id),
    day INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (authority_id, day, person_id)
) STRICT;

-- Who is away, and who does their work meanwhile.
CREATE TABLE absence (
    id BLOB PRIMARY KEY,
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    deputy_id BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX absence_by_authority ON absence (authority_id, last_day);

-- Which languages an officer speaks and what they know best: codes with blanks between.
CREATE TABLE desk_skill (
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    languages TEXT NOT NULL,
    specialities TEXT NOT NULL,
    PRIMARY KEY (authority_id, person_id)
) STRICT;

-- What an authority has switched on.
CREATE TABLE desk_setting (
    authority_id BLOB PRIMARY KEY REFERENCES org (id),
    assigns INTEGER NOT NULL CHECK (assigns IN (0, 1))
) STRICT;

-- When those on duty are mailed again about a report whose goods leave soon, unless somebody has opened it by then.
ALTER TABLE report ADD COLUMN page_at INTEGER;
CREATE INDEX report_by_page ON report (page_at) WHERE page_at IS NOT NULL;
-- How much everybody has, without looking at what is decided.
CREATE INDEX report_by_load ON report (authority_id, assigned_to) WHERE shelf IN ('open', 'waiting') AND assigned_to IS NOT NULL;
