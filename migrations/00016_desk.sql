-- A review at work: its outline, the versions of each text, remarks, assessments
-- and promises; the bodies that clear it; what they sign; and what is published.

-- +goose Up
-- The outline is empty for the usual one; shown is a draft that everybody may see.
ALTER TABLE reviews ADD COLUMN outline JSONB NOT NULL DEFAULT '[]';
ALTER TABLE reviews ADD COLUMN lead_language TEXT NOT NULL DEFAULT '';
ALTER TABLE reviews ADD COLUMN shown BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE reviews ADD COLUMN erratum JSONB NOT NULL DEFAULT '{}';
ALTER TABLE reviews ADD COLUMN version INTEGER NOT NULL DEFAULT 1;

-- Changed is when the text last became another one, confirmed when somebody last
-- held it against the leading language. Texts from before are as old as time itself.
ALTER TABLE review_sections ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE review_sections ADD COLUMN changed_at TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';
ALTER TABLE review_sections ADD COLUMN changed_by TEXT NOT NULL DEFAULT '';
ALTER TABLE review_sections ADD COLUMN confirmed_at TIMESTAMPTZ NOT NULL DEFAULT '1970-01-01 00:00:00+00:00';

CREATE TABLE review_section_versions (
    section_id BIGINT NOT NULL REFERENCES review_sections (id) ON DELETE CASCADE,
    version    INTEGER NOT NULL,
    body       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('draft', 'checked', 'cleared')),
    changed_at TIMESTAMPTZ NOT NULL,
    changed_by TEXT NOT NULL,
    PRIMARY KEY (section_id, version)
);

-- What a person has typed and not yet saved; nobody else sees it.
CREATE TABLE review_drafts (
    review_id BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    section   TEXT NOT NULL,
    language  TEXT NOT NULL,
    user_id   BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    version   INTEGER NOT NULL,
    body      TEXT NOT NULL,
    typed_at  TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (review_id, section, language, user_id)
);

-- A remark keeps the words that it is about: paragraphs move.
CREATE TABLE review_comments (
    id          BIGSERIAL PRIMARY KEY,
    review_id   BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    section     TEXT NOT NULL,
    language    TEXT NOT NULL,
    paragraph   INTEGER NOT NULL,
    quote       TEXT NOT NULL,
    answers_id  BIGINT REFERENCES review_comments (id) ON DELETE CASCADE,
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    body        TEXT NOT NULL,
    mentions    JSONB NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    resolved_at TIMESTAMPTZ,
    resolved_by BIGINT REFERENCES users (id) ON DELETE RESTRICT
);
CREATE INDEX review_comments_section ON review_comments (review_id, section, language, id);

-- How each living figure read when somebody last looked at it.
CREATE TABLE review_figures (
    review_id    BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    section      TEXT NOT NULL,
    language     TEXT NOT NULL,
    reference    TEXT NOT NULL,
    printed      TEXT NOT NULL,
    confirmed_at TIMESTAMPTZ NOT NULL,
    confirmed_by TEXT NOT NULL,
    PRIMARY KEY (review_id, section, language, reference)
);

CREATE TABLE assessments (
    id           BIGSERIAL PRIMARY KEY,
    review_id    BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    objective_id BIGINT NOT NULL REFERENCES objectives (id) ON DELETE RESTRICT,
    level        TEXT NOT NULL CHECK (level IN ('requires_further_progress', 'partially_meets', 'meets', 'fully_meets')),
    reason       JSONB NOT NULL,
    evidence     JSONB NOT NULL,
    challenges   JSONB NOT NULL,
    support      JSONB NOT NULL,
    version      INTEGER NOT NULL,
    changed_at   TIMESTAMPTZ NOT NULL,
    changed_by   TEXT NOT NULL,
    UNIQUE (review_id, objective_id)
);

-- What a review promises, and what a later one says has become of it.
CREATE TABLE promises (
    id           BIGSERIAL PRIMARY KEY,
    code         TEXT NOT NULL UNIQUE,
    review_id    BIGINT NOT NULL REFERENCES reviews (id) ON DELETE RESTRICT,
    position     INTEGER NOT NULL,
    objective_id BIGINT REFERENCES objectives (id) ON DELETE RESTRICT,
    agency_id    BIGINT REFERENCES agencies (id) ON DELETE RESTRICT,
    text         JSONB NOT NULL,
    due          TEXT NOT NULL,
    version      INTEGER NOT NULL
);
CREATE INDEX promises_review ON promises (review_id, position, id);

