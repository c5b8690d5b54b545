// Package tomany is mail to many clients: where it is written, with a preview on those it goes to, and how far each one is (ML-6).
package tomany

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/inputs"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// samples is how many clients the preview can show.
const samples = 20

// The keys of the fields that are no fields of a mail.
const (
	keyTemplate = "template"
	keyEveryone = "everyone"
)

// writer is the dialog in which a mail to many is written.
type writer struct {
	d      *desk.Desk
	filter data.ClientFilter
	known  known
	key    string

	form     *kit.Form
	body     *mailview.Message
	template string
	reach    *kit.Para
	wrong    *kit.Para
	shown    *widget.Label
	which    *kit.Para
	sample   []data.Client
	at       int
	everyone bool // as the sample was read
	begun    bool // it has its first text
	look     *task.Loader[app.Preview]
	people   *task.Loader[[]data.Client]
	begins   *task.Loader[app.Draft]
}

// known is what the dialog needs to open.
type known struct {
	reach     app.Reach
	templates []app.MailTemplate
	ready     bool
}

// Write opens the dialog for the clients of a filter.
func Write(d *desk.Desk, filter data.ClientFilter) {
	if kit.DialogOpen() {
		return
	}
	task.NewLoader[known](d.Run).Load(func(ctx context.Context) (k known, err error) {
		if k.reach, err = d.App.Campaigns.Reach(ctx, filter); err != nil {
			return k, err
		}
		if k.templates, err = d.App.Templates.ByHand(ctx); err != nil {
			return k, err
		}
		set, err := d.App.Settings.Get(ctx)
		k.ready = set.MailReady()
		return k, err
	}, func(k known, err error) {
		if err != nil {
			d.Fail(err)
			return
		}
		show(d, filter, k)
	})
}

func show(d *desk.Desk, filter data.ClientFilter, k known) *writer {
	w := &writer{
		d: d, filter: filter, known: k, key: inputs.Key(), reach: kit.NewPara("", theme.Plain), wrong: kit.NewPara("", theme.Danger), which: kit.NewPara("", theme.Muted),
		look: task.NewLoader[app.Preview](d.Run), people: task.NewLoader[[]data.Client](d.Run), begins: task.NewLoader[app.Draft](d.Run),
	}
	w.body = mailview.NewMessage(d.Canvas, 8, app.MergeFields())
	w.form = w.fields()
	w.form.OnDirty = func(dirty bool) {
		if dirty {
			w.form.MarkClean() // so that each change is told of
			w.follow()
		}
	}
	w.shown = widget.NewLabel("")
	w.shown.Wrapping = fyne.TextWrapWord
	w.wrong.Hide()
	next := kit.NewButton(i18n.T("Next Client"), nil, func() { w.step(1) })
	preview := kit.NewButton(i18n.T("Preview"), nil, func() { w.preview() })
	body := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), w.reach, kit.NewButtons(preview, next), w.which, w.wrong, kit.NewCard(i18n.T("Preview"), w.shown))
	w.say()
	w.read()
	kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("Send Email to Many Clients"), Form: w.form, Body: body, Action: i18n.T("Send"), Width: 720, Do: w.send})
	return w
}

func (w *writer) fields() *kit.Form {
	choices := []kit.Choice{{Key: "", Label: i18n.T("New message")}}
	for _, t := range w.known.templates {
		choices = append(choices, kit.Choice{Key: t.Kind, Label: t.Name})
	}
	categories := make([]kit.Choice, len(app.Categories))
	for i, c := range app.Categories {
		categories[i] = kit.Choice{Key: string(c), Label: app.CategoryName(c)}
	}
	return kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyTemplate, Label: i18n.T("Template"), Input: kit.NewSelect(choices...)},
		{Key: app.FieldMailCategory, Label: i18n.T("Category"), Help: i18n.T("Only to those who want it."), Input: kit.NewSelect(categories...)},
		{Key: app.FieldSubject, Label: i18n.T("Subject"), Required: true, Wide: true, Input: kit.NewText(app.MaxSubject)},
		{Key: app.FieldBody, Label: i18n.T("Message"), Required: true, Wide: true, Input: w.body},
		{
			Key: keyEveryone, Wide: true, Help: i18n.T("Only for what every client must know, such as a new bank account. Advertising needs their consent."),
			Input: kit.NewChecks(kit.Choice{Key: keyEveryone, Label: i18n.T("Also to clients who did not agree to marketing mail")}),
		},
	}})
}

// mail is what is typed.
func (w *writer) mail() app.ToMany {
	v := w.form.Values()
	return app.ToMany{
		Filter: w.filter, Template: v[keyTemplate], Category: app.Category(v[app.FieldMailCategory]), Subject: v[app.FieldSubject], Body: v[app.FieldBody],
		Everyone: v[keyEveryone] != "", Key: w.key,
	}
}

