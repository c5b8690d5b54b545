package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/money"
)

// IO-4: one backup a day, which says what is in it, and is not made twice.
func TestMakeDaily(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", nil)
	if _, err := o.Credit.Add(ctx, id, app.NewCredit{Description: "Gift", Amount: money.New(1500, "GBP")}); err != nil {
		t.Fatal(err)
	}
	b, made, err := o.Backups.MakeDaily(ctx, app.Quiet{})
	if err != nil || !made || b.Clients != 1 || b.Ledger["GBP"] != 1500 || b.LogLines == 0 || b.LogHash == "" || b.SHA256 == "" || b.Verified.IsZero() {
		t.Fatalf("%+v, %v, %v", b, made, err)
	}
	if _, made, err := o.Backups.MakeDaily(ctx, app.Quiet{}); err != nil || made {
		t.Errorf("a second one of the day: %v, %v", made, err)
	}
	o.Clock.Advance(24 * time.Hour)
	if _, made, err := o.Backups.MakeDaily(ctx, app.Quiet{}); err != nil || !made {
		t.Errorf("none on the next day: %v, %v", made, err)
	}
	all, err := o.Backups.List(ctx)
	if err != nil || len(all) != 2 || all[1].Name != b.Name || all[1].SHA256 != b.SHA256 {
		t.Fatalf("%+v, %v", all, err)
	}
	st, err := o.Backups.State(ctx)
	if err != nil || st.Count != 2 || st.Days != 0 || st.Newest.Name != all[0].Name {
		t.Errorf("%+v, %v", st, err)
	}
	if err := o.Backups.Delete(ctx, b.Name); err != nil {
		t.Error(err)
	}
	if err := o.Backups.Delete(ctx, all[0].Name); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("the only sound backup went: %v", err)
	}
	if err := o.Backups.Delete(ctx, "../clientele.db"); app.CodeOf(err) != app.NotFound {
		t.Errorf("something else went: %v", err)
	}
}

// A folder that cannot be written to fails the backup, and with it the act that it was to come before, in words.
func TestBackupFails(t *testing.T) {
	o := apptest.Open(t)
	if err := os.WriteFile(filepath.Join(o.Folder, "backups"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := o.Backups.MakeDaily(ctx, app.Quiet{}); app.CodeOf(err) != app.Unavailable || !strings.Contains(app.Explain(err), "Nothing was changed") {
		t.Error(err)
	}
}
