// Package activity is the activity log as people read it: who did what, when, to whom, and what changed. The same list is a tab of each client and a
// page of its own for all of them (SU-5).
package activity

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

const (
	// pageSize is how many lines are read at once.
	pageSize = 200
	// reloadEvery is how often the list is read anew while much is being done.
	reloadEvery = 400 * time.Millisecond
)

// List is the log of one client, or of all, with the chips that narrow it down and what changed in the line under the cursor.
type List struct {
	d      *desk.Desk
	load   *task.Loader[[]app.LogLine]
	people *task.Loader[[]string]

	filter *filterBar
	seen   bool
	focus  fyne.Canvas // where the list takes the keyboard once it is there
	stale  func()      // stops the reload that is due
	more   bool        // there may be older ones
	lines  []app.LogLine
	rows   []*kit.Row

	grid   *kit.Grid
	detail *detail
	list   *fyne.Container // grid and detail
	middle *fyne.Container
	object fyne.CanvasObject
}

// NewList returns the log of a client, or of all where the number is 0. It reads nothing before it is first shown.
func NewList(d *desk.Desk, clientID int64) *List {
	l := &List{d: d, load: task.NewLoader[[]app.LogLine](d.Run), people: task.NewLoader[[]string](d.Run), detail: newDetail()}
	l.filter = newFilterBar(d, clientID, l.restart)
	l.grid = kit.NewGrid(d.Run, columns(clientID == 0)...)
	l.grid.OnSelect = func(int) { l.choose() }
	l.grid.SetSource(l)
	if clientID == 0 {
		l.grid.OnOpen = l.open
		l.grid.Menu = l.menu
	}
	export := kit.NewButton(i18n.T("Export…"), icons.Export, l.export)
	top := kit.Border(nil, nil, nil, export, l.filter.chips)
	l.list = kit.Border(nil, l.detail.object, nil, nil, l.grid)
	l.middle = container.NewStack()
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Inset, theme.Inset, theme.Inset)
	below := layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0)
	l.object = container.New(pad, kit.Border(container.New(below, top), nil, nil, nil, l.middle))
	return l
}

func columns(all bool) []kit.Column {
	cols := []kit.Column{
		{Key: "when", Title: i18n.T("When"), Width: 140},
		{Key: "who", Title: i18n.T("Person"), Width: 110},
	}
	if all {
		cols = append(cols, kit.Column{Key: "client", Title: i18n.T("Client"), Width: 150, Grow: true})
	}
	return append(cols,
		kit.Column{Key: "what", Title: i18n.T("What"), Width: 160},
		kit.Column{Key: "about", Title: i18n.T("About"), Width: 130, Grow: true},
		kit.Column{Key: "details", Title: i18n.T("What changed"), Width: 260, Grow: true},
	)
}

// row is how a line is drawn.
func (l *List) row(line app.LogLine) *kit.Row {
	cells := []string{mailview.When(line.At), line.Who}
	if l.filter.clientID == 0 {
		cells = append(cells, line.Client)
	}
	return &kit.Row{Cells: append(cells, line.Words, line.About(), strings.ReplaceAll(line.Told(), "\n", "  ·  "))}
}

// Object is what is drawn.
func (l *List) Object() fyne.CanvasObject { return l.object }

// Show is called each time the list comes to the front of a canvas. It then takes the keyboard.
func (l *List) Show(c fyne.Canvas) {
	l.focus = c
	if !l.seen {
		l.seen = true
		l.restart()
		l.readPeople()
		return
	}
	l.takeFocus()
}

func (l *List) takeFocus() {
	if l.focus != nil {
		kit.Begin(l.focus, l.middle)
	}
	l.focus = nil
}

// Changed reads what is new, at most some times a second however much is done. Each act writes into the log, whatever it is about.
func (l *List) Changed(c app.Change) {
	id := l.filter.clientID
	if !l.seen || l.stale != nil || id != 0 && c.ClientID != 0 && c.ClientID != id {
		return
	}
	l.stale = l.d.Run.After(reloadEvery, func() {
		l.stale = nil
		l.refresh()
	})
}

