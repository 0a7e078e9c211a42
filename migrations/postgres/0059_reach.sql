-- The substances of the catalogue that a customer's file expects. A file that names none has one row with '': it was looked at.
-- Of whom a notice about a substance is told is decided by these and by the substances of reports.
CREATE TABLE customer_substance (
    customer_id UUID NOT NULL REFERENCES customer (id),
    slug TEXT NOT NULL,
    org_id UUID NOT NULL REFERENCES org (id),
    PRIMARY KEY (customer_id, slug)
);
CREATE INDEX customer_substance_by_org ON customer_substance (org_id, slug);

-- Who was told of a revision that asks to be acknowledged, and as whose.
CREATE TABLE notice_recipient (
    notice_id UUID NOT NULL REFERENCES notice (id),
    revision BIGINT NOT NULL,
    -- Their company, or they themselves where they read for none.
    source_id UUID NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    -- The publication; later for who joined the company later and opened the notice.
    at BIGINT NOT NULL,
    PRIMARY KEY (notice_id, revision, source_id, person_id)
);
CREATE INDEX notice_recipient_by_person ON notice_recipient (person_id, notice_id, revision);

-- Who of them opened it and who acknowledged it, each once. Of notices that ask for nothing nobody's reading is kept.
CREATE TABLE notice_reading (
    notice_id UUID NOT NULL REFERENCES notice (id),
    revision BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    read_at BIGINT NOT NULL,
    acknowledged_at BIGINT,
    PRIMARY KEY (notice_id, revision, person_id)
);

-- Reminders: one for each person and day, whatever the notice.
CREATE TABLE notice_reminder (
    person_id UUID NOT NULL REFERENCES person (id),
    -- Days since 1970-01-01.
    day BIGINT NOT NULL,
    notice_id UUID NOT NULL REFERENCES notice (id),
    revision BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, day)
);
CREATE INDEX notice_reminder_by_notice ON notice_reminder (notice_id, revision, person_id);
