package kit

import (
	"image/color"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/theme"
)

// Calendar shows a month, in the language of the windows, and picks one of its days. The arrow keys go by days and weeks, Page Up and Page Down by months, Home and End
// to the ends of a month; Enter picks the day that they are on.
type Calendar struct {
	// OnPick is called with the day that was picked.
	OnPick func(time.Time)
	// OnLeave is called for Escape.
	OnLeave func()

	days   *monthDays
	title  *Para
	object fyne.CanvasObject
}

// NewCalendar returns a calendar on a day, which is marked as chosen where that is so. Only the year, month and day of the times count.
func NewCalendar(at, today time.Time, chosen bool) *Calendar {
	c := &Calendar{title: NewLine("", theme.Plain)}
	c.days = newMonthDays(c, dayOf(at), dayOf(today), chosen)
	back := NewQuiet("", icons.Left, func() { c.days.goMonths(-1) })
	on := NewQuiet("", icons.Right, func() { c.days.goMonths(1) })
	for _, b := range []*Button{back, on} {
		b.OnEscape = c.leave
	}
	c.object = Border(Border(nil, nil, nil, container.NewHBox(back, on), container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 2*theme.Unit, 0), c.title)), nil, nil, nil, c.days)
	c.name()
	return c
}

// Object is what is drawn.
func (c *Calendar) Object() fyne.CanvasObject { return c.object }

// Focus answers what takes the keyboard: the days.
func (c *Calendar) Focus() fyne.Focusable { return c.days }

// Title answers which month is shown, in words.
func (c *Calendar) Title() string { return monthOf(c.days.at) }

func (c *Calendar) name() { c.title.Set(c.Title(), theme.Plain) }

func (c *Calendar) leave() {
	if c.OnLeave != nil {
		c.OnLeave()
	}
}

// dayOf is a day at noon of UTC, so that steps of 24 hours go from day to day.
func dayOf(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
}

// monthOf is the month of a day in words, with its year.
func monthOf(t time.Time) string {
	months := [...]string{
		i18n.T("January"), i18n.T("February"), i18n.T("March"), i18n.T("April"), i18n.T("May"), i18n.T("June"),
		i18n.T("July"), i18n.T("August"), i18n.T("September"), i18n.T("October"), i18n.T("November"), i18n.T("December"),
	}
	return i18n.T("%s %s", months[t.Month()-time.January], strconv.Itoa(t.Year()))
}

// The calendar has a line for the names of the days above the most weeks that a month touches.
const (
	weekDays  = 7
	monthRows = 7
)

// monthDays are the days of one month, one of which has the keyboard.
type monthDays struct {
	widget.BaseWidget
	of        *Calendar
	at, today time.Time
	chosen    time.Time // zero where no day was chosen before
	first     time.Weekday
	hot       int // the cell below the pointer, or -1
	focused   bool
	grounds   []*canvas.Rectangle
	texts     []*canvas.Text // the names of the days, then the days
}

var (
	_ fyne.Tappable      = (*monthDays)(nil)
	_ fyne.Focusable     = (*monthDays)(nil)
	_ desktop.Hoverable  = (*monthDays)(nil)
	_ desktop.Cursorable = (*monthDays)(nil)
	_ fyne.Accessible    = (*monthDays)(nil)
)

func newMonthDays(of *Calendar, at, today time.Time, chosen bool) *monthDays {
	m := &monthDays{of: of, at: at, today: today, first: i18n.CurrentLocale().WeekStart(), hot: -1}
	if chosen {
		m.chosen = at
	}
	for range weekDays * monthRows {
		m.grounds = append(m.grounds, canvas.NewRectangle(color.Transparent))
		m.texts = append(m.texts, canvas.NewText("", color.Transparent))
	}
	m.ExtendBaseWidget(m)
	return m
}

// before is how many cells of the first week belong to the month before.
func (m *monthDays) before() int {
	begin := m.at.AddDate(0, 0, 1-m.at.Day())
	return (int(begin.Weekday()) - int(m.first) + weekDays) % weekDays
}

// length is how many days the month has.
func (m *monthDays) length() int {
	return time.Date(m.at.Year(), m.at.Month()+1, 0, 12, 0, 0, 0, time.UTC).Day()
}

// day is the day of a cell, or 0 where it has none.
func (m *monthDays) day(cell int) int {
	d := cell - weekDays - m.before() + 1
	if cell < weekDays || d < 1 || d > m.length() {
		return 0
	}
	return d
}

func (m *monthDays) goTo(day time.Time) {
	if y := day.Year(); y < 1 || y > 9999 {
		return
	}
	m.at = day
	m.of.name()
	m.Refresh()
}

// goMonths goes to the same day of another month, or the last one where that is shorter.
func (m *monthDays) goMonths(by int) {
	first := m.at.AddDate(0, 0, 1-m.at.Day()).AddDate(0, by, 0)
	last := first.AddDate(0, 1, -1).Day()
	m.goTo(first.AddDate(0, 0, min(m.at.Day(), last)-1))
}

func (m *monthDays) pick(day int) {
	if day == 0 || m.of.OnPick == nil {
		return
	}
	m.of.OnPick(m.at.AddDate(0, 0, day-m.at.Day()))
}

func (m *monthDays) cellAt(p fyne.Position) int {
	each := m.each()
	col, row := int(p.X/each.Width), int(p.Y/each.Height)
	if p.X < 0 || p.Y < 0 || col >= weekDays || row >= monthRows {
		return -1
	}
	return row*weekDays + col
}

// each is the size of a cell.
func (m *monthDays) each() fyne.Size {
	s := m.Size()
	return fyne.NewSize(max(s.Width/weekDays, 1), max(s.Height/monthRows, 1))
}

