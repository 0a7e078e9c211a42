-- Full-text search of the desk. The words are made by the program (`domain::fulltext`), so that both engines find alike.
CREATE TABLE report_text (
    report_id UUID PRIMARY KEY REFERENCES report (id),
    -- What the current version says, for excerpts.
    body TEXT NOT NULL,
    words TSVECTOR NOT NULL DEFAULT ''
);
CREATE INDEX report_text_by_word ON report_text USING GIN (words);

-- Words that an authority's reports hold, to suggest one to somebody who mistyped it.
CREATE TABLE search_word (
    authority_id UUID NOT NULL REFERENCES org (id),
    word TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (authority_id, word)
);

-- What somebody looked for, so that it need not stand in an address. For that person only, and for some hours.
CREATE TABLE search_question (
    id UUID PRIMARY KEY,
    authority_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    text TEXT NOT NULL,
    -- Only reports of this shelf; empty for all.
    shelf TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX search_question_by_expiry ON search_question (expires_at);
