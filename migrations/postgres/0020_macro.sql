-- What an authority does again and again with reports, under a name: sets of changes, JSON (`services::desk::Change`).
CREATE TABLE macro (
    id UUID PRIMARY KEY,
    authority_id UUID NOT NULL REFERENCES org (id),
    name TEXT NOT NULL,
    -- Equal for names that look alike.
    name_key TEXT NOT NULL,
    change TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (authority_id, name_key)
);
