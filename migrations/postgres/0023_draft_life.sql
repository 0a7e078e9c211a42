-- Reminders of a draft's end that were sent since its last change: none, the one a week before, the one a day before.
-- A draft is erased 30 days after its last change, and a day after the last reminder at the earliest.
ALTER TABLE draft ADD COLUMN reminded BIGINT NOT NULL DEFAULT 0;
ALTER TABLE draft ADD COLUMN reminded_at BIGINT;
