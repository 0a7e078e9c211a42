-- Watch lists in versions, and what was asked of them.

CREATE TABLE watch_list (
    id BLOB PRIMARY KEY,
    -- By which commands and addresses know it.
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    -- Code of what a hit on it means in law.
    means TEXT NOT NULL,
    -- Whether a version from the folder is put in force by itself.
    automatic INTEGER NOT NULL CHECK (automatic IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE watch_version (
    id BLOB PRIMARY KEY,
    list_id BLOB NOT NULL REFERENCES watch_list (id),
    -- Given as it is loaded; without meaning before.
    number INTEGER NOT NULL,
    -- 'loading', 'loaded', 'active', 'retired'.
    state TEXT NOT NULL,
    format TEXT NOT NULL,
    -- Names of the files, parted by line ends.
    files TEXT NOT NULL,
    sha256 BLOB NOT NULL,
    bytes INTEGER NOT NULL,
    -- When the file was made, by its own word.
    generated TEXT NOT NULL,
    entries INTEGER NOT NULL,
    deviations INTEGER NOT NULL,
    -- What the reader said about it, JSON.
    summary TEXT NOT NULL,
    -- NULL: the command line or the folder.
    loaded_by BLOB REFERENCES person (id),
    -- When the last of it was written: a load that rests was broken off.
    loaded_at INTEGER NOT NULL,
    activated_by BLOB REFERENCES person (id),
    activated_at INTEGER
) STRICT;
CREATE UNIQUE INDEX watch_version_number ON watch_version (list_id, number) WHERE state <> 'loading';
CREATE UNIQUE INDEX watch_version_active ON watch_version (list_id) WHERE state = 'active';
-- The same file is one version.
CREATE UNIQUE INDEX watch_version_file ON watch_version (list_id, sha256) WHERE state <> 'loading';
CREATE INDEX watch_version_state ON watch_version (state, loaded_at);

-- What a list says about somebody, once however many versions say the same. Its key is the SHA-256 of the text.
CREATE TABLE watch_content (
    hash BLOB PRIMARY KEY,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE watch_entry (
    version_id BLOB NOT NULL REFERENCES watch_version (id),
    -- Its number on its list.
    entry_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BLOB NOT NULL REFERENCES watch_content (hash),
    PRIMARY KEY (version_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX watch_entry_content ON watch_entry (hash);

-- A question whether somebody is on a list, with everything by which it was answered. Never changed.
CREATE TABLE name_check (
    id BLOB PRIMARY KEY,
    org_id BLOB NOT NULL REFERENCES org (id),
    person_id BLOB NOT NULL REFERENCES person (id),
    at INTEGER NOT NULL,
    -- Who was asked for, JSON.
    asked TEXT NOT NULL,
    engine TEXT NOT NULL,
    threshold TEXT NOT NULL,
    -- Every version that was searched, JSON.
    lists TEXT NOT NULL,
    -- What was found, the best first, JSON.
    hits TEXT NOT NULL,
    hit_count INTEGER NOT NULL
) STRICT;
CREATE INDEX name_check_of_org ON name_check (org_id, id);
