package data

import (
	"context"
	"io/fs"
	"testing"
	"time"

	"gorm.io/gorm"
)

// What the tests need to see of the inside.

func (s *Store) Writer() *gorm.DB { return s.writer }
func (s *Store) Reader() *gorm.DB { return s.reader }
func (tx *Tx) DB() *gorm.DB       { return tx.db }

// Migrations are the program's own migrations.
var Migrations fs.FS = embedded

// SetMigrations puts others in their place until the test ends.
func SetMigrations(t testing.TB, other fs.FS) {
	UseMigrations(other)
	t.Cleanup(func() { UseMigrations(embedded) })
}

// UseMigrations puts others in their place, in a program that is no test.
func UseMigrations(other fs.FS) { migrations = other }

// Link is the hash of a line of the log that follows one with the hash previous.
func Link(a Activity, previous []byte) []byte { return a.link(previous) }

// Version is the schema version of a store.
func (s *Store) Version(ctx context.Context) (int, error) { return s.engine.version(ctx, s.writer) }

// Tables are the tables with data.
func (s *Store) Tables(ctx context.Context) ([]string, error) {
	return s.engine.tables(s.reader.WithContext(ctx))
}

// Candidates is how many clients with one short word are looked at for the others.
const Candidates = candidates

// Pragmas are what each setting of a writing or a reading connection must read as.
func Pragmas(writer bool) map[string]string {
	all := map[string]string{}
	for _, p := range pragmasOf(writer) {
		all[p.name] = p.effective
	}
	return all
}

// OldestSQLite is the first release that the program runs on.
const OldestSQLite = oldestSQLite

// Older compares dotted version numbers.
func Older(have, want string) bool { return older(have, want) }

// Sorts are the list's sorts.
func Sorts() []ClientSort {
	var all []ClientSort
	for s := range sortColumns {
		all = append(all, s)
	}
	return all
}

// SetRare changes, until the test ends, how many clients a filter may leave to be gathered and sorted.
func SetRare(t testing.TB, n int64) {
	was := rare
	rare = n
	t.Cleanup(func() { rare = was })
}

// SetNow moves the time of a transaction.
func (tx *Tx) SetNow(now time.Time) { tx.now = now.UTC() }

// RowsOf counts the rows of a client in each table that has anything of clients in it.
func RowsOf(t testing.TB, s *Store, clientID int64) map[string]int64 {
	t.Helper()
	rows := map[string]int64{}
	for _, b := range belongings {
		where := b.client + " = ?"
		if b.parent != "" {
			where = b.by + " IN (SELECT id FROM " + b.parent + " WHERE client_id = ?)"
		}
		var n int64
		if err := s.reader.Raw("SELECT count(*) FROM "+b.table+" WHERE "+where, clientID).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		rows[b.table] = n
	}
	return rows
}
