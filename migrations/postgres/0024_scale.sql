-- What an installation with a million reports needs: the queue's order, with what its figures count, when something
-- happened last and when it was sent, so that neither reads a report that it does not show.
DROP INDEX report_queue;
CREATE INDEX report_queue ON report (authority_id, urgency, id, shelf, snoozed_until, severity, assigned_to, answer_due, news_at,
    sent_at);
