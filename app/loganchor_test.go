package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/data"
)

// reopened closes an office as the program does and opens it again; meanwhile changes what lies in its folder.
func reopened(t *testing.T, o *apptest.Office, meanwhile func(path string)) *apptest.Office {
	t.Helper()
	if err := o.Log.Anchor(ctx); err != nil {
		t.Fatal(err)
	}
	o.Store.Close()
	path := apptest.Path(o.Folder)
	if meanwhile != nil {
		meanwhile(path)
	}
	return apptest.OpenIn(t, o.Folder, data.Options{Path: path})
}

// copyFile copies a file.
func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// R26, 2.13: the end of the log that was cut off, and an older copy of the data, are noticed at the next start and by the check, which names them; the note beside
// the data stays until a person accepts it, and that is a line of the log.
func TestMissingEndOfTheLog(t *testing.T) {
	const cut = "DROP TRIGGER activity_stay; DELETE FROM activity WHERE id > 3"
	for name, c := range map[string]struct {
		do   func(t *testing.T, path, older string)
		want string
	}{
		"nothing": {func(*testing.T, string, string) {}, ""},
		"cut":     {func(t *testing.T, path, _ string) { spoil(t, path, cut) }, "The end of the activity log was cut off: its lines 4 to 6 were there and are gone."},
		"cut with care": {
			func(t *testing.T, path, _ string) {
				spoil(t, path, cut+"; UPDATE sqlite_sequence SET seq = 3 WHERE name = 'activity'")
			},
			"This is an older copy of the data: its activity log ends with line 3, and had 6 lines on 11/20/2026. What was done in between is not in it.",
		},
		"emptied": {
			func(t *testing.T, path, _ string) {
				spoil(t, path, "DROP TRIGGER activity_stay; DELETE FROM activity; DELETE FROM sqlite_sequence WHERE name = 'activity'")
			},
			"This is an older copy of the data: its activity log ends with line 0, and had 6 lines on 11/20/2026. What was done in between is not in it.",
		},
		"older file": {
			func(t *testing.T, path, older string) { copyFile(t, older, path) },
			"This is an older copy of the data: its activity log ends with line 2, and had 6 lines on 11/20/2026. What was done in between is not in it.",
		},
		"older file that went on": {
			func(t *testing.T, path, older string) {
				copyFile(t, older, path)
				o := apptest.OpenIn(t, t.TempDir(), data.Options{Path: path})
				o.Clock.Advance(time.Hour)
				for i := range 6 {
					o.Add(t, fmt.Sprintf("other%d@example.com", i), nil)
				}
				o.Store.Close()
			},
			"Line 6 of the activity log is not the one that was there on 11/20/2026: an older copy of the data was put in its place and went on, or the log was written anew.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := apptest.Open(t)
			lines := func(from, to int) {
				for i := from; i < to; i++ {
					o.Add(t, fmt.Sprintf("client%d@example.com", i), nil)
				}
			}
			lines(0, 2)
			older := filepath.Join(t.TempDir(), "older.db")
			o = reopened(t, o, func(path string) { copyFile(t, path, older) })
			lines(2, 6)
			o = reopened(t, o, func(path string) { c.do(t, path, older) })
			look := func() app.LogReport {
				t.Helper()
				r, err := o.Checks.Log(ctx)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			if r := look(); r.Gap != c.want || r.Broken != "" {
				t.Errorf("found %+v, want %q", r, c.want)
			}
			if c.want == "" {
				o.Sound(t)
				return
			}
			all, err := o.Checks.Run(ctx, app.Quiet{})
			if err != nil || all.Sound() {
				t.Errorf("the check: %+v, %v", all, err)
			}
			o = reopened(t, o, nil) // the end of a program must not hide it
			if r := look(); r.Gap != c.want {
				t.Errorf("after another start: %+v", r)
			}
			if err := o.Log.Accept(ctx); err != nil {
				t.Fatal(err)
			}
			if r := look(); r.Gap != "" || r.Broken != "" {
				t.Errorf("accepted, but still: %+v", r)
			}
			newest, err := o.Log.List(ctx, app.LogFilter{}, data.ActivityPlace{}, 1)
			if err != nil || newest[0].Action != "log.accepted" || newest[0].Details != c.want {
				t.Errorf("the log says %+v, %v", newest, err)
			}
			o = reopened(t, o, func(path string) {
				spoil(t, path, "DROP TRIGGER IF EXISTS activity_stay; DELETE FROM activity WHERE id = (SELECT max(id) FROM activity)")
			})
			if look().Gap == "" {
				t.Error("a second cut is not noticed")
			}
		})
	}
}

// An anchor that nobody can read is told of and not written over; what others did in a shared database is no gap.
func TestAnchorOfOthers(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		o.Add(t, "a@example.com", nil)
		if err := o.Log.Anchor(ctx); err != nil {
			t.Fatal(err)
		}
		other := o.Colleague(t)
		other.Add(t, "b@example.com", nil)
		if r, err := o.Checks.Log(ctx); r.Gap != "" || r.Lines != 2 || err != nil {
			t.Errorf("after another's line: %+v, %v", r, err)
		}
		path := filepath.Join(o.Folder, configuration.AnchorsName)
		if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), "lines = 2") || strings.Contains(string(b), "postgres") && strings.Contains(string(b), "@") {
			t.Errorf("the note after a check: %s, %v", b, err)
		}
		if err := os.WriteFile(path, []byte("= = ="), 0o600); err != nil {
			t.Fatal(err)
		}
		if r, err := o.Checks.Log(ctx); !strings.Contains(r.Gap, "cannot be read") || err != nil {
			t.Errorf("nonsense for a note: %+v, %v", r, err)
		}
		if err := o.Log.Anchor(ctx); err != nil {
			t.Error(err)
		}
	})
}
