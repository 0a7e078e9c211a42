-- The few customers to whom a company sells nothing, among many.
CREATE INDEX customer_stopped ON customer (org_id, id, version, changed_at) WHERE state = 'stopped';
-- Whether a company's reports changed, without reading them.
CREATE INDEX report_of_org ON report (org_id, version, updated_at);

-- Lists that are downloaded, as the settings name them: how it went the last time, and when the next time is. Processes that
-- share a database claim the next time, so that one of them downloads.
CREATE TABLE list_fetch (
    code TEXT PRIMARY KEY,
    next_at INTEGER NOT NULL,
    -- When it was tried the last time; NULL before the first.
    tried_at INTEGER,
    -- What came of it, in words.
    outcome TEXT NOT NULL,
    failed INTEGER NOT NULL CHECK (failed IN (0, 1)),
    -- What each address said about the file that was loaded last, JSON: by it the server tells whether it changed.
    seen TEXT NOT NULL
) STRICT;
