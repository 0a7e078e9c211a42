-- Customers are looked for on watch lists: what is due, every screening, hits with what was decided, changes of lists.

-- What was searched, once however many screenings searched the same: engine, threshold, versions of the lists, JSON. Its key
-- is the SHA-256 of the text.
CREATE TABLE screening_search (
    hash BYTEA PRIMARY KEY,
    content TEXT NOT NULL
);

-- A customer that was looked for in everything that is searched. Never changed.
CREATE TABLE screening_run (
    id UUID PRIMARY KEY,
    customer_id UUID NOT NULL REFERENCES customer (id),
    org_id UUID NOT NULL REFERENCES org (id),
    at BIGINT NOT NULL,
    -- 'entered', 'changed', 'lists', 'sight', 'engine', 'asked'.
    cause TEXT NOT NULL,
    -- Who entered, changed or asked; NULL where nobody did.
    person_id UUID REFERENCES person (id),
    customer_version BIGINT NOT NULL,
    -- Number of the last change of lists that it took in.
    job BIGINT NOT NULL,
    search BYTEA NOT NULL REFERENCES screening_search (hash),
    -- Who was asked for, JSON.
    parties TEXT NOT NULL,
    -- How many were found, and how many of these somebody has to look at since.
    found BIGINT NOT NULL,
    fresh BIGINT NOT NULL
);
CREATE INDEX screening_run_of_customer ON screening_run (customer_id, at);

-- How far each customer is: it waits to be screened while it was marked more often than that was heard.
CREATE TABLE screening (
    customer_id UUID PRIMARY KEY REFERENCES customer (id),
    org_id UUID NOT NULL REFERENCES org (id),
    marked BIGINT NOT NULL,
    screened BIGINT NOT NULL,
    cause TEXT NOT NULL,
    marked_by UUID REFERENCES person (id),
    -- The last screening; NULL before the first.
    run_id UUID REFERENCES screening_run (id),
    -- Number of the last change of lists that it took in.
    job BIGINT NOT NULL
);
CREATE INDEX screening_due ON screening (customer_id) WHERE marked > screened;
CREATE INDEX screening_of_org ON screening (org_id) WHERE marked > screened;

-- A change of a list, through which all customers go in the order of their identities.
CREATE TABLE screening_job (
    number BIGINT PRIMARY KEY,
    list_code TEXT NOT NULL,
    list_label TEXT NOT NULL,
    -- NULL: the list was not searched before.
    from_version UUID REFERENCES watch_version (id),
    to_version UUID NOT NULL REFERENCES watch_version (id),
    -- The version as it is kept with what is found, JSON.
    searched TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- The last customer that is done; NULL before the first.
    cursor UUID,
    done BIGINT NOT NULL,
    total BIGINT NOT NULL,
    -- Hits that somebody has to look at since.
    fresh BIGINT NOT NULL,
    began_at BIGINT,
    ended_at BIGINT
);
CREATE INDEX screening_job_to_do ON screening_job (number) WHERE ended_at IS NULL;

-- Somebody in a file who is like somebody on a list.
CREATE TABLE screening_hit (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    customer_id UUID NOT NULL REFERENCES customer (id),
    -- Who in the file: the part with the number of the entry, and by which name.
    party TEXT NOT NULL,
    party_name TEXT NOT NULL,
    party_hash BYTEA NOT NULL,
    list_code TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    entry_name TEXT NOT NULL,
    entry_hash BYTEA NOT NULL,
    -- In per mille.
    score BIGINT NOT NULL,
    -- Code of the gravest that it means.
    means TEXT NOT NULL,
    -- What was compared and found, JSON.
    finding TEXT NOT NULL,
    -- 'open', 'waiting', 'unsure', 'match', 'no_match', 'gone'.
    state TEXT NOT NULL,
    -- What holds ('' if nothing was decided) and until when; what one person says to which a second has to agree.
    holds TEXT NOT NULL,
    until BIGINT,
    proposed TEXT NOT NULL,
    proposed_by UUID REFERENCES person (id),
    found_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    -- Whether somebody was told that it waits.
    told BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    UNIQUE (customer_id, party, list_code, entry_id)
);
CREATE INDEX screening_hit_of_org ON screening_hit (org_id, state);
CREATE INDEX screening_hit_of_list ON screening_hit (list_code, customer_id);
CREATE INDEX screening_hit_to_tell ON screening_hit (org_id) WHERE NOT told;
CREATE INDEX screening_hit_to_lapse ON screening_hit (until) WHERE until IS NOT NULL;

-- Everything that ever happened to a hit. Rows are added and never changed.
CREATE TABLE screening_step (
    hit_id UUID NOT NULL REFERENCES screening_hit (id),
    -- The hit's version since.
    number BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- 'found', 'gone', 'decided', 'agreed', 'objected', 'lapsed'.
    what TEXT NOT NULL,
    -- How the hit stands since.
    state TEXT NOT NULL,
    holds TEXT NOT NULL,
    until BIGINT,
    -- Who; NULL where nobody did it.
    person_id UUID REFERENCES person (id),
    -- What was decided or agreed to, and why.
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The screening or the change of a list by which it came.
    run_id UUID REFERENCES screening_run (id),
    job BIGINT REFERENCES screening_job (number),
    -- What was searched when a person decided.
    search BYTEA REFERENCES screening_search (hash),
    party_hash BYTEA NOT NULL,
    entry_hash BYTEA NOT NULL,
    score BIGINT NOT NULL,
    -- What was compared and found; '' where that is as before.
    finding TEXT NOT NULL,
    PRIMARY KEY (hit_id, number)
);

-- Customers that were there before are screened as if they were entered now.
INSERT INTO screening (customer_id, org_id, marked, screened, cause, marked_by, run_id, job)
SELECT id, org_id, 1, 0, 'entered', changed_by, NULL, 0 FROM customer;
