-- What an authority does again and again with reports, under a name: sets of changes, JSON (`services::desk::Change`).
CREATE TABLE macro (
    id BLOB PRIMARY KEY,
    authority_id BLOB NOT NULL REFERENCES org (id),
    name TEXT NOT NULL,
    -- Equal for names that look alike.
    name_key TEXT NOT NULL,
    change TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (authority_id, name_key)
) STRICT;
