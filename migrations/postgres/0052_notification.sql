-- News for people: what stands in inboxes, how each person wants it, and which addresses take no mail.
CREATE TABLE notification (
    -- The identity of its mail, where one leaves at once.
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    -- The organisation that it is about: gone from the inbox of whoever leaves that.
    org_id UUID REFERENCES org (id),
    topic TEXT NOT NULL,
    -- The template whose neutral sentence is shown. No case content.
    line TEXT NOT NULL,
    -- Where it leads, without the language: '/c/7k3m9qtd/reports/…'.
    path TEXT NOT NULL,
    -- From when it is shown.
    at BIGINT NOT NULL,
    seen_at BIGINT,
    -- 'daily' or 'weekly' while it waits for a digest, '' otherwise.
    waits TEXT NOT NULL,
    -- The digest that it went out with.
    digest_id UUID
);
CREATE INDEX notification_by_person ON notification (person_id, at, id);
CREATE INDEX notification_unseen ON notification (person_id, at) WHERE seen_at IS NULL;
CREATE INDEX notification_waits ON notification (person_id, waits) WHERE waits <> '';
CREATE INDEX notification_by_digest ON notification (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX notification_by_org ON notification (org_id, person_id);

-- What a person chose instead of the standard channel of a topic.
CREATE TABLE notify_choice (
    person_id UUID NOT NULL REFERENCES person (id),
    topic TEXT NOT NULL,
    channel TEXT NOT NULL,
    PRIMARY KEY (person_id, topic)
);

-- When a person's digests leave, by the clock of their organisation: hour 0 to 23, weekday 1 (Monday) to 7.
CREATE TABLE notify_times (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    hour BIGINT NOT NULL,
    weekday BIGINT NOT NULL
);

-- Whose digests are to be made, and when: 0 until the worker has looked at the person's clock.
CREATE TABLE digest_due (
    person_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    PRIMARY KEY (person_id, kind)
);
CREATE INDEX digest_due_by_time ON digest_due (due_at);

-- Digests that were made: one per person, kind and day. The identity is that of its mail.
CREATE TABLE digest (
    id UUID PRIMARY KEY,
    person_id UUID NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    day TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    UNIQUE (person_id, kind, day)
);

-- Mails that came back, and addresses that take no mail any more.
CREATE TABLE mail_bounce (
    mail_id UUID PRIMARY KEY,
    email TEXT NOT NULL,
    at BIGINT NOT NULL,
    -- What the server or the notice said.
    said TEXT NOT NULL
);
CREATE INDEX mail_bounce_by_email ON mail_bounce (email, at);
CREATE TABLE mail_broken (
    email TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);

-- Readers: people of no organisation who are told what is published for their work.
CREATE TABLE reader (
    person_id UUID PRIMARY KEY REFERENCES person (id),
    audience TEXT NOT NULL,
    country TEXT NOT NULL,
    employer TEXT NOT NULL,
    -- Level 0 to 3, raised by an authority.
    trust BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    version BIGINT NOT NULL
);
CREATE INDEX reader_by_country ON reader (country, created_at);

-- Whose mail it is, where the recipient has an account.
ALTER TABLE outbox ADD COLUMN person_id UUID REFERENCES person (id);
