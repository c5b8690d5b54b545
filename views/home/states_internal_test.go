package home

import (
	"errors"
	"testing"

	"clientele/app"
	"clientele/app/date"
	"clientele/data"
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
	if n := len(w.states(app.Standing{})); n != 2 { // the mail and the daily run alone: a shared database is backed up by its server
		t.Errorf("%d states where no backups are made here", n)
	}
}

// Without a mail server it is not said that all mail is sent, and the line leads to where one is set up.
func TestMailState(t *testing.T) {
	b := viewtest.New(t)
	w := newWaiting(b.Desk)
	for ready, want := range map[bool]string{true: "All mail is sent.", false: "No mail server is set up yet."} {
		if got := w.mail(app.Standing{MailReady: ready}); got.detail != want {
			t.Errorf("a server is set up: %v: %q", ready, got.detail)
		}
	}
	w.mail(app.Standing{}).open()
	if b.Went.Last() != "settings mail" {
		t.Errorf("went %q", b.Went.Last())
	}
}

// The daily run is told of with what the last one came to and when the next one is, and leads to its page.
func TestDailyState(t *testing.T) {
	b := viewtest.New(t)
	w := newWaiting(b.Desk)
	today := date.MustNew(2026, 11, 20)
	ran := func(day date.Date, state data.RunState) *data.DailyRun {
		return &data.DailyRun{Day: day, State: state, Done: 1351, Skipped: 4}
	}
	tomorrow := app.DailyNext{Day: today.AddDays(1), AtStart: true}
	nine := app.DailyNext{Day: today, Hour: 9}
	for _, c := range []struct {
		name, detail string
		st           app.DailyState
		tone         theme.Tone
	}{
		{"done", "20/11/2026: 1,351 done, 4 skipped. The next one is tomorrow, at the first start.", app.DailyState{Last: ran(today, data.RunDone), Today: true, Next: tomorrow}, theme.Good},
		{"yesterday's", "19/11/2026: 1,351 done, 4 skipped. The next one is today at 09:00.", app.DailyState{Last: ran(today.AddDays(-1), data.RunDone), Next: nine}, theme.Waiting},
		{"Failed", "20/11/2026: Failed. The next one starts within the hour.", app.DailyState{Last: ran(today, data.RunFailed), Next: app.DailyNext{Day: today, Soon: true}}, theme.Danger},
		{"Failed", "20/11/2026: " + app.RunStateName(data.RunBroken) + ". The next one is tomorrow, at the first start.", app.DailyState{Last: ran(today, data.RunBroken), Today: true, Next: tomorrow}, theme.Danger},
		{"stopped", "20/11/2026: Stopped. The next one is tomorrow, at the first start.", app.DailyState{Last: ran(today, data.RunStopped), Today: true, Next: tomorrow}, theme.Waiting},
		{"never", "It never ran yet. The next one is at the next start.", app.DailyState{Next: app.DailyNext{Day: today, AtStart: true}}, theme.Waiting},
		{"by hand", "It never ran yet. The next one is started by hand.", app.DailyState{}, theme.Waiting},
		{"long ago", "Look first.", app.DailyState{Last: ran(today.AddDays(-200), data.RunDone), Waiting: "Look first."}, theme.Waiting},
	} {
		got := w.daily(c.st, today)
		if got.detail != c.detail || got.tone != c.tone {
			t.Errorf("%s: %q, tone %d", c.name, got.detail, got.tone)
		}
		if got.open(); b.Went.Last() != "daily" {
			t.Errorf("%s: went %q", c.name, b.Went.Last())
		}
	}
}

// The page is read anew for what it shows, whoever did it, and for nothing else.
func TestHomeFollowsEachTopic(t *testing.T) {
	b := viewtest.New(t)
	for topic, want := range map[app.Topic]bool{
		app.TopicClient: true, app.TopicInvoices: true, app.TopicTransactions: true, app.TopicMail: true, app.TopicSettings: true, app.TopicBackups: true, app.TopicDaily: true,
		app.TopicNotes: false, app.TopicAdmins: false,
	} {
		p := New(b.Desk)
		p.loaded = true
		if p.Changed(app.Change{Topic: topic}); (p.stale != nil) != want {
			t.Errorf("after %s it is read anew: %v", topic, p.stale != nil)
		}
	}
}
