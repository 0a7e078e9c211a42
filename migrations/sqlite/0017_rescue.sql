-- An administrator who has lost every way in and whom nobody of the organisation can help: one system administrator
-- proposes to let them in anew, another confirms.
CREATE TABLE rescue (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    proposed_by BLOB NOT NULL REFERENCES person (id),
    proposed_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- `confirmed` or `withdrawn`; empty while it waits.
    outcome TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER
) STRICT;
CREATE INDEX rescue_by_time ON rescue (expires_at);
