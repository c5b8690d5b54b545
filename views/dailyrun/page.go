// Package dailyrun is the page of the daily run: what is due, line by line and why, with each line to be left out; and what earlier runs did, and whom they
// skipped.
package dailyrun

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// Page is the page of the daily run.
type Page struct {
	desk.Plain
	d       *desk.Desk
	state   *task.Loader[app.DailyState]
	due     *due
	reports *reports
	header  *kit.Header
	waiting *kit.Para // why it does not start by itself
	run     *kit.Button
	running bool
	chips   []*kit.Chip
	middle  *fyne.Container
	object  fyne.CanvasObject
}

// New builds the page. It reads nothing before it is first shown.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, state: task.NewLoader[app.DailyState](d.Run), middle: container.NewStack(), waiting: kit.NewPara("", theme.Waiting)}
	p.due, p.reports = newDue(d, p), newReports(d)
	p.run = kit.NewPrimary(i18n.T("Run Today's Tasks"), icons.Daily, p.start)
	p.header = kit.NewHeader(i18n.T("Daily run"), "", kit.NewButton(i18n.T("Settings"), icons.Settings, func() { d.Go.Settings("daily") }), p.run)
	p.waiting.Hide()
	p.chips = []*kit.Chip{
		kit.NewChip(i18n.T("What is due"), true, func(bool) { p.part(0) }), kit.NewChip(i18n.T("Reports"), false, func(bool) { p.part(1) }),
	}
	head := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, theme.Inset, theme.Inset), p.header)
	choose := container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, theme.Inset, theme.Inset), container.NewVBox(p.waiting, kit.NewChips(p.chips[0], p.chips[1])))
	p.object = kit.Border(container.NewVBox(head, choose), nil, nil, nil, p.middle)
	p.part(0)
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// part shows what is due, or the reports.
func (p *Page) part(n int) {
	for i, c := range p.chips {
		c.Set(i == n)
	}
	parts := []fyne.CanvasObject{p.due.object, p.reports.object}
	p.middle.Objects = []fyne.CanvasObject{parts[n]}
	p.middle.Refresh()
}

// Shown reads what is due anew. Where that is in sight, its list has the keyboard then.
func (p *Page) Shown() {
	p.due.focus = p.middle.Objects[0] == p.due.object
	p.load()
}

// Changed follows what a run does, here or elsewhere.
func (p *Page) Changed(c app.Change) {
	if c.Topic == app.TopicDaily && !p.running {
		p.load()
	}
}

func (p *Page) load() {
	p.state.Load(p.d.App.Daily.State, func(st app.DailyState, err error) {
		if err != nil {
			p.d.Fail(err)
			return
		}
		p.header.Set(i18n.T("Daily run"), Words(st))
		p.waiting.Set(st.Waiting, theme.Waiting)
		if st.Waiting == "" {
			p.waiting.Hide()
		} else {
			p.waiting.Show()
		}
	})
	p.due.load()
	p.reports.load()
}

// Words tell how the daily run stands.
func Words(st app.DailyState) string {
	switch {
	case st.Last == nil:
		return i18n.T("It never ran yet")
	case st.Today && st.Last.State == data.RunStopped && st.Last.EndedAt != nil:
		return i18n.T("Stopped today: %s. The next run does the rest.", mailview.When(*st.Last.EndedAt))
	case st.Today && st.Last.EndedAt != nil:
		return i18n.T("Done today: %s", mailview.When(*st.Last.EndedAt))
	}
	return i18n.T("The last one was on %s: %s", st.Last.Day.Format(i18n.CurrentLocale()), app.RunStateName(st.Last.State))
}

// start does what is ticked. The strip at the foot of the window tells how far it is, and stops it.
func (p *Page) start() {
	if p.running || !p.due.loaded {
		return
	}
	do := app.DailyDo{Plan: p.due.plan, Unticked: p.due.unticked(), Cause: app.DailyByHand}
	p.running = true
	p.run.Disable()
	Start(p.d, func(ctx context.Context, progress app.Progress) (app.DailyDone, error) {
		return p.d.App.Daily.Run(ctx, do, progress)
	}, func(ok bool) {
		p.running = false
		p.run.Enable()
		p.load()
		if ok {
			p.part(1)
		}
	})
}

// Start runs the daily work as a task that people see and can stop, and tells in the bar what it came to.
func Start(d *desk.Desk, work func(context.Context, app.Progress) (app.DailyDone, error), ended func(ok bool)) {
	start(d, work, false, ended)
}

// start does so; quiet says nothing of a run that found nothing to do.
func start(d *desk.Desk, work func(context.Context, app.Progress) (app.DailyDone, error), quiet bool, ended func(ok bool)) {
	var done app.DailyDone
	d.Run.Task(i18n.T("Daily run"), func(ctx context.Context, p *task.Progress) (err error) {
		done, err = work(ctx, p)
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, app.ErrRunElsewhere):
			d.Say(app.Explain(err))
		case err != nil:
			d.Fail(err)
		case done.Stopped:
			d.Say(i18n.T("The daily run was stopped. What was done stays done; the next run does the rest."))
		case done.Alone:
			d.Say(i18n.T("The daily run is done: %s done, %s skipped. From now on it mails clients by itself.", i18n.FormatInt(done.Run.Done), i18n.FormatInt(done.Run.Skipped)),
				kit.Action{Label: i18n.T("Settings"), Do: func() { d.Go.Settings("daily") }})
		case done.Run.Done > 0 || done.Run.Skipped > 0:
			d.Say(i18n.T("The daily run is done: %s done, %s skipped.", i18n.FormatInt(done.Run.Done), i18n.FormatInt(done.Run.Skipped)))
		case !quiet:
			d.Say(i18n.T("The daily run is done: nothing was due."))
		}
		ended(err == nil)
	})
}

// Automatic starts the run that is due by itself. Nobody asked for it, so it speaks only of what it did.
func Automatic(d *desk.Desk, cause app.DailyCause) {
	start(d, func(ctx context.Context, p app.Progress) (app.DailyDone, error) {
		_, done, err := d.App.Daily.Today(ctx, date.Date{}, cause, p)
		return done, err
	}, true, func(bool) {})
}
