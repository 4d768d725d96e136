-- The title of the review as an edition bears it: while a correction is written,
-- pages name what is published by it and not by what stands at the desk. Those of
-- editions from before are read from what was signed; they have none here.

-- +goose Up
ALTER TABLE editions ADD COLUMN title JSONB NOT NULL DEFAULT '{}';

-- +goose Down
ALTER TABLE editions DROP COLUMN title;
