-- Who is at a report right now. Rows last for seconds; they are in no backup.
CREATE TABLE presence (
    report_id BLOB NOT NULL REFERENCES report (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    doing TEXT NOT NULL,
    -- The last sign of life, and since when they do this.
    at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (report_id, person_id)
) STRICT;
CREATE INDEX presence_by_authority ON presence (authority_id, at);
