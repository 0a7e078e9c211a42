-- When the authority first answered the reporter, and whether that was within its own time (1 or 0). Never changed afterwards.
ALTER TABLE report ADD COLUMN first_answer_at INTEGER;
ALTER TABLE report ADD COLUMN in_time INTEGER;
UPDATE report SET first_answer_at = (SELECT min(e.at) FROM report_entry e WHERE e.report_id = report.id
    AND e.side = 'authority' AND e.visible_to_company AND e.kind <> 'taken_down');
-- The deadline of then is not kept for old reports; the one of now can only be later.
UPDATE report SET in_time = CASE WHEN first_answer_at <= answer_due THEN 1 ELSE 0 END WHERE first_answer_at IS NOT NULL;
-- Holds all that figures over a period ask for, so that they read a range of it and no row.
CREATE INDEX report_by_time ON report (authority_id, sent_at, kind, shelf, answer_due, first_answer_at, in_time, id);
-- Which substances a range of reports names, without reading the rows.
CREATE INDEX report_substance_of ON report_substance (report_id, slug);
