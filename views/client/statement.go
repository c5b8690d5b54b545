package client

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

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

// statement is the dialog with a client's account over a range of days (IN-4).
type statement struct {
	d      *desk.Desk
	client int64
	mail   func(app.Manual)
	load   *task.Loader[app.AccountStatement]
	shown  app.AccountStatement
	ready  bool

	dialog  *kit.OpenDialog
	form    *kit.Form
	grid    *kit.Grid
	opening *kit.Para
	closing *kit.Para
	body    *fyne.Container
}

// The keys of the dialog's fields.
const (
	keyFrom = "from"
	keyTo   = "to"
)

// showStatement opens the dialog, with the account of this year. mail begins a mail with it.
func showStatement(d *desk.Desk, client int64, mail func(app.Manual)) {
	s := &statement{d: d, client: client, mail: mail, load: task.NewLoader[app.AccountStatement](d.Run), opening: kit.NewPara("", theme.Muted), closing: kit.NewStrong("")}
	s.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyFrom, Label: i18n.T("From"), Input: inputs.Date(d.Run.Now)}, {Key: keyTo, Label: i18n.T("Until"), Input: inputs.Date(d.Run.Now)},
	}})
	l, today := i18n.CurrentLocale(), date.Today(d.Run.Now())
	s.form.SetValues(map[string]string{keyFrom: date.MustNew(today.Year(), 1, 1).Format(l), keyTo: today.Format(l)})
	s.form.OnSubmit = s.reload
	s.grid = kit.NewGrid(d.Run,
		kit.Column{Key: "date", Title: i18n.T("Date"), Width: 96},
		kit.Column{Key: "description", Title: i18n.T("Description"), Width: 300, Grow: true},
		kit.Column{Key: "debit", Title: i18n.T("Charged"), Kind: kit.NumberColumn, Width: 110},
		kit.Column{Key: "credit", Title: i18n.T("Paid or credited"), Kind: kit.NumberColumn, Width: 130},
		kit.Column{Key: "balance", Title: i18n.T("Balance"), Kind: kit.NumberColumn, Width: 110},
	)
	buttons := kit.NewActions(
		kit.NewButton(i18n.T("Show"), nil, s.reload),
		kit.NewButton(i18n.T("Email Statement…"), icons.Mail, s.write),
		kit.NewButton(i18n.T("Open PDF to Print"), icons.Export, s.open),
		kit.NewButton(i18n.T("Save PDF…"), nil, func() { s.save(".pdf", d.App.Documents.Statement) }),
		kit.NewButton(i18n.T("Save CSV…"), nil, func() { s.save(".csv", d.App.Documents.StatementCSV) }),
	)
	s.body = container.NewStack(s.grid)
	top := container.NewVBox(s.form, buttons, s.opening)
	whole := container.New(&fixed{fyne.NewSize(860, 470)}, kit.Border(top, s.closing, nil, nil, s.body))
	s.dialog = kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("Account Statement"), Body: whole, First: s.form, Close: i18n.T("Close"), Width: 908})
	s.reload()
}

// fixed gives what it holds a size of its own.
type fixed struct{ size fyne.Size }

// MinSize is for the toolkit.
func (f *fixed) MinSize([]fyne.CanvasObject) fyne.Size { return f.size }

// Layout is for the toolkit.
func (f *fixed) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}

// days reads the range; ok is false where it cannot be read, which the form then shows.
func (s *statement) days() (from, to date.Date, ok bool) {
	r := inputs.Read(s.form)
	from, to = r.Date(keyFrom), r.Date(keyTo)
	if r.Good() && !to.IsZero() && to.Before(from) {
		s.form.SetErrors(map[string]string{keyTo: i18n.T("This day is before the first one.")})
		return from, to, false
	}
	return from, to, len(r.Wrong) == 0
}

func (s *statement) reload() {
	from, to, ok := s.days()
	if !ok {
		return
	}
	s.load.Load(func(ctx context.Context) (app.AccountStatement, error) {
		return s.d.App.Invoices.Statement(ctx, s.client, from, to)
	}, func(st app.AccountStatement, err error) {
		if err != nil {
			s.fill(s.d.ErrorState(err, s.reload))
			return
		}
		s.shown, s.ready = st, true
		s.show()
	})
}

func (s *statement) show() {
	l := i18n.CurrentLocale()
	s.opening.Set(i18n.T("Opening balance: %s", s.shown.Opening.Format(l)), theme.Muted)
	s.closing.Set(i18n.T("Closing balance: %s", s.shown.Closing.Format(l)), theme.Plain)
	rows := make(kit.Rows, len(s.shown.Rows))
	for i, r := range s.shown.Rows {
		debit, credit := "", ""
		if !r.Debit.IsZero() {
			debit = r.Debit.Format(l)
		}
		if !r.Credit.IsZero() {
			credit = r.Credit.Format(l)
		}
		rows[i] = &kit.Row{Cells: []string{r.Date.Format(l), r.Description, debit, credit, r.Balance.Format(l)}}
	}
	s.grid.SetSource(rows)
	if len(rows) == 0 {
		s.fill(kit.NewEmptyState(icons.Transactions, i18n.T("Nothing in these days"), i18n.T("Invoices, payments and credit of the client are listed here."), nil))
		return
	}
	s.fill(s.grid)
}

func (s *statement) fill(o fyne.CanvasObject) {
	kit.Swap(s.d.Canvas(), s.body, o)
}

// open shows the statement as PDF in the program that the system has for it, from where it can be printed.
func (s *statement) open() {
	from, to, ok := s.days()
	if !ok {
		return
	}
	s.d.OpenDocument(func(ctx context.Context) (app.Paper, error) {
		return s.d.App.Documents.Statement(ctx, s.client, from, to)
	})
}

// write closes the dialog and begins a mail with the statement.
func (s *statement) write() {
	from, to, ok := s.days()
	if !ok {
		return
	}
	s.dialog.Dismiss()
	s.mail(app.Manual{Statement: &app.StatementRange{From: from, To: to}})
}

func (s *statement) save(ending string, prepare func(context.Context, int64, date.Date, date.Date) (app.Paper, error)) {
	from, to, ok := s.days()
	if !ok {
		return
	}
	s.d.SaveDocument(ending, func(ctx context.Context) (app.Paper, error) { return prepare(ctx, s.client, from, to) })
}
