-- The audit log: append-only, each row carries the hash of the one before.
CREATE TABLE audit (
    seq BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id UUID,
    org_id UUID,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    before_commitment BYTEA,
    after_commitment BYTEA,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL UNIQUE
);
CREATE INDEX audit_by_object ON audit (object_kind, object_id, seq);
CREATE INDEX audit_by_org ON audit (org_id, seq);
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- What opens the commitments. May be erased: the chain stays provable without it.
CREATE TABLE audit_opening (
    seq BIGINT PRIMARY KEY REFERENCES audit (seq),
    before_salt BYTEA,
    before_value TEXT,
    after_salt BYTEA,
    after_value TEXT
);

-- Mail to be sent, written in the transaction of the change it tells of. Holds no case content.
CREATE TABLE outbox (
    id UUID PRIMARY KEY,
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    lang TEXT NOT NULL,
    link TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    next_at BIGINT NOT NULL,
    claimed_until BIGINT,
    last_error TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- Since when it has been tried; reviving a dead mail begins anew.
    since BIGINT NOT NULL,
    done_at BIGINT
);
CREATE INDEX outbox_due ON outbox (state, next_at);
