-- What is new to whom. Nothing is written for a report and a person until that person opens the report.
-- When something last happened to a report; index for "what changed since".
ALTER TABLE report ADD COLUMN news_at BIGINT NOT NULL DEFAULT 0;
UPDATE report SET news_at = coalesce((SELECT max(e.at) FROM report_entry e WHERE e.report_id = report.id), sent_at);
CREATE INDEX report_news ON report (authority_id, news_at);
-- The queue walks its index without touching reports in which nothing is new.
DROP INDEX report_queue;
CREATE INDEX report_queue ON report (authority_id, urgency, id, news_at);

-- The last entry that was read, and where the present visit began.
ALTER TABLE report_read ADD COLUMN read_n BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report_read ADD COLUMN since_n BIGINT NOT NULL DEFAULT 0;
ALTER TABLE report_read ADD COLUMN since_at BIGINT NOT NULL DEFAULT 0;
UPDATE report_read SET read_n = coalesce((SELECT max(e.n) FROM report_entry e
    WHERE e.report_id = report_read.report_id AND e.at <= report_read.read_at), 0), since_at = read_at;
UPDATE report_read SET since_n = read_n;

-- When somebody looked at the queue of an authority as a whole; what they said they know.
CREATE TABLE desk_look (
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    looked_at BIGINT NOT NULL,
    since_at BIGINT NOT NULL,
    known_until BIGINT,
    PRIMARY KEY (authority_id, person_id)
);
