package settings

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/palette"
	"clientele/views/task"
	"clientele/views/theme"
)

// previewAfter is how long nothing must be typed before the preview follows.
const previewAfter = 250 * time.Millisecond

// templateEditor edits one template, a language at a time, with a preview beside it on a real client.
type templateEditor struct {
	d    *desk.Desk
	of   app.MailTemplate
	over func()

	form     *kit.Form
	body     *mailview.Message
	plain    *mailview.Message
	language string            // that is being edited
	began    map[string]string // as it was read
	message  *kit.Para
	button   *kit.Button
	reset    *kit.Button
	text     *task.Loader[app.TemplateText]
	saving   bool

	client  data.ClientRow // of the preview
	choose  *kit.Button
	to      *fyne.Container
	page    *fyne.Container // what the HTML shows
	shown   *widget.Label   // the plain text
	parts   fyne.CanvasObject
	wrong   *kit.Para
	look    *task.Loader[app.Preview]
	pending func() // stops the preview that is due
	object  fyne.CanvasObject
}

func newTemplateEditor(d *desk.Desk, t app.MailTemplate, over func()) *templateEditor {
	e := &templateEditor{
		d: d, of: t, over: over, language: i18n.Language(), message: kit.NewPara("", theme.Danger), wrong: kit.NewPara("", theme.Danger),
		text: task.NewLoader[app.TemplateText](d.Run), look: task.NewLoader[app.Preview](d.Run),
	}
	e.message.Hide()
	e.wrong.Hide()
	if len(t.Languages) > 0 && !slices.Contains(t.Languages, e.language) {
		e.language = t.Languages[0]
	}
	e.body = mailview.NewMessage(d.Canvas, 16, d.App.Templates.Fields(t.Kind))
	e.plain = mailview.NewMessage(d.Canvas, 8, d.App.Templates.Fields(t.Kind))
	e.plain.Offer(kit.NewQuiet(i18n.T("Begin With the Text"), nil, e.beginPlain))
	e.form = e.fields()
	e.form.OnDirty = func(dirty bool) {
		if dirty {
			e.form.MarkClean() // so that each change is told of
			e.follow()
		}
	}
	e.form.OnSubmit = func() { d.Canvas().Focus(e.body.Focus()) }
	e.form.OnCancel = e.leave
	e.button = kit.NewPrimary(i18n.T("Save Changes"), nil, func() { e.save(func(error) {}) })
	e.reset = kit.NewButton(i18n.T("Reset Text"), nil, e.shipped)
	back := kit.NewButton(i18n.T("Back"), nil, e.leave)
	title := t.Name
	if title == "" {
		title = i18n.T("New template")
	}
	side := kit.NewCard(i18n.T("Preview"), e.preview())
	pane := scrolled(container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), e.message, mailview.NewAside(kit.NewCard("", e.form), side)))
	e.object = under(kit.NewHeader(title, "", back, e.reset, e.button), pane)
	e.read(e.language)
	e.firstClient()
	return e
}

// fields is the form. A shipped template keeps its name and its category.
func (e *templateEditor) fields() *kit.Form {
	var languages []kit.Choice
	for _, l := range i18n.Languages() {
		languages = append(languages, kit.Choice{Key: l.Tag, Label: l.Name})
	}
	var fields []kit.Field
	if e.of.Own {
		categories := make([]kit.Choice, len(app.Categories))
		for i, c := range app.Categories {
			categories[i] = kit.Choice{Key: string(c), Label: app.CategoryName(c)}
		}
		fields = append(fields,
			kit.Field{Key: app.FieldTemplateName, Label: i18n.T("Name"), Required: true, Help: i18n.T("As it is offered under Send Email."), Input: kit.NewText(100)},
			kit.Field{Key: app.FieldMailCategory, Label: i18n.T("Category"), Input: kit.NewSelect(categories...)})
	}
	return kit.NewForm(kit.Group{Fields: append(fields,
		kit.Field{Key: app.FieldTemplateLanguage, Label: i18n.T("Language"), Input: kit.NewSearchSelect("", languages...)},
		kit.Field{Key: app.FieldSubject, Label: i18n.T("Subject"), Required: true, Wide: true, Input: kit.NewText(app.MaxSubject)},
		kit.Field{
			Key: app.FieldBody, Label: i18n.T("Text"), Required: true, Wide: true, Input: e.body,
			Help: i18n.T("**bold**, *italic*, # heading, - list, [words](https://…). {if $field}…{/if} is left out where the field is empty. HTML and plain text are made from it."),
		},
		kit.Field{
			Key: app.FieldPlain, Label: i18n.T("Plain text"), Wide: true, Input: e.plain,
			Help: i18n.T("Leave it empty to have it made from the text. What is written here is sent as it is to those whose mail program shows no HTML."),
		},
	)})
}

