-- The audit log: append-only, each row carries the hash of the one before.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    person_id BLOB,
    org_id BLOB,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    before_commitment BLOB,
    after_commitment BLOB,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE
) STRICT;
CREATE INDEX audit_by_object ON audit (object_kind, object_id, seq);
CREATE INDEX audit_by_org ON audit (org_id, seq);
CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- What opens the commitments. May be erased: the chain stays provable without it.
CREATE TABLE audit_opening (
    seq INTEGER PRIMARY KEY REFERENCES audit (seq),
    before_salt BLOB,
    before_value TEXT,
    after_salt BLOB,
    after_value TEXT
) STRICT;

-- Mail to be sent, written in the transaction of the change it tells of. Holds no case content.
CREATE TABLE outbox (
    id BLOB PRIMARY KEY,
    template TEXT NOT NULL,
    recipient TEXT NOT NULL,
    lang TEXT NOT NULL,
    link TEXT NOT NULL,
    detail TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    claimed_until INTEGER,
    last_error TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- Since when it has been tried; reviving a dead mail begins anew.
    since INTEGER NOT NULL,
    done_at INTEGER
) STRICT;
CREATE INDEX outbox_due ON outbox (state, next_at);
