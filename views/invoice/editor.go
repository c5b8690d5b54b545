package invoice

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// editor is where a draft is written.
type editor struct {
	page   *Page
	d      *desk.Desk
	taxing app.Taxing
	of     app.Invoicing // as it is stored
	key    string        // tells two presses of Save from two invoices
	keeper *desk.Keeper

	form   *kit.Form
	lines  *lines
	sums   *sums
	fault  *kit.Para
	note   *kit.Para
	taxes  *fyne.Container // leads to where taxes are set up, while none is added
	header *kit.Header
	client *kit.Button
	side   fyne.CanvasObject
	object fyne.CanvasObject
	remove *kit.Button

	began map[string]string // what the form began with
	rows  []typed           // and the lines
	busy  bool

	due     string // as it was proposed
	dueDays int    // how many days that is after the invoice's date
}

const notesLimit = 5000

func newEditor(p *Page, l loaded) *editor {
	e := &editor{page: p, d: p.d, taxing: l.taxing, key: inputs.Key(), sums: newSums(), fault: kit.NewPara("", theme.Danger), note: kit.NewPara("", theme.Muted)}
	e.taxes = container.NewHBox(kit.NewQuiet(i18n.T("Set Up Taxes"), icons.Settings, func() { e.d.Go.Settings("taxes") }))
	e.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldIssued, Label: i18n.T("Invoice date"), Help: i18n.T("Empty: the day on which it is published."), Wide: true, Input: inputs.Date(p.d.App.Now)},
		{Key: app.FieldDue, Label: i18n.T("Due"), Wide: true, Input: inputs.Date(p.d.App.Now)},
		{Key: app.FieldPayment, Label: app.FieldLabel(app.FieldPayment), Wide: true, Input: kit.NewSelect(methods()...)},
		{Key: app.FieldNotes, Label: i18n.T("Notes"), Help: i18n.T("Printed on the invoice."), Wide: true, Input: kit.NewLongText(notesLimit, 3)},
	}})
	e.form.OnDirty = func(dirty bool) {
		if dirty {
			e.form.MarkClean() // so that each change is told of
			e.keeper.Touch()
		}
	}
	e.form.OnChange = e.followDate
	e.keeper = p.d.Keep(desk.Typing{Place: e.place, About: func() string { return e.of.Client.Name() }, Typed: e.kept, Bring: e.bring, Grown: func() { e.object.Refresh() }})
	e.lines = newLines(l.taxing, p.d.Canvas, e.changed)
	e.remove = kit.NewButton(i18n.T("Delete Draft"), icons.Delete, e.deleteDraft)
	e.header = kit.NewHeader("", "",
		e.remove,
		kit.NewButton(i18n.T("Preview PDF"), nil, e.preview),
		kit.NewButton(i18n.T("Save Draft"), nil, e.saveDraft),
		kit.NewPrimary(i18n.T("Publish…"), icons.Check, e.publish))
	add := kit.NewButton(i18n.T("Add Line"), icons.Add, func() { e.lines.add(len(e.lines.all) - 1) })
	hint := kit.NewLine(i18n.T("Enter: next line   Alt+↑ ↓: move   Alt+Delete: remove"), theme.Muted)
	foot := container.New(layout.NewCustomPaddedLayout(theme.Unit, 0, 0, 0), kit.Border(nil, nil, add, nil, container.New(&insetMiddle{}, hint)))
	middle := kit.Border(nil, foot, nil, nil, e.lines.object)
	cards := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap),
		kit.NewCard(i18n.T("Totals"), container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), e.sums.object, e.note, e.taxes)),
		kit.NewCard(i18n.T("Draft"), e.form))
	e.side = scrolledSide(cards)
	e.client = kit.NewQuiet("", icons.Client, func() { e.d.Go.Client(e.of.ClientID) })
	head := container.New(layout.NewCustomPaddedVBoxLayout(0), e.header, container.NewHBox(e.client), e.keeper.Object(), e.fault)
	e.fault.Hide()
	e.object = frame(head, middle, e.side)
	e.begin(l)
	return e
}

// frame is how the page of an invoice is laid out: what it is at the top, its lines, and beside them what belongs to it.
func frame(head, middle, side fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset),
		kit.Border(head, nil, nil, nil, container.New(&sideBySide{}, middle, side)))
}

// scrolledSide is the part beside the lines; its cards keep clear of the edge and of the scroll bar.
func scrolledSide(cards fyne.CanvasObject) fyne.CanvasObject {
	return kit.Scrolled(container.New(layout.NewCustomPaddedLayout(0, theme.Unit, 1, 2*theme.Unit), cards))
}

// sideBySide gives the second its width at the right, which is more where the text is larger and the window has it, and the first the rest.
type sideBySide struct{}

const sideWidth float32 = 292

