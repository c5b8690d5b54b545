package mailview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// Message is the field for the text of a mail with a menu below it that inserts merge fields where the cursor is.
type Message struct {
	*kit.Text
	object fyne.CanvasObject
	below  *fyne.Container // the menu, and what else is offered
}

// NewMessage builds the field with so many lines. canvas is where it stands, and fields are those that are offered.
func NewMessage(canvas func() fyne.Canvas, lines int, fields []app.MergeField) *Message {
	m := &Message{Text: kit.NewLongText(app.MaxBody, lines)}
	menu := kit.NewMenuChip(i18n.T("Insert a Field"), func() *fyne.Menu {
		choices := fyne.NewMenu("")
		for _, f := range fields {
			choices.Items = append(choices.Items, fyne.NewMenuItem(f.Label+"  "+f.Token, func() {
				canvas().Focus(m.Focus())
				m.Insert(f.Token)
			}))
		}
		return choices
	})
	m.below = container.NewHBox(menu)
	m.object = container.NewBorder(nil, m.below, nil, nil, m.Entry)
	return m
}

// Offer puts something more beside the menu.
func (m *Message) Offer(o fyne.CanvasObject) { m.below.Add(o) }

// Insert puts words where the cursor is.
func (m *Message) Insert(words string) {
	for _, r := range words {
		m.Entry.TypedRune(r)
	}
}

// Object is what is drawn.
func (m *Message) Object() fyne.CanvasObject { return m.object }

// NewAside puts something beside what is written where there is room for both, and above it where there is not.
func NewAside(main, side fyne.CanvasObject) *fyne.Container {
	return container.New(&asideLayout{}, main, side)
}

type asideLayout struct{ width float32 }

// aside is how wide what stands beside is at least, and wide the width from which there is room for both.
const (
	aside float32 = 300
	wide  float32 = 840
)

func (l *asideLayout) flow(o []fyne.CanvasObject, width float32) float32 {
	put := func(o fyne.CanvasObject, x, y, w float32) float32 {
		o.Resize(fyne.NewSize(w, o.Size().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(w, h))
		o.Move(fyne.NewPos(x, y))
		return h
	}
	if width >= wide {
		side := max(aside, width*2/5)
		main := width - side - theme.Inset
		return max(put(o[0], 0, 0, main), put(o[1], main+theme.Inset, 0, side))
	}
	h := put(o[0], 0, 0, width) + theme.Gap
	return h + put(o[1], 0, h, width)
}

// MinSize is for the toolkit.
func (l *asideLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(aside, l.flow(o, max(l.width, aside)))
}

// Layout is for the toolkit.
func (l *asideLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	l.flow(o, size.Width)
}
