package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	strip *tabStrip
	page  *fyne.Container
	tip   *tip
}

type tab struct {
	key, title string
	content    fyne.CanvasObject
	fixed      bool
	had        fyne.Focusable // what in it had the keyboard as another one was shown
}

// NewTabs returns a strip without tabs.
func NewTabs() *Tabs {
	t := &Tabs{page: container.NewStack(), shown: -1}
	t.tip = newTip(t.untip)
	t.strip = newTabStrip(t)
	t.ExtendBaseWidget(t)
	return t
}

// Add shows a tab, at the end if its key is new. A fixed tab cannot be closed.
func (t *Tabs) Add(key, title string, content fyne.CanvasObject, fixed bool) {
	if i := t.index(key); i >= 0 {
		t.Go(key)
		return
	}
	t.tabs = append(t.tabs, &tab{key: key, title: title, content: content, fixed: fixed})
	t.Go(key)
}

// Go shows the tab of that key, if there is one. The keyboard leaves the tab that was shown, and comes back with it.
func (t *Tabs) Go(key string) {
	i := t.index(key)
	if i < 0 {
		return
	}
	if i != t.shown {
		t.leave()
	}
	t.shown = i
	t.appear()
}

// leave has the tab that is shown remember what had the keyboard, and takes that away: it would go on typing where nobody sees it.
func (t *Tabs) leave() {
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	if c == nil || t.shown < 0 {
		return
	}
	had := c.Focused()
	if o, ok := had.(fyne.CanvasObject); ok && liesIn(o, t.page) {
		t.tabs[t.shown].had = had
		c.Unfocus()
	}
}

// appear draws the tab that is shown now, and gives the keyboard back to what had it there.
func (t *Tabs) appear() {
	t.rebuild()
	if t.shown < 0 {
		return
	}
	of := t.tabs[t.shown]
	if t.OnShow != nil {
		t.OnShow(of.key)
	}
	c := fyne.CurrentApp().Driver().CanvasForObject(t)
	had := of.had
	of.had = nil
	if o, ok := had.(fyne.CanvasObject); ok && c != nil && t.Current() == of.key && liesIn(o, t.page) {
		c.Focus(had)
	}
}

// FocusStrip gives the keyboard to the strip itself, where what is shown has nothing that wants it.
func (t *Tabs) FocusStrip(c fyne.Canvas) { c.Focus(t.strip) }

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
	t.Remove(key) // what OnClose did may have moved the tabs
}

// Remove takes a tab away, also one that nobody can close, and shows the one before it.
func (t *Tabs) Remove(key string) {
	i := t.index(key)
	if i < 0 {
		return
	}
	current := t.Current()
	if current == key {
		t.leave()
	}
	t.tabs = append(t.tabs[:i], t.tabs[i+1:]...)
	if current != key {
		t.shown = t.index(current)
		t.rebuild()
		return
	}
	t.shown = max(i-1, 0)
	if len(t.tabs) == 0 {
		t.shown = -1
	}
	t.appear()
}

func (t *Tabs) index(key string) int {
	for i, x := range t.tabs {
		if x.key == key {
			return i
		}
	}
	return -1
}

// tell shows the whole of a title that was cut, below its tab.
func (t *Tabs) tell(b *tabButton) {
	if b.cut() {
		at := t.strip.Position().Add(b.Position())
		t.tip.show(b.tab.title, at.AddXY(theme.Gap, b.Size().Height-4*theme.Unit), t.Size())
	}
}

func (t *Tabs) untip() { t.tip.hide() }

func (t *Tabs) rebuild() {
	t.untip()
	t.strip.rebuild()
	t.page.RemoveAll()
	if t.shown >= 0 {
		t.page.Add(t.tabs[t.shown].content)
	}
	t.Refresh()
}

// CreateRenderer is for the toolkit.
func (t *Tabs) CreateRenderer() fyne.WidgetRenderer {
	border := Border(t.strip, nil, nil, nil, t.page)
	return &tabsRenderer{border, append([]fyne.CanvasObject{border}, t.tip.objects()...)}
}

type tabsRenderer struct {
	border  *fyne.Container
	objects []fyne.CanvasObject
}

func (r *tabsRenderer) Destroy()                     {}
func (r *tabsRenderer) MinSize() fyne.Size           { return r.border.MinSize() }
func (r *tabsRenderer) Layout(size fyne.Size)        { r.border.Resize(size) }
func (r *tabsRenderer) Refresh()                     { r.border.Refresh() }
func (r *tabsRenderer) Objects() []fyne.CanvasObject { return r.objects }

// tabLayout lays tabs out from the left and makes them narrower when there are
// too many, so that every one stays in sight.
type tabLayout struct{}

func (*tabLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(float32(len(o))*tabLeast, theme.RowHeight()+theme.Unit)
}

const (
	tabLeast float32 = 48
	tabMost  float32 = 200
	tabFew   float32 = 80             // what others keep beside the one that is shown
	tabRoom          = 2 * theme.Unit // to the right of a title, beyond what parts it from the next one
)

func (*tabLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	wishes, shown := wishesOf(o, size.Width), slices.IndexFunc(o, func(b fyne.CanvasObject) bool { return b.(*tabButton).on })
	w := widest(wishes, size.Width)
	if shown >= 0 && wishes[shown] > w { // the one that is shown keeps its title while there is something left for the others
		keep := min(wishes[shown], size.Width-float32(len(o)-1)*theme.Wider(tabFew))
		others := slices.Delete(slices.Clone(wishes), shown, shown+1)
		if keep > w {
			w = widest(others, size.Width-keep)
			wishes[shown] = keep
		} else {
			shown = -1
		}
	}
	var x float32
	for i, b := range o {
		bw := min(wishes[i], w)
		if i == shown {
			bw = wishes[i]
		}
		place(b, x, 0, bw, size.Height)
		x += bw
	}
}

// wishesOf is how wide the tabs want to be. What they need more than there is comes from the room around the titles, as far as it goes.
func wishesOf(o []fyne.CanvasObject, room float32) []float32 {
	wishes := make([]float32, len(o))
	over := -room
	for i, b := range o {
		wishes[i] = b.(*tabButton).wish()
		over += min(wishes[i], theme.Wider(tabMost))
	}
	less := max(over/float32(len(o)), 0)
	for i, b := range o {
		wishes[i] = min(wishes[i]-min(less, b.(*tabButton).spare()), theme.Wider(tabMost))
	}
	return wishes
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
	return theme.Wider(tabMost)
}
