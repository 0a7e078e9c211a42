-- Until when an officer put a report aside: the beginning of a day at the authority. What happens to it wakes it.
ALTER TABLE report ADD COLUMN snoozed_until BIGINT;

-- Words of an authority's own that its officers stick on reports.
CREATE TABLE label (
    id UUID PRIMARY KEY,
    authority_id UUID NOT NULL REFERENCES org (id),
    name TEXT NOT NULL,
    -- Equal for names that look alike.
    name_key TEXT NOT NULL,
    colour TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (authority_id, name_key)
);

CREATE TABLE report_label (
    report_id UUID NOT NULL REFERENCES report (id),
    label_id UUID NOT NULL REFERENCES label (id),
    PRIMARY KEY (report_id, label_id)
);
CREATE INDEX report_label_by_label ON report_label (label_id, report_id);
