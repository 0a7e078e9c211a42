-- The second factor of a person: an app that computes codes from a secret, and ten codes for the day on which it is lost.
CREATE TABLE second_factor (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    -- Sealed; the key does not lie in the database.
    secret BYTEA NOT NULL,
    -- The time step of the last code that was used: none works twice.
    last_step BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Only a keyed hash of each code is kept.
CREATE TABLE recovery_code (
    code_hash BYTEA PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX recovery_code_by_person ON recovery_code (person_id);
