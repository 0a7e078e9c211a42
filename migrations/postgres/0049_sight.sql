-- Companies that see other lists than before, or whose own watch set changed. A row lasts until the worker has marked their
-- customers to be screened anew.
CREATE TABLE sight_change (
    org_id UUID PRIMARY KEY REFERENCES org (id)
);
