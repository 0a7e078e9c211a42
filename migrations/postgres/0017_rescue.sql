-- An administrator who has lost every way in and whom nobody of the organisation can help: one system administrator
-- proposes to let them in anew, another confirms.
CREATE TABLE rescue (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    reason TEXT NOT NULL,
    proposed_by UUID NOT NULL REFERENCES person (id),
    proposed_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    -- `confirmed` or `withdrawn`; empty while it waits.
    outcome TEXT NOT NULL,
    decided_by UUID REFERENCES person (id),
    decided_at BIGINT
);
CREATE INDEX rescue_by_time ON rescue (expires_at);
