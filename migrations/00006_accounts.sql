-- People who sign in: accounts, roles, second factors, sessions, links that are
-- sent once, and how often somebody tried. Secrets are kept as hashes, but for
-- the seed of one-time codes, which has to be read.

-- +goose Up
CREATE TABLE users (
    id            BIGSERIAL PRIMARY KEY,
    email         TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    language      TEXT NOT NULL,
    agency_id     BIGINT REFERENCES agencies (id) ON DELETE RESTRICT,
    scope         JSONB NOT NULL,
    expires_at    TIMESTAMPTZ,
    disabled_at   TIMESTAMPTZ,
    password_hash TEXT NOT NULL,
    subject       TEXT NOT NULL,
    totp_secret   TEXT NOT NULL,
    totp_step     BIGINT NOT NULL,
    digest        TEXT NOT NULL CHECK (digest IN ('daily', 'weekly', 'never')),
    leave_from    TEXT NOT NULL,
    leave_until   TEXT NOT NULL,
    substitute_id BIGINT REFERENCES users (id) ON DELETE RESTRICT,
    demonstration BOOLEAN NOT NULL,
    created_at    TIMESTAMPTZ NOT NULL,
    version       INTEGER NOT NULL,
    CHECK (substitute_id IS NULL OR substitute_id <> id)
);
CREATE UNIQUE INDEX users_subject ON users (subject) WHERE subject <> '';
CREATE INDEX users_agency ON users (agency_id, id);

CREATE TABLE user_roles (
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role    TEXT NOT NULL CHECK (role IN ('partner', 'contributor', 'approver', 'coordinator', 'editor', 'signatory', 'auditor', 'admin')),
    PRIMARY KEY (user_id, role)
);

CREATE TABLE recovery_codes (
    id      BIGSERIAL PRIMARY KEY,
    user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash    TEXT NOT NULL,
    used_at TIMESTAMPTZ
);
CREATE INDEX recovery_codes_user ON recovery_codes (user_id, id);

-- The token in the cookie is kept as its hash; data is the session library's own.
CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    user_id    BIGINT REFERENCES users (id) ON DELETE CASCADE,
    data       BYTEA NOT NULL,
    origin     TEXT NOT NULL,
    agent      TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at    TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_user ON sessions (user_id, seen_at);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE links (
    hash       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL CHECK (kind IN ('setup', 'invitation', 'reset')),
    user_id    BIGINT REFERENCES users (id) ON DELETE CASCADE,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at    TIMESTAMPTZ
);
CREATE INDEX links_user ON links (user_id);

-- How often something was tried since a moment: "sign-in:address", "reset:…".
CREATE TABLE attempts (
    key        TEXT PRIMARY KEY,
    count      INTEGER NOT NULL,
    since      TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE attempts;
DROP TABLE links;
DROP TABLE sessions;
DROP TABLE recovery_codes;
DROP TABLE user_roles;
DROP TABLE users;
