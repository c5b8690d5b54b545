package kit

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/views/task"
	"clientele/views/theme"
)

func key(f fyne.Focusable, k fyne.KeyName) { f.TypedKey(&fyne.KeyEvent{Name: k}) }

// A dialog whose act failed stays open, says why, and closes when it succeeds;
// the keyboard is then where it was before.
func TestDialogStaysOpenOnFailure(t *testing.T) {
	before := NewEntry()
	w := window(t, before, 800, 600)
	c := w.Canvas()
	c.Focus(before)
	f := NewForm(Group{Fields: []Field{{Key: "amount", Label: "Amount", Input: NewText(10)}}})
	var finish func(error)
	d := ShowDialog(c, Dialog{Title: "Add Credit", Form: f, Action: "Add Credit", Do: func(done func(error)) { finish = done }})
	if !DialogOpen() {
		t.Fatal("the open dialog is not counted")
	}
	entry := f.groups[0].boxes[0].field.Input.Focus()
	if c.Focused() != entry {
		t.Errorf("the keyboard is at %T, not in the first field", c.Focused())
	}
	key(entry, fyne.KeyReturn)
	if finish == nil || !d.action.Disabled() {
		t.Fatal("Enter did not start the act, or the button can be pressed again")
	}
	key(entry, fyne.KeyEscape)
	if !d.Open() {
		t.Fatal("Escape closed the dialog while its act was being done")
	}
	finish(errors.New("the disk is full, nothing was added"))
	if !d.Open() || d.message.Text() != "the disk is full, nothing was added" || !d.message.Visible() {
		t.Errorf("open %v, says %q", d.Open(), d.message.Text())
	}
	key(entry, fyne.KeyReturn)
	finish(nil)
	if d.Open() || DialogOpen() {
		t.Error("the dialog is still open after its act succeeded")
	}
	if c.Focused() != fyne.Focusable(before) {
		t.Errorf("the keyboard is at %T, not where it was", c.Focused())
	}
}

// Escape leaves a dialog wherever the keyboard is in it, and that dialog alone.
func TestEscapeFromAnywhere(t *testing.T) {
	button := NewButton("Add Credit", nil, func() {})
	grid := NewGrid(task.NewInline(), Column{Key: "a", Title: "A", Width: 90})
	item := NewItem("a", "b", nil, "a", func() {})
	tick, entry := NewTick("Send a confirmation", nil), NewEntry()
	choice, search := NewSelect(Choice{"a", "A"}), NewSearchSelect("None", Choice{"a", "A"})
	radio := NewRadio(nil, Choice{"a", "A"})
	w := window(t, NewEntry(), 800, 600)
	for _, f := range []fyne.Focusable{button, grid.body, item, tick, entry, choice.field, search.field, radio.Focus()} {
		below := ShowDialog(w.Canvas(), Dialog{Title: "Below", Close: "Close"})
		d := ShowDialog(w.Canvas(), Dialog{Title: "Manage Credits", Body: container.NewStack(f.(fyne.CanvasObject)), Close: "Close"})
		w.Canvas().Focus(f)
		key(f, fyne.KeyEscape)
		if d.Open() || !below.Open() {
			t.Errorf("%T: open %v, the one below %v", f, d.Open(), below.Open())
		}
		below.Dismiss()
	}
	key(button, fyne.KeyEscape) // where there is none
	HelpKey(w.Canvas())
	d := ShowDialog(w.Canvas(), Dialog{Title: "Manage Credits", Close: "Close"})
	w.Canvas().Unfocus() // as when a button with the keyboard is switched off
	w.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if d.Open() {
		t.Error("Escape leaves the dialog open where nothing has the keyboard")
	}
}

// While a dialog waits for what it shows, nothing in it does anything; the act can be named anew.
func TestDialogWaits(t *testing.T) {
	w := window(t, NewEntry(), 800, 600)
	did := 0
	d := ShowDialog(w.Canvas(), Dialog{Title: "Merge", Action: "Merge into #1", Do: func(done func(error)) { did++; done(nil) }})
	d.Wait(true)
	d.Act()
	d.Dismiss()
	if did != 0 || !d.Open() || !d.Busy() || !d.action.Disabled() {
		t.Errorf("done %d times, open %v, busy %v", did, d.Open(), d.Busy())
	}
	d.Wait(false)
	d.SetAction("Merge into #2")
	if d.action.Text != "Merge into #2" || d.action.Disabled() {
		t.Errorf("the button says %q", d.action.Text)
	}
	d.Act()
	if did != 1 || d.Open() {
		t.Errorf("done %d times, open %v", did, d.Open())
	}
}

