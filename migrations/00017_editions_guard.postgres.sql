-- No snapshot and no published edition is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION editions_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'snapshots and editions of a review are kept as they are';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER review_snapshots_kept BEFORE UPDATE OR DELETE ON review_snapshots FOR EACH ROW EXECUTE FUNCTION editions_are_kept();
CREATE TRIGGER review_snapshots_not_emptied BEFORE TRUNCATE ON review_snapshots FOR EACH STATEMENT EXECUTE FUNCTION editions_are_kept();
CREATE TRIGGER editions_kept BEFORE UPDATE OR DELETE ON editions FOR EACH ROW EXECUTE FUNCTION editions_are_kept();
CREATE TRIGGER editions_not_emptied BEFORE TRUNCATE ON editions FOR EACH STATEMENT EXECUTE FUNCTION editions_are_kept();
CREATE TRIGGER edition_files_kept BEFORE UPDATE OR DELETE ON edition_files FOR EACH ROW EXECUTE FUNCTION editions_are_kept();
CREATE TRIGGER edition_files_not_emptied BEFORE TRUNCATE ON edition_files FOR EACH STATEMENT EXECUTE FUNCTION editions_are_kept();

-- +goose Down
DROP TRIGGER edition_files_not_emptied ON edition_files;
DROP TRIGGER edition_files_kept ON edition_files;
DROP TRIGGER editions_not_emptied ON editions;
DROP TRIGGER editions_kept ON editions;
DROP TRIGGER review_snapshots_not_emptied ON review_snapshots;
DROP TRIGGER review_snapshots_kept ON review_snapshots;
DROP FUNCTION editions_are_kept();
