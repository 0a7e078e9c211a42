-- Filters of the queue under a name: an officer's own, or (without a person) those of the whole desk.
CREATE TABLE saved_view (
    id BLOB PRIMARY KEY,
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB REFERENCES person (id),
    name TEXT NOT NULL,
    -- JSON (`services::desk::QueueFilter`).
    filter TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX saved_view_by_desk ON saved_view (authority_id, person_id);

-- The view with which an officer's queue opens.
CREATE TABLE saved_view_first (
    person_id BLOB NOT NULL REFERENCES person (id),
    authority_id BLOB NOT NULL REFERENCES org (id),
    view_id BLOB NOT NULL REFERENCES saved_view (id),
    PRIMARY KEY (person_id, authority_id)
) STRICT;
CREATE INDEX saved_view_first_by_view ON saved_view_first (view_id);
