-- Lists that a person narrowed and gave a name: the address without its language.

-- +goose Up
CREATE TABLE views (
    id         BIGSERIAL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    path       TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    UNIQUE (user_id, name)
);

-- +goose Down
DROP TABLE views;
