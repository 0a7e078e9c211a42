-- News for people: what stands in inboxes, how each person wants it, and which addresses take no mail.
CREATE TABLE notification (
    -- The identity of its mail, where one leaves at once.
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    -- The organisation that it is about: gone from the inbox of whoever leaves that.
    org_id BLOB REFERENCES org (id),
    topic TEXT NOT NULL,
    -- The template whose neutral sentence is shown. No case content.
    line TEXT NOT NULL,
    -- Where it leads, without the language: '/c/7k3m9qtd/reports/…'.
    path TEXT NOT NULL,
    -- From when it is shown.
    at INTEGER NOT NULL,
    seen_at INTEGER,
    -- 'daily' or 'weekly' while it waits for a digest, '' otherwise.
    waits TEXT NOT NULL,
    -- The digest that it went out with.
    digest_id BLOB
) STRICT;
CREATE INDEX notification_by_person ON notification (person_id, at, id);
CREATE INDEX notification_unseen ON notification (person_id, at) WHERE seen_at IS NULL;
CREATE INDEX notification_waits ON notification (person_id, waits) WHERE waits <> '';
CREATE INDEX notification_by_digest ON notification (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX notification_by_org ON notification (org_id, person_id);

-- What a person chose instead of the standard channel of a topic.
CREATE TABLE notify_choice (
    person_id BLOB NOT NULL REFERENCES person (id),
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (person_id, topic)
) STRICT;

-- When a person's digests leave, by the clock of their organisation: hour 0 to 23, weekday 1 (Monday) to 7.
CREATE TABLE notify_times (
    person_id BLOB PRIMARY KEY REFERENCES person (id),
    hour INTEGER NOT NULL,
    weekday INTEGER NOT NULL
) STRICT;

-- Whose digests are to be made, and when: 0 until the worker has looked at the person's clock.
CREATE TABLE digest_due (
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT;
CREATE INDEX digest_due_by_time ON digest_due (due_at);

-- Digests that were made: one per person, kind and day. The identity is that of its mail.
CREATE TABLE digest (
    id BLOB PRIMARY KEY,
    person_id BLOB NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (person_id, kind, day)
) STRICT;

-- Mails that came back, and addresses that take no mail any more.
CREATE TABLE mail_bounce (
    mail_id BLOB PRIMARY KEY,
    email TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- What the server or the notice said.
    said TEXT NOT NULL
) STRICT;
CREATE INDEX mail_bounce_by_email ON mail_bounce (email, at);
CREATE TABLE mail_broken (
    email TEXT PRIMARY KEY,
    since INTEGER NOT NULL
) STRICT;

-- Readers: people of no organisation who are told what is published for their work.
CREATE TABLE reader (
    person_id BLOB PRIMARY KEY REFERENCES person (id),
    audience TEXT NOT NULL,
    country TEXT NOT NULL,
    employer TEXT NOT NULL,
    -- Level 0 to 3, raised by an authority.
    trust INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX reader_by_country ON reader (country, created_at);

-- Whose mail it is, where the recipient has an account.
ALTER TABLE outbox ADD COLUMN person_id BLOB REFERENCES person (id);
