-- Which version of its report a draft was begun from, where it becomes the next one: sent only if that is still the newest.
ALTER TABLE draft ADD COLUMN based_on BIGINT;
UPDATE draft SET based_on = (SELECT r.current_version FROM report r WHERE r.id = draft.completes_report)
WHERE completes_report IS NOT NULL;
