package importing

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// outcome runs the check, the import and its undoing, and shows how far they are and what they came to.
type outcome struct {
	page   *Page
	report *app.ImportReport // of the last check or import; nil where it is void
	undone bool

	task   *task.Task
	active bool
	unlook func() // ends the watching of the progress

	doing  *kit.Para
	bar    *widget.ProgressBar
	cancel *kit.Button
	card   *fyne.Container
	object *fyne.Container
}

func newOutcome(p *Page) *outcome {
	o := &outcome{page: p, doing: kit.NewPara("", theme.Plain), bar: widget.NewProgressBar(), object: container.NewStack()}
	o.cancel = kit.NewButton(i18n.T("Cancel"), icons.Close, o.stop)
	o.card = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), o.doing, o.bar, container.NewHBox(o.cancel))
	return o
}

// running tells whether the file is being read for a check or an import, or an import undone.
func (o *outcome) running() bool { return o.active }

// stop asks what runs to end.
func (o *outcome) stop() {
	if o.task != nil {
		o.task.Cancel()
		o.cancel.Disable()
		o.doing.Set(i18n.T("Stopping …"), theme.Muted)
	}
}

// clear makes the last report void.
func (o *outcome) clear() {
	if o.active || o.report == nil {
		return
	}
	o.void()
	o.draw()
}

// void takes the last report away, with the problems that it listed.
func (o *outcome) void() {
	o.report, o.undone = nil, false
	o.page.problems(nil, 0)
}

// actions are the buttons for the header.
func (o *outcome) actions() []fyne.CanvasObject {
	switch r := o.report; {
	case o.active:
		return nil
	case r == nil || o.undone:
		check := kit.NewPrimary(i18n.T("Check File"), icons.Check, o.check)
		if !o.page.ready() {
			check.Disable()
		}
		return []fyne.CanvasObject{check}
	case !r.DryRun && r.ImportID != 0:
		return []fyne.CanvasObject{
			kit.NewButton(i18n.T("Undo Import"), icons.Undo, func() {
				o.page.askUndo(r.ImportID, r.Imported, o.took)
			}),
			kit.NewPrimary(i18n.T("Show Clients"), icons.Clients, o.page.desk.Go.Clients),
		}
	default:
		label := i18n.N(r.Imported, "Import One Client", "Import %d Clients")
		run := kit.NewPrimary(label, icons.Import, o.imports)
		if r.Imported == 0 || o.refused() {
			run.Disable()
		}
		return []fyne.CanvasObject{kit.NewButton(i18n.T("Check Again"), icons.Retry, o.check), run}
	}
}

// refused tells whether nothing can come in because of a problem.
func (o *outcome) refused() bool {
	return o.report.Rejected > 0 && o.page.options().AllOrNothing
}

// check finds every problem and stores nothing. A file that was mended meanwhile is opened anew first.
func (o *outcome) check() {
	options := o.page.options()
	options.DryRun = true
	o.read(i18n.T("Checking %s", o.page.found.name), options, o.page.again, func() {})
}

// imports brings the clients in: those of the file that was checked.
func (o *outcome) imports() {
	same := func(context.Context, *app.ImportForm) (*app.ImportForm, *found, error) { return nil, nil, nil }
	o.read(i18n.T("Importing %s", o.page.found.name), o.page.options(), same, func() {
		if o.report.ImportID != 0 {
			o.page.desk.Say(i18n.N(o.report.Imported, "One client came in.", "%d clients came in."))
		}
	})
}

// read runs the file through the rules off the UI thread. again answers another form of it, and what is known of that, or nothing.
func (o *outcome) read(title string, options app.ImportOptions, again func(context.Context, *app.ImportForm) (*app.ImportForm, *found, error), then func()) {
	p := o.page
	if o.active || !p.ready() {
		return
	}
	form, layouts := p.form, p.file.layouts
	var report app.ImportReport
	var fresh *app.ImportForm
	var got *found
	p.busy = true
	o.run(title, func(ctx context.Context, progress *task.Progress) (err error) {
		if fresh, got, err = again(ctx, form); err != nil {
			return err
		}
		if fresh != nil {
			form = fresh
			if !slices.Equal(got.habits.Dates, layouts) {
				options.Dates = nil // chosen for other dates
			}
			if len(got.missing()) > 0 {
				return nil // the page says which columns are wanted
			}
		}
		report, err = p.desk.App.Imports.Run(ctx, form, options, progress)
		return err
	}, func(err error) {
		p.busy = false
		if fresh != nil {
			p.renew(fresh, got)
		}
		if p.left {
			p.let()
			return
		}
		switch {
		case errors.Is(err, context.Canceled):
			o.void()
			p.desk.Say(i18n.T("Stopped. None of the clients came in."))
		case err != nil:
			o.void()
			p.desk.Fail(err)
		case !p.ready():
			o.void()
		default:
			o.report, o.undone = &report, false
			p.problems(o.problems(), int64(len(report.Problems))+report.MoreFaults)
			then()
		}
	})
}

