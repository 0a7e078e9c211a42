-- Files that belong to a report. The bytes lie outside of the database, in the folder `evidence` of the data folder, under
-- `storage`; a row is written only when its file is durable.
CREATE TABLE evidence (
    id BLOB PRIMARY KEY,
    -- Where it was added: to a draft, or (NULL) to a report that had been sent.
    draft_id BLOB REFERENCES draft (id),
    -- Whose evidence it is since it was handed over, and from which version of that report on.
    report_id BLOB REFERENCES report (id),
    version INTEGER,
    storage TEXT NOT NULL UNIQUE,
    -- As it is shown, and exactly as the sender's system had it.
    name TEXT NOT NULL,
    original_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    -- 'company' or 'authority' (a report taken by telephone).
    side TEXT NOT NULL,
    added_by BLOB NOT NULL REFERENCES person (id),
    added_at INTEGER NOT NULL,
    -- Only what was never handed over can be removed.
    removed_by BLOB REFERENCES person (id),
    removed_at INTEGER,
    -- When the bytes of a removed file were deleted.
    swept_at INTEGER,
    CHECK (draft_id IS NOT NULL OR report_id IS NOT NULL),
    CHECK (removed_at IS NULL OR report_id IS NULL)
) STRICT;
CREATE INDEX evidence_by_draft ON evidence (draft_id, added_at);
CREATE INDEX evidence_by_report ON evidence (report_id, added_at);

-- Who had a file in hands, and when. Rows are added and never changed.
CREATE TABLE evidence_custody (
    id BLOB PRIMARY KEY,
    evidence_id BLOB NOT NULL REFERENCES evidence (id),
    at INTEGER NOT NULL,
    -- 'added', 'removed', 'handed_over', 'opened'.
    act TEXT NOT NULL,
    side TEXT NOT NULL,
    role TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX evidence_custody_by_file ON evidence_custody (evidence_id, at);
