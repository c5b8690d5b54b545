package kit

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Para is a text that wraps at words, without the padding that the toolkit's
// label puts around its text, so that it lines up with fields and headings.
type Para struct {
	widget.BaseWidget
	text   string
	tone   theme.Tone
	bold   bool
	head   bool
	oneRow bool
	whole  bool
	centre bool
	lines  []*canvas.Text
	width  float32
	cut    *cutter // what was measured, of the present size
}

// NewPara returns a text of the usual size.
func NewPara(text string, tone theme.Tone) *Para {
	p := &Para{text: text, tone: tone}
	p.ExtendBaseWidget(p)
	return p
}

// NewStrong returns a text of the usual size in the heavier weight.
func NewStrong(text string) *Para {
	p := &Para{text: text, bold: true}
	p.ExtendBaseWidget(p)
	return p
}

// NewHeading returns a text of the larger size, cut with an ellipsis when there
// is no room for it.
func NewHeading(text string) *Para {
	p := &Para{text: text, bold: true, head: true, oneRow: true}
	p.ExtendBaseWidget(p)
	return p
}

// NewLine returns a text that never wraps but is cut with an ellipsis.
func NewLine(text string, tone theme.Tone) *Para {
	p := &Para{text: text, tone: tone, oneRow: true}
	p.ExtendBaseWidget(p)
	return p
}

// NewWhole returns a text of one line that takes the room it needs, for what must not be cut, such as an amount.
func NewWhole(text string, tone theme.Tone) *Para {
	p := NewLine(text, tone)
	p.whole = true
	return p
}

// Text answers what it says.
func (p *Para) Text() string { return p.text }

// Set shows another text in another tone.
func (p *Para) Set(text string, tone theme.Tone) {
	if p.text == text && p.tone == tone {
		return
	}
	p.text, p.tone = text, tone
	p.Refresh()
}

func (p *Para) textSize() float32 {
	if p.head {
		return ftheme.Size(ftheme.SizeNameHeadingText)
	}
	return ftheme.TextSize()
}

func (p *Para) colour() fyne.ThemeColorName {
	if p.tone == stripTone {
		return theme.ColorNameOnStrip
	}
	return p.tone.Text()
}

func (p *Para) style() fyne.TextStyle { return fyne.TextStyle{Bold: p.bold} }

func (p *Para) lineHeight() float32 {
	return fyne.MeasureText("M", p.textSize(), p.style()).Height
}

// cutter answers one that remembers its letters, as the whole window is asked for its sizes with each change.
func (p *Para) cutter() *cutter {
	if size := p.textSize(); p.cut == nil || p.cut.size != size {
		p.cut = newCutter(size, p.style())
	}
	return p.cut
}

// wrap breaks the text into lines of at most a width.
func (p *Para) wrap(width float32) []string {
	c := p.cutter()
	if p.oneRow {
		if width <= 0 {
			return []string{oneLine(p.text)}
		}
		s, _ := c.fit(p.text, width)
		return []string{s}
	}
	var out []string
	for _, par := range strings.Split(p.text, "\n") {
		line := ""
		for _, word := range strings.Fields(oneLine(par)) {
			next := word
			if line != "" {
				next = line + " " + word
			}
			if line != "" && width > 0 && c.width(next) > width {
				out = append(out, line)
				next = word
			}
			line = next
		}
		if width > 0 {
			line, _ = c.fit(line, width)
		}
		out = append(out, line)
	}
	return out
}

func (p *Para) build() {
	lines := p.wrap(p.width)
	for len(p.lines) < len(lines) {
		p.lines = append(p.lines, canvas.NewText("", color.Transparent))
	}
	p.lines = p.lines[:len(lines)]
	h := p.lineHeight()
	for i, s := range lines {
		t := p.lines[i]
		t.Text, t.TextSize, t.TextStyle = visual(s), p.textSize(), p.style()
		t.Color = ftheme.Color(p.colour())
		if p.centre {
			t.Alignment = fyne.TextAlignCenter
		}
		place(t, 0, float32(i)*h, p.width, h)
		t.Refresh()
	}
}

// Resize wraps the text anew when the width changed.
func (p *Para) Resize(size fyne.Size) {
	if size.Width != p.width {
		p.width = size.Width
		p.build()
	}
	p.BaseWidget.Resize(size)
}

// CreateRenderer is for the toolkit.
func (p *Para) CreateRenderer() fyne.WidgetRenderer {
	p.build()
	return &paraRenderer{p}
}

type paraRenderer struct{ p *Para }

func (r *paraRenderer) Destroy()         {}
func (r *paraRenderer) Layout(fyne.Size) {}

// MinSize is as high as the lines are at the present width. One row asks for
// some room, as it can be cut; wrapped text for none, as it takes what it gets.
func (r *paraRenderer) MinSize() fyne.Size {
	p := r.p
	if p.oneRow {
		want := p.cutter().width(oneLine(firstRunes(p.text, 200)))
		if !p.whole {
			want = min(want, 24*theme.Unit)
		}
		return fyne.NewSize(want, p.lineHeight())
	}
	return fyne.NewSize(1, float32(len(p.lines))*p.lineHeight())
}

func (r *paraRenderer) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(r.p.lines))
	for i, t := range r.p.lines {
		out[i] = t
	}
	return out
}

func (r *paraRenderer) Refresh() {
	r.p.build()
	canvas.Refresh(r.p)
}
