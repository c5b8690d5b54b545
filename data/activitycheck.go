package data

import (
	"bytes"
	"fmt"
	"math"

	"gorm.io/gorm"
)

// lookAhead is how many lines after a broken one are read to tell what happened to it.
const lookAhead = 1000

// CheckActivity walks the log and says in words which line was changed, taken out, put in or moved, or "" where every line follows from the one before. It
// returns the number of lines and the last hash. It cannot know of lines after the last one: see ActivityEnd.
func (tx *Tx) CheckActivity(step func(int)) (broken string, n int64, chain []byte, err error) {
	var previous Activity
	from := int64(math.MinInt64)
	for {
		var lines []Activity
		if err := tx.db.Where("id >= ?", from).Order("id").Limit(2000).Find(&lines).Error; err != nil {
			return "", n, chain, err
		}
		if len(lines) == 0 {
			return "", n, previous.Chain, nil
		}
		for _, a := range lines {
			switch {
			case a.ID <= 0:
				return fmt.Sprintf("line %d was put in before the first line of the activity log", a.ID), n, nil, nil
			case a.ID != previous.ID+1:
				return missing(previous.ID+1, a.ID-1), n, nil, nil
			case !a.follows(previous.Chain, a.ID):
				broken, err := tx.tellBroken(previous, a.ID)
				return broken, n, nil, err
			}
			previous = a
			n++
		}
		from = previous.ID + 1
		step(len(lines))
	}
}

func missing(first, last int64) string {
	if first == last {
		return fmt.Sprintf("line %d of the activity log is missing", first)
	}
	return fmt.Sprintf("lines %d to %d of the activity log are missing", first, last)
}

// follows tells whether a line is, word for word, the one that was written with a number after a line with the hash previous.
func (a Activity) follows(previous []byte, id int64) bool {
	a.ID = id
	return bytes.Equal(a.link(previous), a.Chain)
}

// tellBroken says what happened where the line with this number does not follow from the one before it: the true one may stand further on.
func (tx *Tx) tellBroken(before Activity, id int64) (string, error) {
	var lines []Activity
	if err := tx.db.Where("id >= ?", id).Order("id").Limit(lookAhead).Find(&lines).Error; err != nil {
		return "", err
	}
	here := lines[0]
	for i, a := range lines[1:] {
		if !a.follows(before.Chain, id) {
			continue
		}
		// What stands before the place where the true line is now has, for the line that stands here, to be what came before it there.
		was := lines[i].Chain
		if i == 0 {
			was = a.Chain
		}
		switch {
		case here.follows(was, a.ID):
			return fmt.Sprintf("lines %d and %d of the activity log changed places", id, a.ID), nil
		case i == 0:
			return fmt.Sprintf("line %d was put into the activity log", id), nil
		}
		return fmt.Sprintf("line %d of the activity log was moved to %d", id, a.ID), nil
	}
	if len(lines) == 1 || lines[1].follows(here.Chain, id+1) {
		return fmt.Sprintf("line %d of the activity log was changed", id), nil
	}
	return fmt.Sprintf("from line %d on the activity log was changed: lines were changed, put in or taken out", id), nil
}

// ActivityLine reads a line of the log. ErrNotFound where it ends before.
func (tx *Tx) ActivityLine(id int64) (Activity, error) {
	var a Activity
	err := translate(tx.db.Take(&a, "id = ?", id).Error)
	return a, err
}

// ActivityEnd reads the newest line of the log, which is a zero one where there is none, and the number of the newest line that was ever written
// as far as the engine knows: where that is higher, the end was cut off.
func (tx *Tx) ActivityEnd() (last Activity, written int64, err error) {
	if err := tx.db.Order("id DESC").Limit(1).Find(&last).Error; err != nil {
		return last, 0, err
	}
	written, err = tx.engine.activityWritten(tx.db)
	return last, max(written, last.ID), err
}

func (e *sqliteEngine) activityWritten(db *gorm.DB) (int64, error) {
	return lastNumber(db, Activity{}.TableName())
}

// activityWritten on PostgreSQL: lines are given their numbers here, which the server's own count knows nothing of.
func (e *postgresEngine) activityWritten(*gorm.DB) (int64, error) { return 0, nil }
