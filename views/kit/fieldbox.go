package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// fieldBox is one field of a form with its label and message.
type fieldBox struct {
	widget.BaseWidget
	field  Field
	label  *Para
	star   *Para // marks a field that must be filled in
	note   *Para // the help, or what is wrong
	failed bool
}

func newFieldBox(f Field) *fieldBox {
	b := &fieldBox{field: f, label: NewLine(f.Label, theme.Plain), star: NewLine("*", theme.Danger), note: NewPara(f.Help, theme.Muted)}
	b.star.Hidden = !f.Required
	b.note.Hidden = f.Help == ""
	b.ExtendBaseWidget(b)
	return b
}

// fail shows what is wrong, or the help again if why is empty.
func (b *fieldBox) fail(why string) {
	b.failed = why != ""
	b.field.Input.Mark(why)
	if b.failed {
		b.note.Set(why, theme.Danger)
	} else {
		b.note.Set(b.field.Help, theme.Muted)
	}
	setVisible(b.note, b.note.Text() != "")
	b.Refresh()
}

// flow places the parts for a width and answers how high they are.
func (b *fieldBox) flow(w float32) float32 {
	labelW := min(newCutter(b.label.textSize(), b.label.style()).width(b.label.Text())+1, w-3*theme.Unit)
	h := b.label.lineHeight()
	if b.field.Label != "" {
		place(b.label, 0, 0, labelW, h)
		place(b.star, labelW+theme.Unit, 0, 2*theme.Unit, h)
	}
	y := float32(0)
	if b.field.Label != "" {
		y = h + theme.Unit
	}
	in := b.field.Input.Object()
	ih := in.MinSize().Height
	place(in, 0, y, w, ih)
	y += ih
	if b.note.Visible() {
		b.note.Resize(fyne.NewSize(w, b.note.Size().Height))
		nh := b.note.MinSize().Height
		place(b.note, 0, y+theme.Unit, w, nh)
		y += theme.Unit + nh
	}
	return y
}

func (b *fieldBox) CreateRenderer() fyne.WidgetRenderer { return &fieldBoxRenderer{b} }

type fieldBoxRenderer struct{ b *fieldBox }

func (r *fieldBoxRenderer) Destroy()           {}
func (r *fieldBoxRenderer) Layout(s fyne.Size) { r.b.flow(s.Width) }
func (r *fieldBoxRenderer) MinSize() fyne.Size {
	return fyne.NewSize(1, r.b.flow(max(r.b.Size().Width, 1)))
}

func (r *fieldBoxRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.b.label, r.b.star, r.b.field.Input.Object(), r.b.note}
}

func (r *fieldBoxRenderer) Refresh() {
	r.b.flow(r.b.Size().Width)
	for _, o := range r.Objects() {
		o.Refresh()
	}
	canvas.Refresh(r.b)
}
