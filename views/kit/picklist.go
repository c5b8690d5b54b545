package kit

import (
	"image/color"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/views/theme"
)

// Pick is one line that can be picked from a [PickList].
type Pick struct {
	Title  string
	Detail string // said of it at the right, in muted words
	Do     func() // what picking it does
}

// pickRows is how many lines a list shows at once where there is room for them.
const pickRows = 10

// PickList is a field above a list that follows what is typed into it: the
// command palette, and the choice among many. Arrows move, Enter picks, Escape
// leaves; the keyboard stays in the field.
type PickList struct {
	widget.BaseWidget
	// OnQuery is called with each new text and calls SetPicks, at once or later.
	OnQuery func(query string)
	// OnLeave is called for Escape, and before a pick is done.
	OnLeave func()

	entry *Entry
	list  *pickRowsView
	picks []Pick
	at    int
	first int
	rows  int // how many lines are shown at once
	// looked tells that all has answered what was typed.
	looked bool
}

// NewPickList returns a list whose field shows a hint while it is empty.
func NewPickList(hint string) *PickList {
	p := &PickList{entry: NewEntry(), rows: pickRows}
	p.entry.SetPlaceHolder(hint)
	p.entry.Limit = 200
	p.entry.OnChanged = func(s string) {
		p.looked = false
		if p.OnQuery != nil {
			p.OnQuery(s)
		}
	}
	p.entry.OnReturn = func() { p.pick(p.at) }
	p.entry.OnEscape = p.leave
	p.entry.OnKey = p.key
	p.list = newPickRowsView(p)
	p.ExtendBaseWidget(p)
	return p
}

// SetPicks shows other lines, with the first chosen.
func (p *PickList) SetPicks(picks []Pick) {
	p.picks, p.at, p.first = picks, 0, 0
	p.list.draw()
}

// Answered shows the lines that all together answer what was typed. Where there are none, the list says so.
func (p *PickList) Answered(picks []Pick) {
	p.looked = true
	p.SetPicks(picks)
}

// Nothing tells whether the list says that nothing was found.
func (p *PickList) Nothing() bool { return p.looked && len(p.picks) == 0 }

// SetQuery fills in the field, as if it had been typed: what is typed next
// follows it.
func (p *PickList) SetQuery(s string) {
	p.entry.SetText(s)
	p.entry.CursorRow, p.entry.CursorColumn = 0, utf8.RuneCountInString(s)
	p.entry.Refresh()
}

func (p *PickList) key(k fyne.KeyName) bool {
	switch k {
	case fyne.KeyDown:
		p.move(p.at + 1)
	case fyne.KeyUp:
		p.move(p.at - 1)
	case fyne.KeyPageDown:
		p.move(min(p.at+p.rows, len(p.picks)-1))
	case fyne.KeyPageUp:
		p.move(max(p.at-p.rows, 0))
	default:
		return false
	}
	return true
}

func (p *PickList) move(to int) {
	if len(p.picks) == 0 {
		return
	}
	p.at = (to + len(p.picks)) % len(p.picks)
	p.first = min(max(p.first, p.at-p.rows+1), p.at)
	p.list.draw()
}

func (p *PickList) leave() {
	if p.OnLeave != nil {
		p.OnLeave()
	}
}

func (p *PickList) pick(i int) {
	if i < 0 || i >= len(p.picks) {
		return
	}
	do := p.picks[i].Do
	p.leave()
	if do != nil {
		do()
	}
}

// CreateRenderer is for the toolkit.
func (p *PickList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Border(p.entry, nil, nil, nil, padded(theme.Unit, p.list)))
}

// pickRowsView draws the lines of a PickList.
type pickRowsView struct {
	widget.BaseWidget
	p       *PickList
	on      *canvas.Rectangle
	titles  [pickRows]*canvas.Text
	details [pickRows]*canvas.Text
	none    *canvas.Text // said where nothing answers what was typed
	cut     *cutter
}

var (
	_ fyne.Tappable     = (*pickRowsView)(nil)
	_ fyne.Scrollable   = (*pickRowsView)(nil)
	_ desktop.Hoverable = (*pickRowsView)(nil)
)

