-- How many reports are with somebody is counted for every page of a desk, however many wait there.
CREATE INDEX report_mine ON report (authority_id, assigned_to, urgency, snoozed_until) WHERE assigned_to IS NOT NULL;
