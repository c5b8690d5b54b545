package importing

import (
	"context"
	"errors"
	"image/color"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// dumpPanel is the import of a whole office from a database dump: what is in it, what would come in, and what came in (IO-2).
type dumpPanel struct {
	page   *Page
	path   string
	dump   *app.Dump       // nil while it is being opened
	report *app.DumpReport // of the last check or import
	undone bool
	held   int64 // services that wait to be billed, after an import

	files  *kit.Text
	mend   *kit.Checks
	form   *kit.Form
	facts  *fyne.Container
	tabs   *kit.Tabs
	object *fyne.Container
}

const (
	keyFiles = "files"
	keyMend  = "mend"
)

func newDumpPanel(p *Page) *dumpPanel {
	d := &dumpPanel{page: p, files: kit.NewText(maxPath), facts: container.NewStack(), object: container.NewStack()}
	d.mend = kit.NewChecks(kit.Choice{Key: yes, Label: i18n.T("Mend texts that were encoded twice")})
	d.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyFiles, Label: i18n.T("Folder with the clients' files"), Wide: true, Input: d.files, Help: i18n.T("A dump does not hold what is in files. WHMCS keeps them in its folder “attachments”.")},
		{Key: keyMend, Wide: true, Input: d.mend, Help: i18n.T("As “Ã¼” for “ü”.")},
	}})
	each(d.form, func(map[string]string) { d.void() })
	return d
}

// open looks at what is in a dump.
func (d *dumpPanel) open(path string) {
	d.close()
	d.path = path
	d.report, d.undone = nil, false
	d.form.SetValues(map[string]string{keyFiles: "", keyMend: yes})
	p := d.page
	p.busy = true
	p.show()
	var opened *app.Dump
	p.outcome.run(i18n.T("Looking at %s", filepath.Base(path)), func(ctx context.Context, progress *task.Progress) (err error) {
		opened, err = p.desk.App.Imports.OpenDump(ctx, path, progress)
		return err
	}, func(err error) {
		p.busy = false
		d.dump = opened
		switch {
		case p.left:
			d.close()
			return
		case err != nil:
			d.close()
			p.start.fail(err)
		default:
			p.start.fail(nil)
			d.draw()
		}
		p.show()
	})
}

// shown tells whether a dump is looked at, or being opened.
func (d *dumpPanel) shown() bool { return d.path != "" }

// close lets go of the dump.
func (d *dumpPanel) close() {
	if d.dump != nil {
		d.dump.Close()
	}
	d.dump, d.path, d.report = nil, "", nil
}

// void makes the last check void: it may be different by other choices.
func (d *dumpPanel) void() {
	if d.report != nil && d.report.DryRun && !d.page.outcome.running() {
		d.report = nil
		d.draw()
		d.page.offer()
	}
}

func (d *dumpPanel) options() app.DumpOptions {
	return app.DumpOptions{Files: d.files.Value(), TextsAsStored: d.form.Value(keyMend) != yes}
}

// actions are the buttons for the header. The last one is what comes next.
func (d *dumpPanel) actions() []fyne.CanvasObject {
	switch r := d.report; {
	case d.dump == nil || d.page.outcome.running():
		return nil
	case r == nil || d.undone:
		return []fyne.CanvasObject{kit.NewPrimary(i18n.T("Check File"), icons.Check, d.check)}
	case r.DryRun:
		run := kit.NewPrimary(i18n.N(r.Clients, "Import One Client", "Import %d Clients"), icons.Import, d.imports)
		if r.Clients == 0 {
			run.Disable()
		}
		return []fyne.CanvasObject{kit.NewButton(i18n.T("Check Again"), icons.Retry, d.check), run}
	case r.ImportID == 0:
		return []fyne.CanvasObject{kit.NewPrimary(i18n.T("Show Clients"), icons.Clients, d.page.desk.Go.Clients)}
	default:
		buttons := []fyne.CanvasObject{kit.NewButton(i18n.T("Undo Import"), icons.Undo, func() { d.page.askUndo(r.ImportID, r.Clients, d.took) })}
		if d.held > 0 {
			buttons = append(buttons, kit.NewButton(i18n.T("Confirm Billing"), icons.Check, func() { d.page.askBilling(d.held, d.confirmed) }))
		}
		return append(buttons, kit.NewPrimary(i18n.T("Show Clients"), icons.Clients, d.page.desk.Go.Clients))
	}
}

