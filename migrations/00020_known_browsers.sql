-- Browsers in which somebody has signed in before: their attempts are counted
-- apart from those of strangers, who cannot lock the person out then. The token
-- in the cookie is kept as its hash.

-- +goose Up
CREATE TABLE known_browsers (
    hash       TEXT NOT NULL,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (hash, user_id)
);
CREATE INDEX known_browsers_user ON known_browsers (user_id);
CREATE INDEX known_browsers_expiry ON known_browsers (expires_at);

-- +goose Down
DROP TABLE known_browsers;
