package home

import (
	"errors"
	"testing"

	"clientele/app"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// A backup that is old, missing or cannot be read is told of, the worse the louder.
func TestBackupState(t *testing.T) {
	b := viewtest.New(t)
	w := newWaiting(b.Desk)
	made := func(days int) app.BackupState {
		return app.BackupState{Available: true, Newest: app.Backup{Name: "x"}, Days: days}
	}
	for _, c := range []struct {
		name   string
		st     app.Standing
		detail string
		tone   theme.Tone
	}{
		{"today", app.Standing{Backup: made(0)}, "The last one was made today.", theme.Good},
		{"yesterday", app.Standing{Backup: made(1)}, "The last one was made yesterday.", theme.Good},
		{"three days", app.Standing{Backup: made(3)}, "The last one was made 3 days ago.", theme.Waiting},
		{"eight days", app.Standing{Backup: made(8)}, "The last one was made 8 days ago.", theme.Danger},
		{"none", app.Standing{Backup: app.BackupState{Available: true}}, "None was made yet. One is made by itself once a day.", theme.Waiting},
		{"unreadable", app.Standing{Backup: app.BackupState{Available: true}, NoBackups: &app.Error{Message: "The folder is gone.", Err: errors.New("x")}}, "The folder is gone.", theme.Danger},
	} {
		if got := w.backup(c.st); got.detail != c.detail || got.tone != c.tone {
			t.Errorf("%s: %q, tone %d", c.name, got.detail, got.tone)
		}
	}
	w.backup(app.Standing{}).open()
	if b.Went.Last() != "settings backups" {
		t.Errorf("went %q", b.Went.Last())
	}
	if n := len(w.states(app.Standing{})); n != 1 { // the mail alone: a shared database is backed up by its server
		t.Errorf("%d states where no backups are made here", n)
	}
}
