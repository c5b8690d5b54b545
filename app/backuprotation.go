package app

import (
	"fmt"
	"time"
)

// How many automatic backups are kept: the newest of each of so many days, weeks and months that have any, and so many of those that were made before an
// act that could hurt.
const (
	keepDaily   = 7
	keepWeekly  = 5
	keepMonthly = 12
	keepBefore  = 10
)

// superfluous picks the backups that can go, of a list with the newest first. Days, weeks and months are those of a zone. The newest one that was found sound
// always stays, and so does what a person made, what is encrypted, and what came from a time that is yet to come: a clock may have been wrong.
func superfluous(all []Backup, now time.Time, zone *time.Location) (gone []Backup) {
	days, weeks, months := map[string]bool{}, map[string]bool{}, map[string]bool{}
	before, sound := 0, false
	for _, b := range all {
		if b.Made.After(now) || b.Reason == BackupByHand || b.Encrypted {
			continue
		}
		at := b.Made.In(zone)
		year, week := at.ISOWeek()
		keep := false
		if !b.Verified.IsZero() { // one that may be broken takes no other's place
			keep = first(days, at.Format(time.DateOnly), keepDaily)
			keep = first(weeks, fmt.Sprint(year, " ", week), keepWeekly) || keep
			keep = first(months, at.Format("2006-01"), keepMonthly) || keep
			keep = keep || !sound
			sound = true
		}
		if b.Reason != BackupDaily && before < keepBefore {
			before++
			keep = true
		}
		if !keep {
			gone = append(gone, b)
		}
	}
	return gone
}

// first tells whether a backup is the newest of its day, week or month, as long as there are not most of them yet.
func first(seen map[string]bool, of string, most int) bool {
	if seen[of] || len(seen) == most {
		return false
	}
	seen[of] = true
	return true
}
