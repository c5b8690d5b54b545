package kit

import (
	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/app/i18n"
)

// The headings are a place of their own for the Tab key where the rows can be sorted, or widths are remembered: the arrow keys, Home and End go along them, Enter or
// Space sorts, + and - make a column wider and narrower, and the arrow key down leads into the rows.
var (
	_ fyne.Focusable   = (*gridHead)(nil)
	_ fyne.Disableable = (*gridHead)(nil)
	_ fyne.Accessible  = (*gridHead)(nil)
)

// headStep is by how much a key makes a column wider or narrower.
const headStep float32 = 16

// FocusGained is for the toolkit.
func (h *gridHead) FocusGained() {
	h.focused = true
	h.point(h.col)
	Reveal(h.g)
}

// FocusLost is for the toolkit.
func (h *gridHead) FocusLost() {
	h.focused = false
	h.point(h.col)
}

// Disabled tells whether the headings have nothing for the keyboard, which passes them by then.
func (h *gridHead) Disabled() bool { return h.g.OnSort == nil && h.g.OnWidths == nil }

// Enable is for the toolkit, which does not call it.
func (h *gridHead) Enable() {}

// Disable is for the toolkit, which does not call it.
func (h *gridHead) Disable() {}

// point moves the keyboard to a heading, and brings that into sight.
func (h *gridHead) point(col int) {
	h.col = max(min(col, len(h.g.cols.cols)-1), 0)
	if h.focused {
		b := h.g.body
		from, to := h.g.cols.left(h.col), h.g.cols.left(h.col)+h.g.cols.shown[h.col]
		if room := h.Size().Width; from < b.left || to > b.left+room {
			b.scrollTo(b.top, max(min(from, to-room), min(from, b.left)))
		}
	}
	h.ringed()
}

// ringed draws the ring around the heading with the keyboard.
func (h *gridHead) ringed() {
	if h.focused {
		h.ring.StrokeWidth, h.ring.StrokeColor = 2, ftheme.Color(ftheme.ColorNamePrimary)
		h.ring.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
		place(h.ring, h.g.cols.left(h.col)-h.g.body.left, 0, h.g.cols.shown[h.col], h.Size().Height-1)
		h.ring.Refresh()
	}
	setVisible(h.ring, h.focused)
}

// TypedRune is for the toolkit.
func (h *gridHead) TypedRune(r rune) {
	switch r {
	case '+':
		h.widen(headStep)
	case '-':
		h.widen(-headStep)
	}
}

func (h *gridHead) widen(by float32) {
	h.g.cols.resize(h.col, h.g.cols.shown[h.col]+by)
	h.g.body.arrange()
	h.ringed()
	if h.g.OnWidths != nil {
		h.g.OnWidths(h.g.cols.chosen())
	}
}

// TypedKey is for the toolkit.
func (h *gridHead) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		h.point(h.col - 1)
	case fyne.KeyRight:
		h.point(h.col + 1)
	case fyne.KeyHome:
		h.point(0)
	case fyne.KeyEnd:
		h.point(len(h.g.cols.cols) - 1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if h.g.cols.cols[h.col].Sortable {
			h.g.SortBy(h.g.cols.cols[h.col].Key)
		}
	case fyne.KeyDown:
		focus(h.g.body)
	case fyne.KeyEscape:
		escape(h, nil)
	}
}

// AccessibilityLabel is for screen readers.
func (h *gridHead) AccessibilityLabel() string {
	col := h.g.cols.cols[h.col]
	if col.Sortable {
		return i18n.T("Sort by %s", col.Title)
	}
	return col.Title
}

// AccessibilityRole is for screen readers.
func (h *gridHead) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
