-- What people are told, inside the application and by mail. A notice is told
-- once, whatever asks for it (key). A mail is claimed by one program for a time;
-- one that was being sent when the program ended is not sent again by itself.

-- +goose Up
CREATE TABLE notices (
    id         BIGSERIAL PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    subject    JSONB NOT NULL,
    agency     JSONB NOT NULL,
    actor      TEXT NOT NULL,
    due        TEXT NOT NULL,
    path       TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    read_at    TIMESTAMPTZ,
    mailed_at  TIMESTAMPTZ
);
CREATE INDEX notices_user ON notices (user_id, id);
CREATE INDEX notices_unmailed ON notices (user_id) WHERE mailed_at IS NULL;

CREATE TABLE mails (
    id          BIGSERIAL PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    recipient   TEXT NOT NULL,
    language    TEXT NOT NULL,
    subject     TEXT NOT NULL,
    plain       TEXT NOT NULL,
    html        TEXT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain')),
    attempts    INTEGER NOT NULL,
    next_at     TIMESTAMPTZ NOT NULL,
    lease_until TIMESTAMPTZ,
    owner       TEXT NOT NULL,
    error       TEXT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    sent_at     TIMESTAMPTZ
);
CREATE INDEX mails_queue ON mails (state, next_at, id);

-- One of several programs at a time does a job.
CREATE TABLE leases (
    name  TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL
);

-- A calendar program reads its owner's dates by a secret address, which is kept
-- as its hash. It opens nothing else.
CREATE TABLE calendar_links (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE calendar_links;
DROP TABLE leases;
DROP TABLE mails;
DROP TABLE notices;
