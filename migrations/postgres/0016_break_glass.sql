-- Access to reports in need: asked for by a system administrator, decided by a second person, over after a short time.
CREATE TABLE break_glass (
    id UUID PRIMARY KEY,
    asked_by UUID NOT NULL REFERENCES person (id),
    -- The installation's own organisation, for which it is asked.
    operator_id UUID NOT NULL REFERENCES org (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    -- The one report, as it was typed and whether there is such a report or not; empty for all of the authority's.
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    -- '', 'approved' or 'refused'.
    decision TEXT NOT NULL,
    decided_by UUID REFERENCES person (id),
    decided_at BIGINT,
    ends_at BIGINT,
    ended_by UUID REFERENCES person (id),
    ended_at BIGINT
);
CREATE INDEX break_glass_by_authority ON break_glass (authority_id, asked_at);