// sideIn is how wide the second is in a width: what the columns of the lines need is theirs.
func sideIn(width float32) float32 {
	return max(min(theme.Wider(sideWidth), 0.4*width, width-theme.Gap-columnsLeast), sideWidth)
}

func (*sideBySide) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(o[0].MinSize().Width+theme.Gap+sideWidth, max(o[0].MinSize().Height, o[1].MinSize().Height))
}

func (*sideBySide) Layout(o []fyne.CanvasObject, size fyne.Size) {
	side := sideIn(size.Width)
	w := max(size.Width-side-theme.Gap, 0)
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(w, size.Height))
	o[1].Move(fyne.NewPos(w+theme.Gap, 0))
	o[1].Resize(fyne.NewSize(side, size.Height))
}

// insetMiddle puts something in the middle of the height, with some room before it.
type insetMiddle struct{}

func (*insetMiddle) MinSize(o []fyne.CanvasObject) fyne.Size {
	return o[0].MinSize().AddWidthHeight(theme.Unit, 0)
}

func (*insetMiddle) Layout(o []fyne.CanvasObject, size fyne.Size) {
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos(theme.Unit, (size.Height-h)/2))
	o[0].Resize(fyne.NewSize(size.Width-theme.Unit, h))
}

// followDate has the due date of a new invoice be as many days after the date that is typed as it was after today, until somebody types another.
func (e *editor) followDate() {
	if e.of.ID != 0 || e.form.Value(app.FieldDue) != e.due {
		return
	}
	from, err := date.ParseLocal(e.form.Value(app.FieldIssued), i18n.CurrentLocale())
	if err != nil { // nothing yet, or half of a date
		from = date.Today(e.d.App.Now())
	}
	if due := day(from.AddDays(e.dueDays)); due != e.due {
		e.due = due
		e.form.Fill(map[string]string{app.FieldDue: due})
	}
}

// methods are the ways to pay that an invoice can name.
func methods() []kit.Choice {
	cs := make([]kit.Choice, len(app.PaymentMethods))
	for i, m := range app.PaymentMethods {
		cs[i] = kit.Choice{Key: m, Label: app.PaymentMethodName(m)}
	}
	return cs
}

// begin shows what is stored; it counts as saved.
func (e *editor) begin(l loaded) {
	draft := app.DraftOf(l.WholeInvoice)
	e.of, e.taxing, e.lines.taxing = l.Invoicing, l.taxing, l.taxing
	e.client.SetText(clipped(l.Client.Name()))
	if e.of.ID == 0 {
		e.header.Set(i18n.T("New invoice"), "")
	} else {
		e.header.Set(i18n.T("Draft"), i18n.T("It gets its number when it is published."))
	}
	e.due, e.dueDays = day(draft.Due), draft.Due.DaysSince(date.Today(e.d.App.Now()))
	e.form.SetValues(map[string]string{app.FieldIssued: day(draft.Issued), app.FieldDue: day(draft.Due), app.FieldPayment: draft.PaymentMethod, app.FieldNotes: draft.Notes})
	e.lines.begin(draft.Lines)
	e.began, e.rows = e.form.Values(), e.lines.typed()
	e.tell("")
	if e.of.ID == 0 {
		e.remove.Hide()
	} else {
		e.remove.Show()
	}
	e.header.Refresh()
	e.keeper.Offer()
}

// unsaved tells whether anything differs from what is stored.
func (e *editor) unsaved() bool {
	return !maps.Equal(e.began, e.form.Values()) || !slices.Equal(e.rows, e.lines.typed())
}

// tell says something about the draft as a whole.
func (e *editor) tell(words string) {
	if e.fault.Text() == words {
		return
	}
	e.fault.Set(words, theme.Danger)
	if words == "" {
		e.fault.Hide()
	} else {
		e.fault.Show()
	}
	e.object.Refresh()
}

// retax works the totals out anew where the taxes were changed meanwhile, or the client was. What was typed stays.
func (e *editor) retax(t app.Taxing) {
	if t.Currency == e.taxing.Currency { // the amounts typed are read in it
		e.taxing, e.lines.taxing = t, t
		e.changed()
	}
}

// changed works out the totals as somebody types.
func (e *editor) changed() {
	e.keeper.Touch()
	totals, left, err := e.lines.totals()
	words, taxless := "", false
	switch {
	case err != nil:
		words = err.Error()
		e.sums.set(nil)
	default:
		e.sums.set(totalSums(totals, e.taxing.Tax.Mode))
		if left > 0 {
			words = i18n.N(int64(left), "One line that cannot be read yet is not counted.", "%d lines that cannot be read yet are not counted.")
		} else if e.taxing.Tax.Exempt {
			words = i18n.T("The client is exempt from tax.")
		} else if len(e.taxing.Tax.Rates) == 0 {
			words, taxless = i18n.T("No tax is added: none is set up for this client in Settings, Taxes."), e.d.App.May(app.Configuring)
		}
	}
	e.note.Set(words, theme.Muted)
	e.taxes.Hidden = !taxless
	if e.side != nil {
		e.side.Refresh()
	}
}

