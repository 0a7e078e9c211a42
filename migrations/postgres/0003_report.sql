-- Drafts and reports. What was typed is kept exactly as typed (`answers`, JSON); columns beside it are for the queue.
CREATE TABLE draft (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    author_id UUID NOT NULL REFERENCES person (id),
    taken_by_authority UUID REFERENCES org (id),
    question_set TEXT NOT NULL,
    quick BOOLEAN NOT NULL,
    answers TEXT NOT NULL,
    field_versions TEXT NOT NULL,
    alternatives TEXT NOT NULL,
    version BIGINT NOT NULL,
    completes_report UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT
);
CREATE INDEX draft_by_org ON draft (org_id, author_id, updated_at);

CREATE TABLE report (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    draft_id UUID NOT NULL UNIQUE,
    org_id UUID NOT NULL REFERENCES org (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    author_id UUID NOT NULL REFERENCES person (id),
    taken_by_authority BOOLEAN NOT NULL,
    confirmed_at BIGINT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    quick BOOLEAN NOT NULL,
    current_version BIGINT NOT NULL,
    headline TEXT NOT NULL,
    party TEXT NOT NULL,
    party_country TEXT NOT NULL,
    band TEXT NOT NULL,
    score_halves BIGINT NOT NULL,
    cells BIGINT NOT NULL,
    severity TEXT NOT NULL,
    severity_reason TEXT NOT NULL,
    -- Most urgent first: the queue orders by this alone, then by id. Smaller is more urgent.
    urgency BIGINT NOT NULL,
    aware_at BIGINT,
    sent_at BIGINT NOT NULL,
    answer_due BIGINT NOT NULL,
    paused_at BIGINT,
    duty_due BIGINT,
    basis TEXT NOT NULL,
    assigned_to UUID REFERENCES person (id),
    outcome TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    duplicate_of UUID REFERENCES report (id),
    last_entry_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX report_queue ON report (authority_id, state, urgency, id);
CREATE INDEX report_by_org ON report (org_id, sent_at);
CREATE INDEX report_by_assignee ON report (assigned_to, state);

-- Every state of a report's content: 1 as sent, then completions and amendments.
CREATE TABLE report_version (
    report_id UUID NOT NULL REFERENCES report (id),
    version BIGINT NOT NULL,
    question_set TEXT NOT NULL,
    rule_set TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    answers TEXT NOT NULL,
    canonical TEXT NOT NULL,
    assessment TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (report_id, version)
);

CREATE TABLE report_substance (
    report_id UUID NOT NULL REFERENCES report (id),
    n BIGINT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    cas TEXT NOT NULL,
    base_quantity BIGINT,
    dimension TEXT NOT NULL,
    PRIMARY KEY (report_id, n)
);
CREATE INDEX report_substance_by_slug ON report_substance (slug, report_id);

-- Who beside author and administrators may see a company's report.
CREATE TABLE report_person (
    report_id UUID NOT NULL REFERENCES report (id),
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (report_id, person_id)
);

-- The thread: messages both sides see, internal notes, events.
CREATE TABLE report_entry (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    person_id UUID REFERENCES person (id),
    body TEXT NOT NULL,
    detail TEXT NOT NULL,
    visible_to_company BOOLEAN NOT NULL
);
CREATE INDEX report_entry_by_report ON report_entry (report_id, at);

-- Unread marks: how far each person has read each report.
CREATE TABLE report_read (
    report_id UUID NOT NULL REFERENCES report (id),
    person_id UUID NOT NULL REFERENCES person (id),
    read_at BIGINT NOT NULL,
    PRIMARY KEY (report_id, person_id)
);
