package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Swatch is one colour that can be chosen. Its name is shown beside the row of
// colours, as a colour alone says nothing to some.
type Swatch struct {
	Key   string
	Name  string
	Color color.Color
}

// Swatches is a field for choosing one of a few colours, by a click or by the
// left and right arrows.
type Swatches struct {
	widget.BaseWidget
	all     []Swatch
	at      int
	focused bool
	hooks   hooks
	dots    []*canvas.Rectangle
	name    *canvas.Text
}

var (
	_ fyne.Focusable     = (*Swatches)(nil)
	_ fyne.Tappable      = (*Swatches)(nil)
	_ desktop.Cursorable = (*Swatches)(nil)
)

const swatchSize float32 = 24

// NewSwatches returns a field with these colours, the first of them chosen.
func NewSwatches(all ...Swatch) *Swatches {
	s := &Swatches{all: all, name: canvas.NewText("", color.Transparent)}
	for range all {
		s.dots = append(s.dots, canvas.NewRectangle(color.Transparent))
	}
	s.ExtendBaseWidget(s)
	return s
}

// Object is what is drawn.
func (s *Swatches) Object() fyne.CanvasObject { return s }

// Value answers the key of the colour.
func (s *Swatches) Value() string {
	if len(s.all) == 0 {
		return ""
	}
	return s.all[s.at].Key
}

// SetValue chooses by key; an unknown key changes nothing.
func (s *Swatches) SetValue(v string) {
	for i, w := range s.all {
		if w.Key == v {
			s.choose(i)
		}
	}
}

// Mark does nothing: one of the colours is always chosen.
func (s *Swatches) Mark(string) {}

// Focus answers what takes the keyboard.
func (s *Swatches) Focus() fyne.Focusable { return s }

func (s *Swatches) secret() bool { return false }

func (s *Swatches) bind(h hooks) { s.hooks = h }

func (s *Swatches) choose(i int) {
	if i < 0 || i >= len(s.all) || i == s.at {
		return
	}
	s.at = i
	s.Refresh()
	if s.hooks.changed != nil {
		s.hooks.changed()
	}
}

// Tapped is for the toolkit.
func (s *Swatches) Tapped(ev *fyne.PointEvent) {
	focus(s)
	s.choose(int(ev.Position.X / (swatchSize + 2*theme.Unit)))
}

// Cursor is for the toolkit.
func (s *Swatches) Cursor() desktop.Cursor { return desktop.PointerCursor }

// FocusGained is for the toolkit.
func (s *Swatches) FocusGained() {
	s.focused = true
	s.Refresh()
	inSight(s, s.hooks.focused)
}

// FocusLost is for the toolkit.
func (s *Swatches) FocusLost() {
	s.focused = false
	s.Refresh()
}

// TypedRune is for the toolkit.
func (s *Swatches) TypedRune(rune) {}

// TypedKey is for the toolkit.
func (s *Swatches) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyLeft:
		s.choose(s.at - 1)
	case fyne.KeyRight:
		s.choose(s.at + 1)
	case fyne.KeyReturn, fyne.KeyEnter:
		call(s.hooks.submit)
	case fyne.KeyEscape:
		escape(s, s.hooks.cancel)
	}
}

// CreateRenderer is for the toolkit.
func (s *Swatches) CreateRenderer() fyne.WidgetRenderer {
	r := &swatchRenderer{s}
	r.draw()
	return r
}

type swatchRenderer struct{ s *Swatches }

func (r *swatchRenderer) Destroy()         {}
func (r *swatchRenderer) Layout(fyne.Size) { r.draw() }

func (r *swatchRenderer) MinSize() fyne.Size {
	return fyne.NewSize(float32(len(r.s.all))*(swatchSize+2*theme.Unit)+20*theme.Unit, swatchSize+2*theme.Unit)
}

func (r *swatchRenderer) Objects() []fyne.CanvasObject {
	out := []fyne.CanvasObject{r.s.name}
	for _, d := range r.s.dots {
		out = append(out, d)
	}
	return out
}

func (r *swatchRenderer) draw() {
	x := float32(0)
	for i, d := range r.s.dots {
		d.FillColor = r.s.all[i].Color
		d.CornerRadius = theme.Unit
		d.StrokeWidth, d.StrokeColor = 1, ftheme.Color(ftheme.ColorNameInputBorder)
		if i == r.s.at {
			d.StrokeWidth, d.StrokeColor = 3, ftheme.Color(ftheme.ColorNameForeground)
			if r.s.focused {
				d.StrokeColor = ftheme.Color(ftheme.ColorNamePrimary)
			}
		}
		place(d, x, theme.Unit, swatchSize, swatchSize)
		x += swatchSize + 2*theme.Unit
	}
	name := ""
	if len(r.s.all) > 0 {
		name = r.s.all[r.s.at].Name
	}
	setText(r.s.name, name, ftheme.Color(ftheme.ColorNameForeground))
	place(r.s.name, x, 0, r.s.Size().Width-x, swatchSize+2*theme.Unit)
}

func (r *swatchRenderer) Refresh() {
	r.draw()
	for _, d := range r.s.dots {
		d.Refresh()
	}
}
