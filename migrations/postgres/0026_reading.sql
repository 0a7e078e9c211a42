-- Somebody who has read nearly everything: in reports in which nothing happened after this, nothing is new to them.
ALTER TABLE desk_look ADD COLUMN read_until BIGINT;

-- What somebody opened last.
CREATE INDEX report_read_by_person ON report_read (person_id, read_at);
