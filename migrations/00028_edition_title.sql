-- The title of the review as an edition bears it: while a correction is written,
-- pages name what is published by it and not by what stands at the desk. Editions
-- from before bear the title of the review, and have none here.

-- +goose Up
ALTER TABLE editions ADD COLUMN title JSONB NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE editions DROP COLUMN title;
