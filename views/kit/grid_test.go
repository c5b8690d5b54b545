package kit

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"pgregory.net/rapid"

	"clientele/views/task"
	"clientele/views/theme"
)

// window opens a window of the product's look for one test.
func window(t testing.TB, content fyne.CanvasObject, w, h float32) fyne.Window {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	win := test.NewTempWindow(t, content)
	win.SetPadded(false)
	win.Resize(fyne.NewSize(w, h))
	return win
}

// counted is a source of many rows that are made when they are looked at.
type counted struct {
	n       int
	loaded  func(i int) bool
	asked   map[int]bool
	wanted  Span
	version int
}

func (s *counted) Len() int { return s.n }

func (s *counted) Row(i int) *Row {
	if i < 0 || i >= s.n {
		panic(fmt.Sprintf("row %d of %d was asked for", i, s.n))
	}
	if s.asked == nil {
		s.asked = map[int]bool{}
	}
	s.asked[i] = true
	if s.loaded != nil && !s.loaded(i) {
		return nil
	}
	cells := []string{fmt.Sprint(i), fmt.Sprintf("Name %d/%d", i, s.version), "Active", fmt.Sprintf("%d.00", i)}
	return &Row{Cells: cells, Tones: []theme.Tone{0, 0, theme.Good}}
}

func (s *counted) Want(first, last int) { s.wanted = Span{first, last} }

var fourColumns = []Column{
	{Key: "id", Title: "ID", Width: 80, Sortable: true},
	{Key: "name", Title: "Name", Width: 200, Grow: true, Sortable: true},
	{Key: "status", Title: "Status", Kind: PillColumn, Width: 110},
	{Key: "sum", Title: "Balance", Kind: NumberColumn, Width: 100},
}

func testGrid(t testing.TB, src Source) (*Grid, *task.Runner) {
	run := task.NewInline()
	g := NewGrid(run, fourColumns...)
	g.Multi = true
	w := window(t, g, 700, 400)
	g.SetSource(src)
	w.Canvas().Focus(g.FocusTarget())
	return g, run
}

// A row that is chosen before the grid has its size is in sight afterwards, and the first one is not scrolled away.
func TestGridChosenBeforeItIsShown(t *testing.T) {
	for row, top := range map[int]bool{0: true, 500: false} {
		g := NewGrid(task.NewInline(), fourColumns...)
		g.SetSource(&counted{n: 1000})
		g.Select(row)
		window(t, g, 700, 400)
		first := int(g.body.top / g.body.rowHeight())
		if last := first + g.body.page(); (g.body.top == 0) != top || row < first || row > last {
			t.Errorf("row %d: from %v, rows %d to %d are in sight", row, g.body.top, first, last)
		}
	}
}

func press(g *Grid, names ...fyne.KeyName) {
	for _, n := range names {
		g.body.TypedKey(&fyne.KeyEvent{Name: n})
	}
}

func withShift(g *Grid, f func()) {
	g.body.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	f()
	g.body.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

func clickRow(g *Grid, row int, mod fyne.KeyModifier) {
	y := float32(float64(row)*g.body.rowHeight()-g.body.top) + 4
	ev := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary, Modifier: mod}
	ev.Position = fyne.NewPos(20, y)
	g.body.MouseDown(ev)
	g.body.MouseUp(ev)
}

// shownNames answers the texts of the name column as they stand on the screen.
func shownNames(g *Grid) []string {
	type line struct {
		y float32
		s string
	}
	var lines []line
	for _, s := range g.body.slots {
		if s.index >= 0 && s.cells[1].text.Visible() {
			lines = append(lines, line{s.cells[1].text.Position().Y, s.cells[1].text.Text})
		}
	}
	slices.SortFunc(lines, func(a, b line) int { return int(a.y - b.y) })
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = l.s
	}
	return out
}

