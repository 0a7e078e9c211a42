-- What a company asks its authority about one sale that it has not made yet.
CREATE TABLE advice (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    author_id UUID NOT NULL REFERENCES person (id),
    version BIGINT NOT NULL,
    -- 'draft', 'asked', 'question', 'answered', 'advised', 'closed', 'withdrawn'.
    state TEXT NOT NULL,
    -- The company's own: whose file it began from, what was typed (JSON), the draft of a report that was made of it. No
    -- statement of the desk reads the first two.
    customer_id UUID REFERENCES customer (id),
    typed TEXT NOT NULL,
    draft_id UUID REFERENCES draft (id),
    -- A report already sent that it belongs to.
    report_id UUID REFERENCES report (id),
    -- What was sent, JSON; empty before. The columns behind it are what lists show.
    content TEXT NOT NULL,
    headline TEXT NOT NULL,
    party TEXT NOT NULL,
    country TEXT NOT NULL,
    -- When the goods are to leave.
    delivery_at BIGINT,
    created_at BIGINT NOT NULL,
    sent_at BIGINT,
    changed_at BIGINT NOT NULL,
    -- The authority's clock: when it runs out, since when it stands, in which country's working time it counts ('' for all
    -- hours), whether those who lead the desk were told (0, 1 near, 2 missed) and when they are to be told next.
    due_at BIGINT,
    paused_at BIGINT,
    calendar TEXT NOT NULL,
    escalated BIGINT NOT NULL,
    escalate_at BIGINT,
    assigned_to UUID REFERENCES person (id),
    -- 'ship', 'ship_if', 'hold', 'do_not_ship', 'no_objection'; empty before.
    counsel TEXT NOT NULL,
    -- Day of 'hold', days since 1970-01-01.
    hold_until BIGINT,
    -- 'shipped', 'refused', 'put_off'; empty before.
    did TEXT NOT NULL
);
CREATE INDEX advice_by_org ON advice (org_id, id);
CREATE INDEX advice_by_customer ON advice (customer_id, id);
CREATE INDEX advice_by_authority ON advice (authority_id, state, id);
CREATE INDEX advice_to_escalate ON advice (escalate_at) WHERE escalate_at IS NOT NULL;

-- What both sides said and did, and what the desk notes for itself. Rows are added and never changed.
CREATE TABLE advice_entry (
    advice_id UUID NOT NULL REFERENCES advice (id),
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- 'company', 'authority', 'system'.
    side TEXT NOT NULL,
    person_id UUID REFERENCES person (id),
    -- What was done, JSON; what was written.
    detail TEXT NOT NULL,
    body TEXT NOT NULL,
    visible_to_company BOOLEAN NOT NULL,
    PRIMARY KEY (advice_id, n)
);

-- What a request says of others, in a form that can be compared (see report_fact). Derived from its content; read by the
-- desk only.
CREATE TABLE advice_fact (
    advice_id UUID NOT NULL REFERENCES advice (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    shown TEXT NOT NULL,
    role TEXT NOT NULL,
    weak BOOLEAN NOT NULL,
    PRIMARY KEY (advice_id, kind, key)
);
CREATE INDEX advice_fact_by_key ON advice_fact (authority_id, kind, key, advice_id);
