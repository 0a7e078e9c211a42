-- Reference data: deadlines, reason codes and so on, as dated versions. What ships with the program is version 0 and has no
-- row. The organisation says for whom a version holds: that of the operator for everybody, an authority's for itself.
CREATE TABLE refdata (
    id BLOB PRIMARY KEY,
    kind TEXT NOT NULL,
    org_id BLOB NOT NULL REFERENCES org (id),
    -- 'draft', 'waiting', 'approved', 'discarded'. What is approved never changes again.
    state TEXT NOT NULL,
    -- Given when it is approved, without gaps.
    number INTEGER,
    -- The version it was made from.
    based_on INTEGER NOT NULL,
    -- The tables as JSON: their canonical text once it is asked for, and the hash over that.
    content TEXT NOT NULL,
    sha256 BLOB,
    author_id BLOB NOT NULL REFERENCES person (id),
    note TEXT NOT NULL,
    -- From when its author wants it to hold; NULL for as soon as it is approved.
    wanted_from INTEGER,
    created_at INTEGER NOT NULL,
    asked_at INTEGER,
    decided_by BLOB REFERENCES person (id),
    decided_at INTEGER,
    -- Why it was sent back the last time.
    decision_note TEXT NOT NULL,
    -- From when it holds.
    valid_from INTEGER,
    -- Which change of the row this is.
    version INTEGER NOT NULL,
    CHECK ((state = 'approved') = (number IS NOT NULL)),
    CHECK ((state = 'approved') = (valid_from IS NOT NULL)),
    CHECK (state <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> author_id)),
    UNIQUE (kind, org_id, number)
) STRICT;
-- One change at a time.
CREATE UNIQUE INDEX refdata_open ON refdata (kind, org_id) WHERE state IN ('draft', 'waiting');
CREATE INDEX refdata_by_state ON refdata (state, decided_at);

-- Which versions a report was judged by: a list, JSON.
ALTER TABLE report_version ADD COLUMN refdata TEXT NOT NULL DEFAULT '[]';
