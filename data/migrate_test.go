package data_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"clientele/app/fold"
	"clientele/data"
	"clientele/data/datatest"
)

// later are the program's migrations with further ones after them, as a later version of the program would have.
func later(t *testing.T, scripts ...string) fstest.MapFS {
	t.Helper()
	all, err := followed(scripts...)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func followed(scripts ...string) (fstest.MapFS, error) {
	all := fstest.MapFS{}
	for _, engine := range []string{"sqlite", "postgres"} {
		files, err := fs.Glob(data.Migrations, "migrations/"+engine+"/*.sql")
		if err != nil {
			return nil, err
		}
		for _, f := range files {
			script, err := fs.ReadFile(data.Migrations, f)
			if err != nil {
				return nil, err
			}
			all[f] = &fstest.MapFile{Data: script}
		}
		for i, s := range scripts {
			all[fmt.Sprintf("migrations/%s/%04d_later.sql", engine, len(files)+1+i)] = &fstest.MapFile{Data: []byte(s)}
		}
	}
	return all, nil
}

// onEach gives the test a fresh place for a store on each engine.
func onEach(t *testing.T, f func(t *testing.T, o data.Options)) {
	t.Run("SQLite", func(t *testing.T) {
		f(t, data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: datatest.Clock})
	})
	t.Run("PostgreSQL", func(t *testing.T) { f(t, data.Options{URL: datatest.PostgresURL(t), Now: datatest.Clock}) })
}

const (
	nickname = "ALTER TABLE clients ADD COLUMN nickname TEXT NOT NULL DEFAULT ''; CREATE INDEX clients_nickname ON clients (nickname);"
	broken   = "ALTER TABLE clients ADD COLUMN shoe_size TEXT NOT NULL DEFAULT ''; INSERT INTO no_such_table VALUES (1);"
)

// schema is the whole schema of a SQLite file as text.
func schema(t *testing.T, s *data.Store) string {
	t.Helper()
	var lines []string
	if err := s.Reader().Raw("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY type, name").Scan(&lines).Error; err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// R24: a migrated file is as a fresh one, all that was in it is there, and the backup was taken before, of the old version, once.
func TestMigratedIsAsFresh(t *testing.T) {
	onEach(t, func(t *testing.T, o data.Options) {
		backups := []int{}
		o.BackupBefore = func(_ context.Context, _ *data.Store, version int) error {
			backups = append(backups, version)
			return nil
		}
		s := datatest.OpenWith(t, o)
		old := data.SchemaVersion()
		datatest.Add(t, s, randomClients(20)...)
		s.Close()
		if len(backups) != 0 {
			t.Errorf("a new store was backed up: %v", backups)
		}
		data.SetMigrations(t, later(t, nickname, "CREATE TABLE pets (id INTEGER PRIMARY KEY);"))
		s = datatest.OpenWith(t, o)
		if v, err := s.Version(ctx); err != nil || v != old+2 {
			t.Errorf("version %d (%v), want %d", v, err, old+2)
		}
		if !slices.Equal(backups, []int{old}) {
			t.Errorf("backups of versions %v, want one of %d", backups, old)
		}
		sound(t, s)
		err := s.Read(ctx, func(tx *data.Tx) error {
			n, _, err := tx.CountClients(data.ClientFilter{})
			if n != 20 {
				t.Errorf("%d clients", n)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if o.Path != "" {
			if fresh := datatest.Open(t); schema(t, fresh) != schema(t, s) {
				t.Error("the migrated schema differs from the fresh one")
			}
		}
		s.Close()
		s = datatest.OpenWith(t, o)
		if s.Close(); len(backups) != 1 {
			t.Errorf("a store that was up to date was backed up: %v", backups)
		}
	})
}

// A migration that fails changes nothing, and the old version of the program still works.
func TestFailedMigrationIsTakenBack(t *testing.T) {
	onEach(t, func(t *testing.T, o data.Options) {
		s := datatest.OpenWith(t, o)
		datatest.Add(t, s, datatest.Client(1))
		old, err := s.Version(ctx)
		if err != nil {
			t.Fatal(err)
		}
		s.Close()
		data.SetMigrations(t, later(t, broken))
		if s, err := data.Open(ctx, o); err == nil {
			s.Close()
			t.Fatal("a broken migration went through")
		}
		data.SetMigrations(t, data.Migrations)
		s = datatest.OpenWith(t, o)
		if v, err := s.Version(ctx); err != nil || v != old {
			t.Errorf("version %d (%v), want %d", v, err, old)
		}
		if err := s.Writer().Exec("SELECT shoe_size FROM clients").Error; err == nil {
			t.Error("half of the migration stayed")
		}
		datatest.Add(t, s, datatest.Client(2))
		sound(t, s)
	})
}

// A migration that would leave rows without what they belong to is refused, though foreign keys are off while it runs.
func TestMigrationThatOrphansIsRefused(t *testing.T) {
	o := data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: datatest.Clock}
	s := datatest.OpenWith(t, o)
	c := datatest.Add(t, s, datatest.Client(1))[0]
	err := s.Write(ctx, func(tx *data.Tx) error {
		return tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: c.Created, Amount: 5, Currency: "GBP"})
	})
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	data.SetMigrations(t, later(t, "DELETE FROM clients;"))
	if s, err := data.Open(ctx, o); err == nil || !strings.Contains(err.Error(), "belongs to no row") {
		t.Errorf("opened with %v", err)
		if err == nil {
			s.Close()
		}
	}
	data.SetMigrations(t, data.Migrations)
	s = datatest.OpenWith(t, o)
	var on int
	if err := s.Writer().Raw("PRAGMA foreign_keys").Scan(&on).Error; err != nil || on != 1 {
		t.Errorf("foreign keys are %d (%v)", on, err)
	}
	sound(t, s)
}

// A backup that fails keeps the migration from being begun.
func TestNoMigrationWithoutItsBackup(t *testing.T) {
	o := data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: datatest.Clock}
	s := datatest.OpenWith(t, o)
	s.Close()
	no := errors.New("no room for a backup")
	o.BackupBefore = func(context.Context, *data.Store, int) error { return no }
	data.SetMigrations(t, later(t, nickname))
	if s, err := data.Open(ctx, o); !errors.Is(err, no) {
		t.Errorf("opened with %v", err)
		if err == nil {
			s.Close()
		}
	}
	data.SetMigrations(t, data.Migrations)
	datatest.OpenWith(t, o)
}

