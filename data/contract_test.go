package data_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"clientele/data"
	"clientele/data/datatest"
)

// R25: engine version and settings are what the promises rest on, on the connections that really serve.
func TestDriverContract(t *testing.T) {
	s := datatest.Open(t)
	var version string
	if err := s.Reader().Raw("SELECT sqlite_version()").Scan(&version).Error; err != nil || data.Older(version, data.OldestSQLite) {
		t.Errorf("SQLite %s (%v)", version, err)
	}
	for pool, db := range map[string]*gorm.DB{"writer": s.Writer(), "reader": s.Reader()} {
		for name, want := range data.Pragmas(pool == "writer") {
			var got string
			if err := db.Raw("PRAGMA " + name).Scan(&got).Error; err != nil || !strings.EqualFold(got, want) {
				t.Errorf("%s of the %s is %q (%v), want %q", name, pool, got, err, want)
			}
		}
	}
	var threads string
	if err := s.Reader().Raw("SELECT group_concat(compile_options) FROM pragma_compile_options").Scan(&threads).Error; err != nil || !strings.Contains(threads, "ENABLE_FTS5") {
		t.Errorf("compiled with %q (%v)", threads, err)
	}
}

func TestOlder(t *testing.T) {
	for _, c := range []struct {
		have, want string
		older      bool
	}{
		{"3.51.3", "3.51.3", false}, {"3.51.2", "3.51.3", true}, {"3.9.9", "3.51.3", true}, {"4.0.0", "3.51.3", false}, {"3.54.1", "3.51.3", false}, {"", "3.51.3", true},
	} {
		if got := data.Older(c.have, c.want); got != c.older {
			t.Errorf("%q older than %q: %v", c.have, c.want, got)
		}
	}
}

// The writer takes its lock as a transaction begins: a second writer waits or is refused there, never half-way.
func TestTransactionsAreImmediate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.db")
	s := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	other := datatest.OpenWith(t, data.Options{Path: path, Now: datatest.Clock})
	if err := other.Writer().Exec("PRAGMA busy_timeout = 0").Error; err != nil {
		t.Fatal(err)
	}
	err := s.Write(ctx, func(*data.Tx) error {
		begun := false
		err := other.Write(ctx, func(*data.Tx) error {
			begun = true
			return nil
		})
		if begun || !errors.Is(err, data.ErrBusy) {
			t.Errorf("a second writer began (%v) and ended with %v", begun, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The traps of GORM that were seen, each as it would show through the store's own calls.
func TestTrapsOfGORM(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		c := datatest.Client(1)
		c.NoLateFees, c.MailGeneral, c.TaxExempt, c.GroupID, c.Notes = true, false, true, 4, "a note"
		c = datatest.Add(t, s, c)[0]
		gone := int64(4711)
		traps := map[string]func(tx *data.Tx) error{
			"a false is stored as false": func(tx *data.Tx) error {
				got, err := tx.Client(c.ID)
				if got.MailGeneral {
					t.Error("MailGeneral came back true")
				}
				return err
			},
			"zero values are written": func(tx *data.Tx) error {
				before, err := tx.Client(c.ID)
				if err != nil {
					return err
				}
				after := before
				after.NoLateFees, after.TaxExempt, after.GroupID, after.Notes, after.Company = false, false, 0, "", ""
				if err := tx.UpdateProfile(before, &after); err != nil {
					return err
				}
				got, err := tx.Client(c.ID)
				if got.NoLateFees || got.TaxExempt || got.GroupID != 0 || got.Notes != "" {
					t.Errorf("zero values were left out: %+v", got)
				}
				return err
			},
			"a change of a missing row is an error": func(tx *data.Tx) error {
				if err := tx.SetPassword(gone, "hash", false, 0); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("SetPassword: %v", err)
				}
				if err := tx.SaveGroup(&data.Group{ID: gone, Name: "x", Colour: "#000000"}); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("SaveGroup: %v", err)
				}
				if err := tx.DeleteGroup(gone); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("DeleteGroup: %v", err)
				}
				if err := tx.SettleMail(gone, data.MailSent, time.Time{}, "", false); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("SettleMail: %v", err)
				}
				ghost := c
				ghost.ID = gone
				if err := tx.UpdateProfile(ghost, &ghost); !errors.Is(err, data.ErrChanged) {
					t.Errorf("UpdateProfile: %v", err)
				}
				return nil
			},
			"a change does not bring a deleted row back": func(tx *data.Tx) error {
				if _, err := tx.Client(gone); !errors.Is(err, data.ErrNotFound) {
					t.Errorf("client %d is there: %v", gone, err)
				}
				return nil
			},
			"text is no SQL": func(tx *data.Tx) error {
				for _, evil := range []string{"1=1", "' OR ''='", "id > 0 --", "?", "@name", "%s"} {
					if _, err := tx.ClientByEmail(evil); !errors.Is(err, data.ErrNotFound) {
						t.Errorf("ClientByEmail(%q): %v", evil, err)
					}
					if err := tx.SetSetting(evil, evil); err != nil {
						return err
					}
					all, err := tx.Settings()
					if err != nil || all[evil] != evil {
						t.Errorf("setting %q is %q (%v)", evil, all[evil], err)
					}
				}
				return nil
			},
			"an empty filter matches as it says": func(tx *data.Tx) error {
				n, _, err := tx.CountClients(data.ClientFilter{Statuses: []data.Status{""}})
				if n != 0 {
					t.Errorf("%d clients have no status", n)
				}
				return err
			},
		}
		for name, trap := range traps {
			if err := s.Write(ctx, trap); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

// Ledger and log refuse to be changed, by whatever statement.
func TestAppendOnly(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		c := datatest.Add(t, s, datatest.Client(1))[0]
		err := s.Write(ctx, func(tx *data.Tx) error {
			if err := tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: c.Created, Amount: 5, Currency: "GBP"}); err != nil {
				return err
			}
			return tx.AddActivity(data.Activity{Who: "test", Action: "test"})
		})
		if err != nil {
			t.Fatal(err)
		}
		statements := []string{
			"UPDATE credit_moves SET amount = 6", "UPDATE activity SET who = 'me'", "DELETE FROM activity",
		}
		if s.Engine() == "SQLite" {
			statements = append(statements, "INSERT OR REPLACE INTO activity (id, at, who, action, subject, details, chain) VALUES (1, 1, 'me', '', '', '', x'00')")
		}
		for _, sql := range statements {
			if err := s.Writer().Exec(sql).Error; err == nil || !strings.Contains(err.Error(), "append-only") {
				t.Errorf("%s: %v", sql, err)
			}
		}
		sound(t, s)
	})
}

// A client on whom anything hangs cannot be taken away from under it.
func TestReferencesAreKept(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		c := datatest.Add(t, s, datatest.Client(1))[0]
		err := s.Write(ctx, func(tx *data.Tx) error {
			return tx.MoveCredit(c, &data.CreditMove{Kind: data.CreditAdjustment, Date: c.Created, Amount: 5, Currency: "GBP"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Writer().Exec("DELETE FROM clients").Error; err == nil {
			t.Error("a client with a ledger was deleted")
		}
	})
}
