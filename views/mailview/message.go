package mailview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
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
	m.object = kit.Border(nil, m.below, nil, nil, m.Entry)
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
	return container.New(&kit.Aside{Share: 2.0 / 5}, main, side)
}