// preview is what stands beside the form.
func (e *templateEditor) preview() fyne.CanvasObject {
	e.choose = kit.NewButton(i18n.T("Choose a Client…"), icons.Client, func() {
		palette.ChooseClient(e.d, i18n.T("With which client's data?"), 0, e.with)
	})
	e.to = container.NewStack()
	e.shown = widget.NewLabel("")
	e.shown.Wrapping = fyne.TextWrapWord
	e.shown.Selectable = true
	e.page = container.NewStack()
	caption := func(words string) fyne.CanvasObject { return kit.NewPara(words, theme.Muted) }
	e.parts = container.New(&kit.Stacked{Gap: 2 * theme.Unit}, caption(i18n.T("HTML")), e.page, widget.NewSeparator(), caption(i18n.T("Plain text")), e.shown)
	e.parts.Hide()
	return container.New(&kit.Stacked{Gap: 2 * theme.Unit}, container.NewHBox(e.choose), e.wrong, e.to, e.parts)
}

// firstClient begins the preview with a client there is.
func (e *templateEditor) firstClient() {
	task.NewLoader[[]data.ClientRow](e.d.Run).Load(func(ctx context.Context) ([]data.ClientRow, error) {
		rows, _, err := e.d.App.Clients.Page(ctx, data.ClientQuery{}, data.Cursor{}, false, 1)
		return rows, err
	}, func(rows []data.ClientRow, err error) {
		switch {
		case err != nil:
			e.d.Fail(err)
		case len(rows) == 0:
			e.say(i18n.T("There is no client yet whose data could be shown."))
		default:
			e.with(rows[0])
		}
	})
}

func (e *templateEditor) with(c data.ClientRow) {
	e.client = c
	e.choose.SetText(strings.TrimSpace(c.FirstName + " " + c.LastName))
	e.show()
}

// read reads the text in a language.
func (e *templateEditor) read(language string) {
	e.language = language
	e.text.Load(func(ctx context.Context) (app.TemplateText, error) {
		if e.of.Kind == "" {
			return app.TemplateText{}, nil
		}
		return e.d.App.Templates.Text(ctx, e.of.Kind, language)
	}, func(t app.TemplateText, err error) {
		if err != nil {
			e.d.Fail(err)
			return
		}
		values := map[string]string{app.FieldTemplateLanguage: language, app.FieldSubject: t.Subject, app.FieldBody: t.Body, app.FieldPlain: t.Plain}
		if e.began == nil && e.of.Own {
			values[app.FieldTemplateName], values[app.FieldMailCategory] = e.of.Name, string(e.of.Category)
		}
		e.form.SetValues(values)
		e.began = e.form.Values()
		if t.Shipped || e.of.Own {
			e.reset.Disable()
		} else {
			e.reset.Enable()
		}
		e.show()
	})
}

// follow does what a change asks for: another language is read, and the preview follows once nothing more is typed.
func (e *templateEditor) follow() {
	if to := e.form.Value(app.FieldTemplateLanguage); to != e.language && to != "" {
		e.other(to)
		return
	}
	if e.pending != nil {
		e.pending()
	}
	e.pending = e.d.Run.After(previewAfter, func() {
		e.pending = nil
		e.show()
	})
}

// other goes on to another language. What was typed in this one is asked about; a template that is not stored yet takes its text along.
func (e *templateEditor) other(language string) {
	if e.of.Kind == "" {
		e.language = language
		return
	}
	typed := e.form.Values()
	typed[app.FieldTemplateLanguage] = e.language
	if maps.Equal(typed, e.began) {
		e.read(language)
		return
	}
	e.form.SetValues(map[string]string{app.FieldTemplateLanguage: e.language})
	kit.AskUnsaved(e.d.Canvas(), i18n.T("The text in this language has changes that are not saved."), func(done func(error)) {
		e.store(func(err error) {
			done(err)
			if err == nil {
				e.read(language)
			}
		})
	}, func() { e.read(language) })
}

// edited is the template as it is typed.
func (e *templateEditor) edited() app.TemplateEdit {
	v := e.form.Values()
	x := app.TemplateEdit{
		Kind: e.of.Kind, Name: e.of.Name, Category: e.of.Category, Disabled: e.of.Disabled, Language: e.language, Subject: v[app.FieldSubject], Body: v[app.FieldBody],
		Plain: v[app.FieldPlain], Version: e.of.Version,
	}
	if e.of.Own {
		x.Name, x.Category = v[app.FieldTemplateName], app.Category(v[app.FieldMailCategory])
	}
	return x
}

