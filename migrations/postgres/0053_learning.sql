-- What somebody has read, and which cases they have decided. Rows are added and never changed.
CREATE TABLE learning_step (
    person_id UUID NOT NULL REFERENCES person (id),
    -- Handle of a module; 'case/' and the handle of a case.
    module TEXT NOT NULL,
    -- Version of the module; 0 of a case.
    version BIGINT NOT NULL,
    -- From 1; 0 of a case.
    page BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, module, version, page)
);

-- Every answer to a quiz, kept as it was given. Rows are added and never changed.
CREATE TABLE learning_attempt (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    module TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- Places of the chosen options per question, JSON.
    chosen TEXT NOT NULL,
    points BIGINT NOT NULL,
    questions BIGINT NOT NULL,
    passed BOOLEAN NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX learning_attempt_by_person ON learning_attempt (person_id, module, id);

-- Certificates. Rows are added and never changed.
CREATE TABLE certificate (
    number TEXT PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    attempt_id UUID NOT NULL UNIQUE REFERENCES learning_attempt (id),
    -- The holder's name and the module's title on that day.
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    module TEXT NOT NULL,
    version BIGINT NOT NULL,
    issued_at BIGINT NOT NULL,
    -- The last day, days since 1970-01-01.
    until_on BIGINT NOT NULL,
    public_key BYTEA NOT NULL,
    signature BYTEA NOT NULL
);
CREATE INDEX certificate_by_person ON certificate (person_id, module, issued_at);
CREATE INDEX certificate_by_end ON certificate (until_on);

-- Which modules an organisation wants those with a role to learn, until when. Ended rows stay.
CREATE TABLE learning_assignment (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    role TEXT NOT NULL,
    module TEXT NOT NULL,
    -- Days since 1970-01-01.
    due_on BIGINT NOT NULL,
    by_person UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE UNIQUE INDEX learning_assignment_open ON learning_assignment (org_id, role, module) WHERE ended_at IS NULL;
CREATE INDEX learning_assignment_by_due ON learning_assignment (due_on) WHERE ended_at IS NULL;

-- Who was reminded of what, once: of an assignment, or of a certificate that ended (by the attempt behind it).
CREATE TABLE learning_reminder (
    person_id UUID NOT NULL REFERENCES person (id),
    about UUID NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, about)
);

-- Whether an authority asks its people for a certificate before anything is released to industry: 'off', 'tell', 'require'.
CREATE TABLE learning_rule (
    authority_id UUID PRIMARY KEY REFERENCES org (id),
    mode TEXT NOT NULL
);
