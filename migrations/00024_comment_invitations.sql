-- Who from outside is asked to comment: on an entry, or on what is entered for an
-- objective, up to a day (empty for as long as the account lasts).

-- +goose Up
CREATE TABLE comment_invitations (
    id           BIGSERIAL PRIMARY KEY,
    user_id      BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    entry_id     BIGINT REFERENCES entries (id) ON DELETE CASCADE,
    objective_id BIGINT REFERENCES objectives (id) ON DELETE CASCADE,
    until        TEXT NOT NULL,
    note         TEXT NOT NULL,
    invited_by   BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    created_at   TIMESTAMPTZ NOT NULL,
    ended_at     TIMESTAMPTZ,
    CHECK ((entry_id IS NULL) <> (objective_id IS NULL))
);
CREATE INDEX comment_invitations_user ON comment_invitations (user_id, id);

-- +goose Down
DROP TABLE comment_invitations;
