-- Words are indexed by stretches of the order in which reports came (`domain::fulltext::Stretch`). The program fills both
-- again at its next start, in that order, which `n` counts.
DROP TABLE report_words;
DROP TABLE report_text;
CREATE TABLE report_text (
    n INTEGER PRIMARY KEY,
    report_id BLOB NOT NULL UNIQUE REFERENCES report (id),
    -- What the current version says, for excerpts.
    body TEXT NOT NULL
) STRICT;
CREATE VIRTUAL TABLE report_words USING fts5 (words, content='', contentless_delete=1, tokenize='ascii');
