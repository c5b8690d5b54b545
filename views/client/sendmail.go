package client

import (
	"context"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// writer is where a mail to a client is written (SU-4). It stands in the place of the list of mails until the mail is sent or discarded.
type writer struct {
	d    *desk.Desk
	id   int64
	with app.Manual // the documents that go with it
	key  string     // tells this mail from all others, so that two presses of the button send one
	load *task.Loader[app.Draft]
	// over is called once the mail is sent or discarded.
	over func()

	keeper *desk.Keeper
	left   *app.Typed        // what is brought back once the draft is read
	back   map[string]string // its text, while its documents are read

	draft   app.Draft
	form    *kit.Form // nil until the draft was read
	subject *kit.Text
	body    *mailview.Message
	files   *attachments
	topic   string // the subject that was given before the form was there
	began   map[string]string
	shown   string // what was chosen when show was called
	sending bool

	audience *fyne.Container
	message  *kit.Para
	preview  *kit.Button
	send     *kit.Button
	middle   *fyne.Container
	pane     *pane
	object   *fyne.Container
}

func newWriter(d *desk.Desk, id int64, about func() string, over func()) *writer {
	w := &writer{d: d, id: id, with: app.Manual{ClientID: id}, key: newKey(), load: task.NewLoader[app.Draft](d.Run), over: over, message: kit.NewPara("", theme.Danger)}
	w.message.Hide()
	w.audience = container.New(layout.NewCustomPaddedVBoxLayout(2 * theme.Unit))
	discard := kit.NewButton(i18n.T("Discard"), nil, w.cancel)
	w.preview = kit.NewButton(i18n.T("Preview"), icons.Reveal, w.look)
	w.send = kit.NewPrimary(i18n.T("Send"), icons.Mail, func() { w.submit(func(error) {}) })
	for _, b := range []*kit.Button{discard, w.preview, w.send} {
		b.OnEscape = w.cancel
	}
	w.enable(false)
	w.middle = container.NewStack()
	w.keeper = d.Keep(desk.Typing{Place: func() app.Place { return app.Place{Form: app.FormMail, Client: id} }, About: about, Typed: w.kept, Bring: w.bring, Grown: func() { w.object.Refresh() }})
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset, theme.Inset)
	foot := container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), w.message, kit.NewTrailing(discard, w.preview, w.send))
	w.object = kit.Border(w.keeper.Inset(), container.New(pad, foot), nil, nil, w.middle)
	return w
}

// enclose has the documents of m go with the mail as well, and reads what is needed to write it. What was typed stays; where nothing was, the mail begins with
// a sentence on them.
func (w *writer) enclose(m app.Manual) {
	for _, id := range m.Invoices {
		if !slices.Contains(w.with.Invoices, id) {
			w.with.Invoices = append(slices.Clip(w.with.Invoices), id)
		}
	}
	if m.Statement != nil {
		w.with.Statement = m.Statement
	}
	if m.Template != "" || m.Again != 0 {
		w.with.Template, w.with.Again, w.with.Category, w.with.Subject, w.with.Body = m.Template, m.Again, m.Category, m.Subject, m.Body
	}
	if w.form != nil && !w.unsent() {
		w.form = nil
	}
	w.read()
}

// read reads who would receive the mail and what can go with it. What was typed stays.
func (w *writer) read() {
	with := w.with
	w.load.Load(func(ctx context.Context) (app.Draft, error) { return w.d.App.Mails.Compose(ctx, with) }, func(d app.Draft, err error) {
		switch {
		case err != nil && w.form == nil:
			w.fill(w.d.ErrorState(err, w.read))
		case err != nil:
			w.d.Fail(err)
		case w.form == nil:
			w.draft = d
			w.build()
			w.begin(d.Manual)
			w.about(w.topic)
			w.goOn()
			w.focus()
		default:
			before := w.draft
			w.draft = d
			if !slices.Equal(d.Files, before.Files) || !slices.Equal(d.Documents, before.Documents) {
				began, typed := w.began, w.form.Values()
				typed[app.FieldAttachments] += "," + documentKeys(slices.DeleteFunc(slices.Clone(d.Documents), func(x app.DraftDocument) bool {
					return slices.Contains(before.Documents, x)
				}))
				w.build()
				w.form.SetValues(typed)
				w.began = began
			}
			w.show()
		}
	})
}

// changed follows what the mail depends on.
func (w *writer) changed(c app.Change) {
	switch c.Topic {
	case app.TopicClient, app.TopicContacts, app.TopicFiles:
		if c.ClientID != 0 && c.ClientID != w.id {
			return
		}
		w.read()
	case app.TopicSettings:
		w.read()
	}
}

