-- The newest entry of the audit log for each kind of act, written with it: by
-- these a program that kept an answer knows whether anything has changed since,
-- without looking through the log.

-- +goose Up
CREATE TABLE audit_marks (
    noun   TEXT NOT NULL,
    action TEXT NOT NULL,
    seq    BIGINT NOT NULL,
    PRIMARY KEY (noun, action)
);
INSERT INTO audit_marks (noun, action, seq) SELECT noun, action, MAX(seq) FROM audit_entries GROUP BY noun, action;

-- +goose Down
DROP TABLE audit_marks;
