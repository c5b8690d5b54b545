package client

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/markup"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// How the sticky notes lie in the header: so many with a line each, and opened up so high at most.
const (
	stickyLines          = 2
	stickyHeight float32 = 180
)

// stickies is the strip in the header with the sticky notes: a line of each of the newest ones, or, opened up, all of them in full.
type stickies struct {
	widget.BaseWidget
	notes []data.Note
	open  bool
	// grown is called after the height changed, bring to go to the Notes.
	grown, bring func()

	ground *canvas.Rectangle
	inner  *fyne.Container
}

func newStickies(grown, bring func()) *stickies {
	s := &stickies{grown: grown, bring: bring, ground: canvas.NewRectangle(nil), inner: container.NewStack()}
	s.ExtendBaseWidget(s)
	s.Hide()
	return s
}

// show shows these notes.
func (s *stickies) show(notes []data.Note) {
	if slices.Equal(notes, s.notes) {
		return
	}
	s.notes = notes
	if len(notes) == 0 {
		s.open = false
		s.Hide()
	} else {
		s.draw()
		s.Show()
	}
	s.grown()
}

func (s *stickies) toggle() {
	s.open = !s.open
	s.draw()
	s.grown()
}

func (s *stickies) draw() {
	switch {
	case s.open:
		s.inner.Objects = []fyne.CanvasObject{s.full()}
	default:
		s.inner.Objects = []fyne.CanvasObject{s.lines()}
	}
	s.inner.Refresh()
	s.Refresh()
}

// lines is a line of each of the newest notes, with the way to all of them.
func (s *stickies) lines() fyne.CanvasObject {
	const most = 300
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, n := range s.notes[:min(stickyLines, len(s.notes))] {
		rows.Add(kit.Border(nil, nil, widget.NewIcon(icons.Sticky), nil, middle(kit.NewLine(markup.Beginning(n.Body, most), theme.Plain))))
	}
	label := i18n.T("Show Sticky Note")
	if len(s.notes) > 1 {
		label = i18n.N(int64(len(s.notes)), "Show Sticky Note", "Show All %d Sticky Notes")
		if len(s.notes) == app.StickyLimit {
			label = i18n.T("Show Sticky Notes")
		}
	}
	more := container.NewVBox(kit.NewQuiet(label, icons.Down, s.toggle))
	return kit.Border(nil, nil, nil, more, middle(rows))
}

// full is every note as it was written.
func (s *stickies) full() fyne.CanvasObject {
	column := container.New(&kit.Stacked{Gap: theme.Gap})
	for _, n := range s.notes {
		by := kit.NewLine(i18n.T("%s, %s", n.UpdatedBy, mailview.When(n.UpdatedAt)), theme.Muted)
		text, cut := firstPart(n.Body)
		column.Add(kit.Border(nil, nil, container.NewVBox(widget.NewIcon(icons.Sticky)), nil, container.New(&kit.Stacked{}, formatted(text), by)))
		if cut {
			column.Add(container.NewHBox(kit.NewQuiet(i18n.T("Show the Whole Note"), nil, s.bring)))
		}
	}
	less := container.NewVBox(kit.NewQuiet(i18n.T("Show Less"), icons.Ascending, s.toggle), kit.NewQuiet(i18n.T("All Notes"), icons.Note, s.bring))
	return kit.Border(nil, nil, nil, less, container.New(&atMost{stickyHeight, column}, kit.Scrolled(column)))
}

func middle(o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewVBox(layout.NewSpacer(), o, layout.NewSpacer())
}

// atMost is as high as what scrolls in it, up to a height.
type atMost struct {
	height  float32
	content fyne.CanvasObject
}

func (l *atMost) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, min(l.content.MinSize().Height, l.height))
}

func (l *atMost) Layout(o []fyne.CanvasObject, size fyne.Size) { o[0].Resize(size) }

// CreateRenderer is for the toolkit.
func (s *stickies) CreateRenderer() fyne.WidgetRenderer {
	pad := layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, 2*theme.Unit, theme.Unit)
	room := layout.NewCustomPaddedLayout(2*theme.Unit, 0, theme.Unit, theme.Unit) // around the strip
	r := &stickiesRenderer{s: s, object: container.New(room, container.NewStack(s.ground, container.New(pad, s.inner)))}
	r.paint()
	return r
}

type stickiesRenderer struct {
	s      *stickies
	object *fyne.Container
}

func (r *stickiesRenderer) Destroy()                     {}
func (r *stickiesRenderer) Layout(size fyne.Size)        { r.object.Resize(size) }
func (r *stickiesRenderer) MinSize() fyne.Size           { return r.object.MinSize() }
func (r *stickiesRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.object} }

func (r *stickiesRenderer) paint() {
	r.s.ground.FillColor = ftheme.Color(theme.Waiting.Fill())
	r.s.ground.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
}

func (r *stickiesRenderer) Refresh() {
	r.paint()
	r.s.ground.Refresh()
	r.object.Refresh()
}
