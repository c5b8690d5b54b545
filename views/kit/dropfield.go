package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/theme"
)

// dropField is a field that looks like the entries around it and opens a list of
// choices. What its keys do is for its owner to say.
type dropField struct {
	widget.BaseWidget
	onOpen func()
	onKey  func(fyne.KeyName)
	onRune func(rune)
	// onFocused is called with the field itself when the keyboard comes.
	onFocused func(fyne.CanvasObject)

	label            string
	wrong            bool
	focused, hovered bool
	frame            *canvas.Rectangle
	text             *canvas.Text
	icon             *canvas.Image
}

var (
	_ fyne.Tappable     = (*dropField)(nil)
	_ fyne.Focusable    = (*dropField)(nil)
	_ desktop.Hoverable = (*dropField)(nil)
)

func newDropField() *dropField {
	d := &dropField{
		frame: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent),
		icon: canvas.NewImageFromResource(icons.Down),
	}
	d.icon.FillMode = canvas.ImageFillContain
	d.ExtendBaseWidget(d)
	return d
}

func (d *dropField) set(label string) {
	d.label = label
	d.Refresh()
}

func (d *dropField) mark(why string) {
	d.wrong = why != ""
	d.Refresh()
}

func (d *dropField) Tapped(*fyne.PointEvent) {
	focus(d)
	d.onOpen()
}

func (d *dropField) TypedRune(r rune) {
	if d.onRune != nil && r != ' ' {
		d.onRune(r)
	}
}

func (d *dropField) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	d.onKey(ev.Name)
}

func (d *dropField) FocusGained() {
	d.focused = true
	d.Refresh()
	inSight(d, d.onFocused)
}

func (d *dropField) FocusLost() {
	d.focused = false
	d.Refresh()
}

func (d *dropField) MouseIn(*desktop.MouseEvent) {
	d.hovered = true
	d.Refresh()
}

func (d *dropField) MouseMoved(*desktop.MouseEvent) {}

func (d *dropField) MouseOut() {
	d.hovered = false
	d.Refresh()
}

func (d *dropField) CreateRenderer() fyne.WidgetRenderer {
	r := &dropRenderer{d}
	r.paint()
	return r
}

type dropRenderer struct{ d *dropField }

func (r *dropRenderer) Destroy() {}

func (r *dropRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.d.frame, r.d.text, r.d.icon}
}

func (r *dropRenderer) MinSize() fyne.Size {
	line := fyne.MeasureText("M", ftheme.TextSize(), fyne.TextStyle{}).Height
	return fyne.NewSize(100, line+2*ftheme.InnerPadding())
}

func (r *dropRenderer) Layout(s fyne.Size) {
	icon, in := ftheme.IconInlineSize(), ftheme.InnerPadding()
	place(r.d.frame, 0, 0, s.Width, s.Height)
	place(r.d.icon, s.Width-icon-in, (s.Height-icon)/2, icon, icon)
	room := max(s.Width-icon-3*in, 0)
	r.d.text.Text, _ = newCutter(ftheme.TextSize(), fyne.TextStyle{}).fit(r.d.label, room)
	place(r.d.text, in, 0, room, s.Height)
}

func (r *dropRenderer) paint() {
	d := r.d
	d.frame.CornerRadius = ftheme.InputRadiusSize()
	d.frame.FillColor = ftheme.Color(ftheme.ColorNameInputBackground)
	if d.hovered {
		d.frame.FillColor = ftheme.Color(theme.ColorNameRowHot)
	}
	d.frame.StrokeWidth, d.frame.StrokeColor = 1, ftheme.Color(ftheme.ColorNameInputBorder)
	switch {
	case d.focused:
		d.frame.StrokeWidth, d.frame.StrokeColor = 2, ftheme.Color(ftheme.ColorNamePrimary)
	case d.wrong:
		d.frame.StrokeColor = ftheme.Color(ftheme.ColorNameError)
	}
	d.text.TextSize, d.text.Color = ftheme.TextSize(), ftheme.Color(ftheme.ColorNameForeground)
}

func (r *dropRenderer) Refresh() {
	r.paint()
	r.Layout(r.d.Size())
	for _, o := range r.Objects() {
		canvas.Refresh(o)
	}
}
