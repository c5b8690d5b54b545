package data_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/data/datatest"
)

func TestMain(m *testing.M) {
	if c, ok := apptest.Told(); ok {
		os.Exit(migrateChild(c))
	}
	os.Exit(m.Run())
}

// slow is a migration that takes long enough to be killed in its middle.
const slow = `CREATE TABLE filler (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
INSERT INTO filler (text) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000) SELECT hex(randomblob(50)) FROM n;
UPDATE imports SET file_name = file_name || ' of the form before';
CREATE INDEX filler_text ON filler (text);
UPDATE filler SET text = text || 'x';`

// migrateChild is the program that is killed: one whose newest form is a later one.
func migrateChild(c apptest.Child) int {
	all, err := followed(slow)
	if err != nil {
		return c.Fail(err)
	}
	data.UseMigrations(all)
	fmt.Println("begun")
	if _, _, err := c.Open(); err != nil {
		return c.Fail(err)
	}
	fmt.Println("done")
	select {} // until it is killed
}

// R3, R24: a child that brings data of an older form up to date, with a backup before, is killed at random moments. The file has the old form then, the new one or one in between,
// each whole; the next start brings it up to date with every row in its place; and a backup of what was there before opens and can be restored.
func TestKillWhileMigrating(t *testing.T) {
	killer, kills := apptest.NewKiller(t, 4)
	k := &migrating{killer}
	present, newest := data.SchemaVersion(), later(t, slow)
	older := func(version int) map[string]int64 {
		k.Folder = t.TempDir()
		data.SetMigrations(t, form(newest, version))
		return k.older(version == present)
	}
	older(present)
	data.SetMigrations(t, newest)
	began := time.Now()
	k.upToDate().Store.Close()
	took := time.Since(began) // where nobody kills it

	cut, done := 0, 0
	for ; k.Round < kills || k.Round < 6*kills && cut == 0; k.Round++ {
		version := present // what the present program wrote, and what older ones did in turn
		if k.Round%2 == 1 {
			version = 1 + k.Random.IntN(present)
		}
		before := older(version)
		for line := range k.Child(k.Folder, "migrate", "begun", k.Moment(took)) {
			if line != "begun" && line != "done" {
				t.Fatalf("the child said %q", line)
			}
		}
		if k.asLeft(newest, version, before) <= present {
			cut++
		} else {
			done++
		}
		data.SetMigrations(t, newest)
		o := k.upToDate()
		same(t, before, o.Store)
		o.Sound(t)
		k.restore(o, version, before)
		if left, err := filepath.Glob(filepath.Join(o.Backups.Folder(), ".*.tmp*")); err != nil || len(left) > 0 {
			t.Errorf("%q are left, %v", left, err)
		}
		o.Store.Close()
		if err := os.RemoveAll(k.Folder); err != nil {
			t.Fatal(err)
		}
		if t.Failed() {
			t.Fatalf("after kill %d, of data of form %d", k.Round+1, version)
		}
	}
	t.Logf("%d kills: %d before the new form was reached, %d after", k.Round, cut, done)
	if cut == 0 {
		t.Error("no kill came before the migration was done, so the test means nothing")
	}
}

// form are the migrations of a later program as they were when there were that many.
func form(newest fstest.MapFS, version int) fstest.MapFS {
	all := fstest.MapFS{}
	for name, file := range newest {
		var n int
		if _, err := fmt.Sscanf(filepath.Base(name), "%d_", &n); err == nil && n <= version {
			all[name] = file
		}
	}
	return all
}

// migrating is a test that kills children while they migrate.
type migrating struct{ *apptest.Killer }

