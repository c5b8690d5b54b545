package app_test

import (
	"bytes"
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// restoreFrom restores a backup as the program does, and returns the office on the restored data.
func restoreFrom(t *testing.T, o *apptest.Office, path, passphrase string) *apptest.Office {
	t.Helper()
	if err := o.Backups.PrepareRestore(ctx, path, passphrase, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	if err := o.Store.Close(); err != nil {
		t.Fatal(err)
	}
	return opened(t, o)
}

// opened opens an office's folder as the next start of the program does.
func opened(t *testing.T, o *apptest.Office) *apptest.Office {
	t.Helper()
	r := &app.Restorer{Database: apptest.Path(o.Folder), Backups: o.Backups.Folder(), Now: o.Clock.Now}
	if err := r.Finish(ctx); err != nil {
		t.Fatal(err)
	}
	again := apptest.OpenIn(t, o.Folder, data.Options{Path: apptest.Path(o.Folder)})
	if _, wrong, _, err := again.Backups.Restored(ctx); err != nil || len(wrong) > 0 {
		t.Fatalf("%q, %v", wrong, err)
	}
	return again
}

// IO-4, R23: what is restored is what was backed up, what was there before is kept, the log says so, and mails that waited are held.
func TestRestore(t *testing.T) {
	for name, passphrase := range map[string]string{"plain": "", "encrypted": "correct horse battery"} {
		t.Run(name, func(t *testing.T) {
			o := apptest.Open(t)
			o.Serve(t, mailtest.Start(t, mailtest.Script{}), long)
			id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.SendWelcome = true })
			path := filepath.Join(t.TempDir(), "b.db")
			b, err := o.Backups.WriteTo(ctx, path, passphrase, app.Quiet{})
			if err != nil || b.Clients != 1 || b.Encrypted != (passphrase != "") {
				t.Fatalf("%+v, %v", b, err)
			}
			raw, err := os.ReadFile(path)
			if err != nil || bytes.Contains(raw, []byte("ada@example.com")) != (passphrase == "") {
				t.Errorf("the file shows what it should not, or not what it should: %v", err)
			}
			o.Add(t, "later@example.com", nil)
			if passphrase != "" {
				if _, _, err := o.Backups.Look(ctx, path, "another one"); app.CodeOf(err) != app.NotAllowed {
					t.Errorf("another passphrase opens it: %v", err)
				}
			}
			o = restoreFrom(t, o, path, passphrase)
			o.Sound(t)
			if n, _, err := o.Clients.Count(ctx, data.ClientFilter{}); err != nil || n != 1 || o.Get(t, id).Email != "ada@example.com" {
				t.Errorf("%d clients, %v", n, err)
			}
			for _, m := range mails(t, o) {
				if m.State != data.MailFailed || !strings.Contains(m.Answer, "may have been sent since") {
					t.Errorf("the mail that waited is %s: %s", m.State, m.Answer)
				}
			}
			lines, err := o.Log.List(ctx, app.LogFilter{}, data.ActivityPlace{}, 1)
			if err != nil || lines[0].Action != "backup.restored" || lines[0].Subject != "b.db" {
				t.Errorf("%+v, %v", lines, err)
			}
			all, err := o.Backups.List(ctx)
			if err != nil || len(all) != 1 || all[0].Reason != app.BackupRestore || all[0].Clients != 2 {
				t.Errorf("what was there before: %+v, %v", all, err)
			}
			// And back again.
			o = restoreFrom(t, o, filepath.Join(o.Backups.Folder(), all[0].Name), "")
			if n, _, err := o.Clients.Count(ctx, data.ClientFilter{}); err != nil || n != 2 {
				t.Errorf("%d clients after going back, %v", n, err)
			}
			o.Sound(t)
		})
	}
}

// A file that is broken, foreign, changed or prepared by somebody is refused, and the data stays.
func TestRestoreRefuses(t *testing.T) {
	o := apptest.Open(t)
	o.Add(t, "ada@example.com", nil)
	dir := t.TempDir()
	write := func(name string) string {
		path := filepath.Join(dir, name)
		if _, err := o.Backups.WriteTo(ctx, path, "", app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		return path
	}
	run := func(path, statement string) {
		db, err := sql.Open("sqlite", path)
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		if _, err := db.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
	trigger, view, newer, text, short := write("trigger.db"), write("view.db"), write("newer.db"), filepath.Join(dir, "text.db"), write("short.db")
	run(trigger, "CREATE TRIGGER x AFTER INSERT ON notes BEGIN DELETE FROM clients; END")
	run(view, "DROP TABLE undos; CREATE VIEW undos AS SELECT 1 AS id")
	run(newer, "PRAGMA user_version = 9999")
	if err := os.WriteFile(text, []byte(strings.Repeat("no database ", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(short, 8192*4); err != nil {
		t.Fatal(err)
	}
	made, err := o.Backups.Make(ctx, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	changed := filepath.Join(o.Backups.Folder(), made.Name)
	run(changed, "UPDATE clients SET first_name = 'Eve'")
	for _, path := range []string{trigger, view, newer, text, short, changed, filepath.Join(dir, "none.db")} {
		if err := o.Backups.PrepareRestore(ctx, path, "", app.Quiet{}); err == nil {
			t.Errorf("%s was taken", filepath.Base(path))
		}
		r := &app.Restorer{Database: apptest.Path(o.Folder)}
		if _, pending, err := r.Pending(); pending || err != nil {
			t.Errorf("%s: a restore is pending, %v", filepath.Base(path), err)
		}
	}
	wrong, err := o.Backups.Verify(ctx, made.Name, app.Quiet{})
	if err != nil || len(wrong) == 0 {
		t.Errorf("a changed backup passes: %q, %v", wrong, err)
	}
	if st, err := o.Backups.State(ctx); err != nil || st.Newest.Name != "" {
		t.Errorf("it still counts: %+v, %v", st, err)
	}
	left, err := filepath.Glob(filepath.Join(o.Folder, ".clientele-*"))
	if err != nil || len(left) > 0 {
		t.Errorf("left: %q, %v", left, err)
	}
	o.Sound(t)
}

// While another program has the data open a restore waits for it, and can be abandoned.
func TestRestoreWaits(t *testing.T) {
	o := apptest.Open(t)
	path := filepath.Join(t.TempDir(), "b.db")
	if _, err := o.Backups.WriteTo(ctx, path, "", app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	id := o.Add(t, "ada@example.com", nil)
	if err := o.Backups.PrepareRestore(ctx, path, "", app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	r := &app.Restorer{Database: apptest.Path(o.Folder), Backups: o.Backups.Folder(), Now: o.Clock.Now}
	if err := r.Finish(ctx); app.CodeOf(err) != app.Unavailable {
		t.Errorf("the data was replaced below a program that has it open: %v", err)
	}
	if err := r.Abandon(); err != nil {
		t.Fatal(err)
	}
	if err := r.Finish(ctx); err != nil {
		t.Error(err)
	}
	o.Get(t, id)
	o.Sound(t)
}
