package importing

import (
	"context"
	"errors"
	"io"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
)

// Habits are the ways of writing that the rows of a file show.
type Habits struct {
	// Dates are the layouts in which most of the dates can be read, the likeliest first. With more than one
	// a person has to choose, as 03/04/2026 is in April or in March; with none the file shows no dates.
	Dates []date.Layout
	// DecimalComma tells that amounts of money are written 1.234,50.
	DecimalComma bool
}

// The number of rows that are looked at, and of different dates among them. Files are mostly sorted by date, so few rows would
// show few days of the month.
const (
	habitRows  = 50_000
	habitDates = 1000
)

// Habits looks at the first rows for how dates and amounts are written. What it gives is a proposal; every row
// that does not follow it is reported by Convert.
func (f *File) Habits(ctx context.Context, m Mapping) (Habits, error) {
	rows, err := f.Read(ctx, m)
	if err != nil {
		return Habits{}, err
	}
	dates := map[string]bool{}
	commas, points := 0, 0
	var row Row
	for range habitRows {
		err := rows.Next(&row)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Habits{}, err
		}
		if d := row.values[CreationDate]; d != "" && len(d) <= 40 && len(dates) < habitDates {
			dates[strings.Clone(d)] = true
		}
		switch comma, point := strings.LastIndexByte(row.values[Credit], ','), strings.LastIndexByte(row.values[Credit], '.'); {
		case comma > point && len(row.values[Credit])-comma == 3:
			commas++
		case point > comma && len(row.values[Credit])-point == 3:
			points++
		}
	}
	return Habits{Dates: layoutsOf(dates), DecimalComma: commas > points}, nil
}

// layoutsOf gives the layouts that fit the most of the dates. Asking for all would let one mistyped date
// hide the layout of the others.
func layoutsOf(dates map[string]bool) []date.Layout {
	fits := map[date.Layout]int{}
	best := 0
	for d := range dates {
		for _, l := range date.Detect([]string{d}) {
			fits[l]++
			best = max(best, fits[l])
		}
	}
	var likeliest []string
	for d := range dates {
		all := true
		for l, n := range fits {
			if _, err := l.Parse(d); n == best && err != nil {
				all = false
			}
		}
		if all {
			likeliest = append(likeliest, d)
		}
	}
	// Once more with the dates that all of the best can read, for the order in which to propose them.
	var out []date.Layout
	for _, l := range date.Detect(likeliest) {
		if fits[l] == best {
			out = append(out, l)
		}
	}
	return out
}

// Options are the options for reading by these habits: the likeliest layout of dates, or ISO where there is none.
func (h Habits) Options(f *File, m Mapping) Options {
	o := Options{Header: f.Header, Mapping: m, Dates: date.ISO, Numbers: i18n.LocaleFor("en"), Required: AlwaysRequired}
	if len(h.Dates) > 0 {
		o.Dates = h.Dates[0]
	}
	if h.DecimalComma {
		o.Numbers = i18n.LocaleFor("de")
	}
	return o
}
