-- Signed receipts. The secret keys stay in the data folders of the processes; the public ones stand here, known to all
-- of them, for as long as there are receipts to check. `until` is set when a key is replaced.
CREATE TABLE receipt_key (
    public_key BLOB PRIMARY KEY,
    since INTEGER NOT NULL,
    until INTEGER
) STRICT;

-- The receipt of each version of a report, as it was issued.
CREATE TABLE receipt (
    report_id BLOB NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (report_id, version),
    FOREIGN KEY (report_id, version) REFERENCES report_version (report_id, version)
) STRICT;
