-- The questionnaire that a State answers from its review: one for a State, with
-- its questions. Answers of their own are texts of the review, under the name of
-- their question.

-- +goose Up
CREATE TABLE questionnaires (
    id      BIGINT PRIMARY KEY CHECK (id = 1),
    title   JSONB NOT NULL,
    wording TEXT NOT NULL CHECK (wording IN ('own', 'official')),
    source  JSONB NOT NULL,
    note    JSONB NOT NULL,
    version INTEGER NOT NULL
);

-- Part heads the questions from this one on.
CREATE TABLE questions (
    id          BIGSERIAL PRIMARY KEY,
    code        TEXT NOT NULL UNIQUE,
    position    INTEGER NOT NULL,
    part        JSONB NOT NULL,
    text        JSONB NOT NULL,
    answers     JSONB NOT NULL,
    sections    JSONB NOT NULL,
    objectives  JSONB NOT NULL,
    indicators  JSONB NOT NULL,
    archived_at TIMESTAMPTZ
);

-- +goose Down
DROP TABLE questions;
DROP TABLE questionnaires;
