package settings

import (
	"context"
	"errors"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// fieldSection is the custom fields (CL-13).
type fieldSection struct {
	listing
	desk   *desk.Desk
	loader *task.Loader[[]usedField]
	fields []usedField
}

// usedField is a custom field with the number of clients that have a value in it.
type usedField struct {
	data.CustomField
	uses int64
}

func newFields(p *Page) section {
	s := &fieldSection{desk: p.desk, loader: task.NewLoader[[]usedField](p.desk.Run)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 200, Grow: true},
		kit.Column{Key: "kind", Title: i18n.T("Holds"), Width: 110},
		kit.Column{Key: "required", Title: i18n.T("Required"), Width: 90},
		kit.Column{Key: "visible", Title: i18n.T("Clients see it"), Width: 120},
		kit.Column{Key: "uses", Title: i18n.T("Values"), Kind: kit.NumberColumn, Width: 90},
	)
	edit := func() { s.at(func(f usedField) { s.edit(f.CustomField) }) }
	remove := func() { s.at(s.remove) }
	grid.OnOpen, grid.OnDelete = func(int) { edit() }, remove
	s.build(
		p.desk.Canvas(), i18n.T("Custom Fields"), grid, kit.NewPrimary(i18n.T("Add Field"), icons.Add, s.add),
		kit.NewButton(i18n.T("Up"), icons.Ascending, func() { s.move(-1) }), kit.NewButton(i18n.T("Down"), icons.Descending, func() { s.move(1) }),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), kit.NewButton(i18n.T("Delete"), icons.Delete, remove),
	)
	return s
}

func (s *fieldSection) shown() { s.load() }

// load reads the table anew.
func (s *fieldSection) load() {
	s.loader.Load(func(ctx context.Context) ([]usedField, error) {
		fields, err := s.desk.App.Fields.List(ctx)
		if err != nil {
			return nil, err
		}
		all := make([]usedField, len(fields))
		for i, f := range fields {
			all[i].CustomField = f
			if all[i].uses, err = s.desk.App.Fields.Uses(ctx, f.ID); err != nil {
				return nil, err
			}
		}
		return all, nil
	}, func(all []usedField, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.fields = true, all
		rows := make(kit.Rows, len(all))
		yesNo := func(b bool) string {
			if b {
				return i18n.T("Yes")
			}
			return i18n.T("No")
		}
		for i, f := range all {
			rows[i] = &kit.Row{Cells: []string{f.Name, app.FieldKindName(f.Kind), yesNo(f.Required), yesNo(f.ClientVisible), i18n.FormatInt(f.uses)}}
		}
		s.fill(rows, kit.NewEmptyState(icons.Edit, i18n.T("No custom fields yet"),
			i18n.T("A field that you add here is asked for with every client: a customer number, a contract, a birthday."),
			kit.NewPrimary(i18n.T("Add Field"), icons.Add, s.add)))
	})
}

func (s *fieldSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicFields {
		s.load()
	}
}

// at does something with the field of the chosen row.
func (s *fieldSection) at(do func(usedField)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.fields) {
		do(s.fields[i])
	}
}

// move changes places with the field above (-1) or below (1).
func (s *fieldSection) move(by int) {
	from := s.grid.Cursor()
	to := from + by
	if from < 0 || to < 0 || to >= len(s.fields) {
		return
	}
	a, b := s.fields[from].CustomField, s.fields[to].CustomField
	a.Position, b.Position = b.Position, a.Position
	s.desk.Act(i18n.T("Custom Fields"), func(ctx context.Context) error {
		for _, f := range []data.CustomField{a, b} {
			if _, err := s.desk.App.Fields.Save(ctx, f); err != nil {
				return err
			}
		}
		return nil
	}, func() {
		s.grid.Select(to)
		s.load()
	})
}

func (s *fieldSection) add() { s.edit(data.CustomField{Kind: data.FieldText}) }

// edit asks for a field's values; one whose number is 0 is added.
func (s *fieldSection) edit(f data.CustomField) {
	kinds := make([]kit.Choice, len(app.FieldKinds))
	for i, k := range app.FieldKinds {
		kinds[i] = kit.Choice{Key: string(k), Label: app.FieldKindName(k)}
	}
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "name", Label: i18n.T("Name"), Required: true, Wide: true, Input: kit.NewText(100)},
		{Key: "kind", Label: i18n.T("Holds"), Wide: true, Input: kit.NewSelect(kinds...)},
		{Key: "options", Label: i18n.T("Choices"), Wide: true, Help: i18n.T("For a choice: one a line."), Input: kit.NewLongText(5000, 3)},
		{Key: "help", Label: i18n.T("Help"), Wide: true, Help: i18n.T("Shown below the field."), Input: kit.NewText(200)},
		{Key: "required", Label: "", Wide: true, Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Required")})},
		{Key: "visible", Label: "", Wide: true, Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Shown to the client in the client area")})},
	}})
	form.SetValues(map[string]string{
		"name": f.Name, "kind": string(f.Kind), "options": f.Options, "help": f.Help, "required": tick(f.Required), "visible": tick(f.ClientVisible),
	})
	title, action := i18n.T("Add Field"), i18n.T("Add Field")
	if f.ID != 0 {
		title, action = i18n.T("Edit Field"), i18n.T("Save Changes")
	}
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: title, Form: form, Action: action, Do: func(done func(error)) {
		f.Name, f.Kind, f.Options, f.Help = form.Value("name"), data.FieldKind(form.Value("kind")), form.Value("options"), form.Value("help")
		f.Required, f.ClientVisible = form.Value("required") == ticked, form.Value("visible") == ticked
		s.desk.SaveForm(action, form, func(ctx context.Context) error {
			_, err := s.desk.App.Fields.Save(ctx, f)
			return err
		}, done)
	}})
}

// remove asks, with the number of values that go.
func (s *fieldSection) remove(f usedField) {
	consequences := []string{i18n.T("No client has a value in this field.")}
	if f.uses > 0 {
		consequences = []string{
			i18n.N(f.uses, "The value that one client has in this field is deleted.", "The values that %d clients have in this field are deleted."),
			i18n.T("This cannot be undone."),
		}
	}
	action := i18n.T("Delete Field")
	if f.uses > 0 {
		action = i18n.N(f.uses, "Delete field and one value", "Delete field and %d values")
	}
	kit.Confirm(s.desk.Canvas(), i18n.T("Delete the field “%s”?", f.Name), consequences, action, true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Delete Field"), func(ctx context.Context, _ *task.Progress) error { return s.desk.App.Fields.Delete(ctx, f.ID) }, func(err error) {
			if err != nil {
				done(errors.New(app.Explain(err)))
				return
			}
			done(nil)
			s.desk.Say(i18n.T("The field “%s” was deleted.", f.Name))
		})
	})
}
