package settings

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/task"
)

// templateSection is the templates of mails (ML-3): a list, in the place of which a template is edited.
type templateSection struct {
	listing
	page      *Page
	loader    *task.Loader[[]app.MailTemplate]
	templates []app.MailTemplate
	editor    *templateEditor // nil while none is edited
	root      *fyne.Container
	off       *kit.Button
}

func newTemplates(p *Page) section {
	s := &templateSection{page: p, loader: task.NewLoader[[]app.MailTemplate](p.desk.Run)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 220, Grow: true},
		kit.Column{Key: "category", Title: i18n.T("Category"), Width: 100},
		kit.Column{Key: "languages", Title: i18n.T("Languages"), Width: 120},
		kit.Column{Key: "text", Title: i18n.T("Text"), Width: 160},
		kit.Column{Key: "state", Title: i18n.T("Sent"), Width: 110},
	)
	edit := func() { s.at(s.edit) }
	grid.OnOpen = func(int) { edit() }
	grid.OnDelete = func() { s.at(s.remove) }
	s.off = kit.NewButton(i18n.T("Switch Off"), nil, func() { s.at(s.toggle) })
	s.build(
		p.desk.Canvas(), i18n.T("Mail Templates"), grid, kit.NewPrimary(i18n.T("Add Template"), icons.Add, func() { s.edit(app.MailTemplate{Own: true, Category: app.General}) }),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), s.off, kit.NewButton(i18n.T("Reset or Delete"), icons.Delete, func() { s.at(s.remove) }),
	)
	offer := grid.OnSelect
	grid.OnSelect = func(i int) {
		offer(i)
		s.word()
	}
	s.root = container.NewStack(s.listing.root)
	return s
}

func (s *templateSection) object() fyne.CanvasObject { return s.root }

// first is the table, or the text that is being edited in its place.
func (s *templateSection) first() fyne.CanvasObject {
	if s.editor != nil {
		return s.root
	}
	return s.listing.first()
}

func (s *templateSection) shown() {
	if s.editor != nil {
		return
	}
	s.load()
}

// load reads the list anew.
func (s *templateSection) load() {
	s.loader.Load(s.page.desk.App.Templates.List, func(all []app.MailTemplate, err error) {
		if err != nil {
			s.instead(s.page.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.templates = true, all
		rows := make(kit.Rows, len(all))
		for i, t := range all {
			rows[i] = templateRow(t)
		}
		s.fill(rows, nil)
		s.word()
	})
}

func templateRow(t app.MailTemplate) *kit.Row {
	text, state := i18n.T("As shipped"), i18n.T("By itself")
	switch {
	case t.Own:
		text = i18n.T("Your own")
	case len(t.Changed) > 0:
		text = i18n.T("Changed (%s)", strings.Join(t.Changed, ", "))
	}
	switch {
	case t.Disabled:
		state = i18n.T("Switched off")
	case t.Own:
		state = i18n.T("By hand")
	}
	return &kit.Row{Cells: []string{t.Name, app.CategoryName(t.Category), strings.Join(t.Languages, ", "), text, state}, Muted: t.Disabled}
}

// word lets the button say what it does with the chosen template.
func (s *templateSection) word() {
	s.at(func(t app.MailTemplate) {
		label := i18n.T("Switch Off")
		if t.Disabled {
			label = i18n.T("Switch On")
		}
		s.off.SetText(label)
		if t.Needed {
			s.off.Disable()
		} else {
			s.off.Enable()
		}
	})
}

func (s *templateSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicTemplates {
		s.load()
	}
}

// at does something with the template of the chosen row.
func (s *templateSection) at(do func(app.MailTemplate)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.templates) {
		do(s.templates[i])
	}
}

// edit shows the editor in the place of the list.
func (s *templateSection) edit(t app.MailTemplate) {
	s.editor = newTemplateEditor(s.page.desk, t, s.back)
	s.put(s.editor.object)
	s.editor.focus()
}

// back shows the list again.
func (s *templateSection) back() {
	s.editor = nil
	s.put(s.listing.root)
	s.shown()
}

func (s *templateSection) put(o fyne.CanvasObject) {
	s.root.Objects = []fyne.CanvasObject{o}
	s.root.Refresh()
}

func (s *templateSection) dirty() bool { return s.editor != nil && s.editor.dirty() }

func (s *templateSection) save(done func(error)) {
	if s.editor == nil {
		done(nil)
		return
	}
	s.editor.save(done)
}

func (s *templateSection) discard() {
	if s.editor != nil {
		s.back()
	}
}

// toggle switches a template off or on.
func (s *templateSection) toggle(t app.MailTemplate) {
	if t.Needed {
		return
	}
	set := func(done func(error)) {
		s.act(i18n.T("Switch Off"), func(ctx context.Context) error { return s.page.desk.App.Templates.Switch(ctx, t.Kind, !t.Disabled) }, done)
	}
	if t.Disabled || t.Own {
		set(func(err error) { s.page.desk.Fail(err) })
		return
	}
	kit.Confirm(s.page.desk.Canvas(), i18n.T("Switch off “%s”?", t.Name), []string{
		i18n.T("Mails of this kind are no longer sent. Each one that would have gone is listed as suppressed."),
	}, i18n.T("Switch Off"), false, set)
}

// remove resets a shipped template, or deletes one of the office's own, after a question.
func (s *templateSection) remove(t app.MailTemplate) {
	d := s.page.desk
	switch {
	case t.Own:
		kit.Confirm(d.Canvas(), i18n.T("Delete the template “%s”?", t.Name), []string{i18n.T("Mails that were written with it stay as they are.")},
			i18n.T("Delete Template"), true, func(done func(error)) {
				s.act(i18n.T("Delete Template"), func(ctx context.Context) error { return d.App.Templates.Delete(ctx, t.Kind) }, done)
			})
	case len(t.Changed) == 0:
		d.Say(i18n.T("The text of “%s” is as it was shipped.", t.Name))
	default:
		kit.Confirm(d.Canvas(), i18n.T("Reset “%s”?", t.Name), []string{i18n.T("Your text is replaced by the shipped one, in every language in which you changed it.")},
			i18n.T("Reset Text"), true, func(done func(error)) {
				s.act(i18n.T("Reset Text"), func(ctx context.Context) error { return d.App.Templates.Reset(ctx, t.Kind, "") }, done)
			})
	}
}

// act does something, and tells done how that went.
func (s *templateSection) act(name string, do func(context.Context) error, done func(error)) {
	s.page.desk.Run.Task(name, func(ctx context.Context, _ *task.Progress) error { return do(ctx) }, func(err error) {
		if err != nil {
			err = errors.New(app.Explain(err))
		}
		done(err)
	})
}
