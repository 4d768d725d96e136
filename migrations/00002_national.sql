-- What one State does: its agencies, laws, measures and stated challenges, each
-- with the quotes that found it. Texts are JSON, language to wording, because
-- the country pack decides which languages there are. Dates are text, because
-- they stay as precise as they came ("2020", "2020-05", "2018/2020").

-- +goose Up
CREATE TABLE states (
    id           BIGSERIAL PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    name         JSONB NOT NULL,
    languages    JSONB NOT NULL,
    pack_version TEXT NOT NULL,
    notice       JSONB NOT NULL
);

-- A document that records quote; offsets count its Unicode code points from 0.
CREATE TABLE sources (
    id       BIGSERIAL PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE,
    title    JSONB NOT NULL,
    language TEXT NOT NULL,
    sha256   TEXT NOT NULL,
    body     TEXT NOT NULL,
    note     JSONB NOT NULL
);

CREATE TABLE agencies (
    id           BIGSERIAL PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    name         JSONB NOT NULL,
    acronyms     JSONB NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('ministry', 'committee', 'local_executive', 'un', 'ngo', 'international', 'court', 'other')),
    successor_id BIGINT REFERENCES agencies (id) ON DELETE RESTRICT,
    note         JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    CHECK (successor_id IS NULL OR successor_id <> id)
);

CREATE TABLE legal_instruments (
    id       BIGSERIAL PRIMARY KEY,
    code     TEXT NOT NULL UNIQUE,
    name     JSONB NOT NULL,
    kind     TEXT NOT NULL CHECK (kind IN ('law', 'code', 'convention', 'protocol', 'agreement', 'order', 'programme', 'plan', 'concept', 'compact', 'statement', 'legislation', 'rules')),
    number   TEXT NOT NULL,
    dated    TEXT NOT NULL,
    articles JSONB NOT NULL,
    status   TEXT NOT NULL CHECK (status IN ('in_force', 'ratified', 'party', 'not_acceded', 'endorsed', 'signed', 'concluded', 'implemented', 'in_implementation')),
    note     JSONB NOT NULL,
    quotes   JSONB NOT NULL
);

-- Delayed is no stored status: it is judged at a cycle's cut-off.
CREATE TABLE measures (
    id             BIGSERIAL PRIMARY KEY,
    code           TEXT NOT NULL UNIQUE,
    title          JSONB NOT NULL,
    description    JSONB NOT NULL,
    status         TEXT NOT NULL CHECK (status IN ('planned', 'in_progress', 'completed', 'dropped')),
    starts         TEXT NOT NULL,
    ends           TEXT NOT NULL,
    category       TEXT NOT NULL CHECK (category IN ('law', 'international_agreement', 'digital_service', 'institution', 'programme', 'campaign', 'financial', 'enforcement', 'statement', 'other')),
    lead_agency_id BIGINT REFERENCES agencies (id) ON DELETE RESTRICT,
    state          TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'accepted', 'released')),
    note           JSONB NOT NULL,
    quotes         JSONB NOT NULL
);
CREATE INDEX measures_lead_agency ON measures (lead_agency_id, id);

CREATE TABLE measure_partners (
    measure_id BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    agency_id  BIGINT NOT NULL REFERENCES agencies (id) ON DELETE RESTRICT,
    position   INTEGER NOT NULL,
    PRIMARY KEY (measure_id, agency_id)
);

-- Mappings carry who says so (basis), how strong the link is (rank, empty when
-- nobody said) and why. Rank is never guessed from the order of a list.
CREATE TABLE measure_objectives (
    measure_id   BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    objective_id BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    basis        TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank         TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    PRIMARY KEY (measure_id, objective_id)
);
CREATE INDEX measure_objectives_objective ON measure_objectives (objective_id, measure_id);

CREATE TABLE measure_actions (
    measure_id BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    action_id  BIGINT NOT NULL REFERENCES actions (id) ON DELETE RESTRICT,
    basis      TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank       TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason     JSONB NOT NULL,
    quotes     JSONB NOT NULL,
    PRIMARY KEY (measure_id, action_id)
);
CREATE INDEX measure_actions_action ON measure_actions (action_id, measure_id);

CREATE TABLE measure_legal_instruments (
    measure_id          BIGINT NOT NULL REFERENCES measures (id) ON DELETE CASCADE,
    legal_instrument_id BIGINT NOT NULL REFERENCES legal_instruments (id) ON DELETE RESTRICT,
    basis               TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank                TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason              JSONB NOT NULL,
    quotes              JSONB NOT NULL,
    PRIMARY KEY (measure_id, legal_instrument_id)
);
CREATE INDEX measure_legal_instruments_instrument ON measure_legal_instruments (legal_instrument_id, measure_id);

CREATE TABLE challenges (
    id        BIGSERIAL PRIMARY KEY,
    code      TEXT NOT NULL UNIQUE,
    statement JSONB NOT NULL,
    kind      TEXT NOT NULL CHECK (kind IN ('gap', 'recommendation', 'priority')),
    state     TEXT NOT NULL CHECK (state IN ('draft', 'submitted', 'approved', 'accepted', 'released')),
    note      JSONB NOT NULL,
    quotes    JSONB NOT NULL
);

CREATE TABLE challenge_objectives (
    challenge_id BIGINT NOT NULL REFERENCES challenges (id) ON DELETE CASCADE,
    objective_id BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    basis        TEXT NOT NULL CHECK (basis IN ('stated', 'inferred')),
    rank         TEXT NOT NULL CHECK (rank IN ('', 'primary', 'secondary')),
    reason       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    PRIMARY KEY (challenge_id, objective_id)
);
CREATE INDEX challenge_objectives_objective ON challenge_objectives (objective_id, challenge_id);

CREATE TABLE glossary_terms (
    id         BIGSERIAL PRIMARY KEY,
    code       TEXT NOT NULL UNIQUE,
    term       JSONB NOT NULL,
    definition JSONB NOT NULL,
    note       JSONB NOT NULL,
    quotes     JSONB NOT NULL
);

-- +goose Down
DROP TABLE glossary_terms;
DROP TABLE challenge_objectives;
DROP TABLE challenges;
DROP TABLE measure_legal_instruments;
DROP TABLE measure_actions;
DROP TABLE measure_objectives;
DROP TABLE measure_partners;
DROP TABLE measures;
DROP TABLE legal_instruments;
DROP TABLE agencies;
DROP TABLE sources;
DROP TABLE states;
