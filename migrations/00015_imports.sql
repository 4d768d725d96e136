-- Files that are looked at before they are imported, and how their columns were
-- read the last time.

-- +goose Up
CREATE TABLE imports (
    id         BIGSERIAL PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    format     TEXT NOT NULL,
    options    JSONB NOT NULL,
    size       BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- A file in pieces, so that no reader needs the whole of it in memory.
CREATE TABLE import_parts (
    import_id BIGINT NOT NULL REFERENCES imports (id) ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    body      BYTEA NOT NULL,
    PRIMARY KEY (import_id, number)
);

CREATE TABLE column_maps (
    id      BIGSERIAL PRIMARY KEY,
    header  TEXT NOT NULL UNIQUE,
    name    TEXT NOT NULL,
    columns JSONB NOT NULL,
    made_by TEXT NOT NULL,
    made_at TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE column_maps;
DROP TABLE import_parts;
DROP TABLE imports;
