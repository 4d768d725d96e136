-- The Compact's own text: frameworks, objectives with their actions, guiding
-- principles and the round tables that group objectives at a forum.

-- +goose Up
CREATE TABLE frameworks (
    id      BIGSERIAL PRIMARY KEY,
    code    TEXT NOT NULL UNIQUE,
    name    JSONB NOT NULL,
    symbol  TEXT NOT NULL,
    edition TEXT NOT NULL
);

CREATE TABLE objectives (
    id                  BIGSERIAL PRIMARY KEY,
    framework_id        BIGINT NOT NULL REFERENCES frameworks (id) ON DELETE RESTRICT,
    number              INTEGER NOT NULL CHECK (number > 0),
    code                TEXT NOT NULL UNIQUE,
    paragraph           INTEGER NOT NULL,
    title               JSONB NOT NULL,
    short_title         JSONB NOT NULL,
    official_languages  JSONB NOT NULL,
    sdg_targets_direct  JSONB NOT NULL,
    sdg_targets_related JSONB NOT NULL,
    note                TEXT NOT NULL,
    UNIQUE (framework_id, number)
);

CREATE TABLE actions (
    id           BIGSERIAL PRIMARY KEY,
    objective_id BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    letter       TEXT NOT NULL,
    ref          TEXT NOT NULL UNIQUE,
    summary      JSONB NOT NULL,
    UNIQUE (objective_id, letter)
);

CREATE TABLE principles (
    id                 BIGSERIAL PRIMARY KEY,
    framework_id       BIGINT NOT NULL REFERENCES frameworks (id) ON DELETE RESTRICT,
    letter             TEXT NOT NULL,
    code               TEXT NOT NULL UNIQUE,
    ref                TEXT NOT NULL,
    name               JSONB NOT NULL,
    gist               JSONB NOT NULL,
    official_languages JSONB NOT NULL
);

-- The grouping may differ from forum to forum, so it is data of a forum.
CREATE TABLE round_tables (
    id           BIGSERIAL PRIMARY KEY,
    framework_id BIGINT NOT NULL REFERENCES frameworks (id) ON DELETE RESTRICT,
    forum        TEXT NOT NULL,
    number       INTEGER NOT NULL,
    UNIQUE (framework_id, forum, number)
);

CREATE TABLE round_table_objectives (
    round_table_id BIGINT NOT NULL REFERENCES round_tables (id) ON DELETE CASCADE,
    objective_id   BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    PRIMARY KEY (round_table_id, objective_id)
);

-- +goose Down
DROP TABLE round_table_objectives;
DROP TABLE round_tables;
DROP TABLE principles;
DROP TABLE actions;
DROP TABLE objectives;
DROP TABLE frameworks;
