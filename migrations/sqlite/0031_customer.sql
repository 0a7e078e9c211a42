-- What a company knows of its customers: files that are the company's own. `content` is the whole file as JSON
-- (domain::customer); beside it stands what lists are made of and what an import recognises a customer by.
CREATE TABLE customer (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    version INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- The name folded: the order of the list.
    name_key TEXT NOT NULL,
    country TEXT NOT NULL,
    -- 'checking', 'active', 'stopped', 'ended'.
    state TEXT NOT NULL,
    -- The company's own number; NULL without one.
    own_number TEXT,
    content TEXT NOT NULL,
    -- Every name and number in the file, folded, with a blank before each and at the end.
    found_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES person (id),
    UNIQUE (org_id, own_number)
) STRICT;
CREATE INDEX customer_by_name ON customer (org_id, name_key, id);

-- Every version of every file. Rows are added and never changed.
CREATE TABLE customer_version (
    customer_id BLOB NOT NULL REFERENCES customer (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    -- What was done, in words.
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (customer_id, version)
) STRICT;
