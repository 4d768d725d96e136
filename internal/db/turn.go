package db

import (
	"context"
	"sync"

	"gorm.io/gorm"
)

// turns holds, by SQLite pool, the one place of a writer.
var turns sync.Map

// enter waits for the turn to write. SQLite has one writer at a time and lets the
// others ask again and again, in no order, until one of fifty has asked too long;
// here they stand in line. PostgreSQL keeps its own.
func enter(ctx context.Context, db *DB) (leave func(), err error) {
	if _, within := db.Statement.ConnPool.(gorm.TxCommitter); within || IsPostgres(db) {
		return func() {}, nil
	}
	turn, _ := turns.LoadOrStore(Pool(db), make(chan struct{}, 1))
	select {
	case turn.(chan struct{}) <- struct{}{}:
		return func() { <-turn.(chan struct{}) }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
