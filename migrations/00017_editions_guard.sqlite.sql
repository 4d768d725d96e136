-- No snapshot and no published edition is changed or deleted, whoever asks.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER review_snapshots_not_changed BEFORE UPDATE ON review_snapshots BEGIN
    SELECT RAISE(ABORT, 'a snapshot of a review is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER review_snapshots_not_deleted BEFORE DELETE ON review_snapshots BEGIN
    SELECT RAISE(ABORT, 'a snapshot of a review is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER editions_not_changed BEFORE UPDATE ON editions BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER editions_not_deleted BEFORE DELETE ON editions BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_files_not_changed BEFORE UPDATE ON edition_files BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER edition_files_not_deleted BEFORE DELETE ON edition_files BEGIN
    SELECT RAISE(ABORT, 'an edition is kept as it is');
END;
-- +goose StatementEnd

-- +goose Down
DROP TRIGGER edition_files_not_deleted;
DROP TRIGGER edition_files_not_changed;
DROP TRIGGER editions_not_deleted;
DROP TRIGGER editions_not_changed;
DROP TRIGGER review_snapshots_not_deleted;
DROP TRIGGER review_snapshots_not_changed;
