package data_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"clientele/data"
	"clientele/data/datatest"
)

// moved is a clock that a test moves.
type moved struct{ now time.Time }

func (m *moved) clock() time.Time { return m.now }

var (
	logActions = []string{"client.added", "note.added", "mail.sent"}
	logPeople  = []string{"Ann", "Bob", "Zoë"}
)

// logged fills a log with lines of all kinds, one a minute.
func logged(t *testing.T, s *data.Store, m *moved, n int) {
	t.Helper()
	write(t, s, func(tx *data.Tx) error {
		lines := make([]data.Activity, n)
		for i := range lines {
			lines[i] = data.Activity{Who: logPeople[i%7%3], Action: logActions[i%5%3], Subject: fmt.Sprint("line ", i+1)}
			if i%4 != 0 {
				id := int64(i%4%3 + 1)
				lines[i].ClientID = &id
			}
		}
		for len(lines) > 0 {
			some := min(7, len(lines))
			if err := tx.AddActivity(lines[:some]...); err != nil {
				return err
			}
			lines = lines[some:]
			m.now = m.now.Add(time.Minute)
			tx.SetNow(m.now)
		}
		return nil
	})
}

// logPages reads the log page by page.
func logPages(t interface{ Fatal(...any) }, s *data.Store, f data.ActivityFilter, size int) (all []data.Activity) {
	var at data.ActivityPlace
	for {
		var page []data.Activity
		err := s.Read(ctx, func(tx *data.Tx) (err error) {
			page, err = tx.Activities(f, at, size)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, page...)
		if len(page) < size {
			return all
		}
		at = page[len(page)-1].Place()
	}
}

// SU-5: whatever is asked for together, the pages hold each line that fits, once, newest first.
func TestActivitiesFilter(t *testing.T) {
	m := &moved{datatest.Now}
	datatest.EachWith(t, m.clock, func(t *testing.T, s *data.Store) {
		const n = 200
		m.now = datatest.Now
		logged(t, s, m, n)
		all := logPages(t, s, data.ActivityFilter{}, 1000)
		if len(all) != n || all[0].ID != n {
			t.Fatalf("%d lines, the first is %d", len(all), all[0].ID)
		}
		first, last := all[n-1].At, all[0].At
		rapid.Check(t, func(r *rapid.T) {
			f := data.ActivityFilter{
				ClientID: rapid.Int64Range(0, 3).Draw(r, "client"),
				Actions:  rapid.SliceOfNDistinct(rapid.SampledFrom(append([]string{"none"}, logActions...)), 0, 3, rapid.ID[string]).Draw(r, "actions"),
				Who:      rapid.SampledFrom(append([]string{"", "nobody"}, logPeople...)).Draw(r, "who"),
			}
			if rapid.Bool().Draw(r, "from") {
				f.From = rapid.Int64Range(first-1, last+1).Draw(r, "first")
			}
			if rapid.Bool().Draw(r, "to") {
				f.To = rapid.Int64Range(first-1, last+1).Draw(r, "last")
			}
			var want []int64
			for _, a := range all {
				if (f.ClientID == 0 || a.ClientID != nil && *a.ClientID == f.ClientID) && (len(f.Actions) == 0 || slices.Contains(f.Actions, a.Action)) &&
					(f.Who == "" || a.Who == f.Who) && (f.From == 0 || a.At >= f.From) && (f.To == 0 || a.At < f.To) {
					want = append(want, a.ID)
				}
			}
			var got []int64
			for _, a := range logPages(r, s, f, rapid.IntRange(1, 40).Draw(r, "page")) {
				got = append(got, a.ID)
			}
			if !slices.Equal(got, want) {
				r.Fatalf("%+v: got %v, want %v", f, got, want)
			}
		})
		var people []string
		err := s.Read(ctx, func(tx *data.Tx) (err error) {
			people, err = tx.ActivityPeople()
			return err
		})
		if err != nil || !slices.Equal(people, logPeople) {
			t.Errorf("people: %q, %v", people, err)
		}
	})
}

// Where a clock was set back, a search by time alone shows the lines by their times, and all others as they were written; none is lost.
func TestActivitiesAfterAClockWasSetBack(t *testing.T) {
	m := &moved{datatest.Now}
	datatest.EachWith(t, m.clock, func(t *testing.T, s *data.Store) {
		for _, minute := range []time.Duration{5, 1, 9, 2} {
			m.now = datatest.Now.Add(minute * time.Minute)
			write(t, s, func(tx *data.Tx) error { return tx.AddActivity(data.Activity{Who: "Ann", Action: "client.added"}) })
		}
		ids := func(f data.ActivityFilter) string {
			var ids []int64
			for _, a := range logPages(t, s, f, 1) {
				ids = append(ids, a.ID)
			}
			return fmt.Sprint(ids)
		}
		from := datatest.Now.Add(2 * time.Minute).UnixMilli()
		for want, f := range map[string]data.ActivityFilter{
			"[4 3 2 1]": {}, "[3 1 4]": {From: from}, "[4 3 1]": {From: from, Who: "Ann"},
		} {
			if got := ids(f); got != want {
				t.Errorf("%+v: %s, want %s", f, got, want)
			}
		}
	})
}

// Goal 26 by its shape: each page of the log, and of the notes, is one statement that walks an index in its order, whatever is asked for together.
func TestActivitiesWalkAnIndex(t *testing.T) {
	m := &moved{datatest.Now}
	s := datatest.OpenWith(t, data.Options{Path: filepath.Join(t.TempDir(), "c.db"), Now: m.clock})
	client := datatest.Add(t, s, datatest.Client(1))[0].ID
	logged(t, s, m, 3000)
	for i := range 50 {
		addNote(t, s, client, fmt.Sprint("note ", i), i%10 == 0)
	}
	shaped := func(what string, most int, read func(tx *data.Tx) error) {
		t.Helper()
		stop := listen(s)
		err := s.Read(ctx, read)
		statements := stop()
		if err != nil || len(statements) > most {
			t.Errorf("%s: %v after %d statements", what, err, len(statements))
		}
		for _, sql := range statements {
			for _, step := range plan(t, s, sql) {
				// Without a filter the whole log is walked from its end; what a walk gave is read once.
				walk := step == "SCAN activity" && what == "all" || strings.HasPrefix(step, "SCAN w") || step == "SCAN people"
				if strings.HasPrefix(step, "SCAN") && !walk || strings.Contains(step, "TEMP B-TREE") {
					t.Errorf("%s: %s\n%s", what, step, sql)
				}
			}
		}
	}
	from, to := datatest.Now.UnixMilli(), m.now.UnixMilli()
	some := logActions[:2]
	for what, f := range map[string]data.ActivityFilter{
		"all": {}, "client": {ClientID: 1}, "kind": {Actions: some}, "person": {Who: "Ann"}, "time": {From: from, To: to},
		"client, kind": {ClientID: 1, Actions: some}, "client, person": {ClientID: 1, Who: "Ann"}, "client, time": {ClientID: 1, From: from, To: to},
		"kind, person": {Actions: some, Who: "Ann"}, "kind, time": {Actions: some, From: from, To: to}, "person, time": {Who: "Ann", From: from, To: to},
		"everything": {ClientID: 1, Actions: some, Who: "Ann", From: from, To: to},
	} {
		for _, at := range []data.ActivityPlace{{}, {At: to, ID: 1500}} {
			most := 1
			if f.ClientID != 0 {
				most = 2 // with the clients that were merged into it
			}
			shaped(what, most, func(tx *data.Tx) error {
				_, err := tx.Activities(f, at, 50)
				return err
			})
		}
	}
	shaped("people", 1, func(tx *data.Tx) error {
		_, err := tx.ActivityPeople()
		return err
	})
	shaped("notes", 1, func(tx *data.Tx) error {
		_, err := tx.Notes(client, 40, 20)
		return err
	})
	shaped("sticky notes", 1, func(tx *data.Tx) error {
		_, err := tx.StickyNotes(client, 20)
		return err
	})
}

// R26: what was done to the lines is found and named.
func TestActivityChain(t *testing.T) {
	shift := func(from, by int) string {
		// Numbers are moved away and back, as each is there once.
		return fmt.Sprintf("UPDATE activity SET id = id + 1000 WHERE id >= %d; UPDATE activity SET id = id - 1000 + %d WHERE id >= 1000", from, by)
	}
	swap := func(a, b int) string {
		return fmt.Sprintf("UPDATE activity SET id = 1000 WHERE id = %[1]d; UPDATE activity SET id = %[1]d WHERE id = %[2]d; UPDATE activity SET id = %[2]d WHERE id = 1000", a, b)
	}
	const forged = "INSERT INTO activity (id, at, who, action, subject, details, chain) SELECT %d, at, 'Eve', action, subject, details, chain FROM activity WHERE id = %d"
	for name, c := range map[string]struct{ do, want string }{
		"nothing":               {"", ""},
		"alter":                 {"UPDATE activity SET details = 'x' WHERE id = 4", "line 4 of the activity log was changed"},
		"alter the time":        {"UPDATE activity SET at = at + 1 WHERE id = 9", "line 9 of the activity log was changed"},
		"alter the last":        {"UPDATE activity SET who = 'Eve' WHERE id = 10", "line 10 of the activity log was changed"},
		"delete":                {"DELETE FROM activity WHERE id = 4", "line 4 of the activity log is missing"},
		"delete some":           {"DELETE FROM activity WHERE id BETWEEN 4 AND 6", "lines 4 to 6 of the activity log are missing"},
		"delete the first":      {"DELETE FROM activity WHERE id < 3", "lines 1 to 2 of the activity log are missing"},
		"delete and close":      {"DELETE FROM activity WHERE id = 4; " + shift(4, -1), "from line 4 on the activity log was changed: lines were changed, put in or taken out"},
		"insert":                {shift(4, 1) + "; " + fmt.Sprintf(forged, 4, 3), "line 4 was put into the activity log"},
		"insert at the front":   {fmt.Sprintf(forged, 0, 3), "line 0 was put in before the first line of the activity log"},
		"insert at the end":     {fmt.Sprintf(forged, 11, 10), "line 11 of the activity log was changed"},
		"reorder neighbours":    {swap(4, 5), "lines 4 and 5 of the activity log changed places"},
		"reorder others":        {swap(3, 8), "lines 3 and 8 of the activity log changed places"},
		"move":                  {"UPDATE activity SET id = 1000 WHERE id = 3; UPDATE activity SET id = id - 1 WHERE id BETWEEN 4 AND 7; UPDATE activity SET id = 7 WHERE id = 1000", "line 3 of the activity log was moved to 7"},
		"of another client now": {"UPDATE activity SET client_id = 7 WHERE id = 4", "line 4 of the activity log was changed"},
	} {
		t.Run(name, func(t *testing.T) {
			s := datatest.Open(t)
			write(t, s, func(tx *data.Tx) error {
				for i := range 10 {
					if err := tx.AddActivity(data.Activity{Who: "Ann", Action: "test", Details: fmt.Sprint("line ", i+1)}); err != nil {
						return err
					}
				}
				return nil
			})
			for _, sql := range append([]string{"DROP TRIGGER activity_keep", "DROP TRIGGER activity_stay"}, strings.Split(c.do, "; ")...) {
				if err := s.Writer().Exec(sql).Error; sql != "" && err != nil {
					t.Fatalf("%s: %v", sql, err)
				}
			}
			err := s.Read(ctx, func(tx *data.Tx) error {
				broken, n, _, err := tx.CheckActivity(func(int) {})
				if broken != c.want || (c.want == "" && n != 10) {
					t.Errorf("found %q after %d lines, want %q", broken, n, c.want)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// R26: a line that was written anew, with a hash that fits it, is found by the line that follows it.
func TestForgedLineBreaksTheChain(t *testing.T) {
	tenLines := func(fourth string) *data.Store {
		s := datatest.Open(t)
		write(t, s, func(tx *data.Tx) error {
			for i := range 10 {
				a := data.Activity{Who: "Ann", Action: "test", Details: fmt.Sprint("line ", i+1)}
				if i == 3 {
					a.Details = fourth
				}
				if err := tx.AddActivity(a); err != nil {
					return err
				}
			}
			return nil
		})
		return s
	}
	s, forged := tenLines("line 4"), tenLines("another line 4")
	var line data.Activity
	err := forged.Read(ctx, func(tx *data.Tx) (err error) {
		line, err = tx.ActivityLine(4)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Writer().Exec("DROP TRIGGER activity_keep").Error; err != nil {
		t.Fatal(err)
	}
	if err := s.Writer().Exec("UPDATE activity SET details = ?, chain = ? WHERE id = 4", line.Details, line.Chain).Error; err != nil {
		t.Fatal(err)
	}
	err = s.Read(ctx, func(tx *data.Tx) error {
		broken, n, _, err := tx.CheckActivity(func(int) {})
		if broken != "line 5 of the activity log was changed" || n != 4 {
			t.Errorf("found %q after %d lines", broken, n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// R26: the engine itself refuses to change the log, and keeps how long it was.
func TestActivityIsAppendOnly(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		write(t, s, func(tx *data.Tx) error { return tx.AddActivity(data.Activity{Who: "Ann", Action: "test"}) })
		for _, sql := range []string{"UPDATE activity SET who = 'Eve'", "DELETE FROM activity"} {
			if err := s.Writer().Exec(sql).Error; err == nil {
				t.Errorf("%s was done", sql)
			}
		}
		err := s.Read(ctx, func(tx *data.Tx) error {
			last, written, err := tx.ActivityEnd()
			if last.ID != 1 || written != 1 {
				t.Errorf("the end is %d of %d", last.ID, written)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
