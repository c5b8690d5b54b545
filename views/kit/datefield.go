package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app/i18n"
	"clientele/assets/icons"
)

// DateFormat reads and writes dates as the person is used to. Only the year,
// month and day of the times count.
type DateFormat struct {
	Parse  func(text string) (time.Time, error)
	Format func(time.Time) string
	Hint   string           // shown while the field is empty, such as YYYY-MM-DD
	Today  func() time.Time // where the calendar opens while no date is filled in
}

// DateField is a field for a day: typed, or picked from a calendar. Being empty
// is a value too, and means no date.
type DateField struct {
	entry  *Entry
	format DateFormat
	hide   func()
}

// NewDateField returns an empty field.
func NewDateField(f DateFormat) *DateField {
	d := &DateField{entry: NewEntry(), format: f}
	d.entry.Limit = 40
	d.entry.SetPlaceHolder(f.Hint)
	d.entry.Whole = true
	NewOpener(d.entry, icons.Calendar, d.open)
	d.entry.OnFocus = func(on bool) {
		if on || d.entry.Text == "" {
			return
		}
		if t, err := f.Parse(d.entry.Text); err == nil {
			if s := f.Format(t); s != d.entry.Text {
				d.entry.SetText(s)
			}
		}
	}
	return d
}

func (d *DateField) open() {
	at, err := d.format.Parse(d.entry.Text)
	if err != nil {
		at = d.format.Today()
	}
	set := func(s string) {
		d.hide()
		d.entry.SetText(s)
	}
	cal := NewCalendar(at, d.format.Today(), err == nil)
	cal.OnPick = func(t time.Time) { set(d.format.Format(t)) }
	cal.OnLeave = func() { d.hide() }
	today := NewQuiet(i18n.T("Today"), nil, func() { set(d.format.Format(d.format.Today())) })
	none := NewQuiet(i18n.T("No Date"), nil, func() { set("") })
	today.OnEscape, none.OnEscape = cal.OnLeave, cal.OnLeave
	d.hide = popBelow(d.entry, container.NewVBox(cal.Object(), container.NewGridWithColumns(2, today, none)), 0, cal.Focus(), d.entry)
}

// Object is what is drawn.
func (d *DateField) Object() fyne.CanvasObject { return d.entry }

// Value answers the text; the rules say whether it is a date.
func (d *DateField) Value() string { return d.entry.Text }

// SetValue sets the text.
func (d *DateField) SetValue(v string) { d.entry.SetText(v) }

// Mark shows it as wrong or right.
func (d *DateField) Mark(why string) { d.entry.Mark(why) }

// Focus answers what takes the keyboard.
func (d *DateField) Focus() fyne.Focusable { return d.entry }

func (d *DateField) secret() bool { return false }

func (d *DateField) bind(h hooks) {
	d.entry.OnChanged = func(string) { h.changed() }
	d.entry.OnReturn, d.entry.OnEscape, d.entry.OnRefused = h.submit, h.cancel, h.refused
	d.entry.onFocused = h.focused
}
