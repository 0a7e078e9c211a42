-- Files that belong to a report. The bytes lie outside of the database, in the folder `evidence` of the data folder, under
-- `storage`; a row is written only when its file is durable.
CREATE TABLE evidence (
    id UUID PRIMARY KEY,
    -- Where it was added: to a draft, or (NULL) to a report that had been sent.
    draft_id UUID REFERENCES draft (id),
    -- Whose evidence it is since it was handed over, and from which version of that report on.
    report_id UUID REFERENCES report (id),
    version BIGINT,
    storage TEXT NOT NULL UNIQUE,
    -- As it is shown, and exactly as the sender's system had it.
    name TEXT NOT NULL,
    original_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    size BIGINT NOT NULL,
    sha256 BYTEA NOT NULL,
    -- 'company' or 'authority' (a report taken by telephone).
    side TEXT NOT NULL,
    added_by UUID NOT NULL REFERENCES person (id),
    added_at BIGINT NOT NULL,
    -- Only what was never handed over can be removed.
    removed_by UUID REFERENCES person (id),
    removed_at BIGINT,
    -- When the bytes of a removed file were deleted.
    swept_at BIGINT,
    CHECK (draft_id IS NOT NULL OR report_id IS NOT NULL),
    CHECK (removed_at IS NULL OR report_id IS NULL)
);
CREATE INDEX evidence_by_draft ON evidence (draft_id, added_at);
CREATE INDEX evidence_by_report ON evidence (report_id, added_at);

-- Who had a file in hands, and when. Rows are added and never changed.
CREATE TABLE evidence_custody (
    id UUID PRIMARY KEY,
    evidence_id UUID NOT NULL REFERENCES evidence (id),
    at BIGINT NOT NULL,
    -- 'added', 'removed', 'handed_over', 'opened'.
    act TEXT NOT NULL,
    side TEXT NOT NULL,
    role TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id)
);
CREATE INDEX evidence_custody_by_file ON evidence_custody (evidence_id, at);
