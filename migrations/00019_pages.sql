-- Which guiding principle a measure follows, and a mark for each change of figures,
-- by which what was worked out of an indicator is known to be of today.

-- +goose Up
CREATE TABLE measure_principles (
    measure_id   BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    principle_id BIGINT NOT NULL REFERENCES principles (id) ON DELETE RESTRICT,
    basis        TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank         TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    PRIMARY KEY (measure_id, principle_id)
);
CREATE INDEX measure_principles_principle ON measure_principles (principle_id, measure_id);

-- One row for each indicator and each transaction that changed its observations:
-- counted, not updated, so that nobody waits for anybody.
CREATE TABLE figure_changes (
    id           BIGSERIAL PRIMARY KEY,
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE
);
CREATE INDEX figure_changes_indicator ON figure_changes (indicator_id);

CREATE INDEX entries_released ON entries (released_at) WHERE released_at IS NOT NULL;

-- +goose Down
DROP INDEX entries_released;
DROP TABLE figure_changes;
DROP TABLE measure_principles;
