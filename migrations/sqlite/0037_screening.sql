-- Customers are looked for on watch lists: what is due, every screening, hits with what was decided, changes of lists.

-- What was searched, once however many screenings searched the same: engine, threshold, versions of the lists, JSON. Its key
-- is the SHA-256 of the text.
CREATE TABLE screening_search (
    hash BLOB PRIMARY KEY,
    content TEXT NOT NULL
) STRICT;

-- A customer that was looked for in everything that is searched. Never changed.
CREATE TABLE screening_run (
    id BLOB PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customer (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    at INTEGER NOT NULL,
    -- 'entered', 'changed', 'lists', 'sight', 'engine', 'asked'.
    cause TEXT NOT NULL,
    -- Who entered, changed or asked; NULL where nobody did.
    person_id BLOB REFERENCES person (id),
    customer_version INTEGER NOT NULL,
    -- Number of the last change of lists that it took in.
    job INTEGER NOT NULL,
    search BLOB NOT NULL REFERENCES screening_search (hash),
    -- Who was asked for, JSON.
    parties TEXT NOT NULL,
    -- How many were found, and how many of these somebody has to look at since.
    found INTEGER NOT NULL,
    fresh INTEGER NOT NULL
) STRICT;
CREATE INDEX screening_run_of_customer ON screening_run (customer_id, at);

-- How far each customer is: it waits to be screened while it was marked more often than that was heard.
CREATE TABLE screening (
    customer_id BLOB PRIMARY KEY REFERENCES customer (id),
    org_id BLOB NOT NULL REFERENCES org (id),
    marked INTEGER NOT NULL,
    screened INTEGER NOT NULL,
    cause TEXT NOT NULL,
    marked_by BLOB REFERENCES person (id),
    -- The last screening; NULL before the first.
    run_id BLOB REFERENCES screening_run (id),
    -- Number of the last change of lists that it took in.
    job INTEGER NOT NULL
) STRICT;
CREATE INDEX screening_due ON screening (customer_id) WHERE marked > screened;
CREATE INDEX screening_of_org ON screening (org_id) WHERE marked > screened;

-- A change of a list, through which all customers go in the order of their identities.
CREATE TABLE screening_job (
    number INTEGER PRIMARY KEY,
    list_code TEXT NOT NULL,
    list_label TEXT NOT NULL,
    -- NULL: the list was not searched before.
    from_version BLOB REFERENCES watch_version (id),
    to_version BLOB NOT NULL REFERENCES watch_version (id),
    -- The version as it is kept with what is found, JSON.
    searched TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    -- The last customer that is done; NULL before the first.
    cursor BLOB,
    done INTEGER NOT NULL,
    total INTEGER NOT NULL,
    -- Hits that somebody has to look at since.
    fresh INTEGER NOT NULL,
    began_at INTEGER,
    ended_at INTEGER
) STRICT;
CREATE INDEX screening_job_to_do ON screening_job (number) WHERE ended_at IS NULL;

-- Somebody in a file who is like somebody on a list.
CREATE TABLE screening_hit (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    customer_id BLOB NOT NULL REFERENCES customer (id),
    -- Who in the file: the part with the number of the entry, and by which name.
    party TEXT NOT NULL,
    party_name TEXT NOT NULL,
    party_hash BLOB NOT NULL,
    list_code TEXT NOT NULL,
    entry_id TEXT NOT NULL,
    entry_name TEXT NOT NULL,
    entry_hash BLOB NOT NULL,
    -- In per mille.
    score INTEGER NOT NULL,
    -- Code of the gravest that it means.
    means TEXT NOT NULL,
    -- What was compared and found, JSON.
    finding TEXT NOT NULL,
    -- 'open', 'waiting', 'unsure', 'match', 'no_match', 'gone'.
    state TEXT NOT NULL,
    -- What holds ('' if nothing was decided) and until when; what one person says to which a second has to agree.
    holds TEXT NOT NULL,
    until INTEGER,
    proposed TEXT NOT NULL,
    proposed_by BLOB REFERENCES person (id),
    found_at INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    -- Whether somebody was told that it waits.
    told INTEGER NOT NULL CHECK (told IN (0, 1)),
    version INTEGER NOT NULL,
    UNIQUE (customer_id, party, list_code, entry_id)
) STRICT;
CREATE INDEX screening_hit_of_org ON screening_hit (org_id, state);
CREATE INDEX screening_hit_of_list ON screening_hit (list_code, customer_id);
CREATE INDEX screening_hit_to_tell ON screening_hit (org_id) WHERE NOT told;
CREATE INDEX screening_hit_to_lapse ON screening_hit (until) WHERE until IS NOT NULL;

-- Everything that ever happened to a hit. Rows are added and never changed.
CREATE TABLE screening_step (
    hit_id BLOB NOT NULL REFERENCES screening_hit (id),
    -- The hit's version since.
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    -- 'found', 'gone', 'decided', 'agreed', 'objected', 'lapsed'.
    what TEXT NOT NULL,
    -- How the hit stands since.
    state TEXT NOT NULL,
    holds TEXT NOT NULL,
    until INTEGER,
    -- Who; NULL where nobody did it.
    person_id BLOB REFERENCES person (id),
    -- What was decided or agreed to, and why.
    decision TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The screening or the change of a list by which it came.
    run_id BLOB REFERENCES screening_run (id),
    job INTEGER REFERENCES screening_job (number),
    -- What was searched when a person decided.
    search BLOB REFERENCES screening_search (hash),
    party_hash BLOB NOT NULL,
    entry_hash BLOB NOT NULL,
    score INTEGER NOT NULL,
    -- What was compared and found; '' where that is as before.
    finding TEXT NOT NULL,
    PRIMARY KEY (hit_id, number)
) STRICT;

-- Customers that were there before are screened as if they were entered now.
INSERT INTO screening (customer_id, org_id, marked, screened, cause, marked_by, run_id, job)
SELECT id, org_id, 1, 0, 'entered', changed_by, NULL, 0 FROM customer;
