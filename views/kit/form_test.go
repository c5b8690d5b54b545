package kit

import (
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

func testForm(t *testing.T) (*Form, *Text, *Text, fyne.Window) {
	a, b := NewText(10), NewText(10)
	f := NewForm(Group{Title: "Name", Fields: []Field{
		{Key: "a", Label: "A", Required: true, Help: "help", Input: a},
		{Key: "b", Label: "B", Input: b},
	}})
	w := window(t, f, 800, 400)
	return f, a, b, w
}

func TestFormErrorsInOrder(t *testing.T) {
	f, _, b, w := testForm(t)
	rest := f.SetErrors(map[string]string{"b": "B is wrong.", "other": "elsewhere"})
	if w.Canvas().Focused() != fyne.Focusable(b.Entry) {
		t.Error("the first bad field has not got the keyboard")
	}
	if len(rest) != 1 || rest["other"] != "elsewhere" {
		t.Errorf("errors without a field: %v", rest)
	}
	boxB, boxA := f.groups[0].boxes[1], f.groups[0].boxes[0]
	if boxB.note.Text() != "B is wrong." || boxA.note.Text() != "help" {
		t.Errorf("notes %q, %q", boxA.note.Text(), boxB.note.Text())
	}
	test.Type(b.Entry, "x")
	if boxB.note.Visible() {
		t.Error("the error stays although the field was changed")
	}
	f.SetErrors(map[string]string{"a": "A is wrong."})
	f.SetErrors(nil)
	if boxA.note.Text() != "help" {
		t.Error("the help did not come back")
	}
}

func TestFormDirty(t *testing.T) {
	f, a, _, _ := testForm(t)
	var told []bool
	f.OnDirty = func(on bool) { told = append(told, on) }
	f.SetValues(map[string]string{"a": "Ada"})
	if f.Dirty() {
		t.Error("filling in makes it dirty")
	}
	test.Type(a.Entry, "x")
	if !f.Dirty() {
		t.Error("typing does not make it dirty")
	}
	a.SetValue("Ada")
	if f.Dirty() || len(told) != 2 {
		t.Errorf("back at the old text: dirty %v, told %v", f.Dirty(), told)
	}
}

func TestFormColumns(t *testing.T) {
	f, _, _, w := testForm(t)
	boxes := f.groups[0].boxes
	if boxes[0].Position().Y != boxes[1].Position().Y {
		t.Error("in a wide window the fields must stand side by side")
	}
	w.Resize(fyne.NewSize(400, 400))
	if boxes[0].Position().Y == boxes[1].Position().Y {
		t.Error("in a narrow window the fields must stand below one another")
	}
}

func TestFormKeys(t *testing.T) {
	f, a, _, _ := testForm(t)
	got := ""
	f.OnSubmit, f.OnCancel = func() { got += "s" }, func() { got += "c" }
	key(a.Entry, fyne.KeyReturn)
	key(a.Entry, fyne.KeyEscape)
	if got != "sc" {
		t.Errorf("Enter and Escape did %q", got)
	}
}

// A paste that does not fit is refused with a word, never cut in silence; ten
// megabytes must not stop the window.
func TestEntryRefusesWhatDoesNotFit(t *testing.T) {
	e := NewEntry()
	e.Limit = 10
	window(t, e, 300, 60)
	refused := 0
	e.OnRefused = func(string) { refused++ }
	paste := func(s string) { e.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fixedClipboard(s)}) }
	paste("a\r\nb\tc\x00\u0085d")
	if e.Text != "a b cd" {
		t.Errorf("pasted %q", e.Text)
	}
	// Megabytes are refused by their length alone: to clean them, let alone to lay them out, takes another copy of them.
	huge := strings.Repeat("x\x00", 5<<20)
	if n := bytesFor(func() { paste(huge) }); n > 1<<20 {
		t.Errorf("refusing 10 MB took %d bytes", n)
	}
	paste("12345")
	if e.Text != "a b cd" || refused != 2 {
		t.Errorf("text %q, refused %d", e.Text, refused)
	}
	test.Type(e, "12345")
	if e.Text != "a b cd1234" || refused != 3 {
		t.Errorf("text %q, refused %d", e.Text, refused)
	}
}

