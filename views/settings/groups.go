package settings

import (
	"context"
	"errors"
	"image/color"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// groupSection is the client groups (CL-13).
type groupSection struct {
	listing
	desk   *desk.Desk
	loader *task.Loader[[]sizedGroup]
	groups []sizedGroup
}

// sizedGroup is a group with the number of its clients.
type sizedGroup struct {
	data.Group
	size int64
}

func newGroups(p *Page) section {
	s := &groupSection{desk: p.desk, loader: task.NewLoader[[]sizedGroup](p.desk.Run)}
	grid := kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 200, Grow: true},
		kit.Column{Key: "colour", Title: i18n.T("Colour"), Width: 110},
		kit.Column{Key: "discount", Title: i18n.T("Discount"), Kind: kit.NumberColumn, Width: 100},
		kit.Column{Key: "separate", Title: i18n.T("Separate invoices"), Width: 150},
		kit.Column{Key: "clients", Title: i18n.T("Clients"), Kind: kit.NumberColumn, Width: 100},
	)
	edit := func() { s.at(func(g sizedGroup) { s.edit(g.Group) }) }
	remove := func() { s.at(s.remove) }
	grid.OnOpen, grid.OnDelete = func(int) { edit() }, remove
	s.build(
		p.desk.Canvas(), i18n.T("Client Groups"), grid, kit.NewPrimary(i18n.T("Add Group"), icons.Add, s.add),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), kit.NewButton(i18n.T("Delete"), icons.Delete, remove),
	)
	return s
}

func (s *groupSection) shown() { s.load() }

// load reads the table anew.
func (s *groupSection) load() {
	s.loader.Load(func(ctx context.Context) ([]sizedGroup, error) {
		groups, err := s.desk.App.Groups.List(ctx)
		if err != nil {
			return nil, err
		}
		all := make([]sizedGroup, len(groups))
		for i, g := range groups {
			all[i].Group = g
			if all[i].size, err = s.desk.App.Groups.Size(ctx, g.ID); err != nil {
				return nil, err
			}
		}
		return all, nil
	}, func(all []sizedGroup, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.groups = true, all
		rows := make(kit.Rows, len(all))
		for i, g := range all {
			rows[i] = groupRow(g)
		}
		s.fill(rows, kit.NewEmptyState(icons.Clients, i18n.T("No groups yet"),
			i18n.T("A group gathers clients that are billed alike, with a colour in lists and a discount of its own."),
			kit.NewPrimary(i18n.T("Add Group"), icons.Add, s.add)))
	})
}

func groupRow(g sizedGroup) *kit.Row {
	separate, discount := i18n.T("No"), ""
	if g.SeparateInvoices {
		separate = i18n.T("Yes")
	}
	if g.DiscountBP != 0 {
		discount = i18n.T("%s %%", rateOf(g.DiscountBP).Format(i18n.CurrentLocale()))
	}
	return &kit.Row{Cells: []string{g.Name, colourName(g.Colour), discount, separate, i18n.FormatInt(g.size)}}
}

// rateOf is a discount in hundredths of a percent as a percentage.
func rateOf(bp int64) money.Rate { return money.Rate(bp) * money.PercentOf(1) / 100 }

func (s *groupSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicGroups {
		s.load()
	}
}

// at does something with the group of the chosen row.
func (s *groupSection) at(do func(sizedGroup)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.groups) {
		do(s.groups[i])
	}
}

func (s *groupSection) add() { s.edit(data.Group{Colour: groupColours()[0].Key}) }

