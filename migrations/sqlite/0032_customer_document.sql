-- Documents of customers: what was seen, by whom, and until when it holds. The copy lies where evidence lies, under `storage`;
-- a document whose original was only looked at has none.
CREATE TABLE customer_document (
    id BLOB PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customer (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    version INTEGER NOT NULL,
    -- 'register', 'licence', 'identity', …
    kind TEXT NOT NULL,
    -- About whom or what, the number on it, who gave it.
    about TEXT NOT NULL,
    number TEXT NOT NULL,
    issuer TEXT NOT NULL,
    note TEXT NOT NULL,
    -- Days since 1970-01-01; valid through the last one.
    issued_on INTEGER,
    expires_on INTEGER,
    storage TEXT UNIQUE,
    file_name TEXT NOT NULL,
    file_kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 BLOB,
    added_by BLOB NOT NULL REFERENCES person (id),
    added_at INTEGER NOT NULL,
    -- Who compared it, when, against what, and whether it held.
    checked_by BLOB REFERENCES person (id),
    checked_at INTEGER,
    checked_against TEXT NOT NULL,
    -- '', 'genuine', 'doubtful'.
    outcome TEXT NOT NULL,
    -- How many reminders were sent.
    reminded INTEGER NOT NULL,
    -- When it was put aside: replaced, or of no use any more. Nobody is reminded of it then; the copy stays.
    ended_at INTEGER
) STRICT;
CREATE INDEX customer_document_by_customer ON customer_document (customer_id, added_at);
CREATE INDEX customer_document_by_end ON customer_document (org_id, expires_on) WHERE ended_at IS NULL;
CREATE INDEX customer_document_to_remind ON customer_document (expires_on) WHERE ended_at IS NULL AND reminded < 2;

-- Who had a copy in hands, and when. Rows are added and never changed.
CREATE TABLE customer_document_custody (
    id BLOB PRIMARY KEY,
    document_id BLOB NOT NULL REFERENCES customer_document (id),
    at INTEGER NOT NULL,
    -- 'added', 'checked', 'opened', 'ended'.
    act TEXT NOT NULL,
    role TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id)
) STRICT;
CREATE INDEX customer_document_custody_by_document ON customer_document_custody (document_id, at);
