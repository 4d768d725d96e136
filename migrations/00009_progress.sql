-- A reporting round at work: its milestones, what agencies are asked for, what
-- they enter with evidence and comments, and the way of each entry to release.
-- A measure gains milestones and budget; records are archived or led to the one
-- that they were merged into, never deleted.

-- +goose Up
ALTER TABLE cycles ADD COLUMN covers TEXT NOT NULL DEFAULT '';
ALTER TABLE cycles ADD COLUMN opened_at TIMESTAMPTZ;
ALTER TABLE cycles ADD COLUMN closed_at TIMESTAMPTZ;

ALTER TABLE agencies ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE measures ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE measures ADD COLUMN successor_id BIGINT REFERENCES measures (id) ON DELETE RESTRICT;
ALTER TABLE indicators ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE indicators ADD COLUMN successor_id BIGINT REFERENCES indicators (id) ON DELETE RESTRICT;
ALTER TABLE legal_instruments ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE legal_instruments ADD COLUMN successor_id BIGINT REFERENCES legal_instruments (id) ON DELETE RESTRICT;
ALTER TABLE challenges ADD COLUMN archived_at TIMESTAMPTZ;
ALTER TABLE challenges ADD COLUMN successor_id BIGINT REFERENCES challenges (id) ON DELETE RESTRICT;

-- Due and done are as precise as they came; the amount is in units of currency.
CREATE TABLE measure_milestones (
    id         BIGSERIAL PRIMARY KEY,
    measure_id BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    name       JSONB NOT NULL,
    due        TEXT NOT NULL,
    done       TEXT NOT NULL
);
CREATE INDEX measure_milestones_measure ON measure_milestones (measure_id, position);

CREATE TABLE measure_budgets (
    id         BIGSERIAL PRIMARY KEY,
    measure_id BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    position   INTEGER NOT NULL,
    period     TEXT NOT NULL,
    amount     DOUBLE PRECISION NOT NULL CHECK (amount >= 0),
    currency   TEXT NOT NULL,
    fund       TEXT NOT NULL CHECK (fund IN ('republican_budget', 'local_budget', 'international', 'private', 'other')),
    source     JSONB NOT NULL
);
CREATE INDEX measure_budgets_measure ON measure_budgets (measure_id, position);

CREATE TABLE cycle_milestones (
    id       BIGSERIAL PRIMARY KEY,
    cycle_id BIGINT NOT NULL REFERENCES cycles (id) ON DELETE CASCADE,
    code     TEXT NOT NULL,
    name     JSONB NOT NULL,
    due      TEXT NOT NULL,
    note     JSONB NOT NULL,
    UNIQUE (cycle_id, code)
);

CREATE TABLE requests (
    id           BIGSERIAL PRIMARY KEY,
    cycle_id     BIGINT NOT NULL REFERENCES cycles (id) ON DELETE RESTRICT,
    agency_id    BIGINT NOT NULL REFERENCES agencies (id) ON DELETE RESTRICT,
    measure_id   BIGINT REFERENCES measures (id) ON DELETE RESTRICT,
    indicator_id BIGINT REFERENCES indicators (id) ON DELETE RESTRICT,
    due          TEXT NOT NULL,
    note         TEXT NOT NULL,
    created_by   BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    created_at   TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    CHECK ((measure_id IS NULL) <> (indicator_id IS NULL))
);
CREATE UNIQUE INDEX requests_measure ON requests (cycle_id, agency_id, measure_id) WHERE measure_id IS NOT NULL AND withdrawn_at IS NULL;
CREATE UNIQUE INDEX requests_indicator ON requests (cycle_id, agency_id, indicator_id) WHERE indicator_id IS NOT NULL AND withdrawn_at IS NULL;
CREATE INDEX requests_agency ON requests (agency_id, cycle_id, id);

