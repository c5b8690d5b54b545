package kit

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app/i18n"
)

func on(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

// The keyboard reaches each day: by days, weeks, months and to the ends of a month.
func TestCalendarByKeyboard(t *testing.T) {
	tests := []struct {
		from time.Time
		keys []fyne.KeyName
		want string
	}{
		{on(2026, time.March, 9), nil, "2026-03-09"},
		{on(2026, time.March, 1), []fyne.KeyName{fyne.KeyLeft}, "2026-02-28"},
		{on(2024, time.February, 28), []fyne.KeyName{fyne.KeyRight}, "2024-02-29"},
		{on(2026, time.December, 29), []fyne.KeyName{fyne.KeyDown}, "2027-01-05"},
		{on(2026, time.January, 3), []fyne.KeyName{fyne.KeyUp}, "2025-12-27"},
		{on(2026, time.January, 31), []fyne.KeyName{fyne.KeyPageDown}, "2026-02-28"},
		{on(2026, time.March, 31), []fyne.KeyName{fyne.KeyPageUp}, "2026-02-28"},
		{on(2026, time.March, 9), []fyne.KeyName{fyne.KeyEnd}, "2026-03-31"},
		{on(2026, time.March, 9), []fyne.KeyName{fyne.KeyHome}, "2026-03-01"},
		{on(9999, time.December, 31), []fyne.KeyName{fyne.KeyRight, fyne.KeyPageDown}, "9999-12-31"},
	}
	for _, tc := range tests {
		c := NewCalendar(tc.from, on(2026, time.March, 9), true)
		picked := ""
		c.OnPick = func(d time.Time) { picked = d.Format(time.DateOnly) }
		w := window(t, c.Object(), 300, 300)
		w.Canvas().Focus(c.Focus())
		for _, k := range append(tc.keys, fyne.KeyReturn) {
			key(c.Focus(), k)
		}
		if picked != tc.want {
			t.Errorf("from %s by %v: picked %s, want %s", tc.from.Format(time.DateOnly), tc.keys, picked, tc.want)
		}
	}
}

// A click picks the day that is seen there, in a week that begins as it does where the person lives; beside the days nothing is picked.
func TestCalendarByPointer(t *testing.T) {
	before := i18n.CurrentLocale()
	t.Cleanup(func() { i18n.SetLocale(before) })
	for tag, want := range map[string]string{"en-US": "2026-03-02", "de": "2026-03-03", "ar-EG": "2026-03-01"} {
		i18n.SetLocale(i18n.LocaleFor(tag))
		c := NewCalendar(on(2026, time.March, 20), on(2026, time.March, 9), true)
		picked := ""
		c.OnPick = func(d time.Time) { picked += d.Format(time.DateOnly) }
		window(t, c.Object(), 300, 300)
		m := c.days
		each := m.each()
		at := func(col, row int) fyne.Position {
			return fyne.NewPos(each.Width*(float32(col)+0.5), each.Height*(float32(row)+0.5))
		}
		test.TapAt(m, at(0, 0)) // the name of a day
		test.TapAt(m, at(6, 6)) // after the end of the month
		test.TapAt(m, at(1, map[string]int{"en-US": 1, "de": 2, "ar-EG": 1}[tag]))
		if picked != want {
			t.Errorf("%s: picked %q, want %q; the first cell is %q", tag, picked, want, m.texts[0].Text)
		}
	}
}

// The month is said in the language of the windows.
func TestCalendarSpeaks(t *testing.T) {
	if err := i18n.Load("fr", strings.NewReader(`{"March": "mars", "April": "avril", "%s %s": "%s %s", "Tue": "mar."}`)); err != nil {
		t.Fatal(err)
	}
	if err := i18n.SetLanguage("fr"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := i18n.SetLanguage("en"); err != nil {
			t.Error(err)
		}
	})
	c := NewCalendar(on(2026, time.March, 20), on(2026, time.March, 9), true)
	if c.Title() != "mars 2026" || c.title.Text() != "mars 2026" {
		t.Errorf("the month is called %q, shown as %q", c.Title(), c.title.Text())
	}
	window(t, c.Object(), 300, 300)
	key(c.Focus(), fyne.KeyPageDown)
	if c.title.Text() != "avril 2026" || c.days.texts[1].Text != "mar." && c.days.texts[2].Text != "mar." {
		t.Errorf("a month on it is %q, with the days %q, %q", c.title.Text(), c.days.texts[1].Text, c.days.texts[2].Text)
	}
}

// A field opens its calendar by the arrow key, takes the day, and Escape leaves it as it was.
func TestDateFieldByKeyboard(t *testing.T) {
	d := NewDateField(DateFormat{
		Parse:  func(s string) (time.Time, error) { return time.Parse(time.DateOnly, s) },
		Format: func(t time.Time) string { return t.Format(time.DateOnly) },
		Today:  func() time.Time { return on(2026, time.March, 1) },
	})
	w := window(t, d.Object(), 400, 500)
	c := w.Canvas()
	c.Focus(d.Focus())
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyEscape} {
		key(c.Focused(), k)
	}
	if d.Value() != "" || c.Focused() != d.Focus() {
		t.Fatalf("after Escape it says %q, and the keyboard is at %T", d.Value(), c.Focused())
	}
	for _, k := range []fyne.KeyName{fyne.KeyDown, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn} {
		key(c.Focused(), k)
	}
	if d.Value() != "2026-03-09" || c.Focused() != d.Focus() {
		t.Errorf("it says %q, and the keyboard is at %T", d.Value(), c.Focused())
	}
}
