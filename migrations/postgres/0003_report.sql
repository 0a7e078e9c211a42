-- Drafts and reports. What was typed is kept exactly as typed (`answers`, JSON); columns beside it are for lists.
-- `history` holds per field which version changed it last, `kept` what was typed elsewhere or removed, both JSON.
CREATE TABLE draft (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    author_id UUID NOT NULL REFERENCES person (id),
    taken_by_authority UUID REFERENCES org (id),
    question_set TEXT NOT NULL,
    quick BOOLEAN NOT NULL,
    title TEXT NOT NULL,
    answers TEXT NOT NULL,
    history TEXT NOT NULL,
    kept TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- The report that this draft completes; it becomes that report's next version.
    completes_report UUID,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    archived_at BIGINT,
    -- '', 'sent', 'deleted' or 'aged'.
    archived_as TEXT NOT NULL
);
CREATE INDEX draft_by_org ON draft (org_id, archived_as, updated_at);
CREATE INDEX draft_by_taker ON draft (taken_by_authority, author_id, updated_at);
CREATE INDEX draft_by_age ON draft (archived_as, updated_at);

CREATE TABLE report (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    org_id UUID NOT NULL REFERENCES org (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    author_id UUID NOT NULL REFERENCES person (id),
    -- An officer took it down by telephone; the company confirms it.
    taken_by_authority BOOLEAN NOT NULL,
    confirmed_at BIGINT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Which view of the desk shows it, derived from the state: 'open', 'waiting', 'accepted', 'closed'.
    shelf TEXT NOT NULL,
    on_hold BOOLEAN NOT NULL,
    -- The company let the time for an answer run out.
    unanswered BOOLEAN NOT NULL,
    quick BOOLEAN NOT NULL,
    current_version BIGINT NOT NULL,
    headline TEXT NOT NULL,
    party TEXT NOT NULL,
    party_country TEXT NOT NULL,
    -- Band and cells as the company saw them; the same with the signs that are the authority's own; the band that
    -- counts, which an officer may have set.
    band TEXT NOT NULL,
    cells BIGINT NOT NULL,
    desk_band TEXT NOT NULL,
    desk_cells BIGINT NOT NULL,
    severity TEXT NOT NULL,
    urgent BOOLEAN NOT NULL,
    delivery_at BIGINT,
    -- Most urgent first: the queue orders by this, then by id. Smaller is more urgent; see `services::desk::urgency`.
    urgency BIGINT NOT NULL,
    aware_at BIGINT,
    sent_at BIGINT NOT NULL,
    answer_due BIGINT NOT NULL,
    -- Since when the authority's clock stands still.
    paused_at BIGINT,
    -- Until when the company is to answer the open question.
    question_due BIGINT,
    duty_due BIGINT,
    basis TEXT NOT NULL,
    assigned_to UUID REFERENCES person (id),
    outcome TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    decided_at BIGINT,
    duplicate_of UUID REFERENCES report (id),
    -- The last thing each side said to the other.
    company_entry_at BIGINT NOT NULL,
    authority_entry_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX report_queue ON report (authority_id, urgency, id);
CREATE INDEX report_by_org ON report (org_id, sent_at, id);
CREATE INDEX report_by_shelf ON report (shelf, question_due);

-- Every state of a report's content: 1 as sent, then completions and amendments. One draft makes one version.
CREATE TABLE report_version (
    report_id UUID NOT NULL REFERENCES report (id),
    version BIGINT NOT NULL,
    draft_id UUID NOT NULL UNIQUE REFERENCES draft (id),
    question_set TEXT NOT NULL,
    rule_set TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    -- What the company was when it was sent, JSON: decides which questions were asked.
    profile TEXT NOT NULL,
    quick BOOLEAN NOT NULL,
    answers TEXT NOT NULL,
    canonical TEXT NOT NULL,
    -- By the rules that companies see, and by all of them.
    assessment TEXT NOT NULL,
    desk_assessment TEXT NOT NULL,
    -- Over the answers as stored.
    sha256 BYTEA NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (report_id, version)
);

-- The substances of the current version. `base_quantity` in milligrams, microlitres or pieces.
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
    added_by UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (report_id, person_id)
);

-- The thread: messages that both sides see, internal notes, events. What the company may see is a row of its own
-- that holds nothing else, so that no reading has to leave a part out.
CREATE TABLE report_entry (
    id UUID PRIMARY KEY,
    report_id UUID NOT NULL REFERENCES report (id),
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    person_id UUID REFERENCES person (id),
    body TEXT NOT NULL,
    detail TEXT NOT NULL,
    visible_to_company BOOLEAN NOT NULL,
    UNIQUE (report_id, n)
);

-- Unread marks: how far each person has read each report, and when they last opened it.
CREATE TABLE report_read (
    report_id UUID NOT NULL REFERENCES report (id),
    person_id UUID NOT NULL REFERENCES person (id),
    read_at BIGINT NOT NULL,
    audited_at BIGINT NOT NULL,
    PRIMARY KEY (report_id, person_id)
);
