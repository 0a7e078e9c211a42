-- The secret part of a person's own addresses for feeds and calendars. One for each person; the address is derived from `id`.
CREATE TABLE feed_key (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    id UUID NOT NULL,
    token_hash BYTEA NOT NULL UNIQUE,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    -- The last day on which a program came with it; none before the first.
    used_day BIGINT
);
