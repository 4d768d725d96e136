-- Every value that an observation had, and the releases that froze them. A row of
-- observations is the value of today; when it is changed or taken out, the store
-- copies it to vintages with when, by whom and why it ended.

-- +goose Up
-- The terms on which the State gives its figures; empty when it has not said.
ALTER TABLE states ADD COLUMN licence JSONB NOT NULL DEFAULT '{}';

ALTER TABLE observations ADD COLUMN conf_status TEXT NOT NULL DEFAULT 'F' CHECK (conf_status IN ('F', 'N', 'C', 'D', 'S', 'A'));
ALTER TABLE observations ADD COLUMN source JSONB NOT NULL DEFAULT '{}';
ALTER TABLE observations ADD COLUMN origin TEXT NOT NULL DEFAULT 'pack' CHECK (origin IN ('pack', 'entry', 'import', 'formula'));
-- Values that stood before versions were kept are as old as time itself.
ALTER TABLE observations ADD COLUMN since TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
ALTER TABLE observations ADD COLUMN made_by TEXT NOT NULL DEFAULT '';
ALTER TABLE observations ADD COLUMN reason TEXT NOT NULL DEFAULT '';

CREATE TABLE vintages (
    id           BIGSERIAL PRIMARY KEY,
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE RESTRICT,
    period       TEXT NOT NULL,
    breakdown    TEXT NOT NULL,
    value        DOUBLE PRECISION,
    decimals     INTEGER NOT NULL,
    value_text   TEXT NOT NULL,
    unit         TEXT NOT NULL,
    qualifier    TEXT NOT NULL,
    obs_status   TEXT NOT NULL,
    conf_status  TEXT NOT NULL,
    state        TEXT NOT NULL,
    position     INTEGER NOT NULL,
    note         JSONB NOT NULL,
    source       JSONB NOT NULL,
    quotes       JSONB NOT NULL,
    origin       TEXT NOT NULL,
    since        TIMESTAMPTZ NOT NULL,
    made_by      TEXT NOT NULL,
    reason       TEXT NOT NULL,
    until        TIMESTAMPTZ NOT NULL,
    ended_by     TEXT NOT NULL,
    ended_reason TEXT NOT NULL
);
CREATE INDEX vintages_place ON vintages (indicator_id, period, breakdown, until);

-- A release is a moment: what it froze is what stood then. The hash is that of
-- its canonical file, so that anyone can see that it still does.
CREATE TABLE data_releases (
    id           BIGSERIAL PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    title        JSONB NOT NULL,
    note         JSONB NOT NULL,
    at           TIMESTAMPTZ NOT NULL UNIQUE,
    made_by      TEXT NOT NULL,
    observations INTEGER NOT NULL,
    sha256       TEXT NOT NULL
);

-- What a release kept back of the values that stood at its moment: with a mark
-- those that it shows as hidden, without one those that it does not hold at all.
CREATE TABLE withheld (
    release_id   BIGINT NOT NULL REFERENCES data_releases (id) ON DELETE RESTRICT,
    indicator_id BIGINT NOT NULL REFERENCES indicators (id) ON DELETE RESTRICT,
    period       TEXT NOT NULL,
    breakdown    TEXT NOT NULL,
    mark         TEXT NOT NULL CHECK (mark IN ('', 'N', 'C', 'D', 'S', 'A')),
    PRIMARY KEY (release_id, indicator_id, period, breakdown)
);
CREATE INDEX withheld_indicator ON withheld (indicator_id);

-- The files of a release as one archive, in pieces. It is kept and not made anew,
-- since names and passports change.
CREATE TABLE release_archives (
    release_id BIGINT PRIMARY KEY REFERENCES data_releases (id) ON DELETE RESTRICT,
    size       BIGINT NOT NULL,
    sha256     TEXT NOT NULL
);

CREATE TABLE release_parts (
    release_id BIGINT NOT NULL REFERENCES release_archives (release_id) ON DELETE RESTRICT,
    number     INTEGER NOT NULL,
    body       BYTEA NOT NULL,
    PRIMARY KEY (release_id, number)
);

-- +goose Down
DROP TABLE release_parts;
DROP TABLE release_archives;
DROP TABLE withheld;
DROP TABLE data_releases;
DROP TABLE vintages;
ALTER TABLE observations DROP COLUMN reason;
ALTER TABLE observations DROP COLUMN made_by;
ALTER TABLE observations DROP COLUMN since;
ALTER TABLE observations DROP COLUMN origin;
ALTER TABLE observations DROP COLUMN source;
ALTER TABLE observations DROP COLUMN conf_status;
ALTER TABLE states DROP COLUMN licence;
