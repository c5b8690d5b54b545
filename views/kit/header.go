package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/theme"
)

// Header is the top of a page: its title at the left, what can be done at the
// right, the primary action last.
type Header struct {
	widget.BaseWidget
	title  *Para
	note   *Para
	object *fyne.Container
}

// NewHeader returns a header; note is a short word beside the title, such as how
// many there are, and may be empty.
func NewHeader(title, note string, actions ...fyne.CanvasObject) *Header {
	h := &Header{title: NewHeading(title), note: NewLine(note, theme.Muted)}
	words := container.New(&titleLayout{}, h.title, h.note)
	h.object = container.New(layout.NewCustomPaddedLayout(theme.Unit, theme.Unit, 0, 0), NewHeadLine(h.title, words, NewActions(actions...)))
	h.ExtendBaseWidget(h)
	return h
}

// Set shows another title and note.
func (h *Header) Set(title, note string) {
	h.title.Set(title, theme.Plain)
	h.note.Set(note, theme.Muted)
	h.Refresh()
}

// Refresh lays the header out anew, as after one of its actions came or went.
func (h *Header) Refresh() {
	h.object.Refresh()
	h.BaseWidget.Refresh()
}

// CreateRenderer is for the toolkit.
func (h *Header) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(h.object) }

// titleLayout puts a note right after a title, on one base line.
type titleLayout struct{}

// noteLeast is the room without which a note is left out.
const noteLeast = 8 * theme.Unit

func (*titleLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width, o[0].MinSize().Height)
}

func (*titleLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	title, note := o[0].(*Para), o[1].(*Para)
	full := newCutter(title.textSize(), title.style()).width(title.Text()) + 1
	w := min(full, size.Width)
	th, nh := title.MinSize().Height, note.MinSize().Height
	place(title, 0, (size.Height-th)/2, w, th)
	setVisible(note, size.Width-w-theme.Gap >= noteLeast)
	place(note, w+theme.Gap, (size.Height-th)/2+(th-nh)*0.75, max(size.Width-w-theme.Gap, 0), nh)
}

// NewSearchBox returns a field to search with: Escape empties it and then leaves,
// Enter and the down arrow go on to what was found.
func NewSearchBox(hint string, changed func(string), goOn func()) *Entry {
	e := NewEntry()
	e.Limit = 200
	e.Icon = icons.Search
	e.SetPlaceHolder(hint)
	e.OnChanged = changed
	e.OnReturn = goOn
	e.OnKey = func(k fyne.KeyName) bool {
		if k == fyne.KeyDown && goOn != nil {
			goOn()
			return true
		}
		return false
	}
	e.OnEscape = func() {
		if e.Text != "" {
			e.SetText("")
		} else if goOn != nil {
			goOn()
		}
	}
	return e
}

// CopyLabel shows a value with a button that copies the whole of it.
type CopyLabel struct {
	widget.BaseWidget
	value  string
	line   *Para
	object fyne.CanvasObject
	// OnCopied is called after the value was copied, to say so.
	OnCopied func()
}

// NewCopyLabel returns a label for a value.
func NewCopyLabel(value string) *CopyLabel {
	c := &CopyLabel{value: value, line: NewLine(value, theme.Plain)}
	b := NewQuiet("", icons.Copy, func() {
		fyne.CurrentApp().Clipboard().SetContent(c.value)
		if c.OnCopied != nil {
			c.OnCopied()
		}
	})
	c.object = Border(nil, nil, nil, b, centred(c.line))
	c.ExtendBaseWidget(c)
	return c
}

// Set shows another value.
func (c *CopyLabel) Set(value string) {
	c.value = value
	c.line.Set(value, theme.Plain)
}

// CreateRenderer is for the toolkit.
func (c *CopyLabel) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.object) }
