-- Companies whose own watch set changed: their customers are marked to be screened with it. A row lasts until the worker has
-- marked them.
CREATE TABLE own_set_change (
    org_id UUID PRIMARY KEY REFERENCES org (id)
);
