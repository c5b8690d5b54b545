package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/data/datatest"
)

// typing is an office that keeps what is typed in a file; each call of next is the next run of the program on it.
type typing struct {
	t    *testing.T
	path string
	now  time.Time
}

func newTyping(t *testing.T) *typing {
	return &typing{t, filepath.Join(t.TempDir(), "unsaved.json"), time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)}
}

func (y *typing) next(who string) *app.Unsaved {
	u := app.New(app.Params{Store: datatest.Open(y.t), Unsaved: y.path, Now: func() time.Time { return y.now }, Who: who}).Unsaved
	u.Read()
	return u
}

func half(id string, text string) app.Typed {
	return app.Typed{ID: id, Place: app.Place{Form: app.FormNote, Client: 7}, About: "Acme", Values: map[string]string{app.FieldNote: text}}
}

func ids(all []app.Typed) (ids []string) {
	for _, t := range all {
		ids = append(ids, t.ID)
	}
	return ids
}

// What was typed is there in the next run until it is taken and saved, or discarded; the run that it is typed in is not offered it.
func TestUnsavedComesBack(t *testing.T) {
	y := newTyping(t)
	u := y.next("Ann")
	u.Keep(half("a", "first"))
	u.Keep(half("b", "second"))
	u.Keep(half("a", "first, and more"))
	if left := u.Left(); len(left) != 0 {
		t.Errorf("the run itself is offered %v", ids(left))
	}
	u.Write()

	u = y.next("Ann")
	left := u.LeftAt(app.Place{Form: app.FormNote, Client: 7})
	if len(left) != 2 || len(u.LeftAt(app.Place{Form: app.FormNote, Client: 8})) != 0 {
		t.Fatalf("left are %+v", left)
	}
	got, ok := u.Take("a")
	if !ok || got.Values[app.FieldNote] != "first, and more" || got.About != "Acme" || !got.When.Equal(y.now) {
		t.Fatalf("took %+v, %v", got, ok)
	}
	if _, again := u.Take("a"); again {
		t.Error("it was taken twice")
	}
	u.Forget("b")
	u.Write()

	u = y.next("Ann") // killed once more before it was saved
	if left := ids(u.Left()); !slices.Equal(left, []string{"a"}) {
		t.Fatalf("after a second kill %v is left", left)
	}
	taken, _ := u.Take("a")
	u.Forget(taken.ID)
	u.Write()
	if _, err := os.Stat(y.path); !os.IsNotExist(err) {
		t.Errorf("nothing is unsaved, and the file is there: %v", err)
	}
	u.Return(taken)
	if left := ids(u.Left()); !slices.Equal(left, []string{"a"}) {
		t.Errorf("returned, %v is left", left)
	}
}

// An admin is not offered what another one typed at the same desk.
func TestUnsavedBelongsToWhoTyped(t *testing.T) {
	y := newTyping(t)
	u := y.next("Ann")
	u.Keep(half("a", "text"))
	u.Write()
	if left := y.next("Bob").Left(); len(left) != 0 {
		t.Errorf("another one is offered %v", ids(left))
	}
	if left := y.next("Ann").Left(); len(left) != 1 {
		t.Errorf("who typed it is offered %v", ids(left))
	}
}

func TestUnsavedIsBounded(t *testing.T) {
	for _, c := range []struct {
		name  string
		keep  func(y *typing, u *app.Unsaved)
		after time.Duration
		want  func(left []app.Typed) bool
	}{
		{"entries", func(y *typing, u *app.Unsaved) {
			for i := range app.UnsavedLimit + 5 {
				y.now = y.now.Add(time.Second)
				u.Keep(half(fmt.Sprint(i), "text"))
			}
		}, 0, func(left []app.Typed) bool {
			return len(left) == app.UnsavedLimit && left[0].ID == "54" && left[49].ID == "5"
		}},
		{"bytes", func(y *typing, u *app.Unsaved) {
			for i := range 10 {
				y.now = y.now.Add(time.Second)
				u.Keep(half(fmt.Sprint(i), strings.Repeat("x", 60<<10)))
			}
		}, 0, func(left []app.Typed) bool { return slices.Equal(ids(left), []string{"9", "8", "7", "6"}) }},
		{"one too large for all", func(y *typing, u *app.Unsaved) {
			u.Keep(half("small", "x"))
			u.Keep(half("large", strings.Repeat("x", app.UnsavedSize)))
		}, 0, func(left []app.Typed) bool { return slices.Equal(ids(left), []string{"small"}) }},
		{"young enough", func(_ *typing, u *app.Unsaved) { u.Keep(half("a", "x")) }, app.UnsavedLife, func(left []app.Typed) bool { return len(left) == 1 }},
		{"too old", func(_ *typing, u *app.Unsaved) { u.Keep(half("a", "x")) }, app.UnsavedLife + time.Second, func(left []app.Typed) bool { return len(left) == 0 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			y := newTyping(t)
			u := y.next("Ann")
			c.keep(y, u)
			u.Write()
			y.now = y.now.Add(c.after)
			if left := y.next("Ann").Left(); !c.want(left) {
				t.Errorf("left is %v", ids(left))
			}
		})
	}
}