// edit asks for a group's values; one whose number is 0 is added.
func (s *groupSection) edit(g data.Group) {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "name", Label: i18n.T("Name"), Required: true, Wide: true, Input: kit.NewText(100)},
		{Key: "colour", Label: i18n.T("Colour"), Wide: true, Input: kit.NewSwatches(coloursWith(g.Colour)...)},
		{Key: "discount", Label: i18n.T("Discount in percent"), Wide: true, Help: i18n.T("Empty for none."), Input: kit.NewText(20)},
		{Key: "separate", Label: i18n.T("Invoices"), Wide: true, Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("A separate invoice for each service")})},
	}})
	discount := ""
	if g.DiscountBP != 0 {
		discount = rateOf(g.DiscountBP).Format(i18n.CurrentLocale())
	}
	form.SetValues(map[string]string{"name": g.Name, "colour": g.Colour, "discount": discount, "separate": tick(g.SeparateInvoices)})
	title, action := i18n.T("Add Group"), i18n.T("Add Group")
	if g.ID != 0 {
		title, action = i18n.T("Edit Group"), i18n.T("Save Changes")
	}
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: title, Form: form, Action: action, Do: func(done func(error)) {
		bp, err := discountOf(form.Value("discount"))
		if err != nil {
			form.SetErrors(map[string]string{"discount": err.Error()})
			done(errors.New(i18n.T("Nothing was saved yet: one field needs another look.")))
			return
		}
		g.Name, g.Colour, g.DiscountBP, g.SeparateInvoices = form.Value("name"), form.Value("colour"), bp, form.Value("separate") == ticked
		s.desk.SaveForm(action, form, func(ctx context.Context) error {
			_, err := s.desk.App.Groups.Save(ctx, g)
			return err
		}, done)
	}})
}

// discountOf reads a percentage as hundredths of a percent.
func discountOf(text string) (bp int64, err error) {
	if strings.TrimSpace(text) == "" {
		return 0, nil
	}
	r, err := money.ParseRate(text, i18n.CurrentLocale())
	if err != nil {
		return 0, err
	}
	if unit := money.PercentOf(1) / 100; r%unit == 0 {
		return int64(r / unit), nil
	}
	return 0, errors.New(i18n.T("A discount has at most two decimals."))
}

// remove asks, with the number of clients that are then in no group.
func (s *groupSection) remove(g sizedGroup) {
	consequences := []string{i18n.T("No client is in this group.")}
	if g.size > 0 {
		consequences = []string{i18n.N(g.size, "One client is in no group then. Nothing else of it changes.", "%d clients are in no group then. Nothing else of them changes.")}
	}
	kit.Confirm(s.desk.Canvas(), i18n.T("Delete the group “%s”?", g.Name), consequences, i18n.T("Delete Group"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Delete Group"), func(ctx context.Context, _ *task.Progress) error { return s.desk.App.Groups.Delete(ctx, g.ID) }, func(err error) {
			if err != nil {
				done(errors.New(app.Explain(err)))
				return
			}
			done(nil)
			s.desk.Say(i18n.T("The group “%s” was deleted.", g.Name))
		})
	})
}

// groupColours are the colours that are offered for a group.
func groupColours() []kit.Swatch {
	var all []kit.Swatch
	for _, c := range []struct{ hex, name string }{
		{"#2f6fde", i18n.T("Blue")},
		{"#1f8a9d", i18n.T("Teal")},
		{"#1f9d61", i18n.T("Green")},
		{"#d08a1c", i18n.T("Amber")},
		{"#c8433a", i18n.T("Red")},
		{"#c24a8f", i18n.T("Pink")},
		{"#7a4fd0", i18n.T("Purple")},
		{"#8a94a6", i18n.T("Grey")},
	} {
		all = append(all, kit.Swatch{Key: c.hex, Name: c.name, Color: colourOf(c.hex)})
	}
	return all
}

// coloursWith are the colours on offer and one more, where a group has its own.
func coloursWith(hex string) []kit.Swatch {
	all := groupColours()
	for _, c := range all {
		if c.Key == hex {
			return all
		}
	}
	if colourOf(hex) == nil {
		return all
	}
	return append(all, kit.Swatch{Key: hex, Name: hex, Color: colourOf(hex)})
}

func colourName(hex string) string {
	for _, c := range groupColours() {
		if c.Key == hex {
			return c.Name
		}
	}
	return hex
}

// colourOf reads #rrggbb; nil where it is something else.
func colourOf(hex string) color.Color {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		return nil
	}
	return color.NRGBA{R: uint8(n >> 16), G: uint8(n >> 8), B: uint8(n), A: 0xff}
}
