-- What people say of findings of the quality checks, and the register of data gaps.

-- +goose Up
-- A finding is accepted with a reason for as long as the values that it was found
-- in stay as they are: its mark is made of them.
CREATE TABLE accepted_findings (
    id           BIGSERIAL PRIMARY KEY,
    mark         TEXT NOT NULL UNIQUE,
    rule         TEXT NOT NULL,
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE CASCADE,
    place        TEXT NOT NULL,
    reason       TEXT NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TIMESTAMPTZ NOT NULL
);
CREATE INDEX accepted_findings_indicator ON accepted_findings (indicator_id);

-- The plan for a gap; the gaps themselves are computed.
CREATE TABLE gap_plans (
    id           BIGSERIAL PRIMARY KEY,
    kind         TEXT NOT NULL CHECK (kind IN ('no_indicator', 'no_data', 'old', 'no_breakdown')),
    objective_id BIGINT REFERENCES objectives (id) ON DELETE RESTRICT,
    indicator_id BIGINT REFERENCES indicators (id) ON DELETE CASCADE,
    dimension_id BIGINT REFERENCES dimensions (id) ON DELETE RESTRICT,
    agency_id    BIGINT REFERENCES agencies (id) ON DELETE RESTRICT,
    plan         JSONB NOT NULL,
    due          TEXT NOT NULL,
    made_by      TEXT NOT NULL,
    made_at      TIMESTAMPTZ NOT NULL
);

-- +goose Down
DROP TABLE gap_plans;
DROP TABLE accepted_findings;
