-- What authorities and associations make known. The text people work on is `content`; what readers see is the revision with
-- the number `revision`, with its `card` for lists.
CREATE TABLE notice (
    id BLOB PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    org_id BLOB NOT NULL REFERENCES org (id),
    version INTEGER NOT NULL,
    -- 'draft', 'review', 'scheduled', 'published', 'withdrawn'.
    state TEXT NOT NULL,
    -- Who began the present text, and who wrote in it since the last publication (JSON list): none of them publishes it.
    author_id BLOB NOT NULL REFERENCES person (id),
    writers TEXT NOT NULL,
    -- JSON, see domain::notice::Content; its first title.
    content TEXT NOT NULL,
    headline TEXT NOT NULL,
    -- What the author says to the second person, and why that one sent it back.
    note TEXT NOT NULL,
    sent_back TEXT NOT NULL,
    asked_at INTEGER,
    -- Who approved its publication, and for when.
    approved_by BLOB REFERENCES person (id),
    publish_at INTEGER,
    -- The number of the last revision; 0 before the first. The columns behind it are those of that revision: JSON, see
    -- domain::notice::Card; 'public', 'companies', 'audience'; the instant after its last day.
    revision INTEGER NOT NULL,
    card TEXT NOT NULL,
    access TEXT NOT NULL,
    ends_at INTEGER,
    -- The first and the last publication.
    published_at INTEGER,
    revised_at INTEGER,
    withdrawn_at INTEGER,
    withdrawn_reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX notice_by_org ON notice (org_id, changed_at, id);
CREATE INDEX notice_published ON notice (published_at, id) WHERE revision > 0 AND withdrawn_at IS NULL;
CREATE INDEX notice_to_publish ON notice (publish_at) WHERE state = 'scheduled';

-- What was published, as it was. Rows are added and never changed.
CREATE TABLE notice_revision (
    notice_id BLOB NOT NULL REFERENCES notice (id),
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    content TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    -- Signed with the receipt key, see domain::receipt::Seal.
    seal TEXT NOT NULL,
    note TEXT NOT NULL,
    author_id BLOB NOT NULL REFERENCES person (id),
    publisher_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (notice_id, number)
) STRICT;

-- Files that belong to notices. The bytes lie where evidence lies, under `storage`. What was never published can be removed.
CREATE TABLE notice_file (
    id BLOB PRIMARY KEY,
    notice_id BLOB NOT NULL REFERENCES notice (id),
    storage TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    added_by BLOB NOT NULL REFERENCES person (id),
    added_at INTEGER NOT NULL,
    published INTEGER NOT NULL CHECK (published IN (0, 1))
) STRICT;
CREATE INDEX notice_file_by_notice ON notice_file (notice_id);
