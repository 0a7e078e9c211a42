-- Figures for everybody: a quarter as it was told. Written once and never changed.
CREATE TABLE statistic (
    -- '2026-Q3'.
    quarter TEXT PRIMARY KEY,
    -- The tables as they were told, JSON. No report and no company is in it.
    content TEXT NOT NULL,
    published_at INTEGER NOT NULL
) STRICT;