-- Content is what was entered, released what the public sees of it. Those who
-- wrote any of it are its editors and may not approve it.
CREATE TABLE entries (
    id           BIGSERIAL PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    cycle_id     BIGINT NOT NULL REFERENCES cycles (id) ON DELETE RESTRICT,
    kind         TEXT NOT NULL CHECK (kind IN ('progress', 'values', 'measure', 'mapping')),
    agency_id    BIGINT NOT NULL REFERENCES agencies (id) ON DELETE RESTRICT,
    measure_id   BIGINT REFERENCES measures (id) ON DELETE RESTRICT,
    indicator_id BIGINT REFERENCES indicators (id) ON DELETE RESTRICT,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'accepted', 'released')),
    status       TEXT NOT NULL,
    content      JSONB NOT NULL,
    released     JSONB,
    reason       TEXT NOT NULL,
    returned     BOOLEAN NOT NULL,
    reopened     BOOLEAN NOT NULL,
    version      INTEGER NOT NULL,
    assignee_id  BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    editors      JSONB NOT NULL,
    created_at   TIMESTAMPTZ NOT NULL,
    updated_at   TIMESTAMPTZ NOT NULL,
    submitted_at TIMESTAMPTZ,
    first_submitted_at TIMESTAMPTZ,
    submitted_by BIGINT REFERENCES users (id) ON DELETE RESTRICT,
    approved_at  TIMESTAMPTZ,
    approved_by  BIGINT REFERENCES users (id) ON DELETE RESTRICT,
    accepted_at  TIMESTAMPTZ,
    accepted_by  BIGINT REFERENCES users (id) ON DELETE RESTRICT,
    released_at  TIMESTAMPTZ,
    released_by  BIGINT REFERENCES users (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX entries_progress ON entries (cycle_id, agency_id, measure_id) WHERE kind = 'progress';
CREATE UNIQUE INDEX entries_values ON entries (cycle_id, agency_id, indicator_id) WHERE kind = 'values';
CREATE INDEX entries_agency ON entries (agency_id, state, id);
CREATE INDEX entries_state ON entries (state, updated_at, id);
CREATE INDEX entries_latest ON entries (updated_at, id);
CREATE INDEX entries_measure ON entries (measure_id, cycle_id, id);
CREATE INDEX entries_indicator ON entries (indicator_id, cycle_id, id);
CREATE INDEX entries_assignee ON entries (assignee_id, state, id);

-- A file's bytes lie in a table of their own, so that lists never read them.
-- What was released with an entry stays, even when it is taken out later.
CREATE TABLE evidence (
    id          BIGSERIAL PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    entry_id    BIGINT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    kind        TEXT NOT NULL CHECK (kind IN ('legal_act', 'report', 'statistics', 'agreement', 'web_page', 'photo', 'other')),
    title       TEXT NOT NULL,
    language    TEXT NOT NULL,
    dated       TEXT NOT NULL,
    source      TEXT NOT NULL,
    url         TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    media_type  TEXT NOT NULL,
    size        BIGINT NOT NULL,
    sha256      TEXT NOT NULL,
    added_by    BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    added_at    TIMESTAMPTZ NOT NULL,
    released_at TIMESTAMPTZ,
    removed_at  TIMESTAMPTZ
);
CREATE INDEX evidence_entry ON evidence (entry_id, id);

CREATE TABLE evidence_files (
    evidence_id BIGINT PRIMARY KEY REFERENCES evidence (id) ON DELETE CASCADE,
    body        BYTEA NOT NULL
);

CREATE TABLE comments (
    id         BIGSERIAL PRIMARY KEY,
    entry_id   BIGINT NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
    user_id    BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    field      TEXT NOT NULL,
    body       TEXT NOT NULL,
    mentions   JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX comments_entry ON comments (entry_id, id);

-- A file that a person sent, until what it would change is confirmed.
CREATE TABLE uploads (
    user_id    BIGINT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash       TEXT NOT NULL,
    body       BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE uploads;
DROP TABLE comments;
DROP TABLE evidence_files;
DROP TABLE evidence;
DROP TABLE entries;
DROP TABLE requests;
DROP TABLE cycle_milestones;
DROP TABLE measure_budgets;
DROP TABLE measure_milestones;
ALTER TABLE challenges DROP COLUMN successor_id;
ALTER TABLE challenges DROP COLUMN archived_at;
ALTER TABLE legal_instruments DROP COLUMN successor_id;
ALTER TABLE legal_instruments DROP COLUMN archived_at;
ALTER TABLE indicators DROP COLUMN successor_id;
ALTER TABLE indicators DROP COLUMN archived_at;
ALTER TABLE measures DROP COLUMN successor_id;
ALTER TABLE measures DROP COLUMN archived_at;
ALTER TABLE agencies DROP COLUMN archived_at;
ALTER TABLE cycles DROP COLUMN closed_at;
ALTER TABLE cycles DROP COLUMN opened_at;
ALTER TABLE cycles DROP COLUMN covers;
