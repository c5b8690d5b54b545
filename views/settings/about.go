package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// aboutSection says what the program is, where the data lies, and whose works it is built from.
type aboutSection struct {
	kept
	page   *Page
	loader *task.Loader[[]work]
	works  []work
	grid   *kit.Grid
	text   *widget.TextGrid // the licence that is shown; nil before the first
	frame  *fyne.Container  // holds it
	root   fyne.CanvasObject
}

func newAbout(p *Page) section {
	s := &aboutSection{page: p, loader: task.NewLoader[[]work](p.desk.Run), frame: container.NewStack()}
	folder := kit.NewCopyLabel(p.params.Folder)
	folder.OnCopied = func() { p.desk.Say(i18n.T("The place of the data was copied.")) }
	what := facts.New(
		facts.Fact{Label: i18n.T("Version"), Value: p.params.Version},
		facts.Fact{Label: i18n.T("The data lies in"), Object: folder},
		facts.Fact{Label: i18n.T("Licence"), Value: i18n.T("MIT: you may use, change and pass on Clientele freely, without any warranty.")},
	)
	s.grid = kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Built from"), Width: 190, Grow: true},
		kit.Column{Key: "version", Title: i18n.T("Version"), Width: 84},
	)
	s.grid.OnSelect = s.read
	works := kit.Border(nil, nil, container.New(&column{width: 300}, s.grid), nil,
		container.New(layout.NewCustomPaddedLayout(0, 0, theme.Gap, 0), kit.NewCard("", s.frame)))
	top := container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 0, 0), kit.NewCard("", what))
	s.root = under(kit.NewHeader(i18n.T("About Clientele"), ""), kit.Border(top, nil, nil, nil, works))
	return s
}

func (s *aboutSection) object() fyne.CanvasObject { return s.root }
func (s *aboutSection) first() fyne.CanvasObject  { return s.grid }

// shown reads the licences once.
func (s *aboutSection) shown() {
	if s.works != nil {
		return
	}
	s.loader.Load(func(context.Context) ([]work, error) { return readLicences(assets.Licences()), nil }, func(works []work, err error) {
		if err != nil {
			s.page.desk.Fail(err)
			return
		}
		s.works = works
		rows := make(kit.Rows, len(works))
		for i, w := range works {
			rows[i] = &kit.Row{Cells: []string{w.name, w.version}, Tones: []theme.Tone{theme.Plain, theme.Muted}}
		}
		s.grid.SetSource(rows)
		s.grid.Select(0)
	})
}

// read shows the licence of a work from its beginning. Each has a grid of its own: one that is given a text with longer lines than before leaves
// the letters that are new at the left edge, over the first ones.
func (s *aboutSection) read(row int) {
	if row < 0 || row >= len(s.works) {
		return
	}
	s.text = widget.NewTextGridFromString(s.works[row].text())
	s.text.Scroll = fyne.ScrollBoth
	s.frame.Objects = []fyne.CanvasObject{s.text}
	s.frame.Refresh()
}
