-- What was done, by whom, in the order in which it was done. Each entry holds
-- the hash of the one before it, so that a changed, deleted or inserted row
-- shows. Texts are kept as they were hashed. The head is locked by each writer,
-- and is what a cut tail is noticed by.

-- +goose Up
CREATE TABLE audit_entries (
    seq       BIGINT NOT NULL PRIMARY KEY CHECK (seq > 0),
    at        TEXT NOT NULL,
    user_id   BIGINT,
    who       TEXT NOT NULL,
    agency    TEXT NOT NULL,
    origin    TEXT NOT NULL,
    request   TEXT NOT NULL,
    action    TEXT NOT NULL,
    noun      TEXT NOT NULL,
    record    TEXT NOT NULL,
    reason    TEXT NOT NULL,
    before    TEXT NOT NULL,
    after     TEXT NOT NULL,
    previous  TEXT NOT NULL,
    hash      TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_entries_record ON audit_entries (noun, record, seq);
CREATE INDEX audit_entries_user ON audit_entries (user_id, seq);

CREATE TABLE audit_heads (
    id   BIGINT PRIMARY KEY CHECK (id = 1),
    seq  BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO audit_heads (id, seq, hash) VALUES (1, 0, '');

-- +goose Down
DROP TABLE audit_heads;
DROP TABLE audit_entries;
