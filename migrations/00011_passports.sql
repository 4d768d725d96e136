-- The passport of an indicator by the concepts of SDMX metadata, its targets and
-- the breaks of its series.

-- +goose Up
ALTER TABLE indicators ADD COLUMN computation JSONB NOT NULL DEFAULT '{}';
ALTER TABLE indicators ADD COLUMN limits JSONB NOT NULL DEFAULT '{}';
ALTER TABLE indicators ADD COLUMN frequency TEXT NOT NULL DEFAULT '' CHECK (frequency IN ('', 'A', 'S', 'Q', 'M', 'W', 'D'));
ALTER TABLE indicators ADD COLUMN scope TEXT NOT NULL DEFAULT 'national' CHECK (scope IN ('national', 'proxy', 'global'));
ALTER TABLE indicators ADD COLUMN sdg_indicators JSONB NOT NULL DEFAULT '[]';
ALTER TABLE indicators ADD COLUMN agency_id BIGINT REFERENCES agencies (id) ON DELETE RESTRICT;
ALTER TABLE indicators ADD COLUMN baseline_period TEXT NOT NULL DEFAULT '';
ALTER TABLE indicators ADD COLUMN baseline_value DOUBLE PRECISION;
ALTER TABLE indicators ADD COLUMN baseline_decimals INTEGER NOT NULL DEFAULT 0 CHECK (baseline_decimals BETWEEN 0 AND 15);
ALTER TABLE indicators ADD COLUMN lowest DOUBLE PRECISION;
ALTER TABLE indicators ADD COLUMN highest DOUBLE PRECISION;
ALTER TABLE indicators ADD COLUMN small_cell INTEGER CHECK (small_cell >= 0);
ALTER TABLE indicators ADD COLUMN formula JSONB NOT NULL DEFAULT '{}';

ALTER TABLE indicator_dimensions ADD COLUMN expected BOOLEAN NOT NULL DEFAULT FALSE;

CREATE TABLE indicator_targets (
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    period       TEXT NOT NULL,
    value        DOUBLE PRECISION NOT NULL,
    decimals     INTEGER NOT NULL CHECK (decimals BETWEEN 0 AND 15),
    source       JSONB NOT NULL,
    PRIMARY KEY (indicator_id, period)
);

CREATE TABLE indicator_breaks (
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    period       TEXT NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('series', 'method')),
    note         JSONB NOT NULL,
    PRIMARY KEY (indicator_id, period)
);

-- A person's judgement of the trend holds for the last period that it was made on.
CREATE TABLE trend_overrides (
    id           BIGSERIAL PRIMARY KEY,
    indicator_id BIGINT NOT NULL UNIQUE REFERENCES indicators (id) ON DELETE CASCADE,
    trend        TEXT NOT NULL CHECK (trend IN ('target_achieved', 'on_track', 'progress_too_slow', 'no_progress', 'deteriorating', 'not_enough_data')),
    period       TEXT NOT NULL,
    reason       JSONB NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE trend_overrides;
DROP TABLE indicator_breaks;
DROP TABLE indicator_targets;
ALTER TABLE indicator_dimensions DROP COLUMN expected;
ALTER TABLE indicators DROP COLUMN formula;
ALTER TABLE indicators DROP COLUMN small_cell;
ALTER TABLE indicators DROP COLUMN highest;
ALTER TABLE indicators DROP COLUMN lowest;
ALTER TABLE indicators DROP COLUMN baseline_decimals;
ALTER TABLE indicators DROP COLUMN baseline_value;
ALTER TABLE indicators DROP COLUMN baseline_period;
ALTER TABLE indicators DROP COLUMN agency_id;
ALTER TABLE indicators DROP COLUMN sdg_indicators;
ALTER TABLE indicators DROP COLUMN scope;
ALTER TABLE indicators DROP COLUMN frequency;
ALTER TABLE indicators DROP COLUMN limits;
ALTER TABLE indicators DROP COLUMN computation;