// bytesFor tells how many bytes were asked for while something was done.
func bytesFor(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func FuzzClean(f *testing.F) {
	f.Add("a\r\nb\x00", true)
	f.Add("\xff\u202e\r", false)
	f.Fuzz(func(t *testing.T, s string, multi bool) {
		got := clean(s, multi)
		for _, r := range got {
			if unicode.IsControl(r) && !(multi && (r == '\n' || r == '\t')) {
				t.Fatalf("%q keeps %q", got, r)
			}
		}
		if again := clean(got, multi); again != got {
			t.Fatalf("cleaning twice gives %q, then %q", got, again)
		}
	})
}

func TestInputsKeepTheirValues(t *testing.T) {
	choices := []Choice{{"DE", "Germany"}, {"FR", "France"}}
	date := NewDateField(DateFormat{
		Parse:  func(s string) (time.Time, error) { return time.Parse("2006-1-2", s) },
		Format: func(t time.Time) string { return t.Format(time.DateOnly) },
		Today:  func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) },
	})
	tests := []struct {
		in   Input
		set  string
		want string
	}{
		{NewText(10), "x", "x"},
		{NewSelect(choices...), "FR", "FR"},
		{NewSelect(choices...), "XX", ""},
		{NewSearchSelect("none", choices...), "FR", "FR"},
		{NewSearchSelect("none", choices...), "", ""},
		{NewChecks(choices...), "FR,XX,DE", "DE,FR"},
		{NewSwatches(Swatch{Key: "a"}, Swatch{Key: "b"}), "b", "b"},
		{date, "2026-3-9", "2026-3-9"},
		{date, "", ""},
	}
	window(t, NewEntry(), 300, 60)
	for _, tc := range tests {
		tc.in.SetValue(tc.set)
		if got := tc.in.Value(); got != tc.want {
			t.Errorf("%T: set %q, got %q", tc.in, tc.set, got)
		}
	}
	date.SetValue("2026-3-9")
	date.entry.FocusLost()
	if date.Value() != "2026-03-09" {
		t.Errorf("leaving the field wrote %q", date.Value())
	}
}

// An amount and a day are written anew more often than mended: arriving selects the whole of them, but coming back to the window does not.
func TestArrivingSelectsTheWhole(t *testing.T) {
	money, plain := NewMoney(func(s string) (string, error) { return s, nil }), NewText(10)
	money.SetValue("345.00")
	plain.SetValue("Grace")
	w := window(t, container.NewVBox(plain.Entry, money.Entry), 300, 200)
	c := w.Canvas()
	c.Focus(plain.Entry)
	if got := plain.Entry.SelectedText(); got != "" {
		t.Errorf("of a name %q is selected", got)
	}
	c.FocusNext()
	if got := money.Entry.SelectedText(); got != "345.00" {
		t.Errorf("of an amount %q is selected", got)
	}
	money.Entry.TypedRune('1')
	if money.Value() != "1" {
		t.Errorf("typing makes it %q", money.Value())
	}
	money.Entry.FocusLost() // the window goes to the back
	money.Entry.FocusGained()
	money.Entry.TypedRune('2')
	if money.Value() != "12" {
		t.Errorf("after coming back typing makes it %q", money.Value())
	}
}

// The Tab key goes from a day to the next field: the calendar is opened by the arrow key.
func TestTabPassesTheCalendarBy(t *testing.T) {
	d, next := NewDateField(DateFormat{Hint: "YYYY-MM-DD"}), NewText(10)
	w := window(t, container.NewVBox(d.Object(), next.Entry), 300, 200)
	w.Canvas().Focus(d.Focus())
	w.Canvas().FocusNext()
	if w.Canvas().Focused() != next.Focus() {
		t.Errorf("Tab leads to %T", w.Canvas().Focused())
	}
}
