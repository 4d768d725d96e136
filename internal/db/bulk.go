package db

import (
	"context"
	"database/sql"
	"iter"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/gorm"

	"gcm/internal/fault"
)

// held names the connection that Hold keeps.
type held struct{}

// Hold runs do on one connection, which Bulk needs on PostgreSQL to copy rows
// within the transactions that do begins.
func Hold(ctx context.Context, g *DB, do func(ctx context.Context, g *DB) error) error {
	if !IsPostgres(g) {
		return do(ctx, g)
	}
	return g.WithContext(ctx).Connection(func(one *gorm.DB) error {
		conn, _ := one.Statement.ConnPool.(*sql.Conn)
		ctx := context.WithValue(ctx, held{}, conn)
		return do(ctx, one.Session(&gorm.Session{NewDB: true, Context: ctx}))
	})
}

// Bulk writes rows as they come into a table, by COPY on PostgreSQL and by a
// prepared statement of many rows on SQLite, and returns how many there were. No
// row is kept in memory longer than its batch; rows may reuse one slice.
func Bulk(tx *DB, table string, columns []string, rows iter.Seq2[[]any, error]) (int64, error) {
	conn, _ := tx.Statement.Context.Value(held{}).(*sql.Conn)
	if conn == nil {
		return bulkInsert(tx, table, columns, rows)
	}
	var n int64
	err := conn.Raw(func(driver any) error {
		source := &copySource{}
		next, stop := iter.Pull2(rows)
		defer stop()
		source.next = next
		var err error
		n, err = driver.(*stdlib.Conn).Conn().CopyFrom(tx.Statement.Context, pgx.Identifier{table}, columns, source)
		if source.err != nil {
			return source.err
		}
		return err
	})
	if fault.KindOf(err) == fault.Internal {
		err = Fault(err, "copy rows into "+table)
	}
	return n, err
}

// copySource hands rows over to COPY.
type copySource struct {
	next func() ([]any, error, bool)
	row  []any
	err  error
}

func (s *copySource) Next() bool {
	row, err, ok := s.next()
	s.row, s.err = row, err
	return ok && err == nil
}

func (s *copySource) Values() ([]any, error) { return s.row, nil }
func (s *copySource) Err() error             { return s.err }

// bulkParameters is how many parameters one statement of bulkInsert has.
const bulkParameters = 900

func bulkInsert(tx *DB, table string, columns []string, rows iter.Seq2[[]any, error]) (int64, error) {
	ctx := tx.Statement.Context
	many := bulkParameters / len(columns)
	whole, err := tx.Statement.ConnPool.PrepareContext(ctx, bulkStatement(table, columns, many))
	if err != nil {
		return 0, Fault(err, "prepare to write "+table)
	}
	defer whole.Close()
	var n int64
	batch := make([]any, 0, many*len(columns))
	for row, err := range rows {
		if err != nil {
			return n, err
		}
		n++
		if batch = append(batch, row...); len(batch) == cap(batch) {
			if _, err := whole.ExecContext(ctx, batch...); err != nil {
				return n, Fault(err, "write "+table)
			}
			batch = batch[:0]
		}
	}
	if len(batch) == 0 {
		return n, nil
	}
	_, err = tx.Statement.ConnPool.ExecContext(ctx, bulkStatement(table, columns, len(batch)/len(columns)), batch...)
	return n, Fault(err, "write "+table)
}

func bulkStatement(table string, columns []string, rows int) string {
	one := "(?" + strings.Repeat(",?", len(columns)-1) + ")"
	return "INSERT INTO " + table + " (" + strings.Join(columns, ",") + ") VALUES " + one + strings.Repeat(","+one, rows-1)
}
