-- What somebody at the desk just did to a report, and how it stood before: for as long as it can be taken back, which is
-- some seconds. One row per report: whatever is done next makes the act before it final.
CREATE TABLE report_undo (
    report_id BLOB PRIMARY KEY REFERENCES report (id),
    -- The same for all reports of one act.
    undo_id BLOB NOT NULL,
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    -- Code of what was done.
    deed TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    -- Version of the report after the act, and the last entry of its thread before it.
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    -- JSON (`services::desk::undo`): how it stood, its labels, and the mails that wait.
    before TEXT NOT NULL
) STRICT;
CREATE INDEX report_undo_by_person ON report_undo (person_id, until);
CREATE INDEX report_undo_by_act ON report_undo (undo_id);

-- Said to the reporter by an act that was taken back before the reporter had seen it: stays for the desk alone.
ALTER TABLE report_entry ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0 CHECK (withheld IN (0, 1));
