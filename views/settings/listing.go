package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/views/kit"
)

// listing is a section with a table of things that are edited in dialogs.
type listing struct {
	kept
	canvas fyne.Canvas
	grid   *kit.Grid
	middle *fyne.Container // the table, or what is said in its place
	root   fyne.CanvasObject
	loaded bool
	// single are the buttons that act on the chosen row.
	single []*kit.Button
}

// build puts the table below a header with the buttons that act on the chosen row, and the one that adds.
func (l *listing) build(c fyne.Canvas, title string, grid *kit.Grid, add *kit.Button, single ...*kit.Button) {
	l.canvas, l.grid, l.single = c, grid, single
	var actions []fyne.CanvasObject
	for _, b := range single {
		actions = append(actions, b)
	}
	l.middle = container.NewStack(grid)
	l.root = under(kit.NewHeader(title, "", append(actions, add)...), l.middle)
	grid.OnSelect = func(int) { l.offer() }
	l.offer()
}

func (l *listing) object() fyne.CanvasObject { return l.root }

// first is the table, or what is said in its place.
func (l *listing) first() fyne.CanvasObject { return l.middle }

// fill shows rows, or something else where there are none.
func (l *listing) fill(rows kit.Rows, empty fyne.CanvasObject) {
	at := l.grid.Cursor()
	l.grid.SetSource(rows)
	if at = min(at, len(rows)-1); at >= 0 {
		l.grid.Select(at)
	}
	if len(rows) == 0 {
		l.instead(empty)
	} else {
		l.instead(l.grid)
	}
	l.offer()
}

func (l *listing) instead(o fyne.CanvasObject) {
	kit.Swap(l.canvas, l.middle, o)
}

// offer lets the buttons be pressed where a row is chosen.
func (l *listing) offer() {
	for _, b := range l.single {
		if l.grid.Cursor() < 0 {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}
