-- Reporting cycles, the reviews made in them, and the reviews' narrative.

-- +goose Up
CREATE TABLE cycles (
    id            BIGSERIAL PRIMARY KEY,
    code          TEXT NOT NULL UNIQUE,
    name          JSONB NOT NULL,
    cutoff        TEXT NOT NULL,
    cutoff_basis  TEXT NOT NULL CHECK (cutoff_basis IN ('stated', 'inferred')),
    cutoff_reason JSONB NOT NULL
);

CREATE TABLE reviews (
    id       BIGSERIAL PRIMARY KEY,
    cycle_id BIGINT NOT NULL UNIQUE REFERENCES cycles (id) ON DELETE RESTRICT,
    title    JSONB NOT NULL,
    author   JSONB NOT NULL,
    notice   JSONB NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('drafting', 'clearance', 'signed_off', 'published'))
);

CREATE TABLE review_sections (
    id        BIGSERIAL PRIMARY KEY,
    review_id BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    section   TEXT NOT NULL,
    language  TEXT NOT NULL,
    body      TEXT NOT NULL,
    state     TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'cleared')),
    UNIQUE (review_id, section, language)
);

-- +goose Down
DROP TABLE review_sections;
DROP TABLE reviews;
DROP TABLE cycles;