// check finds every problem, works out every sum and stores nothing.
func (d *dumpPanel) check() {
	o := d.options()
	o.DryRun = true
	d.run(i18n.T("Checking %s", filepath.Base(d.path)), o, func() {})
}

// imports brings the office in.
func (d *dumpPanel) imports() {
	d.run(i18n.T("Importing %s", filepath.Base(d.path)), d.options(), func() {
		d.page.desk.Say(i18n.N(d.report.Clients, "One client came in.", "%d clients came in."))
	})
}

func (d *dumpPanel) run(title string, o app.DumpOptions, then func()) {
	p := d.page
	if p.busy || d.dump == nil || p.outcome.running() {
		return
	}
	dump := d.dump
	var report app.DumpReport
	p.busy = true
	p.outcome.run(title, func(ctx context.Context, progress *task.Progress) (err error) {
		report, err = p.desk.App.Imports.RunDump(ctx, dump, o, progress)
		return err
	}, func(err error) {
		p.busy = false
		switch {
		case p.left:
			d.close()
			return
		case errors.Is(err, context.Canceled):
			p.desk.Say(i18n.T("Stopped. Nothing came in."))
		case err != nil:
			p.desk.Fail(err)
		default:
			d.report, d.undone = &report, false
			if d.held = 0; !report.DryRun {
				d.held = report.Held
			}
			then()
		}
		d.draw()
	})
}

// took notes that the import was undone.
func (d *dumpPanel) took() {
	d.undone, d.held = true, 0
	d.draw()
	d.page.offer()
}

// confirmed notes that nothing waits to be billed any more.
func (d *dumpPanel) confirmed() {
	d.held = 0
	d.draw()
	d.page.offer()
}

// draw shows what is known of the dump.
func (d *dumpPanel) draw() {
	if d.dump == nil {
		return
	}
	words := d.words()
	said := kit.NewPara(words.text, words.tone)
	card := kit.NewCard(d.title(), container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), facts.New(d.known()...), said))
	d.facts.Objects = []fyne.CanvasObject{card}
	d.facts.Refresh()
	at := ""
	if d.tabs != nil {
		at = d.tabs.Current()
	}
	d.tabs = kit.NewTabs()
	d.tabs.Add("contents", i18n.T("Contents"), d.contents(), true)
	if d.report != nil {
		d.tabs.Add("money", i18n.T("Money"), d.money(), true)
		if n := d.report.Faults(); n > 0 {
			d.tabs.Add("problems", i18n.T("Problems (%s)", i18n.FormatInt(n)), d.problems(), true)
		}
		if at == "" || at == "contents" {
			at = "money"
		}
	}
	if at != "" && (at != "problems" || d.report != nil && d.report.Faults() > 0) {
		d.tabs.Go(at)
	}
	column := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), d.facts, kit.NewCard("", d.chooser()), d.page.outcome.object)
	left := container.New(&side{width: 328}, kit.Scrolled(container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 0, theme.Gap), column)))
	d.object.Objects = []fyne.CanvasObject{kit.Border(nil, nil, left, nil, container.New(layout.NewCustomPaddedLayout(0, 0, theme.Unit, 0), d.tabs))}
	d.object.Refresh()
}

// content is what the page shows of the dump.
func (d *dumpPanel) content() fyne.CanvasObject {
	if d.dump != nil {
		return d.object
	}
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(328, 1))
	return container.NewVBox(container.NewHBox(container.NewStack(room, d.page.outcome.object)))
}

func (d *dumpPanel) title() string {
	switch {
	case d.undone:
		return i18n.T("The import was undone")
	case d.report == nil:
		return i18n.T("WHMCS database dump")
	case d.report.DryRun:
		return i18n.T("What would come in")
	case d.report.ImportID == 0:
		return i18n.T("Nothing came in")
	}
	return i18n.T("What came in")
}

