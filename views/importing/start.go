package importing

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// maxPath is how long the place of a file may be in characters.
const maxPath = 4096

// earlierImports is how many of the earlier imports are listed.
const earlierImports = 100

// start asks for a file and lists the earlier imports.
type start struct {
	page    *Page
	loader  *task.Loader[listed]
	message *kit.Para
	path    *kit.Entry
	grid    *kit.Grid
	undo    *kit.Button
	earlier *fyne.Container
	imports []data.Import
	held    *fyne.Container // says that imported services wait to be billed
	column  *fyne.Container
	object  fyne.CanvasObject
}

// listed is what the beginning shows of earlier imports.
type listed struct {
	imports []data.Import
	held    int64 // services that wait to be billed
}

func newStart(p *Page) *start {
	s := &start{page: p, loader: task.NewLoader[listed](p.desk.Run), held: container.NewStack(), message: kit.NewPara("", theme.Danger)}
	s.message.Hide()
	choose := kit.NewPrimary(i18n.T("Choose a File"), icons.Import, p.choose)
	s.path = kit.NewEntry()
	s.path.Limit = maxPath
	s.path.SetPlaceHolder(i18n.T("or paste where the file lies, and press Enter"))
	s.path.OnReturn = func() {
		if path := strings.Trim(strings.TrimSpace(s.path.Text), `"`); path != "" {
			p.Take(path)
		}
	}
	ask := kit.NewCard("", container.NewVBox(kit.NewEmptyState(icons.Import, i18n.T("Drop a file here"),
		i18n.T("A list of clients as CSV, or a database dump of WHMCS (.sql or .sql.gz) with the whole office. What is in it is shown before anything comes in, and every import can be undone."), choose), s.path))
	s.grid = kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "date", Title: i18n.T("Date"), Width: 136},
		kit.Column{Key: "file", Title: i18n.T("File"), Width: 200, Grow: true},
		kit.Column{Key: "in", Title: i18n.T("Came in"), Kind: kit.NumberColumn, Width: 100},
		kit.Column{Key: "out", Title: i18n.T("Left out"), Kind: kit.NumberColumn, Width: 100},
		kit.Column{Key: "who", Title: i18n.T("By"), Width: 120},
		kit.Column{Key: "state", Title: i18n.T("State"), Kind: kit.PillColumn, Width: 110},
	)
	s.undo = kit.NewButton(i18n.T("Undo Import"), icons.Undo, s.undoChosen)
	s.undo.Disable()
	s.grid.OnSelect = func(int) { s.offer() }
	head := container.New(layout.NewCustomPaddedLayout(theme.Gap, 2*theme.Unit, 0, 0),
		kit.Border(nil, nil, nil, s.undo, container.NewVBox(layout.NewSpacer(), kit.NewStrong(i18n.T("Earlier imports")), layout.NewSpacer())))
	s.earlier = kit.Border(head, nil, nil, nil, s.grid)
	s.earlier.Hide()
	s.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), s.message, ask, s.held)
	s.object = kit.Scrolled(kit.Border(s.column, nil, nil, nil, s.earlier)) // large text in a small window has no room for it all
	return s
}

// fail says why a file could not be read; nil takes it back.
func (s *start) fail(err error) {
	words := ""
	if err != nil && !errors.Is(err, context.Canceled) {
		words = app.Explain(err)
	}
	s.message.Set(words, theme.Danger)
	s.message.Hidden = words == ""
	s.column.Refresh()
}

// load lists the earlier imports.
func (s *start) load() {
	s.loader.Load(func(ctx context.Context) (l listed, err error) {
		if l.imports, err = s.page.desk.App.Imports.List(ctx, earlierImports); err != nil {
			return l, err
		}
		l.held, err = s.page.desk.App.Imports.Held(ctx)
		return l, err
	}, func(l listed, err error) {
		if err != nil {
			s.page.desk.Fail(err)
			return
		}
		all := l.imports
		s.imports = all
		s.waits(l.held)
		rows := make(kit.Rows, len(all))
		for i, im := range all {
			rows[i] = importRow(im)
		}
		s.grid.SetSource(rows)
		s.earlier.Hidden = len(rows) == 0
		s.earlier.Refresh()
		s.offer()
	})
}

// waits offers to confirm the billing of imported services, where any wait for it.
func (s *start) waits(held int64) {
	s.held.Objects = nil
	if held > 0 {
		confirm := kit.NewButton(i18n.T("Confirm Billing"), icons.Check, func() { s.page.askBilling(held, s.load) })
		words := kit.NewPara(i18n.N(held, "One imported service is not billed here before you confirm it.", "%d imported services are not billed here before you confirm it."), theme.Waiting)
		s.held.Objects = []fyne.CanvasObject{kit.NewCard("", kit.Border(nil, nil, nil, confirm, words))}
	}
	s.held.Refresh()
	s.column.Refresh()
}

func importRow(im data.Import) *kit.Row {
	state, tone := i18n.T("Imported"), theme.Good
	if im.UndoneAt != nil {
		state, tone = i18n.T("Undone"), theme.Muted
	}
	return &kit.Row{
		Cells: []string{mailview.When(im.At), im.FileName, i18n.FormatInt(im.Imported), i18n.FormatInt(im.Rejected), im.Who, state},
		Tones: []theme.Tone{theme.Muted, theme.Plain, theme.Plain, theme.Plain, theme.Muted, tone},
		Muted: im.UndoneAt != nil,
	}
}

// chosen is the import of the chosen row that can be undone.
func (s *start) chosen() (im data.Import, ok bool) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.imports) {
		im = s.imports[i]
	}
	return im, im.ID != 0 && im.UndoneAt == nil
}

func (s *start) offer() {
	if _, ok := s.chosen(); ok && !s.page.outcome.running() {
		s.undo.Enable()
	} else {
		s.undo.Disable()
	}
}

func (s *start) undoChosen() {
	if im, ok := s.chosen(); ok {
		s.page.askUndo(im.ID, im.Imported, s.load)
	}
}

// askUndo asks, and then takes all clients of an import out again.
func (p *Page) askUndo(id, clients int64, done func()) {
	if !p.desk.Allowed(app.Deleting) {
		return
	}
	kit.Confirm(p.desk.Canvas(), i18n.T("Undo this import?"), []string{
		i18n.N(clients, "The client that came in is removed, with all that came with it.", "The %d clients that came in are removed, with all that came with them."),
		i18n.T("If one of them was changed or written to since, nothing is removed."),
	}, i18n.T("Undo Import"), true, func(ok func(error)) {
		p.desk.Run.Task(i18n.T("Undo Import"), func(ctx context.Context, progress *task.Progress) error {
			_, err := p.desk.App.Imports.Undo(ctx, id, progress)
			return err
		}, func(err error) {
			if err != nil {
				ok(errors.New(app.Explain(err)))
				return
			}
			ok(nil)
			p.desk.Say(i18n.N(clients, "One client went out again.", "%d clients went out again."))
			done()
		})
	})
}
