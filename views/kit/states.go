package kit

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/theme"
)

// stripTone is the tone of text on the quiet bar, which has a ground of its own.
const stripTone theme.Tone = 200

// newStripText returns a line for the quiet bar.
func newStripText() *Para {
	p := &Para{tone: stripTone}
	p.ExtendBaseWidget(p)
	return p
}

// NewEmptyState says what belongs in an empty place and offers to add it; the
// action may be nil.
func NewEmptyState(icon fyne.Resource, title, text string, action *Button) fyne.CanvasObject {
	return state(icon, title, text, action)
}

// NewErrorState says what happened, what was kept and what to do, and offers to
// try again; retry may be nil.
func NewErrorState(happened, kept, do string, retry func()) fyne.CanvasObject {
	var action *Button
	if retry != nil {
		action = NewButton(i18n.T("Try Again"), icons.Retry, retry)
	}
	text := kept
	if do != "" {
		if text != "" {
			text += "\n"
		}
		text += do
	}
	return state(icons.Error, happened, text, action)
}

func state(icon fyne.Resource, title, text string, action *Button) fyne.CanvasObject {
	width := theme.Wider(360)
	col := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap))
	if icon != nil {
		pic := canvas.NewImageFromResource(ftheme.NewColoredResource(icon, theme.ColorNameMuted))
		pic.FillMode = canvas.ImageFillContain
		pic.SetMinSize(fyne.NewSquareSize(40))
		col.Add(pic)
	}
	head := NewStrong(title)
	body := NewPara(text, theme.Muted)
	for _, p := range []*Para{head, body} {
		p.centre = true
		p.Resize(fyne.NewSize(width, 1))
	}
	col.Add(head)
	col.Add(body)
	if action != nil {
		col.Add(container.NewCenter(action))
	}
	return container.New(&stateLayout{width}, col)
}

// stateLayout keeps a state in the middle, at a width that reads well.
type stateLayout struct{ width float32 }

func (l *stateLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(200, o[0].MinSize().Height+2*theme.Inset)
}

func (l *stateLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	w := min(l.width, size.Width)
	o[0].Resize(fyne.NewSize(w, o[0].Size().Height))
	h := o[0].MinSize().Height
	place(o[0], (size.Width-w)/2, max((size.Height-h)/2, 0), w, h)
}

// Pill is a word on a coloured ground: a status.
type Pill struct {
	widget.BaseWidget
	text *canvas.Text
	rect *canvas.Rectangle
	tone theme.Tone
}

// NewPill returns a pill.
func NewPill(word string, tone theme.Tone) *Pill {
	p := &Pill{text: canvas.NewText(word, color.Transparent), rect: canvas.NewRectangle(color.Transparent), tone: tone}
	p.text.Alignment = fyne.TextAlignCenter
	p.ExtendBaseWidget(p)
	return p
}

// Set shows another word.
func (p *Pill) Set(word string, tone theme.Tone) {
	p.text.Text, p.tone = word, tone
	p.Refresh()
}

// CreateRenderer is for the toolkit.
func (p *Pill) CreateRenderer() fyne.WidgetRenderer {
	r := &pillRenderer{p}
	r.paint()
	return r
}

type pillRenderer struct{ p *Pill }

func (r *pillRenderer) Destroy() {}
func (r *pillRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.rect, r.p.text}
}

func (r *pillRenderer) MinSize() fyne.Size {
	return fyne.NewSize(r.p.text.MinSize().Width+2*cellInset, ftheme.TextSize()+2*theme.Unit)
}

func (r *pillRenderer) Layout(s fyne.Size) {
	h := r.MinSize().Height
	place(r.p.rect, 0, (s.Height-h)/2, s.Width, h)
	place(r.p.text, 0, 0, s.Width, s.Height)
	r.p.rect.CornerRadius = h / 2
}

func (r *pillRenderer) paint() {
	r.p.text.TextSize = ftheme.TextSize()
	r.p.text.Color = ftheme.Color(r.p.tone.Text())
	r.p.rect.FillColor = ftheme.Color(r.p.tone.Fill())
}

func (r *pillRenderer) Refresh() {
	r.paint()
	r.p.text.Refresh()
	r.p.rect.Refresh()
}
