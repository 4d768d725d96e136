-- No vintage and no release is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER vintages_not_changed BEFORE UPDATE ON vintages BEGIN
    SELECT RAISE(ABORT, 'vintages are kept as they are');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER vintages_not_deleted BEFORE DELETE ON vintages BEGIN
    SELECT RAISE(ABORT, 'vintages are kept as they are');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER data_releases_not_changed BEFORE UPDATE ON data_releases BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER data_releases_not_deleted BEFORE DELETE ON data_releases BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER withheld_not_changed BEFORE UPDATE ON withheld BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER withheld_not_deleted BEFORE DELETE ON withheld BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER release_archives_not_changed BEFORE UPDATE ON release_archives BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER release_archives_not_deleted BEFORE DELETE ON release_archives BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER release_parts_not_changed BEFORE UPDATE ON release_parts BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER release_parts_not_deleted BEFORE DELETE ON release_parts BEGIN
    SELECT RAISE(ABORT, 'a release is kept as it is');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER release_parts_not_deleted;
DROP TRIGGER release_parts_not_changed;
DROP TRIGGER release_archives_not_deleted;
DROP TRIGGER release_archives_not_changed;
DROP TRIGGER withheld_not_deleted;
DROP TRIGGER withheld_not_changed;
DROP TRIGGER data_releases_not_deleted;
DROP TRIGGER data_releases_not_changed;
DROP TRIGGER vintages_not_deleted;
DROP TRIGGER vintages_not_changed;