// A file that is torn, of another form or no text at all costs nothing but itself: it is set aside, and what is typed next is kept.
func TestUnsavedUnreadable(t *testing.T) {
	for name, raw := range map[string]string{
		"torn":       `{"version":1,"typed":[{"id":"a","place":{"form":"no`,
		"empty":      "",
		"not ours":   "[1,2,3]",
		"newer":      `{"version":2,"typed":[]}`,
		"zero bytes": strings.Repeat("\x00", 4096),
	} {
		t.Run(name, func(t *testing.T) {
			y := newTyping(t)
			if err := os.WriteFile(y.path, []byte(raw), 0o600); err != nil {
				t.Fatal(err)
			}
			u := y.next("Ann")
			if left := u.Left(); len(left) != 0 {
				t.Errorf("left is %+v", left)
			}
			if aside, err := os.ReadFile(y.path + ".unreadable"); err != nil || string(aside) != raw {
				t.Errorf("set aside was %q, %v", aside, err)
			}
			u.Keep(half("a", "x"))
			u.Write()
			if left := ids(y.next("Ann").Left()); !slices.Equal(left, []string{"a"}) {
				t.Errorf("then %v is kept", left)
			}
		})
	}
}

// Only this account may read the file, and where it cannot be written nothing breaks: the next write brings it.
func TestUnsavedFile(t *testing.T) {
	y := newTyping(t)
	folder := y.path
	y.path = filepath.Join(folder, "unsaved.json")
	u := y.next("Ann")
	u.Keep(half("a", "x"))
	u.Write() // there is no such folder
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	u.Write()
	info, err := os.Stat(y.path)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o600 {
		t.Errorf("its mode is %v", mode)
	}
	y.next("Ann").Close()
	if _, err := os.Stat(y.path); !os.IsNotExist(err) {
		t.Errorf("closed, it is there: %v", err)
	}
}

// A program that is killed at any write leaves a file of one moment or of the next.
func TestUnsavedTornWrite(t *testing.T) {
	y := newTyping(t)
	u := y.next("Ann")
	u.Keep(half("a", "before"))
	u.Write()
	torn := filepath.Join(filepath.Dir(y.path), ".unsaved.json.123.tmp") // as a kill in the middle leaves it, before it has the name
	if err := os.WriteFile(torn, []byte(`{"version":1,"ty`), 0o600); err != nil {
		t.Fatal(err)
	}
	left := y.next("Ann").Left()
	if len(left) != 1 || left[0].Values[app.FieldNote] != "before" {
		t.Errorf("left is %+v", left)
	}
	if _, err := os.Stat(torn); !os.IsNotExist(err) {
		t.Errorf("the half of it stays: %v", err)
	}
}

func TestUnsavedWords(t *testing.T) {
	typed := app.Typed{Place: app.Place{Form: app.FormClient}, About: "Anna Brown", Values: map[string]string{
		app.FieldFirstName: "Anna", app.FieldLastName: "Brown", app.FieldCompany: " ", ".key": "abc",
	}}
	if got := typed.Title(); got != "A new client (Anna Brown)" {
		t.Errorf("it is called %q", got)
	}
	if got := typed.Text(); got != "First name: Anna\nLast name: Brown" {
		t.Errorf("its text is %q", got)
	}
	if got := half("a", "as it was\n\ntyped").Text(); got != "as it was\n\ntyped" {
		t.Errorf("a note's text is %q", got)
	}
}