// build makes the form for the files that there are.
func (w *writer) build() {
	categories := make([]kit.Choice, len(app.Categories))
	for i, c := range app.Categories {
		categories[i] = kit.Choice{Key: string(c), Label: app.CategoryName(c)}
	}
	w.subject, w.body = kit.NewText(app.MaxSubject), mailview.NewMessage(w.d.Canvas, 12, app.MergeFields())
	fields := []kit.Field{
		{Key: app.FieldMailCategory, Label: i18n.T("Category"), Input: kit.NewSelect(categories...)},
		{Key: app.FieldSubject, Label: i18n.T("Subject"), Required: true, Wide: true, Input: w.subject},
		{Key: app.FieldBody, Label: i18n.T("Message"), Required: true, Wide: true, Input: w.body},
	}
	w.files = newAttachments(w.draft.Documents, w.draft.Files)
	if len(w.draft.Files)+len(w.draft.Documents) > 0 {
		fields = append(fields, kit.Field{Key: app.FieldAttachments, Label: i18n.T("Attachments"), Wide: true, Input: w.files})
	}
	w.form = kit.NewForm(kit.Group{Fields: fields})
	w.form.OnCancel = w.cancel
	w.form.OnSubmit = func() { w.d.Canvas().Focus(w.body.Focus()) } // Enter in the subject goes on to the message, and sends nothing
	w.form.OnDirty = func(dirty bool) {
		if dirty {
			w.form.MarkClean() // so that the next change is told of too
			w.tell("")
			w.keeper.Touch()
			if w.depends() != w.shown {
				w.show()
			}
		}
	}
	pad := layout.NewCustomPaddedLayout(theme.Gap, 2*theme.Inset, theme.Inset, theme.Inset)
	body := container.New(&kit.Aside{Above: true}, w.form, kit.NewCard(i18n.T("Who receives it"), w.audience))
	w.pane = newPane(container.New(pad, body))
	w.fill(w.pane.object)
	w.enable(true)
}

// begin fills in what a new message begins with.
func (w *writer) begin(m app.Manual) {
	w.form.SetValues(map[string]string{app.FieldMailCategory: string(m.Category), app.FieldSubject: m.Subject, app.FieldBody: m.Body, app.FieldAttachments: documentKeys(w.draft.Documents)})
	if greeting, _, ok := strings.Cut(m.Body, "\n\n\n"); ok {
		w.body.Entry.CursorRow = strings.Count(greeting, "\n") + 2 // the message goes between the greeting and the signature
	}
	w.began = w.form.Values()
	w.show()
}

// about gives the mail a subject, where one was typed before it was begun.
func (w *writer) about(subject string) {
	w.topic = subject
	if subject != "" && w.form != nil {
		w.subject.SetValue(subject)
	}
}

// focus gives the keyboard to what is to be typed first.
func (w *writer) focus() {
	switch {
	case w.form == nil:
	case w.subject.Value() == "":
		w.d.Canvas().Focus(w.subject.Focus())
	default:
		w.d.Canvas().Focus(w.body.Focus())
	}
}

func (w *writer) fill(o fyne.CanvasObject) {
	w.middle.Objects = []fyne.CanvasObject{o}
	w.middle.Refresh()
}

// depends is what was chosen, on which it depends what is said beside the form.
func (w *writer) depends() string {
	return w.form.Value(app.FieldMailCategory) + " " + w.files.Value()
}

// show says who would receive the mail as it is now, and what its files come to.
func (w *writer) show() {
	w.shown = w.depends()
	a := w.draft.Audiences[app.Category(w.form.Value(app.FieldMailCategory))]
	w.audience.RemoveAll()
	var to, copies []string
	for _, r := range a.To {
		if r.Copy {
			copies = append(copies, mailview.Address(r))
		} else {
			to = append(to, mailview.Address(r))
		}
	}
	if len(a.To) > 0 {
		w.audience.Add(facts.New(
			facts.Fact{Label: i18n.T("Recipient"), Value: strings.Join(to, "\n")},
			facts.Fact{Label: i18n.T("Copies"), Value: strings.Join(copies, "\n")},
		))
	}
	switch {
	case len(a.To) == 0:
		w.audience.Add(kit.NewPara(a.Why+" "+i18n.T("Choose another category."), theme.Danger))
	case a.Why != "":
		w.audience.Add(kit.NewPara(a.Why, theme.Waiting))
	}
	if !w.draft.Ready {
		w.audience.Add(kit.NewPara(i18n.T("No mail server is set up yet. The mail waits in the outbox until one is."), theme.Waiting))
		w.audience.Add(container.NewHBox(kit.NewButton(i18n.T("Set Up Mail"), nil, func() { w.d.Go.Settings("mail") })))
	}
	w.files.tell(w.draft.Most)
	w.pane.relayout()
}

