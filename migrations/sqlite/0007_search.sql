-- Full-text search of the desk. The words are made by the program (`domain::fulltext`), so that both engines find alike.
CREATE TABLE report_text (
    n INTEGER PRIMARY KEY,
    report_id BLOB NOT NULL UNIQUE REFERENCES report (id),
    -- What the current version says, for excerpts.
    body TEXT NOT NULL
) STRICT;
-- Its rows carry the numbers of `report_text`. Every sign beyond ASCII is part of a word.
CREATE VIRTUAL TABLE report_words USING fts5 (words, content='', contentless_delete=1, tokenize='ascii');

-- Words that an authority's reports hold, to suggest one to somebody who mistyped it.
CREATE TABLE search_word (
    authority_id BLOB NOT NULL REFERENCES org (id),
    word TEXT NOT NULL,
    PRIMARY KEY (authority_id, word)
) STRICT, WITHOUT ROWID;

-- What somebody looked for, so that it need not stand in an address. For that person only, and for some hours.
CREATE TABLE search_question (
    id BLOB PRIMARY KEY,
    authority_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    text TEXT NOT NULL,
    -- Only reports of this shelf; empty for all.
    shelf TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX search_question_by_expiry ON search_question (expires_at);
