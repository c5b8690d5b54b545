package client

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// mailPage is how many mails are read at once.
const mailPage = 200

// emails is the tab with all mails of a client (ML-5), newest first. They are read when the tab is first looked at.
type emails struct {
	d      *desk.Desk
	page   *Page
	id     int64
	load   *task.Loader[[]data.Mail]
	seen   bool
	focus  fyne.Canvas // where the list takes the keyboard once it is there
	more   bool        // there may be older ones
	mails  []data.Mail
	rows   []*kit.Row
	grid   *kit.Grid
	open   *kit.Button
	again  *kit.Button // sends the mail, or one like it, see mailview.Again
	cancel *kit.Button
	list   fyne.CanvasObject
	body   *fyne.Container
	writer *writer // where a mail is being written; nil where none is
}

func newEmails(d *desk.Desk, page *Page) *emails {
	e := &emails{d: d, page: page, id: page.id, load: task.NewLoader[[]data.Mail](d.Run), body: container.NewStack()}
	e.grid = kit.NewGrid(d.Run, mailview.Columns()...)
	e.grid.OnOpen = func(row int) { mailview.Show(d, e.mails[row].ID) }
	e.grid.OnSelect = func(int) { e.offer() }
	e.grid.Menu = func(row int) *fyne.Menu { return mailview.Menu(d, e.mails[row]) }
	e.open = kit.NewButton(i18n.T("Open"), icons.Mail, func() { e.act(func(m data.Mail) { mailview.Show(d, m.ID) }) })
	e.again = kit.NewButton(mailview.AgainName(data.Mail{}), icons.Retry, func() { e.act(func(m data.Mail) { mailview.Again(d, m) }) })
	e.cancel = kit.NewButton(i18n.T("Cancel This Mail"), icons.Close, func() { e.act(func(m data.Mail) { mailview.Cancel(d, m.ID) }) })
	write := kit.NewPrimary(i18n.T("Write Email"), icons.Mail, e.begin)
	e.grid.SetSource(e)
	e.offer()
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Inset, theme.Inset, theme.Inset)
	bar := container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), kit.NewTrailing(e.open, e.again, e.cancel, write))
	e.list = container.New(pad, kit.Border(bar, nil, nil, nil, e.grid))
	return e
}

// act does something with the mail under the cursor.
func (e *emails) act(do func(data.Mail)) {
	if i := e.grid.Cursor(); i >= 0 {
		do(e.mails[i])
	}
}

// offer enables what can be done with the mail under the cursor.
func (e *emails) offer() {
	var m data.Mail
	i := e.grid.Cursor()
	if i >= 0 {
		m = e.mails[i]
	}
	enable(e.open, i >= 0)
	enable(e.again, mailview.CanAgain(m))
	enable(e.cancel, mailview.CanCancel(m.State))
	if label := mailview.AgainName(m); e.again.Text != label {
		e.again.SetText(label)
	}
}

func enable(b *kit.Button, on bool) {
	if on {
		b.Enable()
	} else {
		b.Disable()
	}
}

func (e *emails) title() string             { return i18n.T("Emails") }
func (e *emails) object() fyne.CanvasObject { return e.body }
func (e *emails) show(loaded)               {}

func (e *emails) front(c fyne.Canvas) {
	if e.writer != nil {
		e.writer.focus()
		return
	}
	e.focus = c
	if !e.seen {
		e.seen = true
		e.read(mailPage)
		return
	}
	e.takeFocus()
}

func (e *emails) takeFocus() {
	switch {
	case e.focus == nil:
	case len(e.mails) > 0:
		e.focus.Focus(e.grid.FocusTarget())
	default:
		kit.Begin(e.focus, e.body)
	}
	e.focus = nil
}

// begin begins a mail without documents.
func (e *emails) begin() { e.write(app.Manual{}) }

