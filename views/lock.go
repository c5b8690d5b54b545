package views

import (
	"time"

	"fyne.io/fyne/v2"

	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/locked"
	"clientele/views/settings"
)

// lock is whether the window is locked, and when somebody was there last.
type lock struct {
	page    *locked.Page  // nil while it is open
	back    func()        // gives the window back
	windows []fyne.Window // of clients, hidden meanwhile
	admins  bool          // who is signed in has changed meanwhile
	seen    time.Time     // when somebody used a window last
	looking bool          // a look at it is planned
}

// lookEvery is how long it may take at most until it is noticed that nobody is there, as after the computer slept.
const lookEvery = 30 * time.Second

// Lock locks the window at once (AP-4): what is in sight is taken off it, card numbers are hidden and leave the clipboard, and the passphrase brings everything back as it was.
func (s *Window) Lock() {
	switch {
	case s.lock.page != nil || s.gate.closed:
	case !s.params.App.Lock.State().Set:
		if !kit.DialogOpen() {
			s.desk.Say(i18n.T("Set a passphrase first: without one, nothing could be unlocked."), kit.Action{Label: i18n.T("Set a Passphrase"), Do: func() { s.Settings(settings.Lock) }})
		}
	default:
		s.shut(func() {})
	}
}

// shut locks the window; then goes on once it is open.
func (s *Window) shut(then func()) {
	s.desk.Secrets.Hide()
	s.desk.Secrets.Forget()
	s.lock.page = locked.New(s.desk, locked.Params{Unlocked: func() { s.open(then) }, Open: len(s.pages) > 0, Quit: s.quit})
	for _, w := range s.windows {
		w.window.Hide()
		s.lock.windows = append(s.lock.windows, w.window)
	}
	s.lock.back = kit.Blank(s.window, s.lock.page.Object())
	if len(s.lock.windows) > 0 {
		s.window.RequestFocus()
	}
	s.lock.page.Shown()
}

// open gives the window back.
func (s *Window) open(then func()) {
	back, windows, admins := s.lock.back, s.lock.windows, s.lock.admins
	s.lock = lock{looking: s.lock.looking}
	back()
	for _, w := range windows {
		w.Show()
	}
	if admins {
		s.admins()
	}
	s.present()
	then()
}

// watch has the window lock itself when nobody was there for as long as the settings say.
func (s *Window) watch() {
	kit.OnPresence(s.present)
	s.present()
}

// present notes that somebody is there. Whoever comes back to a computer that slept finds the window locked.
func (s *Window) present() {
	if s.lock.page != nil || s.idled() {
		return
	}
	s.lock.seen = s.wall()
	s.lookLater()
}

// wall is the time of the day: it goes on while the computer sleeps.
func (s *Window) wall() time.Time { return s.desk.Run.Now().Round(0) }

// idled locks the window where nobody was there for long enough, and tells whether it did.
func (s *Window) idled() bool {
	idle := s.params.App.Lock.State().Idle
	if s.lock.seen.IsZero() || idle == 0 || s.wall().Sub(s.lock.seen) < idle {
		return false
	}
	s.Lock()
	return s.lock.page != nil
}

// lookLater plans the next look at whether somebody is there.
func (s *Window) lookLater() {
	state := s.params.App.Lock.State()
	if s.lock.looking || !state.Set || state.Idle == 0 {
		return
	}
	s.lock.looking = true
	left := s.lock.seen.Add(state.Idle).Sub(s.wall())
	s.desk.Run.After(min(max(left, time.Second), lookEvery), func() {
		s.lock.looking = false
		if s.lock.page == nil && !s.idled() {
			s.lookLater()
		}
	})
}
