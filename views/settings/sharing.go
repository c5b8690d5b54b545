package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/sharing"
	"clientele/views/task"
	"clientele/views/theme"
)

// sharingSection is where the data lies, and who works with it (AP-4).
type sharingSection struct {
	listing
	desk   *desk.Desk
	loader *task.Loader[[]data.Admin]
	admins []data.Admin
	page   fyne.CanvasObject
}

func newSharing(p *Page) section {
	s := &sharingSection{desk: p.desk, loader: task.NewLoader[[]data.Admin](p.desk.Run)}
	if !p.desk.App.Shared() {
		move := kit.NewPrimary(i18n.T("Move to a Server…"), nil, func() { sharing.Move(p.desk, p.params.Restart) })
		s.page = under(kit.NewHeader(i18n.T("Sharing"), ""), scrolled(container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset),
			kit.NewPara(i18n.T("The data lies in a file on this computer, and one desktop works with it."), theme.Plain),
			kit.NewPara(i18n.T("To work with colleagues, move it to a PostgreSQL server. Each of them signs in there with a name, and sees at once what the others do."), theme.Muted),
			container.NewHBox(move))))
		return s
	}
	me, _ := p.desk.App.Admins.Me()
	mine := kit.NewButtons(kit.NewButton(i18n.T("Change My Password…"), nil, s.password), kit.NewButton(i18n.T("Sign Out"), nil, p.desk.App.Admins.SignOut))
	told := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), kit.NewPara(i18n.T("This office is shared on %s.", p.desk.App.Sharing.Address()), theme.Plain),
		kit.NewPara(i18n.T("You are signed in as %s (%s).", me.Name, app.RoleName(me.Role)), theme.Muted))
	if !p.desk.App.May(app.Configuring) {
		s.page = under(kit.NewHeader(i18n.T("Sharing"), ""), scrolled(container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset), told,
			kit.NewPara(i18n.T("Staff do the daily work. Owners also see card numbers, delete, and change settings: ask one of them where you need that."), theme.Muted), mine)))
		return s
	}
	grid := kit.NewGrid(p.desk.Run, kit.Column{Key: "name", Title: i18n.T("Name"), Width: 240, Grow: true}, kit.Column{Key: "role", Title: i18n.T("Role"), Width: 140})
	edit := func() { s.at(func(a data.Admin) { s.edit(a) }) }
	remove := func() { s.at(s.remove) }
	grid.OnOpen, grid.OnDelete = func(int) { edit() }, remove
	s.build(p.desk.Canvas(), i18n.T("Sharing"), grid, kit.NewPrimary(i18n.T("Add Admin"), icons.Add, func() { s.edit(data.Admin{Role: data.Staff}) }),
		kit.NewButton(i18n.T("Edit"), icons.Edit, edit), kit.NewButton(i18n.T("Remove"), icons.Delete, remove))
	mine.Add(layout.NewSpacer())
	mine.Add(kit.NewQuiet(i18n.T("Move Back to This Computer…"), nil, func() { sharing.MoveBack(p.desk, p.params.Restart) }))
	foot := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), mine)
	s.page = kit.Border(nil, container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), told, foot), nil, nil, s.root)
	return s
}

func (s *sharingSection) object() fyne.CanvasObject { return s.page }

// first is the table of admins, or the first act where there is none.
func (s *sharingSection) first() fyne.CanvasObject {
	if s.grid == nil {
		return s.page
	}
	return s.listing.first()
}

func (s *sharingSection) shown() {
	if s.grid != nil {
		s.load()
	}
}

func (s *sharingSection) changed(c app.Change) {
	if s.loaded && c.Topic == app.TopicAdmins {
		s.load()
	}
}

func (s *sharingSection) load() {
	s.loader.Load(s.desk.App.Admins.List, func(all []data.Admin, err error) {
		if err != nil {
			s.instead(s.desk.ErrorState(err, s.load))
			return
		}
		s.loaded, s.admins = true, all
		rows := make(kit.Rows, len(all))
		for i, a := range all {
			rows[i] = &kit.Row{Cells: []string{a.Name, app.RoleName(a.Role)}}
		}
		s.fill(rows, s.grid)
	})
}

func (s *sharingSection) at(do func(data.Admin)) {
	if i := s.grid.Cursor(); i >= 0 && i < len(s.admins) {
		do(s.admins[i])
	}
}

// edit asks for an admin's values; one whose number is 0 is added.
func (s *sharingSection) edit(a data.Admin) {
	help := i18n.T("At least 12 characters. Tell it to them; they can change it here.")
	title, action := i18n.T("Add Admin"), i18n.T("Add Admin")
	if a.ID != 0 {
		title, action, help = i18n.T("Edit Admin"), i18n.T("Save Changes"), i18n.T("Empty leaves the one that they have.")
	}
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "name", Label: i18n.T("Name"), Required: true, Wide: true, Help: i18n.T("It stands in the activity log."), Input: kit.NewText(100)},
		{Key: "role", Label: i18n.T("Role"), Wide: true, Help: i18n.T("Staff see no card numbers, delete nothing and change no settings."), Input: kit.NewSelect(
			kit.Choice{Key: string(data.Staff), Label: app.RoleName(data.Staff)}, kit.Choice{Key: string(data.Owner), Label: app.RoleName(data.Owner)})},
		{Key: "password", Label: i18n.T("Password"), Wide: true, Help: help, Input: kit.NewSecret(256, "")},
	}})
	form.SetValues(map[string]string{"name": a.Name, "role": string(a.Role)})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: title, Form: form, Action: action, Do: func(done func(error)) {
		n := app.NewAdmin{Name: form.Value("name"), Role: data.Role(form.Value("role")), Password: form.Value("password")}
		s.desk.SaveForm(action, form, func(ctx context.Context) error {
			if a.ID != 0 {
				return s.desk.App.Admins.Change(ctx, a.ID, n)
			}
			_, err := s.desk.App.Admins.Add(ctx, n)
			return err
		}, done)
	}})
}

func (s *sharingSection) remove(a data.Admin) {
	kit.Confirm(s.desk.Canvas(), i18n.T("Remove %s?", a.Name), []string{
		i18n.T("They are signed out wherever they are signed in."), i18n.T("What they did stays in the activity log by their name."),
	}, i18n.T("Remove"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Remove"), func(ctx context.Context, _ *task.Progress) error { return s.desk.App.Admins.Delete(ctx, a.ID) }, func(err error) {
			done(desk.Explained(err))
			if err == nil {
				s.desk.Say(i18n.T("%s was removed.", a.Name))
			}
		})
	})
}

// password asks for another password of one's own.
func (s *sharingSection) password() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "current", Label: i18n.T("Your password now"), Required: true, Wide: true, Input: kit.NewSecret(256, "")},
		{Key: "password", Label: i18n.T("New password"), Required: true, Wide: true, Help: i18n.T("At least 12 characters. A few words in a row are easy to remember."), Input: kit.NewSecret(256, "")},
	}})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{Title: i18n.T("Change My Password"), Form: form, Action: i18n.T("Save Changes"), Do: func(done func(error)) {
		current, password := form.Value("current"), form.Value("password")
		s.desk.SaveForm(i18n.T("Save Changes"), form, func(ctx context.Context) error { return s.desk.App.Admins.ChangeMine(ctx, current, password) }, func(err error) {
			done(err)
			if err == nil {
				s.desk.Say(i18n.T("Your password was changed."))
			}
		})
	}})
}
