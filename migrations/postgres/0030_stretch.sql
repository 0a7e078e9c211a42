-- Words are indexed by stretches of the order in which reports came (`domain::fulltext::Stretch`). The program fills it
-- again at its next start, in that order, which `n` counts.
DROP TABLE report_text;
CREATE TABLE report_text (
    n BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
    report_id UUID PRIMARY KEY REFERENCES report (id),
    -- What the current version says, for excerpts.
    body TEXT NOT NULL,
    words TSVECTOR NOT NULL DEFAULT ''
);
-- New words go into it at once: a list of what waits would be read with every question, and emptied by whoever comes last.
CREATE INDEX report_text_by_word ON report_text USING GIN (words) WITH (fastupdate = off);
