-- Signed receipts. The secret keys stay in the data folders of the processes; the public ones stand here, known to all
-- of them, for as long as there are receipts to check. `until` is set when a key is replaced.
CREATE TABLE receipt_key (
    public_key BYTEA PRIMARY KEY,
    since BIGINT NOT NULL,
    until BIGINT
);

-- The receipt of each version of a report, as it was issued.
CREATE TABLE receipt (
    report_id UUID NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES report_version (report_id, version)
);
