-- Until when an officer put a report aside: the beginning of a day at the authority. What happens to it wakes it.
ALTER TABLE report ADD COLUMN snoozed_until INTEGER;

-- Words of an authority's own that its officers stick on reports.
CREATE TABLE label (
    id BLOB PRIMARY KEY,
    authority_id BLOB NOT NULL REFERENCES org (id),
    name TEXT NOT NULL,
    -- Equal for names that look alike.
    name_key TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (authority_id, name_key)
) STRICT;

CREATE TABLE report_label (
    report_id BLOB NOT NULL REFERENCES report (id),
    label_id BLOB NOT NULL REFERENCES label (id),
    PRIMARY KEY (report_id, label_id)
) STRICT;
CREATE INDEX report_label_by_label ON report_label (label_id, report_id);
