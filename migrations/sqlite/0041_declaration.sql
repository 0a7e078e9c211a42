-- End-use declarations that customers sign for a company. What is signed is a text; its hash stands beside it.
CREATE TABLE declaration (
    id BLOB PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customer (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    version INTEGER NOT NULL,
    -- 'draft', 'asked', 'opened', 'signed', 'in_force', 'used_up', 'ended', 'withdrawn', 'refused'.
    state TEXT NOT NULL,
    -- Which shape, in which version of its words (data/declarations).
    template TEXT NOT NULL,
    template_version TEXT NOT NULL,
    -- What the company put into it, and what the signer has typed so far, both JSON.
    request TEXT NOT NULL,
    typed TEXT NOT NULL,
    email TEXT NOT NULL,
    lang TEXT NOT NULL,
    -- Of the one-time link only the hash is kept.
    link_hash BLOB UNIQUE,
    link_until INTEGER,
    made_by BLOB NOT NULL REFERENCES person (id),
    made_at INTEGER NOT NULL,
    asked_at INTEGER,
    opened_at INTEGER,
    signed_at INTEGER,
    signature TEXT NOT NULL,
    signed_text TEXT NOT NULL,
    sha256 BLOB,
    -- The copy, if it was signed on paper.
    document_id BLOB REFERENCES customer_document (id),
    checked_by BLOB REFERENCES person (id),
    checked_at INTEGER,
    reason TEXT NOT NULL,
    -- Days since 1970-01-01; valid through the last one.
    valid_from INTEGER,
    valid_until INTEGER,
    -- How many reminders were sent.
    reminded INTEGER NOT NULL
) STRICT;
CREATE INDEX declaration_by_customer ON declaration (customer_id, made_at);
CREATE INDEX declaration_by_end ON declaration (org_id, valid_until) WHERE state = 'in_force';
CREATE INDEX declaration_to_remind ON declaration (valid_until) WHERE state = 'in_force' AND reminded < 2;

-- The substances of a declaration. `base` is in milligrams, microlitres or pieces, as `dimension` says.
CREATE TABLE declaration_item (
    declaration_id BLOB NOT NULL REFERENCES declaration (id),
    number INTEGER NOT NULL,
    -- Handle in the catalogue; empty if it is not there.
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    code TEXT NOT NULL,
    amount TEXT NOT NULL,
    base INTEGER NOT NULL,
    -- 'mass', 'volume', 'pieces'.
    dimension TEXT NOT NULL,
    -- Grams per litre.
    density INTEGER,
    PRIMARY KEY (declaration_id, number)
) STRICT;

-- Orders and deliveries that are counted. An order is struck out, never removed.
CREATE TABLE declaration_order (
    id BLOB PRIMARY KEY,
    declaration_id BLOB NOT NULL REFERENCES declaration (id),
    item INTEGER NOT NULL,
    day INTEGER NOT NULL,
    amount TEXT NOT NULL,
    -- In the unit of the item.
    base INTEGER NOT NULL,
    reference TEXT NOT NULL,
    -- Number of the company's report in which it stands; may be empty.
    report TEXT NOT NULL,
    -- Why it was recorded although it goes beyond the declaration.
    reason TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    struck_at INTEGER,
    struck_by BLOB REFERENCES person (id),
    struck_why TEXT NOT NULL
) STRICT;
CREATE INDEX declaration_order_by_declaration ON declaration_order (declaration_id, day);

-- What happened. Rows are added and never changed.
CREATE TABLE declaration_event (
    declaration_id BLOB NOT NULL REFERENCES declaration (id),
    -- From 1, in the order in which it happened.
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    step TEXT NOT NULL,
    note TEXT NOT NULL,
    -- None for the customer.
    person_id BLOB REFERENCES person (id),
    PRIMARY KEY (declaration_id, n)
) STRICT;