// manual is the mail as it is typed and chosen.
func (w *writer) manual() app.Manual {
	v := w.form.Values()
	m := app.Manual{
		ClientID: w.id, Template: w.with.Template, Again: w.with.Again, Category: app.Category(v[app.FieldMailCategory]), Subject: v[app.FieldSubject], Body: v[app.FieldBody],
		Files: w.files.chosen(), AdminOnly: w.files.warned(), Key: w.key,
	}
	for _, d := range w.files.made() {
		if d.Invoice == 0 {
			m.Statement = w.with.Statement
		} else {
			m.Invoices = append(m.Invoices, d.Invoice)
		}
	}
	return m
}

// look shows the mail as its recipients would see it, from where it can be sent.
func (w *writer) look() {
	if w.form == nil || w.sending {
		return
	}
	m := w.manual()
	task.NewLoader[app.Preview](w.d.Run).Load(func(ctx context.Context) (app.Preview, error) {
		return w.d.App.Mails.Preview(ctx, m)
	}, func(p app.Preview, err error) {
		if err != nil {
			w.fail(err)
			return
		}
		w.clear()
		kit.ShowDialog(w.d.Canvas(), kit.Dialog{
			Title: i18n.T("Preview"), Body: previewOf(p, w.files.names()), Width: 640,
			Action: i18n.T("Send"), Do: w.submit, Close: i18n.T("Go On Writing"),
		})
	})
}

// previewOf is a mail as it would arrive.
func previewOf(p app.Preview, files []string) fyne.CanvasObject {
	to := make([]string, len(p.To))
	for i, r := range p.To {
		to[i] = mailview.Address(r)
		if r.Copy {
			to[i] = i18n.T("%s (copy)", to[i])
		}
	}
	text := widget.NewLabel(strings.TrimRight(p.Text, "\n"))
	text.Wrapping = fyne.TextWrapWord
	text.Selectable = true
	list := facts.New(
		facts.Fact{Label: i18n.T("To"), Value: strings.Join(to, "\n")},
		facts.Fact{Label: i18n.T("Subject"), Value: p.Subject},
		facts.Fact{Label: i18n.T("Attachments"), Value: strings.Join(files, "\n")},
	)
	return container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), list, kit.NewCard("", text))
}

// submit puts the mail into the outbox. done is called when it is known how that went; with an error, what was typed is still there.
func (w *writer) submit(done func(error)) {
	if w.form == nil || w.sending {
		return
	}
	w.sending = true
	w.enable(false)
	w.clear()
	m, ready := w.manual(), w.draft.Ready
	var mail int64
	w.d.Run.Task(i18n.T("Send"), func(ctx context.Context, _ *task.Progress) (err error) {
		mail, err = w.d.App.Mails.Send(ctx, m)
		return err
	}, func(err error) {
		w.sending = false
		w.enable(true)
		done(desk.Explained(err))
		if err != nil {
			w.fail(err)
			return
		}
		w.keeper.Forget()
		w.over()
		show := kit.Action{Label: i18n.T("Show"), Do: func() { mailview.Show(w.d, mail) }}
		if ready {
			w.d.Say(i18n.T("The mail went to the outbox."), show)
		} else {
			w.d.Say(i18n.T("The mail waits in the outbox until a mail server is set up."), show)
		}
	})
}

// fail shows each error beside its field, and what belongs to no field above the buttons.
func (w *writer) fail(err error) {
	fields, rest := desk.FieldErrors(err)
	left := w.form.SetErrors(fields)
	for _, key := range slices.Sorted(maps.Keys(left)) {
		rest = strings.TrimSpace(rest + "\n" + left[key])
	}
	w.tell(rest)
	w.pane.relayout()
	for _, key := range []string{app.FieldMailCategory, app.FieldSubject, app.FieldBody, app.FieldAttachments} {
		if fields[key] != "" {
			w.form.Reveal(key)
			break
		}
	}
}

// clear takes away what was wrong before.
func (w *writer) clear() {
	w.form.SetErrors(nil)
	w.tell("")
	w.pane.relayout()
}

func (w *writer) tell(words string) {
	if words == w.message.Text() {
		return
	}
	w.message.Set(words, theme.Danger)
	w.message.Hidden = words == ""
	w.object.Refresh()
}

func (w *writer) enable(on bool) {
	enable(w.preview, on)
	enable(w.send, on)
}

// unsent tells whether anything was typed or chosen.
func (w *writer) unsent() bool { return w.form != nil && !maps.Equal(w.began, w.form.Values()) }

// cancel goes back to the list of mails.
func (w *writer) cancel() { w.leave(w.over) }

// leave asks before what was typed is lost.
func (w *writer) leave(proceed func()) {
	switch {
	case w.sending:
	case !w.unsent():
		proceed()
	default:
		kit.ShowDialog(w.d.Canvas(), kit.Dialog{
			Title: i18n.T("Discard this message?"), Consequences: []string{i18n.T("It was not sent, and what was written is not kept.")},
			Action: i18n.T("Discard"), Danger: true, Close: i18n.T("Go On Writing"),
			Do: func(done func(error)) {
				done(nil)
				w.keeper.Forget()
				proceed()
			},
		})
	}
}
