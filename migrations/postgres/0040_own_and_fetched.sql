-- The few customers to whom a company sells nothing, among many.
CREATE INDEX customer_stopped ON customer (org_id, id, version, changed_at) WHERE state = 'stopped';
-- Whether a company's reports changed, without reading them.
CREATE INDEX report_of_org ON report (org_id, version, updated_at);

-- Lists that are downloaded, as the settings name them: how it went the last time, and when the next time is. Processes that
-- share a database claim the next time, so that one of them downloads.
CREATE TABLE list_fetch (
    code TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL,
    -- When it was tried the last time; NULL before the first.
    tried_at BIGINT,
    -- What came of it, in words.
    outcome TEXT NOT NULL,
    failed BOOLEAN NOT NULL,
    -- What each address said about the file that was loaded last, JSON: by it the server tells whether it changed.
    seen TEXT NOT NULL
);