// older fills data of the form that is the newest one for the moment, and counts its rows.
func (k *migrating) older(present bool) map[string]int64 {
	k.Helper()
	o := apptest.OpenIn(k.T, k.Folder, data.Options{Path: apptest.Path(k.Folder)})
	defer o.Store.Close()
	if !present {
		fill(k.T, o.Store)
		return rowCounts(k.T, o.Store)
	}
	if err := o.Cards.Start(ctx); err != nil {
		k.Fatal(err)
	}
	for n := range 10 {
		id := o.Add(k.T, fmt.Sprintf("c%d@example.com", n), nil)
		_, err := o.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "note"})
		if err := errors.Join(err, o.Cards.Save(ctx, id, app.NewCard{Number: "4111 1111 1111 1111", Expiry: "08/29"})); err != nil {
			k.Fatal(err)
		}
	}
	return rowCounts(k.T, o.Store)
}

// upToDate opens the data as the next start does.
func (k *migrating) upToDate() *apptest.Office {
	k.Helper()
	now := func() time.Time { return datatest.Now.Add(time.Duration(k.Round+1) * apptest.RoundTime) }
	return apptest.OpenIn(k.T, k.Folder, data.Options{Path: apptest.Path(k.Folder), BackupBefore: app.BackupBefore(filepath.Join(k.Folder, "backups"), now)})
}

// asLeft looks at a copy of the data as the kill left it: it is sound, exactly of one form, and has all rows. It tells which form that is.
func (k *migrating) asLeft(newest fstest.MapFS, from int, before map[string]int64) int {
	k.Helper()
	path := apptest.Path(k.TempDir())
	for _, beside := range []string{"", "-wal"} {
		content, err := os.ReadFile(apptest.Path(k.Folder) + beside)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err := errors.Join(err, os.WriteFile(path+beside, content, 0o600)); err != nil {
			k.Fatal(err)
		}
	}
	if err := data.Release(ctx, path); err != nil {
		k.Fatal(err)
	}
	data.SetMigrations(k.T, newest)
	in, err := data.Inspect(ctx, path)
	if err != nil || len(in.Wrong) > 0 || in.Version < from {
		k.Fatalf("after form %d: form %d, %q, %v", from, in.Version, in.Wrong, err)
	}
	if wrong, err := data.CheckSchema(ctx, path); err != nil || len(wrong) > 0 {
		k.Errorf("not as form %d is: %q, %v", in.Version, wrong, err)
	}
	data.SetMigrations(k.T, form(newest, in.Version))
	s := datatest.OpenWith(k.T, data.Options{Path: path, Now: datatest.Clock})
	defer s.Close()
	same(k.T, before, s)
	return in.Version
}

// restore restores the backup that was made before the migration, as far as the present program can tell, into a folder of its own.
func (k *migrating) restore(o *apptest.Office, version int, before map[string]int64) {
	k.Helper()
	all, err := o.Backups.List(ctx)
	if err != nil {
		k.Fatal(err)
	}
	oldest := len(all) - 1
	for _, b := range all {
		if b.Reason != app.BackupUpdate || b.Verified.IsZero() {
			k.Errorf("%s is no sound backup before an update: %+v", b.Name, b)
		}
	}
	if oldest < 0 || all[oldest].Schema != version {
		k.Fatalf("no backup of form %d is there: %+v", version, all)
	}
	r := &app.Restorer{Database: apptest.Path(k.TempDir()), Backups: k.TempDir(), Now: datatest.Clock}
	_, err = r.Prepare(ctx, filepath.Join(o.Backups.Folder(), all[oldest].Name), "", nil, app.Quiet{})
	if err := errors.Join(err, r.Finish(ctx)); err != nil {
		k.Fatal(err)
	}
	back := apptest.OpenIn(k.T, filepath.Dir(r.Database), data.Options{Path: r.Database})
	defer back.Store.Close()
	same(k.T, before, back.Store)
	back.Sound(k.T)
}

// same fails the test where a table has another number of rows than before.
func same(t *testing.T, before map[string]int64, s *data.Store) {
	t.Helper()
	after := rowCounts(t, s)
	for table, n := range before {
		if after[table] != n {
			t.Errorf("%s had %d rows and has %d", table, n, after[table])
		}
	}
}
