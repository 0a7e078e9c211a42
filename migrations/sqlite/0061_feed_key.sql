-- The secret part of a person's own addresses for feeds and calendars. One for each person; the address is derived from `id`.
CREATE TABLE feed_key (
    person_id BLOB PRIMARY KEY REFERENCES person (id),
    id BLOB NOT NULL,
    token_hash BLOB NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    -- The last day on which a program came with it; none before the first.
    used_day INTEGER
) STRICT;
