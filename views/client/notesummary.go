package client

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/markup"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// noteSummary is the card of the Summary with the newest notes, and a field for one more.
type noteSummary struct {
	page   *Page
	object *fyne.Container
	lines  *fyne.Container
	shown  []data.Note
}

// newestNotes is how many notes the Summary shows.
const newestNotes = app.OverviewNotes

func newNoteSummary(page *Page) *noteSummary {
	s := &noteSummary{page: page, lines: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	s.object = container.New(&kit.Stacked{Gap: 2 * theme.Unit}, page.notes.quick.object, s.lines)
	return s
}

// show lists the newest notes; there may be one more than are shown. Lines that say the same stay, and with them the keyboard.
func (s *noteSummary) show(notes []data.Note) {
	if len(s.lines.Objects) > 0 && slices.Equal(notes, s.shown) {
		return
	}
	s.shown = notes
	s.lines.RemoveAll()
	all := func() { s.page.bring(s.page.notes) }
	for _, n := range notes[:min(len(notes), newestNotes)] {
		const most = 200
		words, by := markup.Beginning(n.Body, most), i18n.T("%s, %s", n.CreatedBy, mailview.When(n.CreatedAt))
		s.lines.Add(kit.NewItem(words, by, nil, words+", "+by, all))
	}
	switch {
	case len(notes) == 0:
		s.lines.Add(kit.NewPara(i18n.T("No notes yet."), theme.Muted))
	case len(notes) > newestNotes:
		s.lines.Add(container.NewHBox(kit.NewQuiet(i18n.T("All Notes"), nil, all)))
	}
}
