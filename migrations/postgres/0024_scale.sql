-- What an installation with a million reports needs: the queue's order, with what its figures count, which are then read
-- from the index alone.
DROP INDEX report_queue;
CREATE INDEX report_queue ON report (authority_id, urgency, id, shelf, snoozed_until, severity, assigned_to, answer_due);