// follow does what a change asks for: another template brings its text, and other people another number.
func (w *writer) follow() {
	m := w.mail()
	if m.Template != w.template {
		w.template = m.Template
		w.begin(m.Template)
	}
	if m.Everyone != w.everyone {
		w.say()
		w.read()
	}
}

// begin takes the text of a template, in the language of the first client; with none, what was typed stays, and where nothing was it is a greeting and the signature.
func (w *writer) begin(template string) {
	typed := w.mail()
	if len(w.sample) == 0 || template == "" && (typed.Subject != "" || typed.Body != "") {
		return
	}
	id := w.sample[0].ID
	w.begins.Load(func(ctx context.Context) (app.Draft, error) {
		return w.d.App.Campaigns.Compose(ctx, id, template)
	}, func(d app.Draft, err error) {
		if now := w.mail(); err == nil && template == "" && (now.Subject != typed.Subject || now.Body != typed.Body) {
			return // somebody was faster
		}
		if err != nil {
			w.d.Fail(err)
			return
		}
		w.form.SetValues(map[string]string{app.FieldMailCategory: string(d.Category), app.FieldSubject: d.Subject, app.FieldBody: d.Body})
	})
}

// say says how many clients it goes to.
func (w *writer) say() {
	r, n := w.known.reach, w.known.reach.Agreed
	if w.mail().Everyone {
		n = r.Clients
	}
	words := i18n.N(n, "It goes to one client at most", "It goes to %d clients at most")
	if n == 0 {
		words = i18n.T("It goes to nobody")
	}
	if left := r.Clients - n; left > 0 && n == 0 {
		words += ": " + i18n.N(left, "the one client chosen did not agree to marketing mail", "none of the %d clients chosen agreed to marketing mail")
	} else if left > 0 {
		words += ": " + i18n.N(left, "one more did not agree to marketing mail", "%d more did not agree to marketing mail")
	}
	words += "."
	tone := theme.Plain
	if n == 0 {
		tone = theme.Danger
	}
	if !w.known.ready {
		words += " " + i18n.T("No mail server is set up yet. The mail waits in the outbox until one is.")
	}
	w.reach.Set(words, tone)
}

// read reads the first of those it goes to.
func (w *writer) read() {
	m := w.mail()
	w.everyone = m.Everyone
	w.people.Load(func(ctx context.Context) ([]data.Client, error) { return w.d.App.Campaigns.Sample(ctx, m, samples) }, func(some []data.Client, err error) {
		if err != nil {
			w.d.Fail(err)
			return
		}
		w.sample, w.at = some, 0
		if !w.begun && len(some) > 0 {
			w.begun = true
			w.begin(w.template)
		}
	})
}

func (w *writer) step(n int) {
	if len(w.sample) > 0 {
		w.at = (w.at + n) % len(w.sample)
		w.preview()
	}
}

// preview shows the mail as one of those clients would have it.
func (w *writer) preview() {
	if len(w.sample) == 0 {
		return
	}
	m, c := w.mail(), w.sample[w.at]
	w.look.Load(func(ctx context.Context) (app.Preview, error) { return w.d.App.Campaigns.Preview(ctx, m, c.ID) }, func(p app.Preview, err error) {
		words := ""
		if err != nil {
			fields, rest := desk.FieldErrors(err)
			w.form.SetErrors(fields)
			words = rest
		} else {
			w.form.SetErrors(nil)
			if len(p.To) == 0 {
				words = p.Why
			}
		}
		w.wrong.Set(words, theme.Danger)
		w.wrong.Hidden = words == ""
		to := make([]string, len(p.To))
		for i, r := range p.To {
			to[i] = mailview.Address(r)
		}
		w.which.Set(i18n.T("%s of %s: %s", i18n.FormatInt(int64(w.at+1)), i18n.FormatInt(int64(len(w.sample))), strings.Join(append([]string{c.Name()}, to...), ", ")), theme.Muted)
		w.shown.SetText(strings.TrimSpace(p.Subject + "\n\n" + strings.TrimRight(p.Text, "\n")))
	})
}

// send begins to send.
func (w *writer) send(done func(error)) {
	m := w.mail()
	w.d.SaveForm(i18n.T("Send"), w.form, func(ctx context.Context) error {
		_, err := w.d.App.Campaigns.Begin(ctx, m)
		return err
	}, func(err error) {
		done(err)
		if err == nil {
			w.d.Say(i18n.T("The mails go out one after another."), kit.Action{Label: i18n.T("Show"), Do: func() { Show(w.d) }})
		}
	})
}
