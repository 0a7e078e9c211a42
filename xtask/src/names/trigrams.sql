-- PostgreSQL's trigrams on the names of the bench. Called by `cargo xtask names`; `names`, `questions` and `pairs` are files.
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
\pset fieldsep '\t'
\o /dev/null
CREATE EXTENSION IF NOT EXISTS pg_trgm;
DROP TABLE IF EXISTS listed, question, pair;
CREATE TABLE listed (id text, name text);
CREATE TABLE question (n serial, truth text, name text);
CREATE TABLE pair (n serial, one text, other text);
\copy listed FROM 'names.tsv' WITH (FORMAT csv, DELIMITER E'\t', QUOTE E'\b')
\copy question (truth, name) FROM 'few.tsv' WITH (FORMAT csv, DELIMITER E'\t', QUOTE E'\b')
\copy pair (one, other) FROM 'pairs.tsv' WITH (FORMAT csv, DELIMITER E'\t', QUOTE E'\b')
CREATE INDEX listed_name ON listed USING gin (lower(name) gin_trgm_ops);
ANALYZE listed;
CREATE OR REPLACE FUNCTION asked() RETURNS TABLE (spent double precision, truth text, hit integer) LANGUAGE plpgsql AS $$
DECLARE
    one question;
    begun timestamptz;
    found text[];
BEGIN
    FOR one IN SELECT * FROM question ORDER BY n LOOP
        begun := clock_timestamp();
        found := ARRAY(SELECT l.id FROM listed l WHERE lower(l.name) % lower(one.name)
                       ORDER BY similarity(lower(l.name), lower(one.name)) DESC LIMIT 5);
        spent := extract(epoch FROM clock_timestamp() - begun) * 1000;
        truth := one.truth;
        hit := (one.truth = ANY (found))::integer;
        RETURN NEXT;
    END LOOP;
END $$;
\o scores.txt
SELECT similarity(lower(one), lower(other)) FROM pair ORDER BY n;
\o times.txt
SELECT * FROM asked();
