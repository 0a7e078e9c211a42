-- How a report's answer clock is counted, so that its page can say why it is due when it is: from when, how many hours,
-- and by which country's calendar of working days ('' where every hour counts). No hours: from before this was noted.
ALTER TABLE report ADD COLUMN answer_from INTEGER NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN answer_hours INTEGER NOT NULL DEFAULT 0;
ALTER TABLE report ADD COLUMN answer_calendar TEXT NOT NULL DEFAULT '';
-- What supervisors were told of this deadline: 0 nothing, 1 that it is near, 2 that it is missed.
ALTER TABLE report ADD COLUMN escalated INTEGER NOT NULL DEFAULT 0;
-- When they are to be told next. Only reports whose clock runs have it, so the worker looks at few rows whatever the size.
ALTER TABLE report ADD COLUMN escalate_at INTEGER;
CREATE INDEX report_by_escalation ON report (escalate_at) WHERE escalate_at IS NOT NULL;
-- What is overdue already is known to everybody; only what lies ahead is told.
UPDATE report SET escalate_at = answer_due WHERE shelf = 'open' AND answer_due > unixepoch() * 1000000;
