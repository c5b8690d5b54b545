package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

const (
	// doubleClick is how close two clicks on one row are to open it. The
	// toolkit's own double tap would make every single one wait that long.
	doubleClick = 400 * time.Millisecond
	// tipDelay is how long the pointer rests on a cut text before the whole
	// of it is shown.
	tipDelay = 600 * time.Millisecond
)

var (
	_ fyne.Focusable         = (*gridBody)(nil)
	_ fyne.Shortcutable      = (*gridBody)(nil)
	_ fyne.Scrollable        = (*gridBody)(nil)
	_ fyne.SecondaryTappable = (*gridBody)(nil)
	_ desktop.Keyable        = (*gridBody)(nil)
	_ desktop.Mouseable      = (*gridBody)(nil)
	_ desktop.Hoverable      = (*gridBody)(nil)
)

// clickState is what is needed to tell a double click from two single ones.
type clickState struct {
	row    int
	at     time.Time
	double bool
}

func (b *gridBody) FocusGained() {
	b.focused = true
	b.g.drawFocus()
	Reveal(b.g)
}

func (b *gridBody) FocusLost() {
	b.focused, b.shift = false, false
	b.g.drawFocus()
}

func (b *gridBody) KeyDown(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		b.shift = true
	}
}

func (b *gridBody) KeyUp(ev *fyne.KeyEvent) {
	if ev.Name == desktop.KeyShiftLeft || ev.Name == desktop.KeyShiftRight {
		b.shift = false
	}
}

func (b *gridBody) TypedRune(r rune) {
	if r != ' ' && b.g.OnType != nil {
		b.g.OnType(r)
	}
}

func (b *gridBody) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	g, n := b.g, b.g.src.Len()
	if ev.Name == fyne.KeyEscape {
		escape(b, nil)
	}
	if n == 0 {
		return
	}
	at := b.keyRow(ev.Name)
	switch ev.Name {
	case fyne.KeyDown:
		g.moveTo(at+1, b.shift)
	case fyne.KeyUp:
		g.moveTo(max(at-1, 0), b.shift)
	case fyne.KeyPageDown:
		g.moveTo(max(at, 0)+b.page(), b.shift)
	case fyne.KeyPageUp:
		g.moveTo(max(at-b.page(), 0), b.shift)
	case fyne.KeyHome:
		g.moveTo(0, b.shift)
	case fyne.KeyEnd:
		g.moveTo(n-1, b.shift)
	case fyne.KeyLeft:
		b.scrollTo(b.top, b.left-minColumn)
	case fyne.KeyRight:
		b.scrollTo(b.top, b.left+minColumn)
	case fyne.KeyReturn, fyne.KeyEnter:
		b.open(at)
	case fyne.KeySpace:
		switch {
		case g.OnSpace != nil:
			g.OnSpace()
		case g.Multi && at >= 0:
			g.toggle(at)
		}
	case fyne.KeyDelete:
		if g.OnDelete != nil && at >= 0 {
			g.OnDelete()
		}
	case desktop.KeyMenu:
		b.menuAtCursor()
	case fyne.KeyF10:
		if b.shift {
			b.menuAtCursor()
		}
	}
}

// keyRow is the row that a key is for, or -1. Where the keyboard came to the list and no row has it yet, the first one is opened, or has its menu.
func (b *gridBody) keyRow(key fyne.KeyName) int {
	if b.g.cursor < 0 && (key == fyne.KeyReturn || key == fyne.KeyEnter || key == desktop.KeyMenu || key == fyne.KeyF10 && b.shift) {
		b.g.moveTo(0, false)
	}
	return b.g.cursor
}

func (b *gridBody) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutSelectAll); ok {
		b.g.SelectAll()
		return
	}
	// What is not for the grid is for the window, which is not asked by
	// itself while something has the focus.
	passOn(b, s)
}

// passOn gives a shortcut to the canvas of an object. It is a variable, as the canvas of a test has no shortcuts.
var passOn = func(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := fyne.CurrentApp().Driver().CanvasForObject(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}

func (b *gridBody) open(row int) {
	if row >= 0 && b.g.OnOpen != nil {
		b.g.OnOpen(row)
	}
}

func (b *gridBody) Scrolled(ev *fyne.ScrollEvent) {
	Present()
	b.scrollTo(b.top-float64(ev.Scrolled.DY), b.left-ev.Scrolled.DX)
}

func (b *gridBody) MouseDown(ev *desktop.MouseEvent) {
	b.hideTip()
	if !b.focused {
		focus(b)
	}
	row := b.rowAt(ev.Position.Y)
	b.click.double = false
	if row < 0 {
		return
	}
	if ev.Button == desktop.MouseButtonSecondary {
		if !b.g.marks.has(row) {
			b.g.moveTo(row, false)
		} else {
			b.g.setCursor(row)
			b.sync()
		}
		return
	}
	switch {
	case b.g.Multi && ev.Modifier&fyne.KeyModifierShift != 0:
		b.g.moveTo(row, true)
		b.click.at = time.Time{}
	case b.g.Multi && ev.Modifier&fyne.KeyModifierShortcutDefault != 0:
		b.g.toggle(row)
		b.click.at = time.Time{}
	default:
		now := b.g.run.Now()
		b.click.double = row == b.click.row && !b.click.at.IsZero() && now.Sub(b.click.at) <= doubleClick
		b.click.row, b.click.at = row, now
		b.g.moveTo(row, false)
	}
}

func (b *gridBody) MouseUp(ev *desktop.MouseEvent) {
	if b.click.double && ev.Button == desktop.MouseButtonPrimary {
		b.click = clickState{}
		b.open(b.g.cursor)
	}
}

func (b *gridBody) TappedSecondary(ev *fyne.PointEvent) {
	if row := b.rowAt(ev.Position.Y); row >= 0 {
		b.showMenu(row, ev.AbsolutePosition)
	}
}

func (b *gridBody) menuAtCursor() {
	if b.g.cursor < 0 {
		return
	}
	b.reveal(b.g.cursor)
	y := float32(float64(b.g.cursor+1)*b.rowHeight() - b.top)
	pos := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
	b.showMenu(b.g.cursor, pos.AddXY(4*cellInset, y))
}

func (b *gridBody) showMenu(row int, at fyne.Position) {
	if b.g.Menu == nil {
		return
	}
	ShowMenuAt(b.g.Menu(row), fyne.CurrentApp().Driver().CanvasForObject(b), at)
}

func (b *gridBody) MouseIn(ev *desktop.MouseEvent) { b.MouseMoved(ev) }

func (b *gridBody) MouseMoved(ev *desktop.MouseEvent) {
	row := b.rowAt(ev.Position.Y)
	if row != b.hover {
		b.hover = row
		b.sync()
	}
	b.hideTip()
	col := b.g.cols.at(ev.Position.X + b.left)
	if row < 0 || col < 0 {
		return
	}
	if cell := b.slots[row%len(b.slots)].cells[col]; cell.cut {
		full, pos := cell.full, ev.Position
		b.g.tip.await()
		b.tipStop = b.g.run.After(tipDelay, func() {
			if b.hover == row {
				b.g.tip.show(full, pos.AddXY(0, headHeight()), b.g.Size())
			}
		})
	}
}

func (b *gridBody) MouseOut() {
	b.hover = -1
	b.hideTip()
	b.sync()
}

func (b *gridBody) hideTip() {
	if b.tipStop != nil {
		b.tipStop()
		b.tipStop = nil
	}
	b.g.tip.hide()
}