func TestGridKeys(t *testing.T) {
	g, _ := testGrid(t, &counted{n: 1000})
	page := g.body.page()
	tests := []struct {
		keys []fyne.KeyName
		want int
	}{
		{[]fyne.KeyName{fyne.KeyDown}, 0},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyDown}, 2},
		{[]fyne.KeyName{fyne.KeyUp}, 1},
		{[]fyne.KeyName{fyne.KeyPageDown}, 1 + page},
		{[]fyne.KeyName{fyne.KeyPageUp, fyne.KeyPageUp}, 0},
		{[]fyne.KeyName{fyne.KeyUp}, 0},
		{[]fyne.KeyName{fyne.KeyEnd}, 999},
		{[]fyne.KeyName{fyne.KeyDown, fyne.KeyPageDown}, 999},
		{[]fyne.KeyName{fyne.KeyHome}, 0},
	}
	for _, tc := range tests {
		press(g, tc.keys...)
		if g.Cursor() != tc.want {
			t.Fatalf("after %v the cursor is at %d, want %d", tc.keys, g.Cursor(), tc.want)
		}
		y := float64(tc.want)*g.body.rowHeight() - g.body.top
		if y < 0 || y+g.body.rowHeight() > float64(g.body.viewHeight())+0.01 {
			t.Errorf("after %v row %d is out of sight at %v", tc.keys, tc.want, y)
		}
	}
}

func TestGridOpensDeletesAndTypes(t *testing.T) {
	g, run := testGrid(t, &counted{n: 50})
	var opened []int
	var typed []rune
	deletes := 0
	g.OnOpen = func(i int) { opened = append(opened, i) }
	g.OnDelete = func() { deletes++ }
	g.OnType = func(r rune) { typed = append(typed, r) }
	press(g, fyne.KeyDelete)
	if deletes != 0 {
		t.Error("with no row chosen Delete must do nothing")
	}
	press(g, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn, fyne.KeyDelete)
	g.body.TypedRune('ł')
	clickRow(g, 4, 0)
	run.Advance(200 * time.Millisecond)
	clickRow(g, 4, 0)
	run.Advance(200 * time.Millisecond)
	clickRow(g, 4, 0) // the third click is no second double click
	run.Advance(time.Second)
	clickRow(g, 4, 0) // too slow
	run.Advance(100 * time.Millisecond)
	clickRow(g, 5, 0) // another row
	if !slices.Equal(opened, []int{1, 4}) || deletes != 1 || string(typed) != "ł" {
		t.Errorf("opened %v, deletes %d, typed %q", opened, deletes, string(typed))
	}
}

func TestGridSelection(t *testing.T) {
	g, _ := testGrid(t, &counted{n: 100})
	clickRow(g, 2, 0)
	clickRow(g, 5, fyne.KeyModifierShift)
	clickRow(g, 7, fyne.KeyModifierShortcutDefault)
	clickRow(g, 3, fyne.KeyModifierShortcutDefault)
	if got, want := g.Selected(), []Span{{2, 2}, {4, 5}, {7, 7}}; !slices.Equal(got, want) {
		t.Errorf("selected %v, want %v", got, want)
	}
	press(g, fyne.KeyHome)
	withShift(g, func() { press(g, fyne.KeyDown, fyne.KeyDown) })
	if got := g.Selected(); !slices.Equal(got, []Span{{0, 2}}) {
		t.Errorf("Shift+Down selected %v", got)
	}
	g.body.TypedShortcut(&fyne.ShortcutSelectAll{})
	if g.SelectedCount() != 100 {
		t.Errorf("Ctrl+A selected %d", g.SelectedCount())
	}
}

// A million rows: the last one is drawn where it should be, to the pixel.
func TestGridMillionRows(t *testing.T) {
	src := &counted{n: 1_000_000}
	g, _ := testGrid(t, src)
	press(g, fyne.KeyEnd)
	names := shownNames(g)
	if got := names[len(names)-1]; got != "Name 999999/0" {
		t.Fatalf("the last row shows %q", got)
	}
	slot := g.body.slots[999_999%len(g.body.slots)]
	bottom := slot.ground.Position().Y + theme.RowHeight()
	if h := g.body.viewHeight(); bottom < h-0.01 || bottom > h+0.01 {
		t.Errorf("the last row ends at %v of %v", bottom, h)
	}
	g.body.scrollTo(g.body.top-1, 0)
	if moved := slot.ground.Position().Y + theme.RowHeight(); moved-bottom < 0.99 || moved-bottom > 1.01 {
		t.Errorf("scrolling by 1 moved the last row by %v", moved-bottom)
	}
	if len(src.asked) > 200 {
		t.Errorf("%d rows were asked for to show two pages", len(src.asked))
	}
	if src.wanted.Last != 999_999 || src.wanted.First < 999_900 {
		t.Errorf("wanted %v", src.wanted)
	}
}