// read makes a draft of what is typed. good is false where some of it cannot be read; it is marked then.
func (e *editor) read() (d app.InvoiceDraft, rows []int, good bool) {
	r := inputs.Read(e.form)
	d.Issued, d.Due, d.Notes, d.PaymentMethod = r.Date(app.FieldIssued), r.Date(app.FieldDue), e.form.Value(app.FieldNotes), e.form.Value(app.FieldPayment)
	e.form.SetErrors(nil)
	d.Lines, rows, good = e.lines.read()
	good = r.Good() && good
	if !good {
		e.lines.toFault()
	}
	return d, rows, good
}

// saveDraft is the button: it saves, and says so.
func (e *editor) saveDraft() {
	if e.of.ID != 0 && !e.unsaved() {
		e.d.Say(i18n.T("There is nothing to save."))
		return
	}
	e.save(func(err error) {
		if err != nil {
			return // told on the page
		}
		e.d.Say(i18n.T("The draft was saved."))
		e.stored()
	})
}

// preview shows the draft as PDF, marked as a draft. It is saved before, so that what is seen is what is kept.
func (e *editor) preview() {
	open := func() {
		id := e.of.ID
		e.d.OpenDocument(func(ctx context.Context) (app.Paper, error) { return e.d.App.Documents.Invoice(ctx, id) })
	}
	if e.of.ID != 0 && !e.unsaved() {
		open()
		return
	}
	e.save(func(err error) {
		if err == nil {
			e.stored()
			open()
		}
	})
}

// stored is called after a draft was saved for the first time: it gets a page of its own, and this one goes.
func (e *editor) stored() {
	if e.page.id == 0 {
		id := e.of.ID
		e.d.Go.Invoice(id) // before this one goes: the page that came up in between would keep the keyboard
		e.d.Go.CloseTab(e.page)
	}
}

// save stores what is typed and calls done when that is over. What is wrong is shown on the page, and told to done.
func (e *editor) save(done func(error)) {
	if e.busy {
		return
	}
	d, rows, good := e.read()
	if !good {
		err := errors.New(i18n.T("Nothing was saved yet: see beside the fields."))
		e.tell(err.Error())
		done(err)
		return
	}
	e.busy = true
	id, version := e.of.ID, e.of.Version
	e.d.Run.Task(i18n.T("Save Draft"), func(ctx context.Context, _ *task.Progress) (err error) {
		if id == 0 {
			id, err = e.d.App.Invoices.Create(ctx, e.of.ClientID, d, e.key)
			return err
		}
		return e.d.App.Invoices.Update(ctx, id, version, d)
	}, func(err error) {
		e.busy = false
		switch {
		case err == nil:
			e.tell("")
			e.took(id)
			done(nil)
		case app.CodeOf(err) == app.Conflict:
			e.conflict(done)
		default:
			done(e.refused(err, rows))
		}
	})
}

// took counts what is typed as saved. What the rules made of it comes with the page's next reading.
func (e *editor) took(id int64) {
	e.of.ID = id
	e.began, e.rows = e.form.Values(), e.lines.typed()
	e.keeper.Forget()
	if e.page.id != 0 {
		e.page.reload()
	}
}

// refused shows what is wrong beside the fields of the draft and its lines, and returns in words what is left to say.
func (e *editor) refused(err error, rows []int) error {
	fields, rest := desk.FieldErrors(err)
	onLine := false
	for key, words := range fields {
		parts := strings.Split(key, ".")
		if len(parts) != 3 || parts[0] != app.FieldLines {
			continue
		}
		if n, err := strconv.Atoi(parts[1]); err == nil && n < len(rows) {
			e.lines.fail(rows[n], parts[2], words)
			delete(fields, key)
			onLine = true
		}
	}
	for _, words := range e.form.SetErrors(fields) {
		rest = strings.TrimSpace(rest + "\n" + words)
	}
	e.lines.toFault()
	if rest == "" || onLine {
		rest = strings.TrimSpace(i18n.T("Nothing was saved yet: see beside the fields.") + "\n" + rest)
	}
	e.tell(rest)
	return errors.New(rest)
}

func (e *editor) deleteDraft() {
	var undo int64
	id := e.of.ID
	e.d.Act(i18n.T("Delete Draft"), func(ctx context.Context) (err error) {
		undo, err = e.d.App.Invoices.Delete(ctx, id)
		return err
	}, func() {
		e.began, e.rows = e.form.Values(), e.lines.typed()
		e.keeper.Forget()
		e.d.Go.CloseTab(e.page)
		e.d.Deleted(i18n.T("The draft was deleted."), undo)
	})
}
