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
-- REPLACE would delete a row without asking the trigger above.
-- +goose StatementBegin
CREATE TRIGGER audit_entries_not_replaced BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM audit_entries WHERE hash = NEW.hash) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER audit_entries_not_replaced;
DROP TRIGGER audit_entries_not_deleted;
DROP TRIGGER audit_entries_not_changed;