// Tapped is for the toolkit.
func (m *monthDays) Tapped(ev *fyne.PointEvent) { m.pick(m.day(m.cellAt(ev.Position))) }

// TypedRune is for the toolkit.
func (m *monthDays) TypedRune(rune) {}

// TypedKey is for the toolkit.
func (m *monthDays) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		m.goTo(m.at.AddDate(0, 0, -1))
	case fyne.KeyRight:
		m.goTo(m.at.AddDate(0, 0, 1))
	case fyne.KeyUp:
		m.goTo(m.at.AddDate(0, 0, -weekDays))
	case fyne.KeyDown:
		m.goTo(m.at.AddDate(0, 0, weekDays))
	case fyne.KeyPageUp:
		m.goMonths(-1)
	case fyne.KeyPageDown:
		m.goMonths(1)
	case fyne.KeyHome:
		m.goTo(m.at.AddDate(0, 0, 1-m.at.Day()))
	case fyne.KeyEnd:
		m.goTo(m.at.AddDate(0, 0, m.length()-m.at.Day()))
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		m.pick(m.at.Day())
	case fyne.KeyEscape:
		m.of.leave()
	}
}

// FocusGained is for the toolkit.
func (m *monthDays) FocusGained() { m.focused = true; m.Refresh() }

// FocusLost is for the toolkit.
func (m *monthDays) FocusLost() { m.focused = false; m.Refresh() }

// MouseIn is for the toolkit.
func (m *monthDays) MouseIn(ev *desktop.MouseEvent) { m.point(m.cellAt(ev.Position)) }

// MouseMoved is for the toolkit.
func (m *monthDays) MouseMoved(ev *desktop.MouseEvent) { m.point(m.cellAt(ev.Position)) }

// MouseOut is for the toolkit.
func (m *monthDays) MouseOut() { m.point(-1) }

func (m *monthDays) point(cell int) {
	if cell != m.hot {
		m.hot = cell
		m.Refresh()
	}
}

// Cursor is for the toolkit.
func (m *monthDays) Cursor() desktop.Cursor {
	if m.day(m.hot) != 0 {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

// AccessibilityLabel is for screen readers.
func (m *monthDays) AccessibilityLabel() string {
	return strconv.Itoa(m.at.Day()) + " " + monthOf(m.at)
}

// AccessibilityRole is for screen readers.
func (m *monthDays) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (m *monthDays) CreateRenderer() fyne.WidgetRenderer {
	r := &monthRenderer{m: m}
	for i := range m.grounds {
		r.objects = append(r.objects, m.grounds[i], m.texts[i])
	}
	r.paint()
	return r
}

type monthRenderer struct {
	m       *monthDays
	objects []fyne.CanvasObject
}

func (r *monthRenderer) Destroy()                     {}
func (r *monthRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *monthRenderer) MinSize() fyne.Size {
	widest := float32(0)
	for _, name := range dayNames() {
		widest = max(widest, fyne.MeasureText(name, ftheme.TextSize(), fyne.TextStyle{}).Width)
	}
	return fyne.NewSize(weekDays*max(widest+2*theme.Unit, theme.RowHeight()+theme.Unit), monthRows*theme.RowHeight())
}

func (r *monthRenderer) Layout(fyne.Size) {
	each := r.m.each()
	for i := range r.m.grounds {
		x, y := each.Width*float32(i%weekDays), each.Height*float32(i/weekDays)
		place(r.m.grounds[i], x+1, y+1, each.Width-2, each.Height-2)
		place(r.m.texts[i], x, y, each.Width, each.Height)
	}
}

func (r *monthRenderer) Refresh() {
	r.paint()
	r.Layout(r.m.Size())
	for _, o := range r.objects {
		canvas.Refresh(o)
	}
}

func (r *monthRenderer) paint() {
	m, names := r.m, dayNames()
	begin := m.at.AddDate(0, 0, 1-m.at.Day())
	for i, text := range m.texts {
		ground := m.grounds[i]
		text.Alignment, text.TextSize, text.TextStyle = fyne.TextAlignCenter, ftheme.TextSize(), fyne.TextStyle{}
		ground.FillColor, ground.StrokeWidth, ground.CornerRadius = color.Transparent, 0, theme.Unit
		if i < weekDays {
			text.Text, text.Color = names[(int(m.first)+i)%weekDays], ftheme.Color(theme.ColorNameMuted)
			continue
		}
		d := m.day(i)
		if d == 0 {
			text.Text = ""
			continue
		}
		day := begin.AddDate(0, 0, d-1)
		text.Text, text.Color = strconv.Itoa(d), ftheme.Color(ftheme.ColorNameForeground)
		switch {
		case day.Equal(m.chosen):
			ground.FillColor, text.Color = ftheme.Color(ftheme.ColorNamePrimary), ftheme.Color(ftheme.ColorNameForegroundOnPrimary)
		case i == m.hot:
			ground.FillColor = ftheme.Color(ftheme.ColorNameHover)
		}
		if day.Equal(m.today) {
			text.TextStyle.Bold = true
			if !day.Equal(m.chosen) {
				text.Color = ftheme.Color(ftheme.ColorNamePrimary)
			}
		}
		if m.focused && day.Equal(m.at) {
			ground.StrokeColor, ground.StrokeWidth = ftheme.Color(ftheme.ColorNamePrimary), 2
			if day.Equal(m.chosen) {
				ground.StrokeColor = ftheme.Color(ftheme.ColorNameForeground)
			}
		}
	}
}

// dayNames are the short names of the days of a week, from Sunday.
func dayNames() [weekDays]string {
	return [weekDays]string{i18n.T("Sun"), i18n.T("Mon"), i18n.T("Tue"), i18n.T("Wed"), i18n.T("Thu"), i18n.T("Fri"), i18n.T("Sat")}
}
