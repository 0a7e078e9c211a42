-- A company asks whether a licence covers something, and what the authority answers. What was asked is never changed.
CREATE TABLE licence_request (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    -- Who is asked; NULL where nobody here answers for the country and it goes as a letter.
    authority_id UUID REFERENCES org (id),
    -- In whose file it is kept, and for which site of it; NULL for a free one.
    customer_id UUID REFERENCES customer (id),
    site_key BIGINT,
    person_id UUID NOT NULL REFERENCES person (id),
    asked TEXT NOT NULL,
    at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    -- 'open', 'answered', 'letter', 'withdrawn'.
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- '', 'valid', 'limited', 'not_valid', 'cannot_say'.
    outcome TEXT NOT NULL,
    -- What the company reads with the answer.
    note TEXT NOT NULL,
    -- Until when the company may count on it, as it was told; days since 1970-01-01.
    until_on BIGINT,
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    -- For the authority alone: beside which entry of the register it was answered, and what the check said. JSON.
    beside TEXT NOT NULL
);
CREATE INDEX licence_request_at_desk ON licence_request (authority_id, state, due_at, id);
CREATE INDEX licence_request_of_org ON licence_request (org_id, at, id);
CREATE INDEX licence_request_of_customer ON licence_request (customer_id, at) WHERE customer_id IS NOT NULL;
