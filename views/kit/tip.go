package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// tip is a small box that shows the whole of a text that was cut. It is drawn
// by the widget it belongs to: an overlay of the canvas would take the keyboard.
type tip struct {
	box   *canvas.Rectangle
	text  *canvas.Text
	leave func() // has the widget take the pointer as gone
}

// tips are those that are shown, or will be in a moment.
var tips = map[*tip]bool{}

// leaveTips takes all of them away as something opens over the window: the toolkit tells a widget that the pointer left it at the next move only.
func leaveTips() {
	for t := range tips {
		delete(tips, t)
		t.leave()
	}
}

func newTip(leave func()) *tip {
	t := &tip{box: canvas.NewRectangle(color.Transparent), text: canvas.NewText("", color.Transparent), leave: leave}
	t.hide()
	return t
}

func (t *tip) objects() []fyne.CanvasObject { return []fyne.CanvasObject{t.box, t.text} }

// show shows a text near a position, within bounds.
func (t *tip) show(s string, at fyne.Position, bounds fyne.Size) {
	t.text.TextSize = ftheme.TextSize()
	t.text.Color = ftheme.Color(theme.ColorNameOnStrip)
	t.box.FillColor = ftheme.Color(theme.ColorNameStrip)
	t.box.CornerRadius = ftheme.Size(ftheme.SizeNameInputRadius)
	t.text.Text, _ = newCutter(t.text.TextSize, fyne.TextStyle{}).fit(s, bounds.Width-4*theme.Unit)
	inner := t.text.MinSize()
	size := inner.AddWidthHeight(4*theme.Unit, 2*theme.Unit)
	pos := at.AddXY(0, 5*theme.Unit)
	if pos.Y+size.Height > bounds.Height {
		pos.Y = at.Y - size.Height - theme.Unit
	}
	pos.X = max(min(pos.X, bounds.Width-size.Width), 0)
	place(t.box, pos.X, pos.Y, size.Width, size.Height)
	place(t.text, pos.X+2*theme.Unit, pos.Y+theme.Unit, inner.Width, inner.Height)
	t.await()
	t.box.Show()
	t.text.Show()
	t.box.Refresh()
	t.text.Refresh()
}

// await says that the tip will be shown in a moment.
func (t *tip) await() { tips[t] = true }

func (t *tip) hide() {
	delete(tips, t)
	setVisible(t.box, false)
	setVisible(t.text, false)
}
