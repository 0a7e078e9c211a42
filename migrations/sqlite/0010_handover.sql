-- The note that one shift leaves to the next: every version of it, the last one counts.
CREATE TABLE handover (
    authority_id BLOB NOT NULL REFERENCES org (id),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    PRIMARY KEY (authority_id, version)
) STRICT;

-- Which version somebody said last that they have read.
CREATE TABLE handover_read (
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    version INTEGER NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (authority_id, person_id)
) STRICT;
