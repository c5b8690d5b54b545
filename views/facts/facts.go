// Package facts shows what is known of something: labels at the left, values at the right.
package facts

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/theme"
)

// Fact is one line of a [List].
type Fact struct {
	Label string
	// Value is said of it; it wraps at words and may have several lines.
	Value string
	Tone  theme.Tone
	// Copied has a button beside the value that copies it, and is called after it did, to say so. Nil has none.
	Copied func()
	// Object stands in place of Value where it is set, such as a pill.
	Object fyne.CanvasObject
}

// List shows facts below one another. Facts with neither a value nor an object are left out.
type List struct {
	widget.BaseWidget
	rows []row
}

type row struct {
	label *kit.Para
	text  string
	tone  theme.Tone
	para  *kit.Para // shows the text; nil where there is an object
	value fyne.CanvasObject
	copy  *kit.Button // may be nil
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
		r := row{label: kit.NewLine(f.Label, theme.Muted), text: f.Value, tone: f.Tone, value: f.Object}
		if r.value == nil {
			r.para = kit.NewPara(f.Value, f.Tone)
			r.value = r.para
		}
		if f.Copied != nil {
			r.copy = kit.NewQuiet("", icons.Copy, func() {
				fyne.CurrentApp().Clipboard().SetContent(f.Value)
				f.Copied()
			})
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
		room := max(width-left, 1)
		button := fyne.Size{}
		if r.copy != nil {
			button = r.copy.MinSize()
			room = max(room-button.Width, 1)
		}
		if r.para != nil {
			r.para.Set(breakWords(r.text, room), r.tone)
		}
		r.value.Resize(fyne.NewSize(room, r.value.Size().Height))
		labelH, valueH := r.label.MinSize().Height, r.value.MinSize().Height
		h := max(labelH, valueH, button.Height)
		labelY := y
		if r.para == nil || r.copy != nil {
			labelY += (h - labelH) / 2
		}
		place(r.label, 0, labelY, labels, labelH)
		place(r.value, left, y+(h-valueH)/2, room, valueH)
		if r.copy != nil {
			place(r.copy, width-button.Width, y+(h-button.Height)/2, button.Width, button.Height)
		}
		y += h
	}
	return y
}

// breakWords puts a line end into words that are wider than the width, such as addresses of mail and of the web, so that they can be read whole.
func breakWords(text string, width float32) string {
	wide := func(s string) bool { return fyne.MeasureText(s, ftheme.TextSize(), fyne.TextStyle{}).Width > width }
	var out strings.Builder
	for rest := text; rest != ""; {
		n := strings.IndexFunc(rest, unicode.IsSpace)
		word, space := rest, ""
		if n >= 0 {
			_, size := utf8.DecodeRuneInString(rest[n:])
			word, space = rest[:n], rest[n:n+size]
		}
		rest = rest[len(word)+len(space):]
		for wide(word) {
			// As much as fits, by halving: a word is measured some times only.
			rs := []rune(word)
			fits := max(sort.Search(len(rs), func(i int) bool { return wide(string(rs[:i+1])) }), 1)
			if fits == len(rs) {
				break // one letter that is wider than all the room there is
			}
			// Rather after a mark, where there is one not too far back.
			if at := strings.LastIndexAny(string(rs[:fits]), "-@./_"); at >= 0 {
				if n := utf8.RuneCountInString(string(rs[:fits])[:at+1]); n > fits/3 {
					fits = n
				}
			}
			out.WriteString(string(rs[:fits]) + "\n")
			word = string(rs[fits:])
		}
		out.WriteString(word + space)
	}
	return out.String()
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
		if x.copy != nil {
			out = append(out, x.copy)
		}
	}
	return out
}

func (r *renderer) Refresh() {
	r.l.flow(r.l.Size().Width)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
