-- Drafts and reports. What was typed is kept exactly as typed (`answers`, JSON); columns beside it are for lists.
-- `history` holds per field which version changed it last, `kept` what was typed elsewhere or removed, both JSON.
CREATE TABLE draft (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    taken_by_authority BLOB REFERENCES org (id),
    question_set TEXT NOT NULL,
    quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
    title TEXT NOT NULL,
    answers TEXT NOT NULL,
    history TEXT NOT NULL,
    kept TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- The report that this draft completes; it becomes that report's next version.
    completes_report BLOB,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    archived_at INTEGER,
    -- '', 'sent', 'deleted' or 'aged'.
    archived_as TEXT NOT NULL
) STRICT;
CREATE INDEX draft_by_org ON draft (org_id, archived_as, updated_at);
CREATE INDEX draft_by_taker ON draft (taken_by_authority, author_id, updated_at);
CREATE INDEX draft_by_age ON draft (archived_as, updated_at);

CREATE TABLE report (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    org_id BLOB NOT NULL REFERENCES org (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    -- An officer took it down by telephone; the company confirms it.
    taken_by_authority INTEGER NOT NULL CHECK (taken_by_authority IN (0, 1)),
    confirmed_at INTEGER,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Which view of the desk shows it, derived from the state: 'open', 'waiting', 'accepted', 'closed'.
    shelf TEXT NOT NULL,
    on_hold INTEGER NOT NULL CHECK (on_hold IN (0, 1)),
    -- The company let the time for an answer run out.
    unanswered INTEGER NOT NULL CHECK (unanswered IN (0, 1)),
    quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
    current_version INTEGER NOT NULL,
    headline TEXT NOT NULL,
    party TEXT NOT NULL,
    party_country TEXT NOT NULL,
    -- Band and cells as the company saw them; the same with the signs that are the authority's own; the band that
    -- counts, which an officer may have set.
    band TEXT NOT NULL,
    cells INTEGER NOT NULL,
    desk_band TEXT NOT NULL,
    desk_cells INTEGER NOT NULL,
    severity TEXT NOT NULL,
    urgent INTEGER NOT NULL CHECK (urgent IN (0, 1)),
    delivery_at INTEGER,
    -- Most urgent first: the queue orders by this, then by id. Smaller is more urgent; see `services::desk::urgency`.
    urgency INTEGER NOT NULL,
    aware_at INTEGER,
    sent_at INTEGER NOT NULL,
    answer_due INTEGER NOT NULL,
    -- Since when the authority's clock stands still.
    paused_at INTEGER,
    -- Until when the company is to answer the open question.
    question_due INTEGER,
    duty_due INTEGER,
    basis TEXT NOT NULL,
    assigned_to BLOB REFERENCES person (id),
    outcome TEXT NOT NULL,
    reason_code TEXT NOT NULL,
    decided_at INTEGER,
    duplicate_of BLOB REFERENCES report (id),
    -- The last thing each side said to the other.
    company_entry_at INTEGER NOT NULL,
    authority_entry_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX report_queue ON report (authority_id, urgency, id);
CREATE INDEX report_by_org ON report (org_id, sent_at, id);
CREATE INDEX report_by_shelf ON report (shelf, question_due);

-- Every state of a report's content: 1 as sent, then completions and amendments. One draft makes one version.
CREATE TABLE report_version (
    report_id BLOB NOT NULL REFERENCES report (id),
    version INTEGER NOT NULL,
    draft_id BLOB NOT NULL UNIQUE REFERENCES draft (id),
    question_set TEXT NOT NULL,
    rule_set TEXT NOT NULL,
    catalogue TEXT NOT NULL,
    -- What the company was when it was sent, JSON: decides which questions were asked.
    profile TEXT NOT NULL,
    quick INTEGER NOT NULL CHECK (quick IN (0, 1)),
    answers TEXT NOT NULL,
    canonical TEXT NOT NULL,
    -- By the rules that companies see, and by all of them.
    assessment TEXT NOT NULL,
    desk_assessment TEXT NOT NULL,
    -- Over the answers as stored.
    sha256 BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (report_id, version)
) STRICT;

-- The substances of the current version. `base_quantity` in milligrams, microlitres or pieces.
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
    added_by BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (report_id, person_id)
) STRICT;

-- The thread: messages that both sides see, internal notes, events. What the company may see is a row of its own
-- that holds nothing else, so that no reading has to leave a part out.
CREATE TABLE report_entry (
    id BLOB PRIMARY KEY,
    report_id BLOB NOT NULL REFERENCES report (id),
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    side TEXT NOT NULL,
    person_id BLOB REFERENCES person (id),
    body TEXT NOT NULL,
    detail TEXT NOT NULL,
    visible_to_company INTEGER NOT NULL CHECK (visible_to_company IN (0, 1)),
    UNIQUE (report_id, n)
) STRICT;

-- Unread marks: how far each person has read each report, and when they last opened it.
CREATE TABLE report_read (
    report_id BLOB NOT NULL REFERENCES report (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    read_at INTEGER NOT NULL,
    audited_at INTEGER NOT NULL,
    PRIMARY KEY (report_id, person_id)
) STRICT;
