-- Watch lists in versions, and what was asked of them.

CREATE TABLE watch_list (
    id UUID PRIMARY KEY,
    -- By which commands and addresses know it.
    code TEXT NOT NULL UNIQUE,
    label TEXT NOT NULL,
    -- Code of what a hit on it means in law.
    means TEXT NOT NULL,
    -- Whether a version from the folder is put in force by itself.
    automatic BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE watch_version (
    id UUID PRIMARY KEY,
    list_id UUID NOT NULL REFERENCES watch_list (id),
    -- Given as it is loaded; without meaning before.
    number BIGINT NOT NULL,
    -- 'loading', 'loaded', 'active', 'retired'.
    state TEXT NOT NULL,
    format TEXT NOT NULL,
    -- Names of the files, parted by line ends.
    files TEXT NOT NULL,
    sha256 BYTEA NOT NULL,
    bytes BIGINT NOT NULL,
    -- When the file was made, by its own word.
    generated TEXT NOT NULL,
    entries BIGINT NOT NULL,
    deviations BIGINT NOT NULL,
    -- What the reader said about it, JSON.
    summary TEXT NOT NULL,
    -- NULL: the command line or the folder.
    loaded_by UUID REFERENCES person (id),
    -- When the last of it was written: a load that rests was broken off.
    loaded_at BIGINT NOT NULL,
    activated_by UUID REFERENCES person (id),
    activated_at BIGINT
);
CREATE UNIQUE INDEX watch_version_number ON watch_version (list_id, number) WHERE state <> 'loading';
CREATE UNIQUE INDEX watch_version_active ON watch_version (list_id) WHERE state = 'active';
-- The same file is one version.
CREATE UNIQUE INDEX watch_version_file ON watch_version (list_id, sha256) WHERE state <> 'loading';
CREATE INDEX watch_version_state ON watch_version (state, loaded_at);

-- What a list says about somebody, once however many versions say the same. Its key is the SHA-256 of the text.
CREATE TABLE watch_content (
    hash BYTEA PRIMARY KEY,
    content TEXT NOT NULL
);

CREATE TABLE watch_entry (
    version_id UUID NOT NULL REFERENCES watch_version (id),
    -- Its number on its list.
    entry_id TEXT COLLATE "C" NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    hash BYTEA NOT NULL REFERENCES watch_content (hash),
    PRIMARY KEY (version_id, entry_id)
);
CREATE INDEX watch_entry_content ON watch_entry (hash);

-- A question whether somebody is on a list, with everything by which it was answered. Never changed.
CREATE TABLE name_check (
    id UUID PRIMARY KEY,
    org_id UUID NOT NULL REFERENCES org (id),
    person_id UUID NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    -- Who was asked for, JSON.
    asked TEXT NOT NULL,
    engine TEXT NOT NULL,
    threshold TEXT NOT NULL,
    -- Every version that was searched, JSON.
    lists TEXT NOT NULL,
    -- What was found, the best first, JSON.
    hits TEXT NOT NULL,
    hit_count BIGINT NOT NULL
);
CREATE INDEX name_check_of_org ON name_check (org_id, id);
