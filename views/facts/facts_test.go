package facts

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/kit"
	"clientele/views/theme"
)

func show(t *testing.T, l *List, width float32) {
	t.Helper()
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	w := test.NewTempWindow(t, l)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(width, 400))
}

// Facts without a value are left out; those that are there lie below one another and within the width.
func TestListLeavesOutWhatIsNotKnown(t *testing.T) {
	pill := kit.NewPill("Active", theme.Good)
	l := New(
		Fact{Label: "Name", Value: "Ada Lovelace"},
		Fact{Label: "Company"},
		Fact{Label: "Email", Value: "ada.lovelace-of-the-analytical-engine@a-very-long-name.example.com", Copied: func() {}},
		Fact{Label: "Status", Object: pill},
	)
	const width = 260
	show(t, l, width)
	if len(l.rows) != 3 {
		t.Fatalf("%d lines", len(l.rows))
	}
	end := float32(0)
	for _, r := range l.rows {
		if r.value.Position().Y < end {
			t.Errorf("%s lies over the line above", r.label.Text())
		}
		end = r.value.Position().Y + r.value.Size().Height
		if right := r.value.Position().X + r.value.Size().Width; right > width {
			t.Errorf("%s ends at %v", r.label.Text(), right)
		}
	}
	if l.MinSize().Height < end {
		t.Errorf("asks for %v and needs %v", l.MinSize().Height, end)
	}
	l.Set(Fact{Label: "Name", Value: "Ada"})
	if len(l.rows) != 1 {
		t.Errorf("%d lines after Set", len(l.rows))
	}
}

// The copy button copies the value as it is, not as it is broken into lines.
func TestCopiesTheWholeValue(t *testing.T) {
	const value = "ada.lovelace-of-the-analytical-engine@a-very-long-name.example.com"
	said := 0
	l := New(Fact{Label: "Email", Value: value, Copied: func() { said++ }})
	show(t, l, 260)
	test.Tap(l.rows[0].copy)
	if got := fyne.CurrentApp().Clipboard().Content(); got != value || said != 1 {
		t.Errorf("copied %q, said %d times", got, said)
	}
}

// Words that fit are left alone; longer ones are broken, after a mark where there is one, and nothing is lost.
func TestBreakWords(t *testing.T) {
	a := test.NewTempApp(t)
	a.Settings().SetTheme(theme.New(theme.Options{Mode: theme.Light}))
	const width = 120
	for _, s := range []string{
		"", "short words only", "a\nb  c", "ada.lovelace-of-the-analytical-engine@example.com", strings.Repeat("W", 60), "山" + strings.Repeat("川", 40), "x " + strings.Repeat("y", 60) + " z",
	} {
		got := breakWords(s, width)
		if strings.ReplaceAll(got, "\n", "") != strings.ReplaceAll(s, "\n", "") {
			t.Errorf("%q becomes %q", s, got)
		}
		for _, w := range strings.Fields(got) {
			if fyne.MeasureText(w, ftheme.TextSize(), fyne.TextStyle{}).Width > width {
				t.Errorf("%q is wider than the room", w)
			}
		}
	}
	if got := breakWords("short words only", width); got != "short words only" {
		t.Errorf("changed to %q", got)
	}
	if got := breakWords("ada.lovelace@analytical.example.com", width); !strings.Contains(got, "@\n") && !strings.Contains(got, ".\n") {
		t.Errorf("not broken after a mark: %q", got)
	}
	if got := breakWords("WW", 1); strings.ReplaceAll(got, "\n", "") != "WW" {
		t.Errorf("no room: %q", got)
	}
}
