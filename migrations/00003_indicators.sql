-- Indicators with their passport, dimensions with their codes, observations.

-- +goose Up
CREATE TABLE dimensions (
    id   BIGSERIAL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    name JSONB NOT NULL
);

CREATE TABLE dimension_codes (
    id           BIGSERIAL PRIMARY KEY,
    dimension_id BIGINT NOT NULL REFERENCES dimensions (id) ON DELETE CASCADE,
    code         TEXT NOT NULL,
    name         JSONB NOT NULL,
    position     INTEGER NOT NULL,
    UNIQUE (dimension_id, code)
);

CREATE TABLE indicators (
    id          BIGSERIAL PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    name        JSONB NOT NULL,
    definition  JSONB NOT NULL,
    unit        TEXT NOT NULL,
    scale_note  JSONB NOT NULL,
    figure_type TEXT NOT NULL CHECK (figure_type IN ('statistic', 'service_standard', 'legal_parameter', 'external_context')),
    direction   TEXT NOT NULL CHECK (direction IN ('increase_good', 'decrease_good', 'neutral')),
    data_source JSONB NOT NULL,
    sdg_targets JSONB NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'accepted', 'released')),
    note        JSONB NOT NULL
);

CREATE TABLE indicator_dimensions (
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    dimension_id BIGINT NOT NULL REFERENCES dimensions (id) ON DELETE RESTRICT,
    position     INTEGER NOT NULL,
    PRIMARY KEY (indicator_id, dimension_id)
);

CREATE TABLE indicator_objectives (
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    objective_id BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    basis        TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank         TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    PRIMARY KEY (indicator_id, objective_id)
);
CREATE INDEX indicator_objectives_objective ON indicator_objectives (objective_id, indicator_id);

CREATE TABLE indicator_measures (
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    measure_id   BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    basis        TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank         TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    PRIMARY KEY (indicator_id, measure_id)
);
CREATE INDEX indicator_measures_measure ON indicator_measures (measure_id, indicator_id);

-- No period and no breakdown are empty texts, not NULL: NULLs are distinct in a
-- UNIQUE on both databases, and the key must hold for these rows too.
CREATE TABLE observations (
    id           BIGSERIAL PRIMARY KEY,
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    period       TEXT NOT NULL,
    breakdown    TEXT NOT NULL,
    value        DOUBLE PRECISION,
    decimals     INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 15),
    value_text   TEXT NOT NULL,
    unit         TEXT NOT NULL,
    qualifier    TEXT NOT NULL CHECK (qualifier IN ('exact', 'approximate', 'more_than', 'less_than', 'missing')),
    obs_status   TEXT NOT NULL,
    state        TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'accepted', 'released')),
    position     INTEGER NOT NULL,
    note         JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    UNIQUE (indicator_id, period, breakdown),
    CHECK ((value IS NULL) = (qualifier = 'missing'))
);

-- +goose Down
DROP TABLE observations;
DROP TABLE indicator_measures;
DROP TABLE indicator_objectives;
DROP TABLE indicator_dimensions;
DROP TABLE indicators;
DROP TABLE dimension_codes;
DROP TABLE dimensions;