// run does something long, with progress and a way to stop it.
func (o *outcome) run(title string, work func(context.Context, *task.Progress) error, done func(error)) {
	o.active = true
	o.cancel.Enable()
	o.doing.Set(title, theme.Plain)
	o.bar.SetValue(0)
	o.unlook = o.page.desk.Run.Watch(o.progress)
	o.draw()
	o.page.offer()
	t := o.page.desk.Run.Task(title, work, func(err error) {
		o.active, o.task = false, nil
		o.unlook()
		done(err)
		o.draw()
		o.page.offer()
	})
	if o.active {
		o.task = t
	}
}

// progress shows how far the work is.
func (o *outcome) progress() {
	if o.task == nil {
		return
	}
	s := o.task.State()
	if s.Total > 0 {
		o.bar.SetValue(min(float64(s.Done)/float64(s.Total), 1))
	}
	if s.What != "" && !s.Cancelling {
		o.doing.Set(s.What, theme.Plain)
	}
}

// draw shows the progress, or what the last check or import came to.
func (o *outcome) draw() {
	var show fyne.CanvasObject
	switch {
	case o.active:
		show = kit.NewCard("", o.card)
	case o.report != nil:
		show = kit.NewCard(o.title(), container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), facts.New(o.facts()...), kit.NewPara(o.words(), theme.Muted)))
	}
	o.object.Objects = nil
	if show != nil {
		o.object.Objects = []fyne.CanvasObject{show}
	}
	o.object.Refresh()
	o.page.middle.Refresh()
}

func (o *outcome) title() string {
	switch {
	case o.undone:
		return i18n.T("The import was undone")
	case o.report.DryRun:
		return i18n.T("What would come in")
	case o.report.ImportID == 0:
		return i18n.T("Nothing came in")
	}
	return i18n.T("What came in")
}

func (o *outcome) facts() []facts.Fact {
	r := o.report
	bad := theme.Plain
	if r.Rejected > 0 {
		bad = theme.Danger
	}
	list := []facts.Fact{
		{Label: i18n.T("Rows"), Value: i18n.FormatInt(r.Rows)},
		{Label: i18n.T("Clients"), Value: i18n.FormatInt(r.Imported), Tone: theme.Good},
		{Label: i18n.T("Rows left out"), Value: i18n.FormatInt(r.Rejected), Tone: bad},
	}
	if n := len(r.NewGroups); n > 0 {
		const most = 10
		names := r.NewGroups[:min(n, most)]
		value := joined(names)
		if n > most {
			value = i18n.T("%s and %d more", value, n-most)
		}
		list = append(list, facts.Fact{Label: i18n.T("New groups"), Value: value})
	}
	return list
}

// words says what the report means for what comes next.
func (o *outcome) words() string {
	r := o.report
	switch {
	case o.undone:
		return i18n.T("All its clients went out again.")
	case r.DryRun && o.refused():
		return i18n.T("“All or nothing” is ticked, so nothing can come in while a row has a problem. Mend the file and choose it again, or take the tick away.")
	case r.DryRun && r.Imported == 0:
		return i18n.T("No row can come in as it is. Look at the problems, and at which column holds what.")
	case r.DryRun && r.Rejected > 0:
		return i18n.T("Nothing was stored yet. The rows with problems are left out; all others come in together.")
	case r.DryRun:
		return i18n.T("Nothing was stored yet. No row has a problem.")
	case r.ImportID == 0:
		return i18n.T("Nothing was stored.")
	case r.Rejected > 0:
		return i18n.T("The rows with problems were left out. Mend them in the file and import it once more: whoever came in is left out then.")
	}
	return i18n.T("Every row came in.")
}

// took notes that the import was undone.
func (o *outcome) took() {
	if o.report != nil {
		o.undone = true
		o.draw()
		o.page.offer()
	}
}
