// Package datatest opens stores for tests: a fresh SQLite file, and a fresh schema on the PostgreSQL server that
// CLIENTELE_TEST_POSTGRES names.
package datatest

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"clientele/app/date"
	"clientele/data"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver under which the test schemas are made
)

// PostgresVariable names the environment variable with the address of a server on which tests may make databases.
const PostgresVariable = "CLIENTELE_TEST_POSTGRES"

// Now is the time at which test stores live unless they are given another clock.
var Now = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

// Clock is Now as a clock.
func Clock() time.Time { return Now }

// Open opens a fresh SQLite store that is closed with the test.
func Open(t testing.TB) *data.Store {
	t.Helper()
	return OpenWith(t, data.Options{Path: filepath.Join(t.TempDir(), "clientele.db"), Now: Clock})
}

// OpenWith opens the store that the options describe and closes it with the test.
func OpenWith(t testing.TB, o data.Options) *data.Store {
	t.Helper()
	s, err := data.Open(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// Each runs a test on a fresh store of each engine. Where no PostgreSQL server is named, that half is skipped and says so.
func Each(t *testing.T, f func(t *testing.T, s *data.Store)) {
	t.Helper()
	EachWith(t, Clock, f)
}

// EachWith is Each with a clock of the test's own.
func EachWith(t *testing.T, now func() time.Time, f func(t *testing.T, s *data.Store)) {
	t.Helper()
	t.Run("SQLite", func(t *testing.T) {
		f(t, OpenWith(t, data.Options{Path: filepath.Join(t.TempDir(), "clientele.db"), Now: now}))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		f(t, OpenWith(t, data.Options{URL: PostgresURL(t), Now: now}))
	})
}

var databases atomic.Int64

// PostgresURL makes an empty database on the test server, dropped with the test, and returns its address. like is what else CREATE DATABASE is told. The test
// is skipped where there is no server.
func PostgresURL(t testing.TB, like ...string) string {
	t.Helper()
	server := os.Getenv(PostgresVariable)
	if server == "" {
		t.Skipf("no PostgreSQL server: %s is not set (make test starts one)", PostgresVariable)
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("t%d_%d", os.Getpid(), databases.Add(1))
	admin, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Close() })
	if _, err := admin.Exec("CREATE DATABASE " + name + " " + strings.Join(like, " ")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { admin.Exec("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// Client is a client with everything that must be there, told apart by n.
func Client(n int) data.Client {
	created, _ := date.New(2026, 1, 1)
	return data.Client{
		FirstName: fmt.Sprintf("First%d", n), LastName: fmt.Sprintf("Last%d", n),
		Email: fmt.Sprintf("client%d@example.com", n), EmailKey: fmt.Sprintf("client%d@example.com", n),
		Country: "GB", Currency: "GBP", Language: "en", Status: data.Active, Created: created,
		MailGeneral: true, MailInvoice: true, MailSupport: true, MailProduct: true, MailDomain: true,
	}
}

// Add stores clients and returns them with their numbers.
func Add(t testing.TB, s *data.Store, cs ...data.Client) []data.Client {
	t.Helper()
	if err := s.Write(context.Background(), func(tx *data.Tx) error { return tx.InsertClients(cs) }); err != nil {
		t.Fatal(err)
	}
	return cs
}
