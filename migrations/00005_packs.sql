-- What a country pack last wrote, record by record. A record whose present
-- content differs from this was edited by a person since, and is left alone.

-- +goose Up
CREATE TABLE pack_records (
    pack    TEXT NOT NULL,
    kind    TEXT NOT NULL,
    code    TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (pack, kind, code)
);

-- +goose Down
DROP TABLE pack_records;