// The dangerous button is never the one that Enter presses.
func TestDangerIsNotTheDefault(t *testing.T) {
	w := window(t, NewEntry(), 800, 600)
	did := false
	d := Confirm(w.Canvas(), "Delete?", []string{"All is lost."}, "Delete", true, func(done func(error)) { did = true; done(nil) })
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if did || d.Open() {
		t.Errorf("Enter: deleted %v, open %v; it must only close", did, d.Open())
	}
	d = Confirm(w.Canvas(), "Delete?", nil, "Delete", true, func(done func(error)) { did = true; done(nil) })
	test.Tap(d.action)
	if !did || d.Open() || DialogOpen() {
		t.Error("the button did not do what it says")
	}
}

func TestAskUnsavedHasThreeWays(t *testing.T) {
	w := window(t, NewEntry(), 800, 600)
	got := ""
	open := func() *OpenDialog {
		return AskUnsaved(w.Canvas(), "x", func(done func(error)) { got += "s"; done(nil) }, func() { got += "d" })
	}
	test.Tap(open().action)
	test.Tap(open().other)
	test.Tap(open().closer)
	key(open().closer, fyne.KeyEscape)
	if got != "sd" || DialogOpen() {
		t.Errorf("did %q, dialogs open %v", got, DialogOpen())
	}
}

func TestBarGoesAndFailureStays(t *testing.T) {
	run := task.NewInline()
	b := NewBar(run)
	window(t, b, 600, 60)
	undone := false
	b.Say("Contact deleted.", Action{"Undo", func() { undone = true }})
	run.Advance(barTime - time.Millisecond)
	if b.Text() != "Contact deleted." {
		t.Fatalf("shows %q too early", b.Text())
	}
	run.Advance(time.Millisecond)
	if b.Text() != "" {
		t.Error("the result did not go away")
	}
	b.Say("Deleted.", Action{"Undo", func() { undone = true }})
	test.Tap(b.actions.Objects[0].(*Button))
	if !undone || b.Text() != "" {
		t.Error("Undo did nothing, or the bar stayed")
	}
	b.Say("Saved.")
	b.Fail("Not saved.")
	run.Advance(time.Hour)
	if b.Text() != "Not saved." {
		t.Errorf("a failure must stay, shows %q", b.Text())
	}
}

// Work that is over at once is never shown.
func TestTaskStripWaitsHalfASecond(t *testing.T) {
	run := task.NewInline()
	s := NewTaskStrip(run)
	window(t, s, 800, 100)
	_, done := run.Hold("Import clients", func(p *task.Progress) { p.SetTotal(200); p.Add(50) })
	run.Advance(taskDelay - time.Millisecond)
	if len(s.show) != 0 {
		t.Fatal("shown too early")
	}
	run.Advance(time.Millisecond)
	if len(s.show) != 1 || s.show[0].bar.Value != 0.25 {
		t.Fatalf("shows %d tasks", len(s.show))
	}
	done()
	if len(s.show) != 0 || s.Visible() {
		t.Error("an ended task is still shown")
	}
}

func TestTabsOpenAndClose(t *testing.T) {
	tabs := NewTabs()
	window(t, tabs, 600, 300)
	tabs.Add("list", "Clients", NewPara("", theme.Plain), true)
	tabs.Add("a", "A", NewPara("", theme.Plain), false)
	tabs.Add("b", "B", NewPara("", theme.Plain), false)
	tabs.Add("a", "A", NewPara("", theme.Plain), false)
	if tabs.Current() != "a" || len(tabs.tabs) != 3 {
		t.Fatalf("shows %q of %d", tabs.Current(), len(tabs.tabs))
	}
	tabs.OnClose = func(k string) bool { return k != "b" }
	tabs.Close("b")
	tabs.Close("list")
	tabs.Close("a")
	if tabs.Current() != "list" || len(tabs.tabs) != 2 {
		t.Errorf("shows %q of %d", tabs.Current(), len(tabs.tabs))
	}
	tabs.Step(-1)
	if tabs.Current() != "b" {
		t.Errorf("a step back from the first is %q", tabs.Current())
	}
}

func TestPickListKeys(t *testing.T) {
	p := NewPickList("")
	window(t, p, 400, 500)
	got := ""
	add := func(s string) Pick { return Pick{Title: s, Do: func() { got += s }} }
	p.SetPicks([]Pick{add("a"), add("b"), add("c")})
	key(p.entry, fyne.KeyReturn)
	key(p.entry, fyne.KeyDown)
	key(p.entry, fyne.KeyReturn)
	key(p.entry, fyne.KeyUp)
	key(p.entry, fyne.KeyUp)
	key(p.entry, fyne.KeyReturn)
	p.SetPicks(nil)
	key(p.entry, fyne.KeyDown)
	key(p.entry, fyne.KeyReturn)
	if got != "abc" {
		t.Errorf("picked %q", got)
	}
}

