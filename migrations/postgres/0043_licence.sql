-- An authority's register of licensed operators and of permits. `content` is the whole entry as JSON (domain::licence);
-- beside it stands what lists are made of and what an entry is recognised by.
CREATE TABLE licence (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    -- 'licence' or 'permit'.
    sort TEXT NOT NULL,
    version BIGINT NOT NULL,
    number TEXT NOT NULL,
    -- The number without signs and in small letters: two entries of a sort never have the same.
    number_key TEXT NOT NULL,
    holder TEXT NOT NULL,
    -- The holder folded: the order of the list.
    holder_key TEXT NOT NULL,
    country TEXT NOT NULL,
    -- Days since 1970-01-01; valid through the last one.
    starts_on BIGINT NOT NULL,
    ends_on BIGINT,
    content TEXT NOT NULL,
    -- Numbers and names, folded, with a blank before each and at the end.
    found_by TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    changed_by UUID NOT NULL REFERENCES person (id),
    UNIQUE (org_id, sort, number_key)
);
CREATE INDEX licence_by_holder ON licence (org_id, sort, holder_key, id);

-- Suspensions and revocations of the entry as it is now, so that lists can be narrowed to them.
CREATE TABLE licence_stop (
    licence_id UUID NOT NULL REFERENCES licence (id),
    n BIGINT NOT NULL,
    -- 'suspended', 'revoked'.
    kind TEXT NOT NULL,
    from_on BIGINT NOT NULL,
    to_on BIGINT,
    PRIMARY KEY (licence_id, n)
);

-- Every version of every entry. Rows are added and never changed.
CREATE TABLE licence_version (
    licence_id UUID NOT NULL REFERENCES licence (id),
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    -- What was done, in words.
    step TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    PRIMARY KEY (licence_id, version)
);

-- How often a register was changed: by this a copy in memory knows that it is old.
CREATE TABLE licence_register (
    org_id UUID PRIMARY KEY REFERENCES org (id),
    changes BIGINT NOT NULL,
    licences BIGINT NOT NULL,
    permits BIGINT NOT NULL
);

-- Files that are taken into a register. The worker tries and carries out a piece at a time; where it stands is in the
-- pieces, so that whoever takes over after a crash goes on.
CREATE TABLE licence_import (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    sort TEXT NOT NULL,
    -- 'trying', 'tried', 'running', 'done', 'cancelled'.
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    -- What each column is, a JSON list; empty for one that is left out.
    columns TEXT NOT NULL,
    total BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX licence_import_by_org ON licence_import (org_id, created_at);
CREATE INDEX licence_import_to_do ON licence_import (state, began_at) WHERE state IN ('trying', 'running');

CREATE TABLE licence_import_piece (
    import_id UUID NOT NULL REFERENCES licence_import (id),
    n BIGINT NOT NULL,
    -- Line and cells of each row, JSON.
    lines TEXT NOT NULL,
    -- 'new' (not tried), 'tried', 'done'.
    state TEXT NOT NULL,
    adds BIGINT NOT NULL,
    changes BIGINT NOT NULL,
    same BIGINT NOT NULL,
    wrong BIGINT NOT NULL,
    -- Line, column and words of what is wrong, JSON.
    problems TEXT NOT NULL,
    PRIMARY KEY (import_id, n)
);