// A program that is older than the data leaves it alone, on a server too.
func TestNewerIsRefused(t *testing.T) {
	onEach(t, func(t *testing.T, o data.Options) {
		data.SetMigrations(t, later(t, nickname))
		s := datatest.OpenWith(t, o)
		s.Close()
		data.SetMigrations(t, data.Migrations)
		if s, err := data.Open(ctx, o); !errors.Is(err, data.ErrNewer) {
			t.Errorf("opened with %v", err)
			if err == nil {
				s.Close()
			}
		}
	})
}

func TestMigrationsInOrder(t *testing.T) {
	gap := later(t, nickname)
	for _, name := range slices.Collect(maps.Keys(gap)) {
		if strings.Contains(name, "later") {
			gap[strings.Replace(name, "/0", "/1", 1)] = gap[name]
			delete(gap, name)
		}
	}
	data.SetMigrations(t, gap)
	if s, err := data.Open(ctx, data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: datatest.Clock}); err == nil {
		s.Close()
		t.Error("a gap in the numbers was not noticed")
	}
}

// R24: a store of each form that there ever was, with rows in every table, becomes one of the newest form with every row as it was.
func TestEveryVersionMigrates(t *testing.T) {
	for version := 1; version < data.SchemaVersion(); version++ {
		t.Run(fmt.Sprint(version), func(t *testing.T) {
			onEach(t, func(t *testing.T, o data.Options) {
				data.SetMigrations(t, form(later(t), version))
				s := datatest.OpenWith(t, o)
				if v, err := s.Version(ctx); err != nil || v != version {
					t.Fatalf("version %d, %v", v, err)
				}
				fillEvery(t, s)
				counts, columns := rowCounts(t, s), columnsByTable(t, s)
				before := everyRow(t, s, columns)
				for table := range columns {
					if counts[table] == 0 {
						t.Errorf("the fixture leaves %s empty", table)
					}
				}
				s.Close()
				data.SetMigrations(t, data.Migrations)
				s = datatest.OpenWith(t, o)
				same(t, counts, s)
				sameRows(t, before, everyRow(t, s, columns))
			})
		})
	}
}