// What is typed on a closed field goes into its list, the first letter too.
func TestSearchSelectTypedOnWhileClosed(t *testing.T) {
	s := NewSearchSelect("None", Choice{Key: "ae", Label: "United Arab Emirates"}, Choice{Key: "be", Label: "Belgium"})
	s.bind(hooks{changed: func() {}})
	w := window(t, s.Object(), 400, 500)
	w.Canvas().Focus(s.Focus())
	for _, r := range "Émi" {
		w.Canvas().Focused().TypedRune(r)
	}
	entry, ok := w.Canvas().Focused().(*Entry)
	if !ok || entry.Text != "Émi" {
		t.Fatalf("typing Émi gave %+v", w.Canvas().Focused())
	}
}

// Enter takes what the letters most likely mean: another name of it, its beginning, the beginning of a word, and only then something within.
func TestSearchSelectFindsTheLikeliestFirst(t *testing.T) {
	s := NewSearchSelect("None", Choice{Key: "BN", Label: "Brunei"}, Choice{Key: "RE", Label: "Réunion"}, Choice{Key: "TZ", Label: "Tanzania, United Republic"},
		Choice{Key: "UA", Label: "Ukraine"}, Choice{Key: "GB", Label: "United Kingdom"}, Choice{Key: "US", Label: "United States"})
	s.Also = func(key string) []string { return map[string][]string{"GB": {"UK", "Great Britain"}}[key] }
	for query, want := range map[string]string{
		"un": "GB US TZ BN RE", "UK": "GB UA", "great b": "GB", "reun": "RE", "none such": "", "": "BN RE TZ UA GB US",
	} {
		var keys []string
		for _, c := range s.found(query) {
			keys = append(keys, c.Key)
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

// A list that opens on a choice begins there: Enter leaves the choice as it was, and what is typed finds another.
func TestSearchSelectOpensAtItsChoice(t *testing.T) {
	var many []Choice
	for r := 'a'; r <= 'z'; r++ {
		many = append(many, Choice{string(r), strings.Repeat(string(r), 3)})
	}
	s := NewSearchSelect("None", many...)
	s.SetValue("u")
	w := window(t, s.Object(), 400, 700)
	key(s.field, fyne.KeyDown)
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if s.Value() != "u" {
		t.Errorf("opened and left, it holds %q", s.Value())
	}
	s.field.TypedRune('v')
	key(w.Canvas().Focused(), fyne.KeyReturn)
	if s.Value() != "v" {
		t.Errorf("after v was typed it holds %q", s.Value())
	}
}

// A coloured button shows that it has the keyboard.
func TestColouredButtonShowsTheKeyboard(t *testing.T) {
	for _, b := range []*Button{NewPrimary("Start", nil, nil), NewDanger("Delete", nil, nil)} {
		w := window(t, b, 200, 60)
		without := w.Canvas().Capture()
		w.Canvas().Focus(b)
		if r := test.WidgetRenderer(b).(*buttonRenderer); !r.ring.Visible() {
			t.Errorf("%s has no ring", b.Text)
		}
		w.Canvas().Unfocus()
		if !reflect.DeepEqual(w.Canvas().Capture(), without) {
			t.Errorf("%s keeps a trace of the keyboard", b.Text)
		}
	}
}

// A chip that was on is as wide as before once it is off again.
func TestChipGivesUpItsTick(t *testing.T) {
	c := NewChip("Suspended", false, nil)
	window(t, NewChips(c), 800, 600)
	off := c.MinSize()
	test.Tap(c)
	if c.MinSize().Width <= off.Width {
		t.Error("there is no room for the tick")
	}
	test.Tap(c)
	if got := c.MinSize(); got != off {
		t.Errorf("%v after it was on, and %v before", got, off)
	}
}

// A palette has no line below the edge of a low window, whatever the size of the text.
func TestPaletteFitsALowWindow(t *testing.T) {
	w := window(t, container.NewStack(), 1000, 700)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light, TextFactor: 2}))
	picks := make([]Pick, 20)
	for i := range picks {
		picks[i].Title = fmt.Sprint("line ", i)
	}
	list := NewPickList("")
	list.OnQuery = func(string) { list.SetPicks(picks) }
	hide := ShowPalette(w.Canvas(), list)
	bottom := fyne.CurrentApp().Driver().AbsolutePositionForObject(list).Y + list.Size().Height
	if bottom > 700 || list.rows >= pickRows || list.rows < 3 {
		t.Errorf("it ends at %v with %d lines", bottom, list.rows)
	}
	for range 19 {
		list.key(fyne.KeyDown)
	}
	if list.at-list.first >= list.rows {
		t.Errorf("line %d is chosen, %d to %d are shown", list.at, list.first, list.first+list.rows-1)
	}
	hide()
}
