-- Companies that an association invited to be its members here, and what came of it.
CREATE TABLE association_member (
    id BLOB PRIMARY KEY,
    association_id BLOB NOT NULL REFERENCES org (id),
    -- The company as the association named it: by its number in a register, or by an officer's mail address (the other is
    -- then empty). Whether it uses this installation the association is not told before the company accepts.
    member TEXT NOT NULL,
    country TEXT NOT NULL,
    registration TEXT NOT NULL,
    registration_key TEXT NOT NULL,
    email TEXT NOT NULL,
    -- 'asked', 'accepted', 'declined', 'left', 'ended'.
    state TEXT NOT NULL,
    -- The first instant at which the company is no member any more; NULL for no end.
    ends_at INTEGER,
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    -- The company that answered; NULL until then.
    org_id BLOB REFERENCES org (id),
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE UNIQUE INDEX association_member_open ON association_member (association_id, country, registration_key, email)
    WHERE state IN ('asked', 'accepted');
CREATE UNIQUE INDEX association_member_once ON association_member (association_id, org_id) WHERE state = 'accepted';
CREATE INDEX association_member_by_number ON association_member (country, registration_key);
CREATE INDEX association_member_by_email ON association_member (email) WHERE email <> '';
CREATE INDEX association_member_by_company ON association_member (org_id, state) WHERE org_id IS NOT NULL;

-- A member's question to its association and the answer that an authority signs.
CREATE TABLE member_question (
    id BLOB PRIMARY KEY,
    association_id BLOB NOT NULL REFERENCES org (id),
    -- Who asked: for finding the way back only. No statement of the association or of the authority reads these two.
    org_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,
    -- 'asked', 'signing', 'returned', 'published', 'declined'.
    state TEXT NOT NULL,
    -- What was asked, and the day; the hour would help to guess who.
    asked TEXT NOT NULL,
    asked_on INTEGER NOT NULL,
    -- What is published: the question as the association puts it, and its answer. Empty before it was drafted.
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    -- Whether everybody may read it, and not members only.
    is_public INTEGER NOT NULL CHECK (is_public IN (0, 1)),
    authority_id BLOB REFERENCES org (id),
    drafted_by BLOB REFERENCES person (id),
    -- Why the authority changed it or sent it back, or why the association does not answer.
    reason TEXT NOT NULL,
    signed_by BLOB REFERENCES person (id),
    signed_at INTEGER
) STRICT;
CREATE INDEX member_question_by_association ON member_question (association_id, state, id);
CREATE INDEX member_question_by_authority ON member_question (authority_id, state, id);
CREATE INDEX member_question_by_company ON member_question (org_id, id);
CREATE INDEX member_question_public ON member_question (signed_at) WHERE state = 'published';

-- Drafts of rules on which an association asks its members, or an authority its companies.
CREATE TABLE consultation (
    id BLOB PRIMARY KEY,
    owner_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,
    -- 'draft', 'open', 'closed'.
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    -- The draft, restricted Markdown; the questions, one a line.
    body TEXT NOT NULL,
    questions TEXT NOT NULL,
    -- The first instant at which nobody can answer any more.
    ends_at INTEGER NOT NULL,
    opened_at INTEGER,
    -- What the owner says in the end.
    response TEXT NOT NULL,
    closed_at INTEGER
) STRICT;
CREATE INDEX consultation_by_owner ON consultation (owner_id, id);

CREATE TABLE consultation_position (
    consultation_id BLOB NOT NULL REFERENCES consultation (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    -- 'support', 'support_with_changes', 'oppose', 'no_opinion'.
    position TEXT NOT NULL,
    comment TEXT NOT NULL,
    -- One answer for each question, JSON list.
    answers TEXT NOT NULL,
    -- Whether the owner may know whose it is.
    is_named INTEGER NOT NULL CHECK (is_named IN (0, 1)),
    at INTEGER NOT NULL,
    PRIMARY KEY (consultation_id, org_id)
) STRICT;

-- Figures of the sector of an association's members, as they were told once and for all, and of whom they tell.
CREATE TABLE sector_table (
    association_id BLOB NOT NULL REFERENCES org (id),
    -- First day of the month, days since 1970-01-01.
    month INTEGER NOT NULL,
    -- 'kind', 'substance', 'flag'.
    what TEXT NOT NULL,
    -- JSON, see domain::suppress.
    told TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (association_id, month, what)
) STRICT;
CREATE TABLE sector_source (
    association_id BLOB NOT NULL REFERENCES org (id),
    month INTEGER NOT NULL,
    org_id BLOB NOT NULL REFERENCES org (id),
    PRIMARY KEY (association_id, month, org_id)
) STRICT;

-- What an association puts into its calendar.
CREATE TABLE calendar_entry (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    author_id BLOB NOT NULL REFERENCES person (id),
    title TEXT NOT NULL,
    about TEXT NOT NULL,
    place TEXT NOT NULL,
    -- Days since 1970-01-01; the last one is the first where it is one day.
    first_day INTEGER NOT NULL,
    last_day INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    removed_at INTEGER
) STRICT;
CREATE INDEX calendar_entry_by_org ON calendar_entry (org_id, last_day) WHERE removed_at IS NULL;
