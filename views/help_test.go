package views

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"

	"clientele/views/guide"
)

// F1 opens the guide at the page for what is in front, in one window, wherever the keyboard is.
func TestHelpIsAboutWhatIsInFront(t *testing.T) {
	_, s := open(t)
	before := len(fyne.CurrentApp().Driver().AllWindows())
	g, err := guide.New(s.desk.Run, guide.Pictures, func() {})
	if err != nil {
		t.Fatal(err)
	}
	pages := g.Names()
	for name, c := range map[string]struct {
		show func()
		want string
	}{
		"home":     {s.to(sectionHome), "home"},
		"clients":  {s.Clients, "find"},
		"new":      {s.AddClient, "add"},
		"import":   {s.Import, "import"},
		"invoices": {s.Invoices, "invoice"},
		"mail":     {func() { s.Mail() }, "mail"},
		"backups":  {func() { s.Settings("backups") }, "backup"},
		"daily":    {s.Daily, "daily-run"},
	} {
		c.show()
		press(s, fyne.KeyF1)
		if s.help == nil || s.help.guide.Shown() != c.want {
			t.Errorf("%s: the guide is at %+v", name, s.help)
		}
	}
	if n := len(fyne.CurrentApp().Driver().AllWindows()); n != before+1 {
		t.Errorf("%d windows", n)
	}
	s.help.window.Close()
	if s.help != nil {
		t.Error("the guide is closed and kept")
	}
	for _, all := range []map[string]string{topics.sections, topics.settings, topics.parts} {
		for of, page := range all {
			if !slices.Contains(pages, page) {
				t.Errorf("%s leads to %q, which is no page", of, page)
			}
		}
	}
}

// press types a key where the keyboard is.
func press(s *Window, key fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: key}
	c := s.window.Canvas()
	if c.Focused() != nil {
		c.Focused().TypedKey(ev)
		return
	}
	c.OnTypedKey()(ev)
}
