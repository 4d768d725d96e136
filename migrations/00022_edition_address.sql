-- Where an edition is confirmed, as it is printed in its files: drawn again, they
-- say the same although the State's site has moved.

-- +goose Up
ALTER TABLE editions ADD COLUMN address TEXT NOT NULL DEFAULT '';

-- +goose Down
ALTER TABLE editions DROP COLUMN address;
