package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/theme"
)

// Tabs is a strip of tabs, some of which can be closed: a list and the clients
// opened from it, side by side.
type Tabs struct {
	widget.BaseWidget
	// OnShow is called when another tab is shown.
	OnShow func(key string)
	// OnClose is called when a person closes a tab; answering false keeps it.
	OnClose func(key string) bool

	tabs  []*tab
	shown int
	strip *fyne.Container
	page  *fyne.Container
}

type tab struct {
	key, title string
	content    fyne.CanvasObject
	fixed      bool
}

// NewTabs returns a strip without tabs.
func NewTabs() *Tabs {
	t := &Tabs{strip: container.New(&tabLayout{}), page: container.NewStack(), shown: -1}
	t.ExtendBaseWidget(t)
	return t
}

// Add shows a tab, at the end if its key is new. A fixed tab cannot be closed.
func (t *Tabs) Add(key, title string, content fyne.CanvasObject, fixed bool) {
	if i := t.index(key); i >= 0 {
		t.Go(key)
		return
	}
	t.tabs = append(t.tabs, &tab{key, title, content, fixed})
	t.Go(key)
}

// Go shows the tab of that key, if there is one.
func (t *Tabs) Go(key string) {
	if i := t.index(key); i >= 0 {
		t.shown = i
		t.rebuild()
		if t.OnShow != nil {
			t.OnShow(key)
		}
	}
}

// Current answers the key of the tab that is shown, or nothing.
func (t *Tabs) Current() string {
	if t.shown < 0 {
		return ""
	}
	return t.tabs[t.shown].key
}

// SetTitle gives a tab another title.
func (t *Tabs) SetTitle(key, title string) {
	if i := t.index(key); i >= 0 {
		t.tabs[i].title = title
		t.rebuild()
	}
}

// Step shows the tab so many places further, around the ends.
func (t *Tabs) Step(by int) {
	if n := len(t.tabs); n > 0 {
		t.Go(t.tabs[((t.shown+by)%n+n)%n].key)
	}
}

// Close closes a tab, if it may be, and shows the one before it.
func (t *Tabs) Close(key string) {
	i := t.index(key)
	if i < 0 || t.tabs[i].fixed || (t.OnClose != nil && !t.OnClose(key)) {
		return
	}
	// What OnClose did may have moved the tabs.
	if i = t.index(key); i < 0 {
		return
	}
	current := t.Current()
	t.tabs = append(t.tabs[:i], t.tabs[i+1:]...)
	if current == key {
		t.shown = max(i-1, 0)
		if len(t.tabs) == 0 {
			t.shown = -1
		}
	} else {
		t.shown = t.index(current)
	}
	t.rebuild()
	if current == key && t.shown >= 0 && t.OnShow != nil {
		t.OnShow(t.Current())
	}
}

func (t *Tabs) index(key string) int {
	for i, x := range t.tabs {
		if x.key == key {
			return i
		}
	}
	return -1
}

func (t *Tabs) rebuild() {
	t.strip.RemoveAll()
	for i, x := range t.tabs {
		t.strip.Add(newTabButton(t, x, i == t.shown))
	}
	t.page.RemoveAll()
	if t.shown >= 0 {
		t.page.Add(t.tabs[t.shown].content)
	}
	t.Refresh()
}

// CreateRenderer is for the toolkit.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Border(t.strip, nil, nil, nil, t.page))
}

// tabLayout lays tabs out from the left and makes them narrower when there are
// too many, so that every one stays in sight.
type tabLayout struct{}

func (*tabLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(len(o))*tabLeast, theme.RowHeight()+theme.Unit)
}

const (
	tabLeast float32 = 48
	tabMost  float32 = 200
)

func (*tabLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	wishes := make([]float32, len(o))
	for i, b := range o {
		wishes[i] = min(b.(*tabButton).wish(), tabMost)
	}
	w := widest(wishes, size.Width)
	var x float32
	for i, b := range o {
		bw := min(wishes[i], w)
		place(b, x, 0, bw, size.Height)
		x += bw
	}
}

// widest is how wide a tab may be for all to have room: those that want less have what they want, and the others share the rest.
func widest(wishes []float32, room float32) float32 {
	sorted := slices.Sorted(slices.Values(wishes))
	for i, w := range sorted {
		share := room / float32(len(sorted)-i)
		if w > share {
			return max(share, tabLeast)
		}
		room -= w
	}
	return tabMost
}

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
		b.closer = NewQuiet("", icons.Close, func() { t.Close(x.key) })
	}
	b.ExtendBaseWidget(b)
	return b
}

type tabButton struct {
	widget.BaseWidget
	tabs          *Tabs
	tab           *tab
	on            bool
	line          *Para
	ground, under *panel
	closer        *Button
}

var (
	_ fyne.Tappable     = (*tabButton)(nil)
	_ fyne.Focusable    = (*tabButton)(nil)
	_ desktop.Hoverable = (*tabButton)(nil)
)

func (b *tabButton) wish() float32 {
	w := newCutter(b.line.textSize(), b.line.style()).width(b.tab.title) + 2*theme.Gap + 2
	if b.closer != nil {
		w += b.closer.MinSize().Width
	}
	return w
}

func (b *tabButton) Tapped(*fyne.PointEvent)        { b.tabs.Go(b.tab.key) }
func (b *tabButton) TypedRune(rune)                 {}
func (b *tabButton) MouseIn(*desktop.MouseEvent)    { b.paint("hover") }
func (b *tabButton) MouseMoved(*desktop.MouseEvent) {}
func (b *tabButton) MouseOut()                      { b.paint("") }
func (b *tabButton) FocusGained()                   { b.paint("focus") }
func (b *tabButton) FocusLost()                     { b.paint("") }

func (b *tabButton) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		b.tabs.Go(b.tab.key)
	case fyne.KeyDelete:
		b.tabs.Close(b.tab.key)
	case fyne.KeyEscape:
		escape(b, nil)
	}
}

func (b *tabButton) paint(fill fyne.ThemeColorName) {
	b.ground.fill = fill
	b.ground.Refresh()
}

// AccessibilityLabel is for screen readers.
func (b *tabButton) AccessibilityLabel() string { return i18n.T("Tab %s", b.tab.title) }

// AccessibilityRole is for screen readers.
func (b *tabButton) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

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