// show shows the mail as the chosen client would have it now, or what is wrong with it.
func (e *templateEditor) show() {
	if e.client.ID == 0 || e.began == nil {
		return
	}
	x, id := e.edited(), e.client.ID
	if strings.TrimSpace(x.Subject+x.Body) == "" {
		e.say("")
		return
	}
	e.look.Load(func(ctx context.Context) (app.Preview, error) {
		return e.d.App.Templates.Preview(ctx, x, id)
	}, func(p app.Preview, err error) {
		if err != nil {
			e.say(app.Explain(err))
			return
		}
		e.say("")
		to := make([]string, len(p.To))
		for i, r := range p.To {
			to[i] = mailview.Address(r)
		}
		e.to.Objects = []fyne.CanvasObject{facts.New(
			facts.Fact{Label: i18n.T("To"), Value: strings.Join(to, "\n")}, facts.Fact{Label: i18n.T("Subject"), Value: p.Subject},
		)}
		e.to.Refresh()
		e.page.Objects = []fyne.CanvasObject{kit.NewFormatted(p.Page)}
		e.page.Refresh()
		e.shown.SetText(strings.TrimRight(p.Text, "\n"))
		e.parts.Show()
		e.object.Refresh()
	})
}

// beginPlain begins a plain text with the one that would be made, to be changed. What was typed there is kept.
func (e *templateEditor) beginPlain() {
	if strings.TrimSpace(e.form.Value(app.FieldPlain)) == "" {
		e.form.SetValues(map[string]string{app.FieldPlain: e.d.App.Templates.PlainOf(e.of.Kind, e.form.Value(app.FieldBody))})
		e.follow()
	}
	e.d.Canvas().Focus(e.plain.Focus())
}

// say says above the preview what is wrong.
func (e *templateEditor) say(words string) {
	e.wrong.Set(words, theme.Danger)
	e.wrong.Hidden = words == ""
	e.object.Refresh()
}

func (e *templateEditor) focus() { e.form.FocusFirst(e.d.Canvas()) }

func (e *templateEditor) dirty() bool { return e.began != nil && !maps.Equal(e.began, e.form.Values()) }

// leave goes back to the list, and asks before what was typed is lost.
func (e *templateEditor) leave() {
	if !e.dirty() {
		e.over()
		return
	}
	kit.AskUnsaved(e.d.Canvas(), i18n.T("The template has changes that are not saved."), e.save, e.over)
}

// save stores what was typed and goes back to the list.
func (e *templateEditor) save(done func(error)) {
	e.store(func(err error) {
		done(err)
		if err == nil {
			e.d.Say(i18n.T("The template was saved."))
			e.over()
		}
	})
}

// store stores what was typed.
func (e *templateEditor) store(done func(error)) {
	if e.saving {
		return
	}
	e.saving = true
	x := e.edited()
	kind := ""
	e.d.Run.Task(i18n.T("Save Changes"), func(ctx context.Context, _ *task.Progress) (err error) {
		kind, err = e.d.App.Templates.Save(ctx, x)
		return err
	}, func(err error) {
		e.saving = false
		fields, rest := desk.FieldErrors(err)
		left := e.form.SetErrors(fields)
		for _, key := range slices.Sorted(maps.Keys(left)) {
			rest = strings.TrimSpace(rest + "\n" + left[key])
		}
		e.message.Set(rest, theme.Danger)
		e.message.Hidden = rest == ""
		e.object.Refresh()
		if err == nil {
			e.of.Kind, e.of.Name, e.of.Category = kind, x.Name, x.Category
			e.of.Version++
			e.began = e.form.Values()
		}
		done(desk.Explained(err))
	})
}

// shipped puts the shipped text back in this language, after a question.
func (e *templateEditor) shipped() {
	kit.Confirm(e.d.Canvas(), i18n.T("Reset “%s”?", e.of.Name), []string{i18n.T("Your text in this language is replaced by the shipped one.")}, i18n.T("Reset Text"), true,
		func(done func(error)) {
			e.d.Run.Task(i18n.T("Reset Text"), func(ctx context.Context, _ *task.Progress) error {
				return e.d.App.Templates.Reset(ctx, e.of.Kind, e.language)
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					e.of.Version++
					e.read(e.language)
				}
			})
		})
}