// write begins a mail, in the place of the list, or goes on with the one that was begun. The documents of m go with it.
func (e *emails) write(m app.Manual) {
	begun := e.writer != nil
	if !begun {
		e.writer = newWriter(e.d, e.id, e.page.name, e.written)
	}
	if !begun || len(m.Invoices) > 0 || m.Statement != nil || m.Template != "" || m.Again != 0 {
		e.writer.enclose(m)
	}
	e.fill(e.writer.object)
	e.writer.focus()
}

// reopen brings back a mail that an earlier run left.
func (e *emails) reopen(t app.Typed) {
	e.begin()
	e.writer.reopen(t)
}

// written goes back to the list once a mail was sent or discarded.
func (e *emails) written() {
	e.writer = nil
	e.seen = true
	e.focus = e.d.Canvas()
	e.read(max(len(e.mails), mailPage))
}

// leave asks where a mail is being written.
func (e *emails) leave(proceed func()) {
	if e.writer == nil {
		proceed()
		return
	}
	e.writer.leave(proceed)
}

func (e *emails) changed(c app.Change) {
	if e.writer != nil {
		e.writer.changed(c)
	}
	if e.seen && c.Topic == app.TopicMail && (c.ClientID == 0 || c.ClientID == e.id) {
		e.read(max(len(e.mails), mailPage))
	}
}

// read shows the n newest mails. The cursor stays on its mail.
func (e *emails) read(n int) {
	e.load.Load(func(ctx context.Context) ([]data.Mail, error) {
		return e.d.App.Mails.List(ctx, app.MailFilter{ClientID: e.id}, 0, n)
	}, func(ms []data.Mail, err error) {
		if err != nil {
			if len(e.mails) > 0 {
				e.d.Fail(err)
			} else {
				e.put(e.d.ErrorState(err, func() { e.read(n) }))
			}
			return
		}
		at := int64(0)
		if i := e.grid.Cursor(); i >= 0 {
			at = e.mails[i].ID
		}
		e.more = len(ms) == n
		e.mails, e.rows = nil, nil
		e.add(ms)
		if i := slices.IndexFunc(e.mails, func(m data.Mail) bool { return m.ID == at }); i != e.grid.Cursor() {
			e.grid.Select(i)
		}
		e.offer()
		e.takeFocus()
	})
}

// older reads on where the list ends.
func (e *emails) older() {
	if !e.more || e.load.Busy() {
		return
	}
	last := e.mails[len(e.mails)-1].ID
	e.load.Load(func(ctx context.Context) ([]data.Mail, error) {
		return e.d.App.Mails.List(ctx, app.MailFilter{ClientID: e.id}, last, mailPage)
	}, func(ms []data.Mail, err error) {
		if err != nil {
			e.d.Fail(err)
			return
		}
		e.more = len(ms) == mailPage
		e.add(ms)
	})
}

func (e *emails) add(ms []data.Mail) {
	for _, m := range ms {
		e.mails = append(e.mails, m)
		e.rows = append(e.rows, mailview.Row(m))
	}
	e.grid.Update()
	if len(e.mails) == 0 {
		e.put(kit.NewEmptyState(icons.Mail, i18n.T("No mail yet"), i18n.T("Each mail to this client is listed here, such as the welcome email."),
			kit.NewPrimary(i18n.T("Write Email"), icons.Mail, e.begin)))
		return
	}
	e.put(e.list)
}

// put shows the list, or what is said in its place, unless a mail is being written.
func (e *emails) put(o fyne.CanvasObject) {
	if e.writer == nil {
		e.fill(o)
	}
}

func (e *emails) fill(o fyne.CanvasObject) {
	kit.Swap(e.d.Canvas(), e.body, o)
}

// Len is for the grid.
func (e *emails) Len() int { return len(e.rows) }

// Row is for the grid.
func (e *emails) Row(i int) *kit.Row { return e.rows[i] }

// Want is for the grid; nearing the end reads on.
func (e *emails) Want(_, last int) {
	if last >= len(e.rows)-1 {
		e.older()
	}
}
