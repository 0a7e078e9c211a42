-- Associations whose notices an authority wants to approve before they are published.
CREATE TABLE notice_gate (
    association_id BLOB PRIMARY KEY REFERENCES org (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    set_by BLOB NOT NULL REFERENCES person (id),
    set_at INTEGER NOT NULL
) STRICT;

-- What an authority was asked to approve and what it said. An approval holds for the text with this hash, and for one
-- publication of it.
CREATE TABLE notice_approval (
    id BLOB PRIMARY KEY,
    notice_id BLOB NOT NULL REFERENCES notice (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    -- 'asked', 'approved', 'returned', 'lapsed', 'used'.
    state TEXT NOT NULL,
    -- Of the text, and its first title: the text itself may be changed later.
    sha256 BLOB NOT NULL,
    headline TEXT NOT NULL,
    -- The association's second person.
    asked_by BLOB NOT NULL REFERENCES person (id),
    asked_at INTEGER NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER,
    reason TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX notice_approval_open ON notice_approval (notice_id) WHERE state IN ('asked', 'approved');
CREATE INDEX notice_approval_by_notice ON notice_approval (notice_id);
CREATE INDEX notice_approval_waiting ON notice_approval (authority_id, asked_at) WHERE state = 'asked';
CREATE INDEX notice_approval_decided ON notice_approval (authority_id, decided_at) WHERE decided_at IS NOT NULL;

-- Which notice was adapted from which one of somebody else.
CREATE TABLE notice_adapted (
    notice_id BLOB PRIMARY KEY REFERENCES notice (id),
    original_id BLOB NOT NULL REFERENCES notice (id),
    -- The last revision of the original that those who adapted it have looked at.
    revision INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_adapted_by_original ON notice_adapted (original_id);

-- Who was told of a notice: they are told of its withdrawal too. Lines of inboxes go after some time, these stay.
CREATE TABLE notice_told (
    notice_id BLOB NOT NULL REFERENCES notice (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (notice_id, person_id)
) STRICT;
CREATE INDEX notice_told_by_person ON notice_told (person_id);
INSERT INTO notice_told (notice_id, person_id)
    SELECT DISTINCT n.id, m.person_id FROM notification m JOIN notice n ON m.path = '/notices/' || n.reference
    WHERE m.line IN ('alert_published', 'notice_published');
