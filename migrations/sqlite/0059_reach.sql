-- The substances of the catalogue that a customer's file expects. A file that names none has one row with '': it was looked at.
-- Of whom a notice about a substance is told is decided by these and by the substances of reports.
CREATE TABLE customer_substance (
    customer_id BLOB NOT NULL REFERENCES customer (id),
    slug TEXT NOT NULL,
    org_id BLOB NOT NULL REFERENCES org (id),
    PRIMARY KEY (customer_id, slug)
) STRICT;
CREATE INDEX customer_substance_by_org ON customer_substance (org_id, slug);

-- Who was told of a revision that asks to be acknowledged, and as whose.
CREATE TABLE notice_recipient (
    notice_id BLOB NOT NULL REFERENCES notice (id),
    revision INTEGER NOT NULL,
    -- Their company, or they themselves where they read for none.
    source_id BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- The publication; later for who joined the company later and opened the notice.
    at INTEGER NOT NULL,
    PRIMARY KEY (notice_id, revision, source_id, person_id)
) STRICT;
CREATE INDEX notice_recipient_by_person ON notice_recipient (person_id, notice_id, revision);

-- Who of them opened it and who acknowledged it, each once. Of notices that ask for nothing nobody's reading is kept.
CREATE TABLE notice_reading (
    notice_id BLOB NOT NULL REFERENCES notice (id),
    revision INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    read_at INTEGER NOT NULL,
    acknowledged_at INTEGER,
    PRIMARY KEY (notice_id, revision, person_id)
) STRICT;

-- Reminders: one for each person and day, whatever the notice.
CREATE TABLE notice_reminder (
    person_id BLOB NOT NULL REFERENCES person (id),
    -- Days since 1970-01-01.
    day INTEGER NOT NULL,
    notice_id BLOB NOT NULL REFERENCES notice (id),
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (person_id, day)
) STRICT;
CREATE INDEX notice_reminder_by_notice ON notice_reminder (notice_id, revision, person_id);
