// Package importing is the page on which clients are brought in from a file: what was found in it, which column holds what, every problem before
// anything is stored, and a way back (IO-1).
package importing

import (
	"context"
	"errors"
	"image/color"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	csvfile "clientele/app/importing"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Page is the import of one file after another.
type Page struct {
	desk.Plain
	desk *desk.Desk

	path  string
	form  *app.ImportForm // used by the work that runs, or by nobody
	found *found
	todo  []change
	busy  bool
	left  bool // the page is gone: what ends now lets go of the file

	header  *kit.Header
	buttons *fyne.Container
	middle  *fyne.Container
	object  fyne.CanvasObject

	start   *start
	file    *filePanel
	columns *columnPanel
	outcome *outcome
	dump    *dumpPanel
	tabs    *kit.Tabs
	begun   bool
	follow  bool // a button that had the keyboard is gone: the next one has it once nothing runs
}

var _ desk.Page = (*Page)(nil)

// New builds the page. With a path that file is looked at at once, otherwise one is asked for.
func New(d *desk.Desk, path string) *Page {
	p := &Page{desk: d, path: path, buttons: kit.NewButtons(), middle: container.NewStack()}
	p.header = kit.NewHeader(i18n.T("Import"), "", p.buttons)
	p.start = newStart(p)
	p.file = newFilePanel(p)
	p.columns = newColumnPanel(p)
	p.outcome = newOutcome(p)
	p.dump = newDumpPanel(p)
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(1, 11*theme.Unit)) // the header is as high without buttons
	p.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), container.NewStack(room, p.header)), nil, nil, nil, p.middle))
	p.show()
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown looks at the file that the page was opened for, or lists the earlier imports.
func (p *Page) Shown() {
	p.left = false
	if !p.begun && p.path != "" {
		p.begun = true
		p.inspect(p.path)
		return
	}
	p.begun = true
	p.start.load()
	if p.form == nil && !p.dump.shown() {
		p.desk.Canvas().Focus(p.start.path)
	}
}

// Changed lists the earlier imports anew.
func (p *Page) Changed(c app.Change) {
	if c.Topic == app.TopicClient && c.ClientID == 0 && p.begun {
		p.start.load()
	}
}

// Leave asks where an import would be stopped.
func (p *Page) Leave(proceed func()) {
	if !p.outcome.running() {
		p.left = true
		p.let()
		p.dump.close()
		proceed()
		return
	}
	kit.Confirm(p.desk.Canvas(), i18n.T("Stop the import?"),
		[]string{i18n.T("“%s” is being read just now. If you leave, it is stopped, and none of its clients comes in.", filepath.Base(p.path))},
		i18n.T("Stop and Leave"), true, func(done func(error)) {
			p.outcome.stop()
			p.left = true
			done(nil)
			proceed()
		})
}

// Take looks at a file that was dropped onto the window, in the place of the one before.
func (p *Page) Take(path string) {
	switch {
	case p.busy && p.path == path: // it is being looked at
	case p.busy:
		p.desk.Say(i18n.T("A file is being read just now. Choose the next one when it is done."))
	default:
		p.begun = true
		p.inspect(path)
	}
}

// choose asks for a file.
func (p *Page) choose() {
	desk.OpenFile{Title: i18n.T("Which file is to be imported?"), Endings: []string{".csv", ".txt", ".tsv", ".sql", ".gz"}, Chosen: p.Take}.Ask(p.desk)
}

// inspect opens a file and finds its form.
func (p *Page) inspect(path string) {
	p.let()
	p.path = path
	if app.IsDump(path) {
		p.dump.open(path)
		return
	}
	p.dump.close()
	p.busy = true
	var form *app.ImportForm
	var got *found
	p.desk.Run.Task(i18n.T("Looking at the file"), func(ctx context.Context, _ *task.Progress) (err error) {
		if form, err = p.desk.App.Imports.Inspect(ctx, path); err != nil {
			return err
		}
		if got, err = look(ctx, form); err != nil {
			return errors.Join(err, form.Close())
		}
		return nil
	}, func(err error) {
		p.busy = false
		if err != nil {
			p.start.fail(err)
			p.show()
			return
		}
		p.start.fail(nil)
		p.form = form
		if p.left {
			p.let()
			return
		}
		p.outcome.clear()
		p.file.forget()
		p.take(got)
		p.show()
		p.desk.Canvas().Focus(p.columns.grid.FocusTarget())
	})
}

// let goes back to the beginning and lets go of the file.
func (p *Page) let() {
	if p.form == nil || p.busy {
		return
	}
	if err := p.form.Close(); err != nil && !p.left {
		p.desk.Fail(err)
	}
	p.form, p.found, p.todo = nil, nil, nil
	p.outcome.clear()
	p.show()
	p.start.load()
}

// reform has something changed in how the file is read. Changes are made one after the other, off the UI thread; what was found in a check is void
// from now on.
func (p *Page) reform(c change) {
	p.outcome.clear()
	p.todo = append(p.todo, c)
	p.offer()
	p.next()
}

// next makes the changes that wait.
func (p *Page) next() {
	if p.busy || len(p.todo) == 0 || p.form == nil {
		return
	}
	todo, form := p.todo, p.form
	p.todo, p.busy = nil, true
	var got *found
	p.desk.Run.Task(i18n.T("Looking at the file"), func(ctx context.Context, _ *task.Progress) (err error) {
		var trouble error
		for _, c := range todo {
			if err := c(ctx, form); err != nil {
				trouble = err
			}
		}
		if err := form.Look(ctx); err != nil {
			trouble = err
		}
		if got, err = look(ctx, form); err == nil && trouble != nil {
			got.trouble = trouble.Error()
		}
		return err
	}, func(err error) {
		p.busy = false
		if err != nil {
			p.desk.Fail(err)
		} else {
			p.take(got)
		}
		if p.left {
			p.let()
			return
		}
		p.next()
		p.offer()
	})
}