CREATE TABLE promise_outcomes (
    promise_id BIGINT NOT NULL REFERENCES promises (id) ON DELETE CASCADE,
    review_id  BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    outcome    TEXT NOT NULL CHECK (outcome IN ('kept', 'partly', 'under_way', 'not_kept', 'given_up')),
    note       JSONB NOT NULL,
    version    INTEGER NOT NULL,
    PRIMARY KEY (promise_id, review_id)
);

-- Bodies of one step sign side by side; a step begins when the one before is done.
CREATE TABLE review_bodies (
    review_id BIGINT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
    agency_id BIGINT NOT NULL REFERENCES agencies (id) ON DELETE RESTRICT,
    step      INTEGER NOT NULL,
    PRIMARY KEY (review_id, agency_id)
);

-- All that a review says at a moment, in every language, as compressed JSON. The
-- hash is that of the JSON.
CREATE TABLE review_snapshots (
    id        BIGSERIAL PRIMARY KEY,
    review_id BIGINT NOT NULL REFERENCES reviews (id) ON DELETE RESTRICT,
    hash      TEXT NOT NULL,
    body      BYTEA NOT NULL,
    made_at   TIMESTAMPTZ NOT NULL,
    made_by   TEXT NOT NULL,
    UNIQUE (review_id, hash)
);
-- What lies before the bodies now; empty while the review is drafted.
ALTER TABLE reviews ADD COLUMN snapshot_id BIGINT REFERENCES review_snapshots (id) ON DELETE RESTRICT;

CREATE TABLE signatures (
    id          BIGSERIAL PRIMARY KEY,
    snapshot_id BIGINT NOT NULL REFERENCES review_snapshots (id) ON DELETE RESTRICT,
    agency_id   BIGINT NOT NULL REFERENCES agencies (id) ON DELETE RESTRICT,
    user_id     BIGINT NOT NULL REFERENCES users (id) ON DELETE RESTRICT,
    person      TEXT NOT NULL,
    decision    TEXT NOT NULL CHECK (decision IN ('signed', 'refused')),
    remark      TEXT NOT NULL,
    at          TIMESTAMPTZ NOT NULL,
    voided_at   TIMESTAMPTZ,
    voided_by   TEXT NOT NULL,
    void_reason TEXT NOT NULL
);
CREATE INDEX signatures_snapshot ON signatures (snapshot_id, id);

CREATE TABLE editions (
    id           BIGSERIAL PRIMARY KEY,
    review_id    BIGINT NOT NULL REFERENCES reviews (id) ON DELETE RESTRICT,
    number       INTEGER NOT NULL,
    snapshot_id  BIGINT NOT NULL REFERENCES review_snapshots (id) ON DELETE RESTRICT,
    erratum      JSONB NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_by TEXT NOT NULL,
    program      TEXT NOT NULL,
    UNIQUE (review_id, number)
);

CREATE TABLE edition_files (
    edition_id BIGINT NOT NULL REFERENCES editions (id) ON DELETE RESTRICT,
    name       TEXT NOT NULL,
    language   TEXT NOT NULL,
    profile    TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size       BIGINT NOT NULL,
    sha256     TEXT NOT NULL,
    body       BYTEA NOT NULL,
    PRIMARY KEY (edition_id, name)
);
CREATE INDEX edition_files_sha256 ON edition_files (sha256);

-- +goose Down
DROP TABLE edition_files;
DROP TABLE editions;
DROP TABLE signatures;
ALTER TABLE reviews DROP COLUMN snapshot_id;
DROP TABLE review_snapshots;
DROP TABLE review_bodies;
DROP TABLE promise_outcomes;
DROP TABLE promises;
DROP TABLE assessments;
DROP TABLE review_figures;
DROP TABLE review_comments;
DROP TABLE review_drafts;
DROP TABLE review_section_versions;
ALTER TABLE review_sections DROP COLUMN confirmed_at;
ALTER TABLE review_sections DROP COLUMN changed_by;
ALTER TABLE review_sections DROP COLUMN changed_at;
ALTER TABLE review_sections DROP COLUMN version;
ALTER TABLE reviews DROP COLUMN version;
ALTER TABLE reviews DROP COLUMN erratum;
ALTER TABLE reviews DROP COLUMN shown;
ALTER TABLE reviews DROP COLUMN lead_language;
ALTER TABLE reviews DROP COLUMN outline;
