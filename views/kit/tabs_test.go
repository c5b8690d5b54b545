package kit

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// threeTabs are tabs with a field in each, the first in front.
func threeTabs(t *testing.T) (*Tabs, []*Entry, fyne.Window) {
	t.Helper()
	tabs := NewTabs()
	w := window(t, tabs, 600, 300)
	var fields []*Entry
	for _, key := range []string{"a", "b", "c"} {
		e := NewEntry()
		fields = append(fields, e)
		tabs.Add(key, key, container.NewVBox(e), false)
	}
	tabs.Go("a")
	return tabs, fields, w
}

// The strip is one place for Tab; arrows, Home and End go along it, Enter shows, Delete closes, and the keyboard stays.
func TestTabStripByKeyboard(t *testing.T) {
	tabs, fields, w := threeTabs(t)
	c := w.Canvas()
	c.FocusNext()
	press := func(keys ...fyne.KeyName) {
		for _, k := range keys {
			c.Focused().TypedKey(&fyne.KeyEvent{Name: k})
		}
	}
	if c.Focused() != fyne.Focusable(tabs.strip) {
		t.Fatalf("Tab comes to %T first", c.Focused())
	}
	for _, step := range []struct {
		keys []fyne.KeyName
		at   int
		want string
	}{
		{[]fyne.KeyName{fyne.KeyRight}, 1, "a"},
		{[]fyne.KeyName{fyne.KeyReturn}, 1, "b"},
		{[]fyne.KeyName{fyne.KeyEnd}, 2, "b"},
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeySpace}, 2, "c"},
		{[]fyne.KeyName{fyne.KeyHome, fyne.KeyLeft}, 0, "c"},
		{[]fyne.KeyName{fyne.KeyRight, fyne.KeyDelete}, 1, "c"},
	} {
		press(step.keys...)
		if tabs.strip.at != step.at || tabs.Current() != step.want || c.Focused() != fyne.Focusable(tabs.strip) {
			t.Errorf("after %v: at %d of %q, the keyboard is on %T", step.keys, tabs.strip.at, tabs.Current(), c.Focused())
		}
		for i, o := range tabs.strip.row.Objects {
			if got := o.(*tabButton).focused; got != (i == step.at) {
				t.Errorf("after %v: tab %d shows the keyboard: %v", step.keys, i, got)
			}
		}
	}
	c.FocusNext()
	if c.Focused() != fyne.Focusable(fields[2]) {
		t.Errorf("Tab leaves the strip to %T", c.Focused())
	}
}

// What is typed after another tab was shown does not go on in the one before, and coming back finds the keyboard where it was.
func TestKeyboardGoesWithItsTab(t *testing.T) {
	tabs, fields, w := threeTabs(t)
	c := w.Canvas()
	c.Focus(fields[0])
	tabs.Go("b")
	if c.Focused() != nil {
		t.Fatalf("the keyboard is on %T, which is out of sight", c.Focused())
	}
	c.Focus(fields[1])
	tabs.Go("a")
	if c.Focused() != fyne.Focusable(fields[0]) {
		t.Errorf("coming back finds the keyboard on %T", c.Focused())
	}
	tabs.Go("c")
	tabs.Close("c")
	if tabs.Current() != "b" || c.Focused() != fyne.Focusable(fields[1]) {
		t.Errorf("closing leads to %q with the keyboard on %T", tabs.Current(), c.Focused())
	}
}

// Where tabs have too little room the one that is shown keeps its title, and the pointer shows the whole of another one's.
func TestTabsWithLittleRoom(t *testing.T) {
	tabs := NewTabs()
	w := window(t, tabs, 640, 300)
	titles := []string{"Clients", "Wilhelmina Featherstone", "Invoice #2026-17", "Draft for Ada Lovelace", "Grace Hopper", "Activity log"}
	for _, title := range titles {
		tabs.Add(title, title, container.NewStack(), false)
	}
	tabs.Go(titles[2])
	for i, o := range tabs.strip.row.Objects {
		b := o.(*tabButton)
		if end := b.Position().X + b.Size().Width; end > 640.5 {
			t.Errorf("tab %d ends at %v", i, end)
		}
		if i == 2 && b.cut() {
			t.Errorf("the one that is shown is cut: %v wide, its title %v of %v", b.Size().Width, b.line.Size().Width, b.wish())
		}
	}
	other := tabs.strip.row.Objects[1].(*tabButton)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(other)
	test.MoveMouse(w.Canvas(), at.AddXY(20, 10))
	if !tabs.tip.text.Visible() || tabs.tip.text.Text != titles[1] {
		t.Errorf("the pointer shows %q", tabs.tip.text.Text)
	}
	if y := tabs.tip.box.Position().Y; y < other.Size().Height {
		t.Errorf("the title lies over the tabs, at %v", y)
	}
	test.MoveMouse(w.Canvas(), fyne.NewPos(300, 200))
	if tabs.tip.text.Visible() {
		t.Error("the title stays")
	}
}
