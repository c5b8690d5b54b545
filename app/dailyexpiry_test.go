package app_test

import (
	"database/sql"
	"slices"
	"testing"
	"time"

	"clientele/app/apptest"
)

// DA-1: the run forgets sessions, resets of passwords, links of admins and counts of tries whose time is over, and leaves those that are good.
func TestDailyExpiry(t *testing.T) {
	o := apptest.Open(t)
	id := portal(t, o)
	began := o.Clock.Now()
	rows := func() (n []int) {
		t.Helper()
		db, err := sql.Open("sqlite", apptest.Path(o.Folder))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		for _, table := range []string{"client_sessions", "password_resets", "admin_links", "throttles"} {
			var count int
			if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&count); err != nil {
				t.Fatal(err)
			}
			n = append(n, count)
		}
		return n
	}
	enter(t, o, "ada@example.com", own)
	if err := o.ClientArea.RequestReset(ctx, "ada@example.com", here); err != nil {
		t.Fatal(err)
	}
	if _, err := o.ClientArea.OpenAs(ctx, id); err != nil {
		t.Fatal(err)
	}
	before := rows()
	if slices.Contains(before, 0) {
		t.Fatalf("nothing to expire: %v", before)
	}
	if runDaily(t, o); !slices.Equal(rows(), before) {
		t.Errorf("%v became %v although all of it is good", before, rows())
	}
	o.Clock.Set(began.Add(25 * time.Hour))
	if runDaily(t, o); slices.ContainsFunc(rows(), func(n int) bool { return n != 0 }) {
		t.Errorf("after a day there are %v", rows())
	}
	o.Sound(t)
}
