package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/theme"
)

// tabStrip is the row of tabs. It is one place for the Tab key: the arrow keys, Home and End go along it, Enter or Space shows the tab with the keyboard, and
// Delete closes it.
type tabStrip struct {
	widget.BaseWidget
	tabs    *Tabs
	row     *fyne.Container
	at      int // the tab with the keyboard, while the strip has it
	focused bool
}

var (
	_ fyne.Focusable  = (*tabStrip)(nil)
	_ fyne.Accessible = (*tabStrip)(nil)
)

func newTabStrip(t *Tabs) *tabStrip {
	s := &tabStrip{tabs: t, row: container.New(&tabLayout{})}
	s.ExtendBaseWidget(s)
	return s
}

func (s *tabStrip) rebuild() {
	s.row.RemoveAll()
	for i, x := range s.tabs.tabs {
		s.row.Add(newTabButton(s.tabs, x, i == s.tabs.shown))
	}
	s.point(s.tabs.shown)
}

// point moves the keyboard to the tab with that place.
func (s *tabStrip) point(at int) {
	s.at = max(min(at, len(s.row.Objects)-1), 0)
	for i, o := range s.row.Objects {
		b := o.(*tabButton)
		if on := s.focused && i == s.at; on != b.focused {
			b.focused = on
			b.paint()
		}
	}
}

// FocusGained is for the toolkit.
func (s *tabStrip) FocusGained() {
	s.focused = true
	s.point(s.tabs.shown)
	Reveal(s)
}

// FocusLost is for the toolkit.
func (s *tabStrip) FocusLost() {
	s.focused = false
	s.point(s.at)
}

// TypedRune is for the toolkit.
func (s *tabStrip) TypedRune(rune) {}

// TypedKey is for the toolkit.
func (s *tabStrip) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) || s.at >= len(s.tabs.tabs) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		s.point(s.at - 1)
	case fyne.KeyRight:
		s.point(s.at + 1)
	case fyne.KeyHome:
		s.point(0)
	case fyne.KeyEnd:
		s.point(len(s.tabs.tabs) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		s.tabs.Go(s.tabs.tabs[s.at].key)
	case fyne.KeyDelete:
		s.tabs.Close(s.tabs.tabs[s.at].key)
	case fyne.KeyEscape:
		escape(s, nil)
	}
}

// AccessibilityLabel is for screen readers.
func (s *tabStrip) AccessibilityLabel() string {
	if s.at >= len(s.tabs.tabs) {
		return ""
	}
	return i18n.T("Tab %s", s.tabs.tabs[s.at].title)
}

// AccessibilityRole is for screen readers.
func (s *tabStrip) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is for the toolkit.
func (s *tabStrip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.row) }

// tabCloser closes a tab by a click. The keyboard closes it on the strip by Delete, or by the shortcut, and so passes it by.
type tabCloser struct {
	widget.BaseWidget
	ground *panel
	object fyne.CanvasObject
	do     func()
}

var (
	_ fyne.Tappable     = (*tabCloser)(nil)
	_ desktop.Hoverable = (*tabCloser)(nil)
)

func newTabCloser(do func()) *tabCloser {
	c := &tabCloser{ground: newPanel("", ""), do: do}
	c.object = container.NewStack(c.ground, padded(2*theme.Unit, widget.NewIcon(icons.Close)))
	c.ExtendBaseWidget(c)
	return c
}

// Tapped is for the toolkit.
func (c *tabCloser) Tapped(*fyne.PointEvent) { c.do() }

// MouseIn is for the toolkit.
func (c *tabCloser) MouseIn(*desktop.MouseEvent) { c.paint("hover") }

// MouseMoved is for the toolkit.
func (c *tabCloser) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is for the toolkit.
func (c *tabCloser) MouseOut() { c.paint("") }

func (c *tabCloser) paint(fill fyne.ThemeColorName) {
	c.ground.fill = fill
	c.ground.Refresh()
}

// CreateRenderer is for the toolkit.
func (c *tabCloser) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.object) }

// newTabButton returns the button of one tab.
func newTabButton(t *Tabs, x *tab, on bool) *tabButton {
	b := &tabButton{tabs: t, tab: x, on: on}
	tone := theme.Muted
	if on {
		tone = theme.Plain
	}
	b.line = NewLine(x.title, tone)
	b.line.bold = on
	b.ground = newPanel("", "")
	b.ground.square = true
	b.under = newPanel("", "")
	b.under.square = true
	if on {
		b.under.fill = "primary"
	}
	if !x.fixed {
		b.closer = newTabCloser(func() { t.Close(x.key) })
	}
	b.ExtendBaseWidget(b)
	return b
}

type tabButton struct {
	widget.BaseWidget
	tabs          *Tabs
	tab           *tab
	on            bool
	hot, focused  bool
	line          *Para
	ground, under *panel
	closer        *tabCloser
}

var (
	_ fyne.Tappable     = (*tabButton)(nil)
	_ desktop.Hoverable = (*tabButton)(nil)
)

func (b *tabButton) wish() float32 {
	w := newCutter(b.line.textSize(), b.line.style()).width(b.tab.title) + theme.Gap + theme.Unit + tabRoom + 2
	if b.closer != nil {
		w += b.closer.MinSize().Width
	}
	return w
}

// spare is what a title can go without where there are many.
func (b *tabButton) spare() float32 {
	if b.closer != nil {
		return tabRoom - theme.Unit // which is between it and the closer
	}
	return tabRoom
}

func (b *tabButton) Tapped(*fyne.PointEvent)        { b.tabs.Go(b.tab.key) }
func (b *tabButton) MouseIn(*desktop.MouseEvent)    { b.hot = true; b.paint(); b.tabs.tell(b) }
func (b *tabButton) MouseMoved(*desktop.MouseEvent) {}
func (b *tabButton) MouseOut()                      { b.hot = false; b.paint(); b.tabs.untip() }

// cut tells whether the title has less room than it needs.
func (b *tabButton) cut() bool {
	return newCutter(b.line.textSize(), b.line.style()).width(b.tab.title) > b.line.Size().Width
}

// paint draws whether the pointer is on it, and the keyboard.
func (b *tabButton) paint() {
	b.ground.fill = ""
	switch {
	case b.focused:
		b.ground.fill = "focus"
	case b.hot:
		b.ground.fill = "hover"
	}
	b.ground.Refresh()
}

func (b *tabButton) CreateRenderer() fyne.WidgetRenderer {
	line := Border(nil, nil, nil, nil, centred(b.line))
	if b.closer != nil {
		line = Border(nil, nil, nil, b.closer, centred(b.line))
	}
	in := container.New(&insetLayout{left: theme.Gap, right: theme.Unit}, line)
	return widget.NewSimpleRenderer(container.NewStack(b.ground, Border(nil, thin(b.under), nil, nil, in)))
}

// insetLayout keeps room at the sides.
type insetLayout struct{ left, right float32 }

func (l *insetLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(l.left+l.right, 0)
}

func (l *insetLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	place(o[0], l.left, 0, max(s.Width-l.left-l.right, 0), s.Height)
}

// thin makes a line of something.
func thin(o fyne.CanvasObject) fyne.CanvasObject { return centredHeight(o, 2) }
