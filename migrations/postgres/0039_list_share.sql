-- Lists that belong to an organisation and are seen by those with whom it shares them.
-- NULL: the installation's; everybody sees it.
ALTER TABLE watch_list ADD COLUMN owner_id UUID REFERENCES org (id);
CREATE INDEX watch_list_of_owner ON watch_list (owner_id) WHERE owner_id IS NOT NULL;

-- An offer of such a list to a company, and what came of it.
CREATE TABLE list_share (
    id UUID PRIMARY KEY,
    list_id UUID NOT NULL REFERENCES watch_list (id),
    -- The company, as the owner named it. Whether it uses this installation the owner is not told.
    member TEXT NOT NULL,
    country TEXT NOT NULL,
    registration TEXT NOT NULL,
    registration_key TEXT NOT NULL,
    -- 'asked', 'accepted', 'declined', 'left', 'ended'.
    state TEXT NOT NULL,
    -- The first instant at which it is not seen any more.
    ends_at BIGINT NOT NULL,
    asked_by UUID NOT NULL REFERENCES person (id),
    asked_at BIGINT NOT NULL,
    -- The company that answered; NULL until then.
    org_id UUID REFERENCES org (id),
    answered_by UUID REFERENCES person (id),
    answered_at BIGINT,
    -- When the company left it or the owner ended it.
    ended_at BIGINT
);
CREATE UNIQUE INDEX list_share_open ON list_share (list_id, country, registration_key) WHERE state IN ('asked', 'accepted');
CREATE INDEX list_share_by_company ON list_share (country, registration_key);
CREATE INDEX list_share_by_answer ON list_share (org_id, state) WHERE org_id IS NOT NULL;
