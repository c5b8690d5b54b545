package app

import (
	"testing"
	"time"
)

// A year of daily backups with one a week broken: what is left is a week, five weeks and twelve months, and always a sound one.
func TestSuperfluous(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var all []Backup
	for day := range 500 {
		made := now.AddDate(0, 0, -day)
		b := Backup{Name: made.Format(time.DateOnly), Manifest: Manifest{Made: made, Reason: BackupDaily, Verified: made}}
		if day%7 == 3 {
			b.Verified = time.Time{}
		}
		all = append(all, b)
	}
	gone := map[string]bool{}
	for _, b := range superfluous(all, now, time.UTC) {
		gone[b.Name] = true
	}
	left := 0
	for _, b := range all {
		if !gone[b.Name] {
			left++
			if b.Verified.IsZero() {
				t.Errorf("%s was never found sound and stays", b.Name)
			}
		}
	}
	// Seven days, four more weeks, and eleven more months.
	if left < keepDaily+keepWeekly-2+keepMonthly-3 || left > keepDaily+keepWeekly+keepMonthly {
		t.Errorf("%d are left", left)
	}
	// What is left is left the next time too.
	var rest []Backup
	for _, b := range all {
		if !gone[b.Name] {
			rest = append(rest, b)
		}
	}
	if again := superfluous(rest, now, time.UTC); len(again) != 0 {
		t.Errorf("%d more go at once", len(again))
	}
}

func TestSuperfluousKeeps(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	at := func(days int, why BackupReason, sound bool) Backup {
		made := now.AddDate(0, 0, -days)
		b := Backup{Name: made.String() + string(why), Manifest: Manifest{Made: made, Reason: why}}
		if sound {
			b.Verified = made
		}
		return b
	}
	for name, all := range map[string][]Backup{
		"the only sound one, however old": {at(9000, BackupDaily, true)},
		"by hand":                         {at(3000, BackupByHand, true), at(3001, BackupByHand, true), at(3002, BackupByHand, true)},
		"of the future":                   {at(-3, BackupDaily, true), at(-2, BackupDaily, true)},
	} {
		if gone := superfluous(all, now, time.UTC); len(gone) != 0 {
			t.Errorf("%s: %d go", name, len(gone))
		}
	}
	var acts []Backup
	for range keepBefore + 5 { // all of one minute
		acts = append(acts, at(0, BackupDelete, true))
	}
	if gone := superfluous(acts, now, time.UTC); len(gone) != 5 {
		t.Errorf("%d of %d that came before acts go", len(gone), len(acts))
	}
}
