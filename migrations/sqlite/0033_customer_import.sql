-- Imports of customers from files. The worker tries and carries out the rows some at a time; where it stands is in the rows, so
-- that whoever takes over after a crash goes on.
CREATE TABLE customer_import (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    -- 'mapping', 'trying', 'tried', 'running', 'done', 'cancelled'.
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- Titles of the columns, and what each is, both JSON lists.
    titles TEXT NOT NULL,
    mapping TEXT NOT NULL,
    total INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    -- When the present stage began, and when all ended.
    began_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX customer_import_by_org ON customer_import (org_id, created_at);
CREATE INDEX customer_import_to_do ON customer_import (state, began_at) WHERE state IN ('trying', 'running');

CREATE TABLE customer_import_row (
    import_id BLOB NOT NULL REFERENCES customer_import (id),
    -- The line of the file.
    number INTEGER NOT NULL,
    -- Its cells, JSON; empty once they are not needed any more.
    cells TEXT NOT NULL,
    -- 'new' (not tried), 'adds', 'changes', 'same', 'wrong', then 'added', 'changed', 'kept', 'failed'.
    state TEXT NOT NULL,
    -- What is wrong, JSON.
    problems TEXT NOT NULL,
    PRIMARY KEY (import_id, number)
) STRICT;
CREATE INDEX customer_import_row_by_state ON customer_import_row (import_id, state, number);

-- What the columns of a company's files are, by their titles: offered the next time.
CREATE TABLE customer_mapping (
    org_id BLOB NOT NULL REFERENCES org (id),
    title_key TEXT NOT NULL,
    target TEXT NOT NULL,
    PRIMARY KEY (org_id, title_key)
) STRICT;
