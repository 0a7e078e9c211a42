-- Filters of the queue under a name: an officer's own, or (without a person) those of the whole desk.
CREATE TABLE saved_view (
    id UUID PRIMARY KEY,
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID REFERENCES person (id),
    name TEXT NOT NULL,
    -- JSON (`services::desk::QueueFilter`).
    filter TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX saved_view_by_desk ON saved_view (authority_id, person_id);

-- The view with which an officer's queue opens.
CREATE TABLE saved_view_first (
    person_id UUID NOT NULL REFERENCES person (id),
    authority_id UUID NOT NULL REFERENCES org (id),
    view_id UUID NOT NULL REFERENCES saved_view (id),
    PRIMARY KEY (person_id, authority_id)
);
CREATE INDEX saved_view_first_by_view ON saved_view_first (view_id);
