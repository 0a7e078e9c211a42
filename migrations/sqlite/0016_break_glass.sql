-- Access to reports in need: asked for by a system administrator, decided by a second person, over after a short time.
CREATE TABLE break_glass (
    id BLOB PRIMARY KEY,
    asked_by BLOB NOT NULL REFERENCES person (id),
    -- The installation's own organisation, for which it is asked.
    operator_id BLOB NOT NULL REFERENCES org (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    -- The one report, as it was typed and whether there is such a report or not; empty for all of the authority's.
    reference TEXT NOT NULL,
    reason TEXT NOT NULL,
    asked_at INTEGER NOT NULL,
    -- '', 'approved' or 'refused'.
    decision TEXT NOT NULL,
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER,
    ends_at INTEGER,
    ended_by BLOB REFERENCES person (id),
    ended_at INTEGER
) STRICT;
CREATE INDEX break_glass_by_authority ON break_glass (authority_id, asked_at);