func TestGridWaitsForRows(t *testing.T) {
	src := &counted{n: 100, loaded: func(int) bool { return false }}
	g, _ := testGrid(t, src)
	if n := shownNames(g); len(n) != 0 {
		t.Fatalf("rows that are not loaded show %q", n)
	}
	src.loaded = nil
	g.Update()
	if n := shownNames(g); len(n) == 0 || n[0] != "Name 0/0" {
		t.Errorf("loaded rows show %q", n)
	}
}

// Data may shrink at any moment; the grid must not ask for a row that is gone.
func TestGridShrinks(t *testing.T) {
	src := &counted{n: 1000}
	g, _ := testGrid(t, src)
	press(g, fyne.KeyEnd)
	g.SelectAll()
	src.n = 3
	g.Update()
	if g.Cursor() != 2 || g.SelectedCount() != 3 || g.body.top != 0 {
		t.Errorf("cursor %d, selected %d, top %v", g.Cursor(), g.SelectedCount(), g.body.top)
	}
	src.n = 0
	g.Update()
	press(g, fyne.KeyDown, fyne.KeyReturn)
	if g.Cursor() != -1 || g.SelectedCount() != 0 || len(shownNames(g)) != 0 {
		t.Error("an empty grid still shows or selects something")
	}
}

func TestGridSwapsAllRows(t *testing.T) {
	src := &counted{n: 100}
	g, _ := testGrid(t, src)
	press(g, fyne.KeyEnd)
	g.SetSource(&counted{n: 100, version: 1})
	if n := shownNames(g); n[0] != "Name 0/1" || g.Cursor() != -1 {
		t.Errorf("after a swap the first row is %q, the cursor at %d", n[0], g.Cursor())
	}
}

func TestGridSorts(t *testing.T) {
	g, _ := testGrid(t, &counted{n: 5})
	var got []string
	g.OnSort = func(key string, desc bool) { got = append(got, fmt.Sprint(key, desc)) }
	at := func(x float32) *fyne.PointEvent { return &fyne.PointEvent{Position: fyne.NewPos(x, 10)} }
	g.head.Tapped(at(20))
	g.head.Tapped(at(20))
	g.head.Tapped(at(20))
	g.head.Tapped(at(150))
	g.head.Tapped(at(650)) // Balance is not sortable
	if want := "idfalse idtrue idfalse namefalse"; strings.Join(got, " ") != want {
		t.Errorf("asked for %q, want %q", got, want)
	}
}

func TestGridColumnWidths(t *testing.T) {
	g, _ := testGrid(t, &counted{n: 5})
	var told map[string]float32
	g.OnWidths = func(w map[string]float32) { told = w }
	if total := g.body.total; total < 690 || total > 698 {
		t.Errorf("the columns fill %v of 698", total)
	}
	down := &desktop.MouseEvent{Button: desktop.MouseButtonPrimary}
	down.Position = fyne.NewPos(79, 10)
	g.head.MouseDown(down)
	g.head.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(120, 10)}})
	g.head.DragEnd()
	if told["id"] != 120 {
		t.Errorf("told %v", told)
	}
	h, _ := testGrid(t, &counted{n: 5})
	h.SetWidths(told)
	if h.cols.shown[0] != 120 || h.cols.shown[1] != g.cols.shown[1] {
		t.Errorf("restored %v, had %v", h.cols.shown, g.cols.shown)
	}
}

// What did not change must not be drawn again: the text objects stay as they are.
func TestGridLeavesUnchangedCellsAlone(t *testing.T) {
	src := &counted{n: 100}
	g, _ := testGrid(t, src)
	made := g.body.text
	made.widths["probe"] = 1
	before := g.body.slots[0].cells[1].text.Text
	g.Update()
	g.BaseWidget.Refresh()
	if g.body.text != made || g.body.slots[0].stale || g.body.slots[0].cells[1].text.Text != before {
		t.Error("an update without a change forgot what was drawn")
	}
}

