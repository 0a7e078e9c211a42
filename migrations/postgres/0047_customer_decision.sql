-- What is decided about customers. Rows of the first three tables are added and never changed: a new decision takes the place
-- of the one before, and an answer of a second person is a row of its own.
CREATE TABLE customer_decision (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    org_id UUID NOT NULL REFERENCES org (id),
    -- Counted for each customer from 1 on.
    number BIGINT NOT NULL,
    -- The version of the file on which it was made.
    customer_version BIGINT NOT NULL,
    -- 'approve', 'limits', 'refuse', 'refer', 'rating'.
    verdict TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- JSON (domain::customer::decision::Limits).
    limits TEXT NOT NULL,
    -- The band by the rules, and the band that counts: they differ where it is set by hand.
    computed TEXT NOT NULL,
    band TEXT NOT NULL,
    -- The version of the rules, and the rating with its reasons as JSON (domain::risk::Rating).
    rules TEXT NOT NULL,
    rating TEXT NOT NULL,
    -- Day of the next review; NULL for what approves and refuses nothing.
    review_on BIGINT,
    needs_second BOOLEAN NOT NULL,
    at BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    UNIQUE (customer_id, number)
);

-- What a second person answered.
CREATE TABLE customer_decision_answer (
    decision_id UUID PRIMARY KEY REFERENCES customer_decision (id),
    agreed BOOLEAN NOT NULL,
    reason TEXT NOT NULL,
    at BIGINT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id)
);

-- Ratings as they were, whenever one differs from the one before.
CREATE TABLE customer_rating (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    customer_version BIGINT NOT NULL,
    rules TEXT NOT NULL,
    computed TEXT NOT NULL,
    rating TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX customer_rating_by_customer ON customer_rating (customer_id, at);

-- Where each customer stands: what lists are made of. Everything in it follows from the tables above and from the files.
CREATE TABLE customer_standing (
    customer_id UUID PRIMARY KEY REFERENCES customer (id),
    org_id UUID NOT NULL REFERENCES org (id),
    -- When it was rated last; 0 if something has changed since.
    rated_at BIGINT NOT NULL,
    computed TEXT NOT NULL,
    band TEXT NOT NULL,
    -- The decision in force, the one that waits for a second person, the one that sets the risk by hand.
    decision_id UUID REFERENCES customer_decision (id),
    waiting_id UUID REFERENCES customer_decision (id),
    override_id UUID REFERENCES customer_decision (id),
    verdict TEXT NOT NULL,
    decided_by UUID REFERENCES person (id),
    review_on BIGINT,
    -- Since when it is due before its day, and why: JSON, a list of codes (domain::customer::decision::Event).
    due_since BIGINT,
    due_why TEXT NOT NULL,
    -- How many reminders of the day were sent, and whether it was told that it is due before its day.
    reminded BIGINT NOT NULL,
    told BOOLEAN NOT NULL
);
CREATE INDEX customer_standing_to_rate ON customer_standing (rated_at);
CREATE INDEX customer_standing_by_review ON customer_standing (org_id, review_on) WHERE decision_id IS NOT NULL;
CREATE INDEX customer_standing_due ON customer_standing (org_id, due_since) WHERE due_since IS NOT NULL;
CREATE INDEX customer_standing_waiting ON customer_standing (org_id) WHERE waiting_id IS NOT NULL;
CREATE INDEX customer_standing_to_remind ON customer_standing (review_on) WHERE decision_id IS NOT NULL AND reminded < 2;

INSERT INTO customer_standing (customer_id, org_id, rated_at, computed, band, verdict, due_why, reminded, told)
    SELECT id, org_id, 0, '', '', '', '[]', 0, FALSE FROM customer;

-- Reports that were begun from a customer's file.
CREATE TABLE customer_draft (
    draft_id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    person_id UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL
);
CREATE INDEX customer_draft_by_customer ON customer_draft (customer_id, at);
