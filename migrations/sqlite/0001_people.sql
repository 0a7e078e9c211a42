-- Organisations, the people in them, how they sign in.
-- Times: microseconds UTC. Ids: UUIDv7 as 16 bytes. Lists: JSON text.
CREATE TABLE org (
    id BLOB PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    status TEXT NOT NULL,
    operator_roles TEXT NOT NULL,
    authority_id BLOB REFERENCES org (id),
    registration_number TEXT NOT NULL,
    -- Letters and digits only, for finding the same number written otherwise.
    registration_key TEXT NOT NULL,
    name_key TEXT NOT NULL,
    vat TEXT NOT NULL,
    lei TEXT NOT NULL,
    address TEXT NOT NULL,
    phone TEXT NOT NULL,
    website TEXT NOT NULL,
    duty_email TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    act_for_proof TEXT NOT NULL,
    checks TEXT NOT NULL,
    decision_reason TEXT NOT NULL,
    decided_by BLOB,
    decided_at INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX org_by_authority ON org (authority_id, status, created_at);
CREATE INDEX org_by_registration ON org (country, registration_key);
CREATE INDEX org_by_kind ON org (kind, created_at);

-- Which authority answers for which country; a country may have several, one of them by default.
CREATE TABLE authority_scope (
    authority_id BLOB NOT NULL REFERENCES org (id),
    country TEXT NOT NULL,
    list TEXT NOT NULL,
    is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
    PRIMARY KEY (country, list, authority_id)
) STRICT;

-- One account per confirmed address. An application brings a person of its own, who becomes an account only when the
-- mailbox and the password chosen in that very application come together.
CREATE TABLE person (
    id BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL,
    theme TEXT NOT NULL,
    email_confirmed_at INTEGER,
    disabled_at INTEGER,
    last_sign_in_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX person_by_email ON person (email) WHERE email_confirmed_at IS NOT NULL;

CREATE TABLE membership (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    role TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    UNIQUE (person_id, org_id)
) STRICT;
CREATE INDEX membership_by_org ON membership (org_id);

-- Sign-ins. Only the hash of the token is kept; `id` is what a person's own list of sign-ins shows and ends.
CREATE TABLE session (
    token_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    person_id BLOB NOT NULL REFERENCES person (id),
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    agent TEXT NOT NULL
) STRICT;
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_expiry ON session (expires_at);

-- One-time links: confirmation, invitation, reset, the first administrator. Only the hash is kept.
CREATE TABLE one_time_token (
    token_hash BLOB PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    person_id BLOB REFERENCES person (id),
    org_id BLOB REFERENCES org (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX one_time_token_by_org ON one_time_token (org_id, purpose);
CREATE INDEX one_time_token_by_person ON one_time_token (person_id, purpose);

-- Throttling: one leaky bucket per purpose and keyed hash of an account or network address.
CREATE TABLE throttle (
    bucket TEXT PRIMARY KEY,
    level INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- What was typed into a public form that could not be taken, until it is shown again. Never a password.
CREATE TABLE form_stash (
    token_hash BLOB PRIMARY KEY,
    form TEXT NOT NULL,
    typed TEXT NOT NULL,
    problems TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX form_stash_by_expiry ON form_stash (expires_at);

-- Facts about the installation: the demo mark, the schema of the data directory.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
