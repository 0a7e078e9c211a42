-- Browsers from which a person has signed in before. Several people may share one; only the hash of its mark is kept.
CREATE TABLE known_browser (
    mark_hash BLOB NOT NULL,
    person_id BLOB NOT NULL REFERENCES person (id),
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (mark_hash, person_id)
) STRICT;
CREATE INDEX known_browser_by_person ON known_browser (person_id);
CREATE INDEX known_browser_by_time ON known_browser (seen_at);
