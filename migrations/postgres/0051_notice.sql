-- What authorities and associations make known. The text people work on is `content`; what readers see is the revision with
-- the number `revision`, with its `card` for lists.
CREATE TABLE notice (
    id UUID PRIMARY KEY,
    reference TEXT NOT NULL UNIQUE,
    org_id UUID NOT NULL REFERENCES org (id),
    version BIGINT NOT NULL,
    -- 'draft', 'review', 'scheduled', 'published', 'withdrawn'.
    state TEXT NOT NULL,
    -- Who began the present text, and who wrote in it since the last publication (JSON list): none of them publishes it.
    author_id UUID NOT NULL REFERENCES person (id),
    writers TEXT NOT NULL,
    -- JSON, see domain::notice::Content; its first title.
    content TEXT NOT NULL,
    headline TEXT NOT NULL,
    -- What the author says to the second person, and why that one sent it back.
    note TEXT NOT NULL,
    sent_back TEXT NOT NULL,
    asked_at BIGINT,
    -- Who approved its publication, and for when.
    approved_by UUID REFERENCES person (id),
    publish_at BIGINT,
    -- The number of the last revision; 0 before the first. The columns behind it are those of that revision: JSON, see
    -- domain::notice::Card; 'public', 'companies', 'audience'; the instant after its last day.
    revision BIGINT NOT NULL,
    card TEXT NOT NULL,
    access TEXT NOT NULL,
    ends_at BIGINT,
    -- The first and the last publication.
    published_at BIGINT,
    revised_at BIGINT,
    withdrawn_at BIGINT,
    withdrawn_reason TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX notice_by_org ON notice (org_id, changed_at, id);
CREATE INDEX notice_published ON notice (published_at, id) WHERE revision > 0 AND withdrawn_at IS NULL;
CREATE INDEX notice_to_publish ON notice (publish_at) WHERE state = 'scheduled';

-- What was published, as it was. Rows are added and never changed.
CREATE TABLE notice_revision (
    notice_id UUID NOT NULL REFERENCES notice (id),
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    content TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    -- Signed with the receipt key, see domain::receipt::Seal.
    seal TEXT NOT NULL,
    note TEXT NOT NULL,
    author_id UUID NOT NULL REFERENCES person (id),
    publisher_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (notice_id, number)
);

-- Files that belong to notices. The bytes lie where evidence lies, under `storage`. What was never published can be removed.
CREATE TABLE notice_file (
    id UUID PRIMARY KEY,
    notice_id UUID NOT NULL REFERENCES notice (id),
    storage TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    added_by UUID NOT NULL REFERENCES person (id),
    added_at BIGINT NOT NULL,
    published BOOLEAN NOT NULL
);
CREATE INDEX notice_file_by_notice ON notice_file (notice_id);
