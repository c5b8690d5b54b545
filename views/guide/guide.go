// Package guide shows the user guide in a window of its own, so that its steps can be followed beside the main one. It needs no network.
package guide

import (
	"io/fs"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/app/markup"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Contents is the name of no page: it stands for the first one.
const Contents = ""

// Guide is the guide on the screen: the list of its pages, and one of them.
type Guide struct {
	folder string
	files  func() fs.FS // of the pictures; asked off the UI thread
	loader *task.Loader[[]picture]
	pages  map[string]page
	order  []string
	chosen map[string]*kit.Button
	shown  string
	title  *kit.Header
	column *fyne.Container
	scroll *container.Scroll
	object fyne.CanvasObject
}

// New reads the guide in the language of the windows and shows its first page. The pictures come from a folder, see Pictures; leave closes its window.
func New(run *task.Runner, pictures func() fs.FS, leave func()) (*Guide, error) {
	g := &Guide{
		files: pictures, loader: task.NewLoader[[]picture](run),
		folder: folderOf(i18n.Language()), pages: map[string]page{}, chosen: map[string]*kit.Button{},
		title: kit.NewHeader("", ""), column: container.New(&kit.Stacked{Gap: theme.Gap}),
	}
	var err error
	if g.order, err = names(g.folder); err != nil {
		return nil, err
	}
	list := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, name := range g.order {
		p, err := read(g.folder, name)
		if err != nil {
			return nil, err
		}
		g.pages[name] = p
		b := kit.NewQuiet(p.title, nil, func() { g.Show(name) })
		b.OnEscape = leave
		g.chosen[name] = b
		list.Add(container.NewHBox(b))
	}
	g.scroll = container.NewVScroll(container.New(&centred{}, g.column))
	pad := layout.NewCustomPaddedLayout(theme.Gap, theme.Gap, theme.Inset, theme.Inset)
	side := container.NewHBox(container.NewVScroll(container.New(pad, list)), widget.NewSeparator())
	g.object = kit.Border(nil, nil, side, nil, kit.Border(container.New(pad, g.title), nil, nil, nil, g.scroll))
	g.Show(Contents)
	return g, nil
}

// Object is what is drawn.
func (g *Guide) Object() fyne.CanvasObject { return g.object }

// Names are the names of all pages, in their order.
func (g *Guide) Names() []string { return slices.Clone(g.order) }

// Shown is the name of the page in sight.
func (g *Guide) Shown() string { return g.shown }

// FocusPage puts the keyboard onto the name of the page in sight.
func (g *Guide) FocusPage(c fyne.Canvas) { c.Focus(g.chosen[g.shown]) }

// Show shows a page from its beginning; the first one where there is none of that name.
func (g *Guide) Show(name string) {
	p, ok := g.pages[name]
	if !ok {
		p = g.pages[g.order[0]]
	}
	g.shown = p.name
	g.title.Set(p.title, "")
	g.column.RemoveAll()
	for _, part := range p.parts {
		if part.picture != "" {
			g.column.Add(container.NewStack()) // until it is read
			continue
		}
		g.column.Add(kit.NewFormatted(markup.Parse(part.text)))
	}
	if len(p.onward) > 0 {
		onward := container.New(layout.NewCustomPaddedVBoxLayout(0))
		for _, next := range p.onward {
			onward.Add(container.NewHBox(kit.NewQuiet(g.pages[next].title, icons.Right, func() { g.Show(next) })))
		}
		g.column.Add(onward)
	}
	g.scroll.ScrollToTop()
	g.scroll.Refresh()
	g.loadPictures(p)
}

// textWidth is how wide the text is: lines that are longer are hard to follow.
const textWidth float32 = 680

// centred gives the text its width, at the left of what is there.
type centred struct{}

func (centred) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(textWidth+2*theme.Inset, o[0].MinSize().Height+2*theme.Gap)
}

func (centred) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.NewPos(theme.Inset, 0))
	o[0].Resize(fyne.NewSize(min(textWidth, size.Width-2*theme.Inset), size.Height))
}
