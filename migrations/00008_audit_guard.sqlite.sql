-- No entry of the audit log is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER audit_entries_not_changed BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_entries_not_deleted BEFORE DELETE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER audit_entries_not_deleted;
DROP TRIGGER audit_entries_not_changed;
