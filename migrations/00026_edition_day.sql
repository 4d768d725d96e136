-- The day on which an edition was published, as the State counted days then: its
-- files say it, and say the same when they are drawn again. Editions from before
-- say the day in UTC, and have none here.

-- +goose Up
ALTER TABLE editions ADD COLUMN published_on TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE editions DROP COLUMN published_on;
