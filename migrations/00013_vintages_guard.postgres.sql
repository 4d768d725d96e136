-- No vintage and no release is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE FUNCTION vintages_are_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'vintages and releases are kept as they are';
END
$$;
-- +goose StatementEnd
CREATE TRIGGER vintages_kept BEFORE UPDATE OR DELETE ON vintages FOR EACH ROW EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER vintages_not_emptied BEFORE TRUNCATE ON vintages FOR EACH STATEMENT EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER data_releases_kept BEFORE UPDATE OR DELETE ON data_releases FOR EACH ROW EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER data_releases_not_emptied BEFORE TRUNCATE ON data_releases FOR EACH STATEMENT EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER withheld_kept BEFORE UPDATE OR DELETE ON withheld FOR EACH ROW EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER withheld_not_emptied BEFORE TRUNCATE ON withheld FOR EACH STATEMENT EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER release_archives_kept BEFORE UPDATE OR DELETE ON release_archives FOR EACH ROW EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER release_archives_not_emptied BEFORE TRUNCATE ON release_archives FOR EACH STATEMENT EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER release_parts_kept BEFORE UPDATE OR DELETE ON release_parts FOR EACH ROW EXECUTE FUNCTION vintages_are_kept();
CREATE TRIGGER release_parts_not_emptied BEFORE TRUNCATE ON release_parts FOR EACH STATEMENT EXECUTE FUNCTION vintages_are_kept();

-- +goose Down
DROP TRIGGER release_parts_not_emptied ON release_parts;
DROP TRIGGER release_parts_kept ON release_parts;
DROP TRIGGER release_archives_not_emptied ON release_archives;
DROP TRIGGER release_archives_kept ON release_archives;
DROP TRIGGER withheld_not_emptied ON withheld;
DROP TRIGGER withheld_kept ON withheld;
DROP TRIGGER data_releases_not_emptied ON data_releases;
DROP TRIGGER data_releases_kept ON data_releases;
DROP TRIGGER vintages_not_emptied ON vintages;
DROP TRIGGER vintages_kept ON vintages;
DROP FUNCTION vintages_are_kept();
