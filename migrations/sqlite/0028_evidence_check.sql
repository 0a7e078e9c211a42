-- Since when the bytes of a file are known not to be those that were added; NULL while nobody has found that.
ALTER TABLE evidence ADD COLUMN damaged_at INTEGER;
CREATE INDEX evidence_damaged ON evidence (damaged_at) WHERE damaged_at IS NOT NULL;
