-- The beginnings of published files, by which a file that was cut off before its
-- marks is told from a stranger's (headSize in reports/desk).

-- +goose Up
CREATE INDEX edition_files_head ON edition_files (substr(body, 1, 1024));

-- +goose Down
DROP INDEX edition_files_head;