func (d *dumpPanel) known() []facts.Fact {
	list := []facts.Fact{{Label: i18n.T("Office"), Value: d.dump.Company}, {Label: i18n.T("Address"), Value: d.dump.Origin}}
	r := d.report
	if r == nil || d.undone {
		return list
	}
	list = append(list, facts.Fact{Label: i18n.T("Clients"), Value: i18n.FormatInt(r.Clients), Tone: theme.Good})
	if r.Here > 0 {
		list = append(list, facts.Fact{Label: i18n.T("Here already"), Value: i18n.FormatInt(r.Here)})
	}
	if d.held > 0 || r.DryRun && r.Held > 0 {
		list = append(list, facts.Fact{Label: i18n.T("Billing held"), Value: i18n.FormatInt(max(d.held, r.Held)), Tone: theme.Waiting})
	}
	sums, tone := i18n.T("agree"), theme.Good
	if !r.Sound() {
		sums, tone = i18n.T("differ without a reason"), theme.Danger
	} else if n := d.differing(); n > 0 {
		sums, tone = i18n.N(n, "one differs, with its reasons", "%d differ, each with its reasons"), theme.Waiting
	}
	return append(list, facts.Fact{Label: i18n.T("Sums of money"), Value: sums, Tone: tone})
}

// differing is how many sums are others than in WHMCS.
func (d *dumpPanel) differing() (n int64) {
	for _, s := range d.report.Sums {
		if s.Source != s.Stored {
			n++
		}
	}
	return n
}

type said struct {
	text string
	tone theme.Tone
}

// words says what the report means for what comes next.
func (d *dumpPanel) words() said {
	switch r := d.report; {
	case d.undone:
		return said{i18n.T("Everything that it brought went out again."), theme.Muted}
	case r == nil:
		return said{i18n.T("Check the file first: every row is read and every sum worked out, and nothing is stored. No mail is ever sent by an import."), theme.Muted}
	case r.DryRun && r.Clients == 0 && r.Here > 0:
		return said{i18n.T("All its clients are here already, from an earlier import. They are left as they are."), theme.Muted}
	case r.DryRun:
		return said{i18n.T("Nothing was stored yet. Card numbers and passwords cannot come along."), theme.Muted}
	case r.ImportID == 0:
		return said{i18n.T("Nothing was stored."), theme.Muted}
	case d.held > 0:
		return said{i18n.T("Its services are not billed here until you confirm it. Do so when WHMCS has stopped billing them."), theme.Waiting}
	}
	return said{i18n.T("Everything is in its place."), theme.Muted}
}

// chooser is the form with a button that chooses the folder.
func (d *dumpPanel) chooser() fyne.CanvasObject {
	return container.NewVBox(d.form, container.NewHBox(kit.NewButton(i18n.T("Choose a Folder"), icons.File, d.choose)))
}

// choose asks for the folder with the files.
func (d *dumpPanel) choose() {
	desk.OpenFile{Title: i18n.T("Folder with the clients' files"), Folder: true, Chosen: func(folder string) {
		d.files.SetValue(folder)
		d.void()
	}}.Ask(d.page.desk)
}

// askBilling asks, and then has the imported services be billed.
func (p *Page) askBilling(services int64, done func()) {
	kit.Confirm(p.desk.Canvas(), i18n.T("Bill the imported services from now on?"), []string{
		i18n.N(services, "The service is invoiced here when it is next due.", "The %d services are invoiced here as they become due."),
		i18n.T("Make sure that WHMCS does not bill them any more, or clients get two invoices."),
	}, i18n.T("Confirm Billing"), false, func(ok func(error)) {
		var n int64
		p.desk.Run.Task(i18n.T("Confirm Billing"), func(ctx context.Context, _ *task.Progress) (err error) {
			n, err = p.desk.App.Imports.ConfirmBilling(ctx)
			return err
		}, func(err error) {
			if err != nil {
				ok(errors.New(app.Explain(err)))
				return
			}
			ok(nil)
			p.desk.Say(i18n.N(n, "One imported service is billed from now on.", "%d imported services are billed from now on."))
			done()
		})
	})
}
