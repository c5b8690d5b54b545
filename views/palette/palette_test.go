package palette

import (
	"testing"

	"fyne.io/fyne/v2"

	"fyne.io/fyne/v2/test"

	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// AP-2, first form: a client or a command by a few letters, from anywhere.
func TestFindsClientsAndCommands(t *testing.T) {
	b := viewtest.New(t)
	c := datatest.Client(7)
	c.FirstName, c.LastName = "Renée", "Café"
	datatest.Add(t, b.Store, datatest.Client(1), c)
	done := ""
	p := New(b.Desk, func() []Command {
		return []Command{{Title: "Add New Client", Do: func() { done = "add" }}, {Title: "Settings: mail server", Do: func() { done = "mail" }}}
	})
	for _, x := range []struct{ query, first string }{
		{"", "Add New Client"}, {"mai se", "Settings: mail server"}, {"new", "Add New Client"}, {"cafe ren", "Renée Café"}, {"#2", "Renée Café"}, {"zzz", ""},
	} {
		list := kit.NewPickList("")
		var picks []kit.Pick
		p.ask(list, x.query)
		picks = list.Picks()
		got := ""
		if len(picks) > 0 {
			got = picks[0].Title
		}
		if got != x.first {
			t.Errorf("%q offers %q first, want %q", x.query, got, x.first)
		}
	}
	for _, pick := range p.matching("settings") {
		pick.Do()
	}
	if done != "mail" {
		t.Errorf("picking did %q", done)
	}
}

func TestOpensOnceAndLeaves(t *testing.T) {
	b := viewtest.New(t)
	datatest.Add(t, b.Store, datatest.Client(1))
	p := New(b.Desk, func() []Command { return nil })
	p.Show()
	p.Show()
	if n := len(b.Window.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("%d palettes are open", n)
	}
	test.Type(b.Window.Canvas().Focused(), "first1")
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.Went.Last() != "client 1" {
		t.Errorf("Enter went %q", b.Went.Last())
	}
	if n := len(b.Window.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d palettes are open after picking", n)
	}
	p.Show()
	if n := len(b.Window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("the palette does not open again")
	}
}
