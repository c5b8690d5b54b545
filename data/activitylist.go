package data

import (
	"slices"
	"strings"
)

// ActivityFilter narrows the activity log down. The zero value leaves all of it.
type ActivityFilter struct {
	ClientID int64
	Actions  []string
	Who      string
	// From and To are instants in milliseconds, To being the first one after what is wanted; 0 leaves that end open.
	From, To int64
}

// ActivityPlace is a place between two lines of the log. The zero value is the one before the newest line.
type ActivityPlace struct{ At, ID int64 }

// Place is the place right after a line, on the way back in time.
func (a Activity) Place() ActivityPlace { return ActivityPlace{a.At, a.ID} }

// Activities lists up to n lines of the log that come after a place, newest first. They are in the order in which they were written, and where
// nothing but a time is asked for, in that of their times, which is another one only where a clock was set back.
//
// Each combination walks one index in its order until the page is full: that of the client, of each action, of the person, or of the time.
// What else is asked for is looked at on the way.
func (tx *Tx) Activities(f ActivityFilter, after ActivityPlace, n int) ([]Activity, error) {
	var walks []walkedActivity
	switch {
	case f.ClientID != 0:
		merged, err := tx.MergedFrom(f.ClientID)
		if err != nil {
			return nil, err
		}
		walks = []walkedActivity{{where: []string{"client_id = ?"}, args: []any{f.ClientID}}}
		for _, m := range merged { // lines keep the number under which they were written
			walks = append(walks, walkedActivity{where: []string{"client_id = ?"}, args: []any{m.OldID}})
		}
	case len(f.Actions) > 0:
		for _, action := range f.Actions {
			walks = append(walks, walkedActivity{where: []string{"action = ?"}, args: []any{action}})
		}
		f.Actions = nil
	case f.Who != "":
		walks = []walkedActivity{{where: []string{"who = ?"}, args: []any{f.Who}}}
		f.Who = ""
	case f.From != 0 || f.To != 0:
		walks = []walkedActivity{{byTime: true}}
	default:
		walks = []walkedActivity{{}}
	}
	var sql strings.Builder
	var args []any
	for i := range walks {
		w := &walks[i]
		w.narrow(f)
		w.after(after)
		if i > 0 {
			sql.WriteString(" UNION ALL ")
		}
		sql.WriteString("SELECT * FROM (SELECT " + activityColumns + " FROM activity")
		if len(w.where) > 0 {
			sql.WriteString(" WHERE " + strings.Join(w.where, " AND "))
		}
		sql.WriteString(" ORDER BY " + w.order() + " LIMIT ?) w")
		args = append(append(args, w.args...), n)
	}
	var lines []Activity
	if err := tx.db.Raw(sql.String(), args...).Scan(&lines).Error; err != nil {
		return nil, err
	}
	if len(walks) > 1 {
		slices.SortFunc(lines, func(a, b Activity) int { return int(b.ID - a.ID) })
	}
	return lines[:min(n, len(lines))], nil
}

// activityColumns are what lists show.
const activityColumns = "id, at, who, action, client_id, subject, details"

// walkedActivity is the walk along one index.
type walkedActivity struct {
	where  []string
	args   []any
	byTime bool
}

func (w *walkedActivity) and(condition string, args ...any) {
	w.where = append(w.where, condition)
	w.args = append(w.args, args...)
}

// narrow adds what is looked at on the way. The columns are hidden in expressions, or the engine might take their index, and sort.
func (w *walkedActivity) narrow(f ActivityFilter) {
	if len(f.Actions) > 0 {
		w.and("action || '' IN ?", f.Actions)
	}
	if f.Who != "" {
		w.and("who || '' = ?", f.Who)
	}
	at := "at + 0"
	if w.byTime {
		at = "at"
	}
	if f.From != 0 {
		w.and(at+" >= ?", f.From)
	}
	if f.To != 0 {
		w.and(at+" < ?", f.To)
	}
}

func (w *walkedActivity) after(p ActivityPlace) {
	switch {
	case p == ActivityPlace{}:
	case w.byTime:
		w.and("(at, id) < (?, ?)", p.At, p.ID)
	default:
		w.and("id < ?", p.ID)
	}
}

func (w *walkedActivity) order() string {
	if w.byTime {
		return "at DESC, id DESC"
	}
	return "id DESC"
}

// ActivityPeople lists everyone who is in the log, by name. It steps from name to name along their index.
func (tx *Tx) ActivityPeople() ([]string, error) {
	return scan(tx.db.Raw(`WITH RECURSIVE people (who) AS (
			SELECT min(who) FROM activity
			UNION ALL SELECT (SELECT min(a.who) FROM activity a WHERE a.who > people.who) FROM people WHERE people.who IS NOT NULL
		) SELECT who FROM people WHERE who IS NOT NULL`), func(who *string) []any { return []any{who} })
}
