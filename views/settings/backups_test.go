package settings

import (
	"testing"

	"clientele/app"
	"clientele/views/viewtest"
)

// IO-4: a backup is made, listed, verified and deleted from the settings, and the only sound one stays.
func TestBackups(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk, Params{})
	b.Show(p)
	p.Section(Backups)
	s := p.current.section.(*backupSection)
	if len(s.backups) != 0 {
		t.Fatalf("%+v", s.backups)
	}
	s.now()
	if len(s.backups) != 1 || s.backups[0].Reason != app.BackupByHand || s.backups[0].Verified.IsZero() {
		t.Fatalf("%+v", s.backups)
	}
	s.grid.Select(0)
	s.at(s.verify)
	if got := b.Bar.Text(); got == "" {
		t.Error("nothing was said of the verification")
	}
	s.now()
	if len(s.backups) != 2 {
		t.Fatalf("%+v", s.backups)
	}
	if err := b.App.Backups.Delete(t.Context(), s.backups[1].Name); err != nil {
		t.Fatal(err)
	}
	if len(s.backups) != 1 {
		t.Errorf("the list shows %+v", s.backups)
	}
}