// fixture fills tables of the first form with statements that every engine and every later form takes.
var fixture = []string{
	"INSERT INTO settings (key, value) VALUES ('business_name', 'Northwind Studio'), ('long.logo', 'x')",
	"INSERT INTO client_groups (name, name_key, colour, discount_bp, separate_invoices) VALUES ('A', 'a', '#000000', 0, '0'), ('B', 'b', '#ffffff', 500, '1')",
	"INSERT INTO imports (source, file_name, rows_read, imported, rejected, first_id, last_id, at, who) VALUES ('csv', 'a.csv', 3, 2, 1, 1, 2, 0, 'ann')",
	"INSERT INTO acts (key, ref, at) VALUES ('k', 1, 0)",
	"INSERT INTO custom_fields (name, name_key, kind, options, help, required, client_visible, position) VALUES ('Shoe size', 'shoe size', 'text', '', '', '0', '0', 1)",
	`INSERT INTO clients (first_name, last_name, company, email, address1, address2, city, state, postcode, country, phone, tax_id, currency, group_id, language,
		payment_method, status, tax_exempt, separate_invoices, no_late_fees, no_overdue_emails, marketing_opt_in, mail_general, mail_invoice, mail_support, mail_product,
		mail_domain, notes, password_hash, password_must_change, credit, owed, services_active, services_total, created, created_at, updated_at, version, import_id,
		sort_key, first_key, company_key, email_key, phone_digits)
		VALUES ('Ada', 'Lovelace', '', 'ada@example.com', '', '', '', '', '', 'GB', '', '', 'GBP', 1, 'en', '', 'Active', '0', '0', '0', '0', '0', '1', '1', '1', '1',
		'1', '', '', '0', 500, 0, 0, 0, 20000, 0, 0, 1, 1, 'lovelace ada', 'ada', '', 'ada@example.com', '')`,
	"INSERT INTO credit_moves (client_id, kind, date, amount, currency, description, at, who) VALUES (1, 'manual', 20000, 500, 'GBP', 'Goodwill', 0, 'ann')",
	"INSERT INTO search_docs (client_id, body) VALUES (1, 'ada lovelace\nada@example.com\n#1\n\n')",
	"INSERT INTO client_counts (status, country, group_id, has_credit, owes, n) VALUES ('Active', 'GB', 1, 1, 0, 1)",
}

// fill fills a store of any form with the fixture.
func fill(t *testing.T, s *data.Store) {
	t.Helper()
	for _, statement := range fixture {
		if err := s.Writer().Exec(statement).Error; err != nil {
			t.Fatal(err)
		}
	}
	err := s.Writer().Exec("UPDATE clients SET sort_key = ?, first_key = ?", fold.Key("Lovelace", "Ada"), fold.Key("Ada", "Lovelace")).Error
	if err != nil {
		t.Fatal(err)
	}
	a := data.Activity{ID: 1, Who: "ann", Action: "client.added", Subject: "Ada"}
	err = s.Writer().Exec("INSERT INTO activity (id, at, who, action, subject, details, chain) VALUES (1, 0, ?, ?, ?, '', ?)", a.Who, a.Action, a.Subject, data.Link(a, nil)).Error
	if err == nil && s.Engine() == "SQLite" {
		err = s.Writer().Exec("INSERT INTO search_fts (rowid, body) SELECT client_id, body FROM search_docs").Error
	}
	if err != nil {
		t.Fatal(err)
	}
}

// rowCounts counts the rows of each table.
func rowCounts(t *testing.T, s *data.Store) map[string]int64 {
	t.Helper()
	names, err := s.Tables(ctx)
	if err != nil {
		t.Fatal(err)
	}
	counts := map[string]int64{}
	for _, name := range names {
		var n int64
		if err := s.Reader().Raw("SELECT count(*) FROM " + name).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		counts[name] = n
	}
	return counts
}
