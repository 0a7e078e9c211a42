-- What an installation with a million reports needs. The queue's order, with what its figures count: they are read from
-- the index alone.
DROP INDEX report_queue;
CREATE INDEX report_queue ON report (authority_id, urgency, id, shelf, severity, assigned_to, answer_due);
-- Which substances the undecided reports name.
CREATE INDEX report_substance_of ON report_substance (report_id, slug);
