package app

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/exporting"
	"clientele/app/i18n"
	"clientele/data"
)

// Log reads the activity log: who did what, when, to whom, and what changed (SU-5). Nobody writes into it but the acts themselves, and nothing is ever
// changed or removed in it.
type Log struct{ core }

// LogFilter narrows the log down. The zero value leaves all of it.
type LogFilter struct {
	ClientID int64
	Kind     LogKind
	Who      string
	// From and To are the first and the last day, in the zone of this computer; a zero one leaves that end open.
	From, To date.Date
}

// LogLine is a line of the log in words.
type LogLine struct {
	data.Activity
	Kind  LogKind
	Words string // what was done, such as "Profile changed"
	// Client is how the client is called now; empty where the line is about none, or one that is no longer there.
	Client string
}

// About is what the act was done to, where that is not the client: the beginning of a note, the name of a contact.
func (l LogLine) About() string {
	if l.Subject == l.Client || wordsOf(l.Action).self {
		return ""
	}
	return l.Subject
}

// List reads up to n lines that come after a place, newest first; the zero place is the one before the newest line. See data.Activity.Place.
func (s *Log) List(ctx context.Context, f LogFilter, after data.ActivityPlace, n int) (lines []LogLine, err error) {
	err = s.snapshot(ctx, func(tx *data.Tx) (err error) {
		lines, err = s.lines(tx, f.stored(), after, n)
		return err
	})
	return lines, err
}

// lines reads lines and puts them in words.
func (s *Log) lines(tx *data.Tx, f data.ActivityFilter, after data.ActivityPlace, n int) ([]LogLine, error) {
	stored, err := tx.Activities(f, after, n)
	if err != nil || len(stored) == 0 {
		return nil, err
	}
	var ids []int64
	for _, a := range stored {
		if a.ClientID != nil && !slices.Contains(ids, *a.ClientID) {
			ids = append(ids, *a.ClientID)
		}
	}
	names := map[int64]string{}
	if len(ids) > 0 {
		rows, err := tx.ClientRows(ids)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			names[r.ID] = nameOf(data.Client{FirstName: r.FirstName, LastName: r.LastName, Company: r.Company})
		}
		for _, id := range ids {
			if m, err := tx.MergedInto(id); names[id] == "" && err == nil {
				names[id] = m.Name
			}
		}
	}
	lines := make([]LogLine, len(stored))
	for i, a := range stored {
		w := wordsOf(a.Action)
		lines[i] = LogLine{Activity: a, Kind: w.kind, Words: i18n.Text(w.words)}
		if a.ClientID != nil {
			lines[i].Client = names[*a.ClientID]
		}
	}
	return lines, nil
}

// stored is the filter as the store has it.
func (f LogFilter) stored() data.ActivityFilter {
	stored := data.ActivityFilter{ClientID: f.ClientID, Who: f.Who}
	if f.Kind != "" {
		stored.Actions = actionsOf(f.Kind)
		slices.Sort(stored.Actions)
	}
	if !f.From.IsZero() {
		stored.From = startOf(f.From)
	}
	if !f.To.IsZero() {
		stored.To = startOf(f.To.AddDays(1))
	}
	return stored
}

// Kinds lists the kinds of acts that there can be, in the order in which they are offered.
func (s *Log) Kinds() []LogKind {
	var all []LogKind
	for _, k := range logKinds {
		if len(actionsOf(k.kind)) > 0 {
			all = append(all, k.kind)
		}
	}
	return all
}

// People lists everyone who is in the log, by name.
func (s *Log) People(ctx context.Context) (people []string, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		people, err = tx.ActivityPeople()
		return err
	})
	return people, err
}

// logColumns are the columns of an exported log. The times are those of UTC, and acts have their names as well as their words, for programs.
var logColumns = []struct {
	name  string
	value func(l LogLine) string
}{
	{"Line", func(l LogLine) string { return strconv.FormatInt(l.ID, 10) }},
	{"Time", func(l LogLine) string { return data.Instant(l.At).Format("2006-01-02T15:04:05.000Z") }},
	{"Person", func(l LogLine) string { return l.Who }},
	{"Client ID", func(l LogLine) string {
		if l.ClientID == nil {
			return ""
		}
		return strconv.FormatInt(*l.ClientID, 10)
	}},
	{"Client", func(l LogLine) string { return l.Client }},
	{"Act", func(l LogLine) string { return l.Action }},
	{"What", func(l LogLine) string { return l.Words }},
	{"About", func(l LogLine) string { return l.About() }},
	{"Details", func(l LogLine) string { return strings.TrimSpace(l.Details) }},
}

// startOf is when a day begins in the zone of this computer, in milliseconds.
func startOf(d date.Date) int64 {
	y, m, day := d.Date()
	return time.Date(y, m, day, 0, 0, 0, 0, time.Local).UnixMilli()
}

// Export writes the lines that a filter leaves to a file, newest first, whole or not at all, and tells how many. All are of one moment.
func (s *Log) Export(ctx context.Context, path string, format exporting.Format, f LogFilter, p Progress) (int, error) {
	header := make([]string, len(logColumns))
	for i, c := range logColumns {
		header[i] = c.name
	}
	return writeList(ctx, path, format, header, func(yield func([]string, error) bool) {
		stop := false
		err := known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
			const page = 500
			var at data.ActivityPlace
			row := make([]string, len(logColumns))
			for {
				lines, err := s.lines(tx, f.stored(), at, page)
				if err != nil {
					return err
				}
				for _, l := range lines {
					for i, c := range logColumns {
						row[i] = c.value(l)
					}
					if !yield(row, nil) {
						stop = true
						return errNoMore
					}
				}
				p.Add(int64(len(lines)))
				if len(lines) < page {
					return ctx.Err()
				}
				at = lines[len(lines)-1].Place()
			}
		}))
		if err != nil && !stop {
			yield(nil, err)
		}
	})
}
