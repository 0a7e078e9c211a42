-- A company asks whether a licence covers something, and what the authority answers. What was asked is never changed.
CREATE TABLE licence_request (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    -- Who is asked; NULL where nobody here answers for the country and it goes as a letter.
    authority_id BLOB REFERENCES org (id),
    -- In whose file it is kept, and for which site of it; NULL for a free one.
    customer_id BLOB REFERENCES customer (id),
    site_key INTEGER,
    person_id BLOB NOT NULL REFERENCES person (id),
    asked TEXT NOT NULL,
    at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    -- 'open', 'answered', 'letter', 'withdrawn'.
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- '', 'valid', 'limited', 'not_valid', 'cannot_say'.
    outcome TEXT NOT NULL,
    -- What the company reads with the answer.
    note TEXT NOT NULL,
    -- Until when the company may count on it, as it was told; days since 1970-01-01.
    until_on INTEGER,
    answered_by BLOB REFERENCES person (id),
    answered_at INTEGER,
    -- For the authority alone: beside which entry of the register it was answered, and what the check said. JSON.
    beside TEXT NOT NULL
) STRICT;
CREATE INDEX licence_request_at_desk ON licence_request (authority_id, state, due_at, id);
CREATE INDEX licence_request_of_org ON licence_request (org_id, at, id);
CREATE INDEX licence_request_of_customer ON licence_request (customer_id, at) WHERE customer_id IS NOT NULL;
