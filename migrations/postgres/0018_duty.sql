-- Who is on duty on which days. Days are counted from 1970-01-01, those of the authority's own clock.
CREATE TABLE duty (
    authority_id UUID NOT NULL REFERENCES org (id),
    day BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (authority_id, day, person_id)
);

-- Who is away, and who does their work meanwhile.
CREATE TABLE absence (
    id UUID PRIMARY KEY,
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    first_day BIGINT NOT NULL,
    last_day BIGINT NOT NULL,
    deputy_id UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX absence_by_authority ON absence (authority_id, last_day);

-- Which languages an officer speaks and what they know best: codes with blanks between.
CREATE TABLE desk_skill (
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    languages TEXT NOT NULL,
    specialities TEXT NOT NULL,
    PRIMARY KEY (authority_id, person_id)
);

-- What an authority has switched on.
CREATE TABLE desk_setting (
    authority_id UUID PRIMARY KEY REFERENCES org (id),
    assigns BOOLEAN NOT NULL
);

-- When those on duty are mailed again about a report whose goods leave soon, unless somebody has opened it by then.
ALTER TABLE report ADD COLUMN page_at BIGINT;
CREATE INDEX report_by_page ON report (page_at) WHERE page_at IS NOT NULL;
-- How much everybody has, without looking at what is decided.
CREATE INDEX report_by_load ON report (authority_id, assigned_to) WHERE shelf IN ('open', 'waiting') AND assigned_to IS NOT NULL;
