// Package facts shows what is known of something: labels at the left, values at the right.
package facts

import (
	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/kit"
	"clientele/views/theme"
)

// Fact is one line of a [List].
type Fact struct {
	Label string
	// Value is said of it; it wraps at words and may have several lines.
	Value string
	Tone  theme.Tone
	// Object stands in place of Value where it is set, such as a pill or a value with a button.
	Object fyne.CanvasObject
}

// List shows facts below one another. Facts with neither a value nor an object are left out.
type List struct {
	widget.BaseWidget
	rows []row
}

type row struct {
	label  *kit.Para
	value  fyne.CanvasObject
	isText bool
}

// New returns a list of facts.
func New(facts ...Fact) *List {
	l := &List{}
	l.fill(facts)
	l.ExtendBaseWidget(l)
	return l
}

// Set shows other facts. What lies around the list has to be laid out anew, as its height may have changed.
func (l *List) Set(facts ...Fact) {
	l.fill(facts)
	l.Refresh()
}

func (l *List) fill(facts []Fact) {
	l.rows = l.rows[:0]
	for _, f := range facts {
		if f.Value == "" && f.Object == nil {
			continue
		}
		r := row{label: kit.NewLine(f.Label, theme.Muted), value: f.Object}
		if r.value == nil {
			r.value, r.isText = kit.NewPara(f.Value, f.Tone), true
		}
		l.rows = append(l.rows, r)
	}
}

// labelWidth is as wide as the widest label, within two fifths of the width.
func (l *List) labelWidth(width float32) (w float32) {
	for _, r := range l.rows {
		w = max(w, fyne.MeasureText(r.label.Text(), ftheme.TextSize(), fyne.TextStyle{}).Width+1)
	}
	return min(w, width*2/5)
}

// flow places the lines for a width and answers how high they are.
func (l *List) flow(width float32) (y float32) {
	labels := l.labelWidth(width)
	left := labels + theme.Gap
	for i, r := range l.rows {
		if i > 0 {
			y += theme.Unit
		}
		r.value.Resize(fyne.NewSize(max(width-left, 1), r.value.Size().Height))
		labelH, valueH := r.label.MinSize().Height, r.value.MinSize().Height
		h := max(labelH, valueH)
		labelY := y
		if !r.isText {
			labelY += (h - labelH) / 2
		}
		place(r.label, 0, labelY, labels, labelH)
		place(r.value, left, y+(h-valueH)*0.5, max(width-left, 1), valueH)
		y += h
	}
	return y
}

func place(o fyne.CanvasObject, x, y, w, h float32) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(fyne.NewSize(w, h))
}

// CreateRenderer is for the toolkit.
func (l *List) CreateRenderer() fyne.WidgetRenderer { return &renderer{l} }

type renderer struct{ l *List }

func (r *renderer) Destroy()           {}
func (r *renderer) Layout(s fyne.Size) { r.l.flow(s.Width) }

func (r *renderer) MinSize() fyne.Size {
	const narrowest = 160
	return fyne.NewSize(narrowest, r.l.flow(max(r.l.Size().Width, narrowest)))
}

func (r *renderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, 2*len(r.l.rows))
	for _, x := range r.l.rows {
		out = append(out, x.label, x.value)
	}
	return out
}

func (r *renderer) Refresh() {
	r.l.flow(r.l.Size().Width)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