// again opens the file anew where it was mended since, off the UI thread. It answers nothing where it was not.
func (p *Page) again(ctx context.Context, form *app.ImportForm) (*app.ImportForm, *found, error) {
	fresh, err := p.desk.App.Imports.Again(ctx, form)
	if err != nil || fresh == form {
		return nil, nil, err
	}
	got, err := look(ctx, fresh)
	if err != nil {
		return nil, nil, errors.Join(err, fresh.Close())
	}
	return fresh, got, nil
}

// renew goes on with a file that was opened anew.
func (p *Page) renew(fresh *app.ImportForm, got *found) {
	if err := p.form.Close(); err != nil && !p.left {
		p.desk.Fail(err)
	}
	p.form = fresh
	p.take(got)
}

// take shows what was found in the file.
func (p *Page) take(got *found) {
	p.found = got
	p.file.set(got)
	p.columns.set(got)
	p.offer()
}

// options are the choices for the import as they stand.
func (p *Page) options() app.ImportOptions { return p.file.options() }

// ready tells whether the file can be checked.
func (p *Page) ready() bool {
	return p.found != nil && !p.busy && len(p.todo) == 0 && len(p.found.missing()) == 0 && p.found.trouble == ""
}

// show shows the beginning, or the file.
func (p *Page) show() {
	switch {
	case p.dump.shown():
		p.middle.Objects = []fyne.CanvasObject{p.dump.content()}
	case p.form == nil:
		p.middle.Objects = []fyne.CanvasObject{p.start.object}
	default:
		p.tabs = kit.NewTabs()
		p.tabs.Add("columns", i18n.T("Columns"), p.columns.object, true)
		column := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), p.file.object, p.outcome.object)
		left := container.New(&side{width: 328}, kit.Scrolled(container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 0, theme.Gap), column)))
		p.middle.Objects = []fyne.CanvasObject{
			kit.Border(nil, nil, left, nil, container.New(layout.NewCustomPaddedLayout(0, 0, theme.Unit, 0), p.tabs)),
		}
	}
	p.middle.Refresh()
	p.offer()
}

// offer puts the buttons into the header that fit where the import stands. The last one is what comes next.
func (p *Page) offer() {
	p.follow = p.follow || kit.Holds(p.desk.Canvas(), p.buttons)
	p.buttons.RemoveAll()
	next := p.outcome.actions
	switch {
	case p.dump.shown():
		p.header.Set(i18n.T("Import"), filepath.Base(p.dump.path))
		next = p.dump.actions
	case p.form == nil:
		p.header.Set(i18n.T("Import"), "")
		return
	default:
		p.header.Set(i18n.T("Import Clients"), p.found.name)
	}
	another := kit.NewButton(i18n.T("Another File"), icons.Import, p.choose)
	if p.outcome.running() {
		another.Disable()
	}
	p.buttons.Add(another)
	for _, b := range next() {
		p.buttons.Add(b)
	}
	p.header.Refresh()
	if p.follow && !p.outcome.running() {
		p.follow = false
		p.lead()
	}
}

// lead puts the keyboard to what comes next of what can be pressed.
func (p *Page) lead() {
	for _, o := range slices.Backward(p.buttons.Objects) {
		if b, ok := o.(*kit.Button); ok && !b.Disabled() {
			p.desk.Canvas().Focus(b)
			return
		}
	}
}

// problems shows the problems of a check or an import in a tab of their own; none takes the tab away.
func (p *Page) problems(o fyne.CanvasObject, n int64) {
	if p.tabs == nil {
		return
	}
	p.tabs.Remove("problems") // those of the check before
	if o == nil {
		p.tabs.Go("columns")
		return
	}
	p.tabs.Add("problems", i18n.T("Problems (%s)", i18n.FormatInt(n)), o, true)
	p.tabs.Go("problems")
}

// side gives the left column its width.
type side struct{ width float32 }

func (l *side) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(l.width, o[0].MinSize().Height)
}

func (l *side) Layout(o []fyne.CanvasObject, s fyne.Size) { o[0].Resize(s) }

// each has do called with all values whenever a person changes one.
func each(f *kit.Form, do func(values map[string]string)) {
	f.OnDirty = func(dirty bool) {
		if dirty {
			f.MarkClean() // so that the next change is one again
			do(f.Values())
		}
	}
}

// fieldChoices are the fields that a column can hold, by their keys.
func fieldChoices() []kit.Choice {
	all := []kit.Choice{{Key: notImported, Label: fieldName(csvfile.None)}}
	for _, f := range csvfile.Fields() {
		all = append(all, kit.Choice{Key: f.Key(), Label: fieldName(f)})
	}
	return all
}

const notImported = "-"

// fieldOf is the field of a key of fieldChoices.
func fieldOf(key string) csvfile.Field {
	all := csvfile.Fields()
	if i := slices.IndexFunc(all, func(f csvfile.Field) bool { return f.Key() == key }); i >= 0 {
		return all[i]
	}
	return csvfile.None
}

// joined puts names into one line.
func joined(names []string) string { return strings.Join(names, ", ") }

// Save takes the step that the button at the right offers: check, then import, then show the clients.
func (p *Page) Save() {
	if n := len(p.buttons.Objects); n > 0 {
		if next, ok := p.buttons.Objects[n-1].(*kit.Button); ok && !next.Disabled() {
			next.OnTapped()
		}
	}
}