func newPickRowsView(p *PickList) *pickRowsView {
	v := &pickRowsView{p: p, on: canvas.NewRectangle(color.Transparent), none: canvas.NewText("", color.Transparent)}
	for i := range v.titles {
		v.titles[i] = canvas.NewText("", color.Transparent)
		v.details[i] = canvas.NewText("", color.Transparent)
		v.details[i].Alignment = fyne.TextAlignTrailing
	}
	v.ExtendBaseWidget(v)
	return v
}

func (v *pickRowsView) draw() {
	if v.cut == nil || v.cut.size != ftheme.TextSize() {
		v.cut = newCutter(ftheme.TextSize(), fyne.TextStyle{})
	}
	w, h, p := v.Size().Width, theme.RowHeight(), v.p
	if w <= 0 {
		return
	}
	v.on.FillColor = ftheme.Color(theme.ColorNameRowOn)
	v.on.CornerRadius = theme.Unit
	setVisible(v.on, len(p.picks) > 0)
	nothing := p.looked && len(p.picks) == 0
	setVisible(v.none, nothing)
	if nothing {
		setText(v.none, i18n.T("Nothing found"), ftheme.Color(theme.ColorNameMuted))
		place(v.none, cellInset, 0, w-2*cellInset, h)
	}
	place(v.on, 0, float32(p.at-p.first)*h, w, h)
	v.on.Refresh()
	for i := range pickRows {
		n := p.first + i
		shown := i < p.rows && n < len(p.picks)
		setVisible(v.titles[i], shown)
		setVisible(v.details[i], shown)
		if !shown {
			continue
		}
		detail, _ := v.cut.fit(p.picks[n].Detail, w/2)
		room := w - 3*cellInset - v.cut.width(detail)
		title, _ := v.cut.fit(p.picks[n].Title, room)
		y := float32(i) * h
		setText(v.titles[i], visual(title), ftheme.Color(ftheme.ColorNameForeground))
		setText(v.details[i], visual(detail), ftheme.Color(theme.ColorNameMuted))
		place(v.titles[i], cellInset, y, room, h)
		place(v.details[i], cellInset, y, w-2*cellInset, h)
	}
}

// setText changes a text object only where it differs.
func setText(t *canvas.Text, s string, col color.Color) {
	if size := ftheme.TextSize(); t.Text != s || t.Color != col || t.TextSize != size {
		t.Text, t.Color, t.TextSize = s, col, size
		t.Refresh()
	}
}

func (v *pickRowsView) rowAt(y float32) int {
	i := v.p.first + int(y/theme.RowHeight())
	if y < 0 || i >= len(v.p.picks) || i >= v.p.first+v.p.rows {
		return -1
	}
	return i
}

func (v *pickRowsView) Tapped(ev *fyne.PointEvent) { v.p.pick(v.rowAt(ev.Position.Y)) }

func (v *pickRowsView) Scrolled(ev *fyne.ScrollEvent) {
	step := 1
	if ev.Scrolled.DY > 0 {
		step = -1
	}
	most := max(len(v.p.picks)-v.p.rows, 0)
	v.p.first = min(max(v.p.first+step, 0), most)
	v.p.at = min(max(v.p.at, v.p.first), v.p.first+v.p.rows-1)
	v.draw()
}

func (v *pickRowsView) MouseIn(ev *desktop.MouseEvent) { v.MouseMoved(ev) }

func (v *pickRowsView) MouseMoved(ev *desktop.MouseEvent) {
	if i := v.rowAt(ev.Position.Y); i >= 0 && i != v.p.at {
		v.p.at = i
		v.draw()
	}
}

func (v *pickRowsView) MouseOut() {}

func (v *pickRowsView) CreateRenderer() fyne.WidgetRenderer { return &pickRowsRenderer{v} }

type pickRowsRenderer struct{ v *pickRowsView }

func (r *pickRowsRenderer) Destroy()         {}
func (r *pickRowsRenderer) Layout(fyne.Size) { r.v.draw() }
func (r *pickRowsRenderer) Refresh()         { r.v.draw() }
func (r *pickRowsRenderer) MinSize() fyne.Size {
	return fyne.NewSize(200, float32(r.v.p.rows)*theme.RowHeight())
}

func (r *pickRowsRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.v.on, r.v.none}
	for i := range r.v.titles {
		out = append(out, r.v.titles[i], r.v.details[i])
	}
	return out
}

// Picks answers the lines that are offered now.
func (p *PickList) Picks() []Pick { return append([]Pick(nil), p.picks...) }
