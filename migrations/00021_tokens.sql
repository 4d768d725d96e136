-- Tokens with which programs read for a person, and what a partner sees: besides
-- objectives also agencies and indicators. Of a token its hash is kept.

-- +goose Up
CREATE TABLE tokens (
    id         BIGSERIAL PRIMARY KEY,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name       TEXT NOT NULL,
    hash       TEXT NOT NULL UNIQUE,
    begins     TEXT NOT NULL,
    scopes     JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ,
    ended_at   TIMESTAMPTZ
);
CREATE INDEX tokens_user ON tokens (user_id, id);
UPDATE users SET scope = CAST('{"objectives":' || CAST(scope AS TEXT) || '}' AS JSONB) WHERE CAST(scope AS TEXT) LIKE '[%' AND CAST(scope AS TEXT) <> '[]';
UPDATE users SET scope = CAST('{}' AS JSONB) WHERE CAST(scope AS TEXT) = '[]';

-- +goose Down
UPDATE users SET scope = COALESCE(scope->'objectives', CAST('[]' AS JSONB));
DROP TABLE tokens;
