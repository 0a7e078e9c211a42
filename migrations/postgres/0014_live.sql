-- Who is at a report right now. Rows last for seconds; they are in no backup.
CREATE TABLE presence (
    report_id UUID NOT NULL REFERENCES report (id),
    person_id UUID NOT NULL REFERENCES person (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    doing TEXT NOT NULL,
    -- The last sign of life, and since when they do this.
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    PRIMARY KEY (report_id, person_id)
);
CREATE INDEX presence_by_authority ON presence (authority_id, at);
