-- Drafts and reports. What was typed is kept exactly as typed (`answers`, JSON); columns beside it are for the queue.
CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    taken_by_authority BLOB REFERENCES org (id),
    question_set TEXT NOT NULL,
    quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
    answers TEXT NOT NULL,
    field_versions TEXT NOT NULL,
    alternatives TEXT NOT NULL,
    version INTEGER NOT NULL,
    completes_report BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER
) STRICT;
CREATE INDEX draft_by_org ON draft (org_id, author_id, updated_at);

CREATE TABLE report (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    draft_id BLOB NOT NULL UNIQUE,
    org_id BLOB NOT NULL REFERENCES org (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    taken_by_authority INTEGER NOT NULL CHECK (taken_by_authority IN (0, 1)),
    confirmed_at INTEGER,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
    current_version INTEGER NOT NULL,
    headline TEXT NOT NULL,
    party TEXT NOT NULL,
    party_country TEXT NOT NULL,
    band TEXT NOT NULL,
    score_halves INTEGER NOT NULL,
    cells INTEGER NOT NULL,
    severity TEXT NOT NULL,
    severity_reason TEXT NOT NULL,
    -- Most urgent first: the queue orders by this alone, then by id. Smaller is more urgent.
    urgency INTEGER NOT NULL,
    aware_at INTEGER,
    sent_at INTEGER NOT NULL,
    answer_due INTEGER NOT NULL,
    paused_at INTEGER,
    duty_due INTEGER,
    basis TEXT NOT NULL,
    assigned_to BLOB REFERENCES person (id),
    outcome TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    duplicate_of BLOB REFERENCES report (id),
    last_entry_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX report_queue ON report (authority_id, state, urgency, id);
CREATE INDEX report_by_org ON report (org_id, sent_at);
CREATE INDEX report_by_assignee ON report (assigned_to, state);

-- Every state of a report's content: 1 as sent, then completions and amendments.
CREATE TABLE report_version (
    report_id BLOB NOT NULL REFERENCES report (id),
    version INTEGER NOT NULL,
    question_set TEXT NOT NULL,
    rule_set TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    answers TEXT NOT NULL,
    canonical TEXT NOT NULL,
    assessment TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (report_id, version)
) STRICT;

CREATE TABLE report_substance (
    report_id BLOB NOT NULL REFERENCES report (id),
    n INTEGER NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    cas TEXT NOT NULL,
    base_quantity INTEGER,
    dimension TEXT NOT NULL,
    PRIMARY KEY (report_id, n)
) STRICT;
CREATE INDEX report_substance_by_slug ON report_substance (slug, report_id);

-- Who beside author and administrators may see a company's report.
CREATE TABLE report_person (
    report_id BLOB NOT NULL REFERENCES report (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (report_id, person_id)
) STRICT;

-- The thread: messages both sides see, internal notes, events.
CREATE TABLE report_entry (
    id BLOB PRIMARY KEY,
    report_id BLOB NOT NULL REFERENCES report (id),
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    person_id BLOB REFERENCES person (id),
    body TEXT NOT NULL,
    detail TEXT NOT NULL,
    visible_to_company INTEGER NOT NULL CHECK (visible_to_company IN (0, 1))
) STRICT;
CREATE INDEX report_entry_by_report ON report_entry (report_id, at);

-- Unread marks: how far each person has read each report.
CREATE TABLE report_read (
    report_id BLOB NOT NULL REFERENCES report (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    read_at INTEGER NOT NULL,
    PRIMARY KEY (report_id, person_id)
) STRICT;
