-- The note that one shift leaves to the next: every version of it, the last one counts.
CREATE TABLE handover (
    authority_id UUID NOT NULL REFERENCES org (id),
    version BIGINT NOT NULL,
    body TEXT NOT NULL,
    person_id UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (authority_id, version)
);

-- Which version somebody said last that they have read.
CREATE TABLE handover_read (
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (authority_id, person_id)
);