func TestSpansAgainstASet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s spans
		set := map[int]bool{}
		for range rapid.IntRange(1, 20).Draw(t, "steps") {
			a, b := rapid.IntRange(0, 40).Draw(t, "a"), rapid.IntRange(0, 40).Draw(t, "b")
			add := rapid.Bool().Draw(t, "add")
			if a > b {
				a, b = b, a
			}
			if add {
				s = s.with(a, b)
			} else {
				s = s.without(a, b)
			}
			for i := a; i <= b; i++ {
				set[i] = add
			}
		}
		n := 0
		for i := range 42 {
			if set[i] {
				n++
			}
			if s.has(i) != set[i] {
				t.Fatalf("%v: row %d is %v, want %v", s, i, s.has(i), set[i])
			}
		}
		if s.count() != n {
			t.Fatalf("%v counts %d, want %d", s, s.count(), n)
		}
		for i := 1; i < len(s); i++ {
			if s[i].First <= s[i-1].Last+1 {
				t.Fatalf("%v is not in order or not joined", s)
			}
		}
	})
}

func TestCut(t *testing.T) {
	window(t, newTipHost(), 100, 100)
	c := newCutter(14, fyne.TextStyle{})
	long := strings.Repeat("Wilhelmina ", 20)
	for _, s := range []string{long, "株式会社" + strings.Repeat("本", 90), strings.Repeat("👩‍👩‍👧", 50), strings.Repeat("x", 10<<20)} {
		start := time.Now()
		text, cut := c.fit(s, 120)
		if !cut || !strings.HasSuffix(text, ellipsis) {
			t.Errorf("%.20q… was not cut: %q", s, text)
		}
		if w := c.width(text); w > 120 || w < 80 {
			t.Errorf("%q is %v wide, wanted nearly 120", text, w)
		}
		if d := time.Since(start); d > time.Second {
			t.Errorf("cutting %d bytes took %v", len(s), d)
		}
	}
	if text, cut := c.fit("Ann", 120); text != "Ann" || cut {
		t.Errorf("a short name became %q", text)
	}
	if text, _ := c.fit("a\r\nb\tc", 120); text != "a  b c" {
		t.Errorf("control characters became %q", text)
	}
}

// newTipHost is any object; measuring only needs a driver and a theme.
func newTipHost() fyne.CanvasObject { return NewGrid(task.NewInline()) }

// BenchmarkGrid is goal 12: what a page of rows costs before it is painted.
func BenchmarkGrid(b *testing.B) {
	cols := make([]Column, 8)
	for i := range cols {
		cols[i] = Column{Key: fmt.Sprint(i), Title: fmt.Sprint("Column ", i), Width: 140}
	}
	const rows = 100_000
	src := make(Rows, rows)
	for i := range src {
		cells := make([]string, 8)
		for c := range cells {
			cells[c] = fmt.Sprintf("Wilhelmina %d of %d", c, i)
		}
		src[i] = &Row{Cells: cells}
	}
	g := NewGrid(task.NewInline(), cols...)
	window(b, g, 1200, 800)
	g.SetSource(src)
	b.Run("jump", func(b *testing.B) {
		for b.Loop() {
			g.Select(rand.IntN(rows))
		}
	})
	b.Run("refresh-same", func(b *testing.B) {
		for b.Loop() {
			g.Update()
		}
	})
	b.Run("scroll-row", func(b *testing.B) {
		for b.Loop() {
			g.body.scrollTo(g.body.top+32, 0)
			if g.body.top > 3e6 {
				g.body.top = 0
			}
		}
	})
}

// CL-3: the menu of a row opens by the Menu key, where the keyboard has one.
func TestGridMenuKey(t *testing.T) {
	g := newTipHost().(*Grid)
	g.SetSource(Rows{{Cells: nil}})
	g.Menu = func(int) *fyne.Menu { return fyne.NewMenu("", fyne.NewMenuItem("Open", func() {})) }
	w := window(t, g, 300, 200)
	g.Select(0)
	w.Canvas().Focus(g.FocusTarget())
	g.FocusTarget().TypedKey(&fyne.KeyEvent{Name: desktop.KeyMenu})
	if w.Canvas().Overlays().Top() == nil {
		t.Error("no menu")
	}
}

// Enter in a list that the keyboard just came to opens its first row.
func TestGridEnterBeginsAtTheFirstRow(t *testing.T) {
	g := newTipHost().(*Grid)
	g.SetSource(Rows{{Cells: nil}, {Cells: nil}})
	opened := -1
	g.OnOpen = func(row int) { opened = row }
	w := window(t, g, 300, 200)
	w.Canvas().Focus(g.FocusTarget())
	g.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if opened != 0 || g.Cursor() != 0 {
		t.Errorf("opened %d with the cursor on %d", opened, g.Cursor())
	}
}
