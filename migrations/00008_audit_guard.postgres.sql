-- No entry of the audit log is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION audit_entries_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries FOR EACH ROW EXECUTE FUNCTION audit_entries_are_kept();
CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_are_kept();

-- +goose Down
DROP TRIGGER audit_entries_not_emptied ON audit_entries;
DROP TRIGGER audit_entries_kept ON audit_entries;
DROP FUNCTION audit_entries_are_kept();
