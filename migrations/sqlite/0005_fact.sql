-- What a report says of others, in a form that can be compared: the facts of its current version. Read by the authority
-- only; derived from the answers and derived again where the rules change (`domain::fact`).
CREATE TABLE report_fact (
    report_id BLOB NOT NULL REFERENCES report (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    kind TEXT NOT NULL,
    -- Equal for every way of writing it.
    key TEXT NOT NULL,
    -- As it was given.
    shown TEXT NOT NULL,
    -- Whose it is: the role of a party, 'delivery', 'offer' or 'text'.
    role TEXT NOT NULL,
    -- Two strangers can well have the same.
    weak INTEGER NOT NULL CHECK (weak IN (0, 1)),
    PRIMARY KEY (report_id, kind, key)
) STRICT;
CREATE INDEX report_fact_by_key ON report_fact (authority_id, kind, key, report_id);
