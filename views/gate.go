package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/sharing"
	"clientele/views/signin"
	"clientele/views/task"
	"clientele/views/theme"
)

// gate is what stands before the window of a shared office, and what it shows of its server.
type gate struct {
	closed  bool
	first   bool   // it asks for the first owner, whom a colleague may become meanwhile
	then    func() // what it opens to
	windows []fyne.Window
	role    data.Role
	line    *kit.Para

	entrance *task.Loader[app.Entrance]
	settings *task.Loader[app.Settings]
}

// begin shows what the window begins with: the questions who is there, the first questions, or the office.
func (s *Window) begin(ctx context.Context) error {
	entrance, err := s.params.App.Admins.Enter(ctx)
	if err != nil {
		return err
	}
	s.params.App.Unsaved.Read()
	if entrance != app.Open {
		s.ask(entrance, s.enter)
		return nil
	}
	set, err := s.params.App.Settings.Get(ctx)
	if err != nil {
		return err
	}
	in := func() { s.inside(set) }
	if s.params.App.Lock.State().Set {
		s.shut(in)
	} else {
		in()
	}
	return nil
}

// inside shows the office, or the first questions.
func (s *Window) inside(set app.Settings) {
	if set.SetUp {
		s.office()
	} else {
		s.wizard()
	}
}

// enter shows what is behind the gate. The settings are read only now: while the gate was closed a colleague may have answered the first questions.
func (s *Window) enter() {
	s.gate.settings.Load(s.params.App.Settings.Get, func(set app.Settings, err error) {
		if err != nil {
			s.window.SetContent(s.desk.ErrorState(err, s.enter))
			return
		}
		s.inside(set)
	})
}

// ask closes the gate until somebody is signed in.
func (s *Window) ask(entrance app.Entrance, then func()) {
	s.desk.Bar.Clear() // it may name a client, and offer to undo something
	s.gate.closed, s.gate.first, s.gate.then = true, entrance == app.FirstOwner, then
	page := signin.New(s.desk, entrance, func() {
		s.gate.closed, s.gate.first = false, false
		me, _ := s.params.App.Admins.Me()
		s.gate.role = me.Role
		then()
		s.showLine()
	})
	s.window.SetContent(kit.Border(nil, kit.NewTaskStrip(s.desk.Run), nil, nil, kit.Afloat(page.Object(), s.desk.Bar)))
	page.Shown()
}

// overtaken asks for a name and a password where a colleague became the first owner while somebody was asked here.
func (s *Window) overtaken() {
	s.gate.entrance.Load(s.params.App.Admins.Enter, func(e app.Entrance, err error) {
		if _, in := s.params.App.Admins.Me(); err != nil || in || !s.gate.first || e != app.SignIn {
			return
		}
		s.ask(e, s.gate.then)
		s.desk.Say(i18n.T("A colleague was quicker: this office has its first owner. Sign in, or ask them to add you."))
	})
}

// admins follows who is signed in at this desktop, and as what.
func (s *Window) admins() {
	if s.lock.page != nil { // behind the lock nothing is in sight; it is seen to once the window is open
		s.lock.admins = true
		return
	}
	me, in := s.params.App.Admins.Me()
	switch {
	case s.gate.first:
		s.overtaken()
	case s.gate.closed || s.gate.role == "": // nobody is asked
	case !in:
		s.lockOut()
	case me.Role != s.gate.role:
		s.gate.role = me.Role
		s.forgetSettings()
	}
}

// lockOut hides the office behind the gate, with all that is typed in it.
func (s *Window) lockOut() {
	s.desk.Secrets.Hide()
	back := kit.Blank(s.window, container.NewStack())
	for _, w := range s.windows {
		w.window.Hide()
		s.gate.windows = append(s.gate.windows, w.window)
	}
	s.ask(app.SignIn, func() {
		back()
		s.forgetSettings()
		for _, w := range s.gate.windows {
			w.Show()
		}
		s.gate.windows = nil
	})
}

// forgetSettings has the settings built anew for another role.
func (s *Window) forgetSettings() {
	if s.pages[sectionSettings] == nil {
		return
	}
	delete(s.pages, sectionSettings)
	if s.section == sectionSettings {
		s.Go(sectionSettings)
	}
}

// showLine says above all pages that the server is lost, until it is back, or that this program is too old for it.
func (s *Window) showLine() {
	if s.gate.line != nil {
		s.notices.Remove(s.gate.line)
		s.gate.line = nil
	}
	words := ""
	switch s.params.App.Together.Line() {
	case app.LineLost:
		words = i18n.T("The connection to the server is lost. What you typed is kept: save it once the connection is back, which is tried again and again.")
	case app.LineOutdated:
		words = i18n.T("A colleague's newer version of Clientele changed the form of the data. This version shows it but saves nothing more: install the newer version here too.")
	}
	if words != "" {
		s.gate.line = kit.NewPara(words, theme.Danger)
		s.notices.Add(s.gate.line)
	}
	s.notices.Refresh()
}

// share asks for the server of an office, where the data does not lie on one already.
func (s *Window) share() func() {
	if s.params.App.Shared() || s.params.Sample || s.params.Restart == nil {
		return nil
	}
	return func() { sharing.Join(s.desk, s.restart) }
}

// restart closes the window and has the program begin anew.
func (s *Window) restart() {
	if s.params.Restart != nil {
		s.params.Restart()
	}
	s.quit()
}
