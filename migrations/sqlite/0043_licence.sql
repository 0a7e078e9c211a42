-- An authority's register of licensed operators and of permits. `content` is the whole entry as JSON (domain::licence);
-- beside it stands what lists are made of and what an entry is recognised by.
CREATE TABLE licence (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    -- 'licence' or 'permit'.
    sort TEXT NOT NULL,
    version INTEGER NOT NULL,
    number TEXT NOT NULL,
    -- The number without signs and in small letters: two entries of a sort never have the same.
    number_key TEXT NOT NULL,
    holder TEXT NOT NULL,
    -- The holder folded: the order of the list.
    holder_key TEXT NOT NULL,
    country TEXT NOT NULL,
    -- Days since 1970-01-01; valid through the last one.
    starts_on INTEGER NOT NULL,
    ends_on INTEGER,
    content TEXT NOT NULL,
    -- Numbers and names, folded, with a blank before each and at the end.
    found_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    changed_by BLOB NOT NULL REFERENCES person (id),
    UNIQUE (org_id, sort, number_key)
) STRICT;
CREATE INDEX licence_by_holder ON licence (org_id, sort, holder_key, id);

-- Suspensions and revocations of the entry as it is now, so that lists can be narrowed to them.
CREATE TABLE licence_stop (
    licence_id BLOB NOT NULL REFERENCES licence (id),
    n INTEGER NOT NULL,
    -- 'suspended', 'revoked'.
    kind TEXT NOT NULL,
    from_on INTEGER NOT NULL,
    to_on INTEGER,
    PRIMARY KEY (licence_id, n)
) STRICT;

-- Every version of every entry. Rows are added and never changed.
CREATE TABLE licence_version (
    licence_id BLOB NOT NULL REFERENCES licence (id),
    version INTEGER NOT NULL,
    content TEXT NOT NULL,
    -- What was done, in words.
    step TEXT NOT NULL,
    at INTEGER NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    PRIMARY KEY (licence_id, version)
) STRICT;

-- How often a register was changed: by this a copy in memory knows that it is old.
CREATE TABLE licence_register (
    org_id BLOB PRIMARY KEY REFERENCES org (id),
    changes INTEGER NOT NULL,
    licences INTEGER NOT NULL,
    permits INTEGER NOT NULL
) STRICT;

-- Files that are taken into a register. The worker tries and carries out a piece at a time; where it stands is in the
-- pieces, so that whoever takes over after a crash goes on.
CREATE TABLE licence_import (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    sort TEXT NOT NULL,
    -- 'trying', 'tried', 'running', 'done', 'cancelled'.
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- What each column is, a JSON list; empty for one that is left out.
    columns TEXT NOT NULL,
    total INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    began_at INTEGER NOT NULL,
    ended_at INTEGER
) STRICT;
CREATE INDEX licence_import_by_org ON licence_import (org_id, created_at);
CREATE INDEX licence_import_to_do ON licence_import (state, began_at) WHERE state IN ('trying', 'running');

CREATE TABLE licence_import_piece (
    import_id BLOB NOT NULL REFERENCES licence_import (id),
    n INTEGER NOT NULL,
    -- Line and cells of each row, JSON.
    lines TEXT NOT NULL,
    -- 'new' (not tried), 'tried', 'done'.
    state TEXT NOT NULL,
    adds INTEGER NOT NULL,
    changes INTEGER NOT NULL,
    same INTEGER NOT NULL,
    wrong INTEGER NOT NULL,
    -- Line, column and words of what is wrong, JSON.
    problems TEXT NOT NULL,
    PRIMARY KEY (import_id, n)
) STRICT;
