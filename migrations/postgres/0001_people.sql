-- Organisations, the people in them, how they sign in.
-- Times: microseconds UTC. Ids: UUIDv7. Lists: JSON text.
CREATE TABLE org (
    id UUID PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT NOT NULL,
    status TEXT NOT NULL,
    operator_roles TEXT NOT NULL,
    authority_id UUID REFERENCES org (id),
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
    decided_by UUID,
    decided_at BIGINT,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX org_by_authority ON org (authority_id, status, created_at);
CREATE INDEX org_by_registration ON org (country, registration_key);
CREATE INDEX org_by_kind ON org (kind, created_at);

-- Which authority answers for which country; a country may have several, one of them by default.
CREATE TABLE authority_scope (
    authority_id UUID NOT NULL REFERENCES org (id),
    country TEXT NOT NULL,
    list TEXT NOT NULL,
    is_default BOOLEAN NOT NULL,
    PRIMARY KEY (country, list, authority_id)
);

-- One account per confirmed address. An application brings a person of its own, who becomes an account only when the
-- mailbox and the password chosen in that very application come together.
CREATE TABLE person (
    id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT NOT NULL,
    password_hash TEXT,
    lang TEXT NOT NULL,
    theme TEXT NOT NULL,
    email_confirmed_at BIGINT,
    disabled_at BIGINT,
    last_sign_in_at BIGINT,
    created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX person_by_email ON person (email) WHERE email_confirmed_at IS NOT NULL;

CREATE TABLE membership (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    org_id UUID NOT NULL REFERENCES org (id),
    role TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    ended_at BIGINT,
    UNIQUE (person_id, org_id)
);
CREATE INDEX membership_by_org ON membership (org_id);

-- Sign-ins. Only the hash of the token is kept; `id` is what a person's own list of sign-ins shows and ends.
CREATE TABLE session (
    token_hash BYTEA PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    person_id UUID NOT NULL REFERENCES person (id),
    created_at BIGINT NOT NULL,
    last_active_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    agent TEXT NOT NULL
);
CREATE INDEX session_by_person ON session (person_id);
CREATE INDEX session_by_expiry ON session (expires_at);

-- One-time links: confirmation, invitation, reset, the first administrator. Only the hash is kept.
CREATE TABLE one_time_token (
    token_hash BYTEA PRIMARY KEY,
    id UUID NOT NULL UNIQUE,
    purpose TEXT NOT NULL,
    person_id UUID REFERENCES person (id),
    org_id UUID REFERENCES org (id),
    email TEXT NOT NULL,
    role TEXT NOT NULL,
    created_by UUID,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX one_time_token_by_org ON one_time_token (org_id, purpose);
CREATE INDEX one_time_token_by_person ON one_time_token (person_id, purpose);

-- Throttling: one leaky bucket per purpose and keyed hash of an account or network address.
CREATE TABLE throttle (
    bucket TEXT PRIMARY KEY,
    level BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- What was typed into a public form that could not be taken, until it is shown again. Never a password.
CREATE TABLE form_stash (
    token_hash BYTEA PRIMARY KEY,
    form TEXT NOT NULL,
    typed TEXT NOT NULL,
    problems TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX form_stash_by_expiry ON form_stash (expires_at);

-- Facts about the installation: the demo mark, the schema of the data directory.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
