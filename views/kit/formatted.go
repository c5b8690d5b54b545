package kit

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	ftheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"clientele/app/markup"
	"clientele/views/theme"
)

// NewFormatted shows a text that package markup read. A link opens in the browser or the mail program when it is clicked; nothing else in a
// text does anything, and nothing is ever fetched for it.
func NewFormatted(blocks []markup.Block) fyne.CanvasObject {
	column := container.New(&Stacked{Gap: 2 * theme.Unit})
	for _, b := range blocks {
		words := blockOf(b)
		if b.Kind == markup.Item {
			words = container.New(&itemLayout{level: b.Level}, NewPara(b.Mark, theme.Plain), words)
		}
		column.Add(words)
	}
	return column
}

// blockOf is the words of a block. Most are plain, for which a plain text is drawn.
func blockOf(b markup.Block) fyne.CanvasObject {
	if len(b.Spans) == 1 {
		switch s := b.Spans[0]; {
		case b.Kind == markup.Heading || s.Bold && !s.Italic && s.Link == "":
			return NewStrong(s.Text)
		case !s.Italic && s.Link == "":
			return NewPara(s.Text, theme.Plain)
		}
	}
	rich := widget.NewRichText()
	rich.Wrapping = fyne.TextWrapWord
	for _, s := range b.Spans {
		style := widget.RichTextStyleInline
		style.TextStyle = fyne.TextStyle{Bold: s.Bold || b.Kind == markup.Heading, Italic: s.Italic}
		if u, err := url.Parse(s.Link); s.Link != "" && err == nil {
			rich.Segments = append(rich.Segments, &widget.HyperlinkSegment{Text: s.Text, URL: u, TextStyle: style.TextStyle})
			continue
		}
		rich.Segments = append(rich.Segments, &widget.TextSegment{Text: s.Text, Style: style})
	}
	return container.New(&unpadded{}, rich)
}

// Stacked puts things below one another whose heights depend on the width: each is given its width first and asked for its height then.
type Stacked struct{ Gap float32 }

// MinSize is for the toolkit.
func (l *Stacked) MinSize(objects []fyne.CanvasObject) (m fyne.Size) {
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		s := o.MinSize()
		m.Width = max(m.Width, s.Width)
		m.Height += s.Height + l.Gap
	}
	m.Height = max(m.Height-l.Gap, 0)
	return m
}

// Layout is for the toolkit.
func (l *Stacked) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	var y float32
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		o.Resize(fyne.NewSize(size.Width, o.Size().Height))
		h := o.MinSize().Height
		o.Resize(fyne.NewSize(size.Width, h))
		o.Move(fyne.NewPos(0, y))
		y += h + l.Gap
	}
}

// itemLayout puts the mark of a list's item before its words.
type itemLayout struct{ level int }

// markRoom is the room for a mark: two digits and a point.
const markRoom = 6 * theme.Unit

func (l *itemLayout) left() float32 { return float32(l.level+1) * markRoom }

func (l *itemLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	words := o[1].MinSize()
	return fyne.NewSize(l.left()+words.Width, max(words.Height, o[0].MinSize().Height))
}

func (l *itemLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(markRoom, size.Height))
	o[0].Move(fyne.NewPos(l.left()-markRoom+theme.Unit, 0))
	o[1].Resize(fyne.NewSize(max(size.Width-l.left(), 0), size.Height))
	o[1].Move(fyne.NewPos(l.left(), 0))
}

// unpadded takes off the room that the toolkit's texts have around them, so that they line up with others.
type unpadded struct{}

func (*unpadded) MinSize(o []fyne.CanvasObject) fyne.Size {
	const around = 2
	pad := around * ftheme.InnerPadding()
	return fyne.NewSize(1, max(o[0].MinSize().Height-pad, 0))
}

func (*unpadded) Layout(o []fyne.CanvasObject, size fyne.Size) {
	pad := ftheme.InnerPadding()
	o[0].Resize(size.AddWidthHeight(2*pad, 2*pad))
	o[0].Move(fyne.NewPos(-pad, -pad))
}