// readPeople offers those who are in the log.
func (l *List) readPeople() {
	l.people.Load(l.d.App.Log.People, func(people []string, err error) {
		if err != nil {
			l.d.Fail(err)
			return
		}
		l.filter.people = people
	})
}

// restart shows the log from its newest line.
func (l *List) restart() {
	if !l.seen {
		return
	}
	l.read(data.ActivityPlace{}, func(lines []app.LogLine) {
		l.lines, l.rows = nil, nil
		l.grid.Reset()
		l.add(lines)
	})
}

// refresh puts the lines that are new before those that are there. The cursor stays on its line.
func (l *List) refresh() {
	l.read(data.ActivityPlace{}, func(lines []app.LogLine) {
		if len(l.lines) > 0 {
			i := slices.IndexFunc(lines, func(x app.LogLine) bool { return x.ID == l.lines[0].ID })
			switch {
			case i == 0:
				return
			case i > 0:
				l.more = true // how far it reaches back is not known by this page
				lines = append(lines[:i:i], l.lines...)
			}
		}
		at := int64(0)
		if i := l.grid.Cursor(); i >= 0 {
			at = l.lines[i].ID
		}
		l.lines, l.rows = nil, nil
		l.add(lines)
		if i := slices.IndexFunc(l.lines, func(x app.LogLine) bool { return x.ID == at }); i != l.grid.Cursor() {
			l.grid.Select(i)
		}
	})
}

// older reads on where the list ends.
func (l *List) older() {
	if !l.more || l.load.Busy() || len(l.lines) == 0 {
		return
	}
	l.read(l.lines[len(l.lines)-1].Place(), l.add)
}

// read reads a page after a place.
func (l *List) read(after data.ActivityPlace, came func([]app.LogLine)) {
	f := l.filter.filter()
	l.load.Load(func(ctx context.Context) ([]app.LogLine, error) { return l.d.App.Log.List(ctx, f, after, pageSize) }, func(lines []app.LogLine, err error) {
		if err != nil {
			if len(l.lines) > 0 {
				l.d.Fail(err)
			} else {
				l.fill(l.d.ErrorState(err, l.restart))
			}
			return
		}
		l.more = len(lines) == pageSize
		came(lines)
		l.takeFocus()
	})
}

// add appends lines.
func (l *List) add(lines []app.LogLine) {
	for _, line := range lines {
		l.lines = append(l.lines, line)
		l.rows = append(l.rows, l.row(line))
	}
	switch {
	case len(l.lines) > 0:
		l.fill(l.list)
	case l.filter.any():
		l.fill(kit.NewEmptyState(icons.History, i18n.T("Nothing was done that fits"), "", kit.NewButton(i18n.T("Clear Filters"), nil, l.filter.clear)))
	default:
		l.fill(kit.NewEmptyState(icons.History, i18n.T("Nothing was done yet"), i18n.T("Every change is listed here: who, when, from what to what."), nil))
	}
	l.grid.Update()
	l.choose()
}

func (l *List) fill(o fyne.CanvasObject) {
	kit.Swap(l.d.Canvas(), l.middle, o)
}

// choose shows the whole of the line under the cursor.
func (l *List) choose() {
	was := l.detail.object.Visible()
	if i := l.grid.Cursor(); i >= 0 && i < len(l.lines) {
		l.detail.show(l.lines[i])
	} else {
		l.detail.object.Hide()
	}
	if l.detail.object.Visible() != was {
		l.list.Refresh() // there is more room, or less
	}
}

// open goes to the client of a line.
func (l *List) open(row int) {
	if line := l.lines[row]; line.ClientID != nil && line.Client != "" {
		l.d.Go.Client(*line.ClientID)
	}
}

func (l *List) menu(row int) *fyne.Menu {
	line := l.lines[row]
	if line.ClientID == nil || line.Client == "" {
		return nil
	}
	return fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Open %s", line.Client), func() { l.open(row) }))
}

// Len is for the grid.
func (l *List) Len() int { return len(l.rows) }

// Row is for the grid.
func (l *List) Row(i int) *kit.Row { return l.rows[i] }

// Want is for the grid; nearing the end reads on.
func (l *List) Want(_, last int) {
	if last >= len(l.rows)-1 {
		l.older()
	}
}
