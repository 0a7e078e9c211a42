-- The second factor of a person: an app that computes codes from a secret, and ten codes for the day on which it is lost.
CREATE TABLE second_factor (
    person_id BLOB PRIMARY KEY REFERENCES person (id),
    -- Sealed; the key does not lie in the database.
    secret BLOB NOT NULL,
    -- The time step of the last code that was used: none works twice.
    last_step INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Only a keyed hash of each code is kept.
CREATE TABLE recovery_code (
    code_hash BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX recovery_code_by_person ON recovery_code (person_id);
