package views

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// notice tells whether a text stands in the window or the dialog.
func notice(b *viewtest.Bench, text string) bool {
	seen := test.LaidOutObjects(b.Canvas().Content())
	if top := b.Canvas().Overlays().Top(); top != nil {
		seen = append(seen, test.LaidOutObjects(top)...)
	}
	return slices.ContainsFunc(seen, func(o fyne.CanvasObject) bool {
		p, ok := o.(*kit.Para)
		return ok && p.Visible() && strings.Contains(p.Text(), text)
	})
}

// tapIn presses a button in what is on top.
func tapIn(t *testing.T, b *viewtest.Bench, label string) {
	t.Helper()
	top := b.Canvas().Content()
	if o := b.Canvas().Overlays().Top(); o != nil {
		top = o
	}
	for _, o := range test.LaidOutObjects(top) {
		if button, ok := o.(*kit.Button); ok && button.Visible() && button.Text == label {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("there is no button %q", label)
}

// SU-5: the whole log opens beside the clients, from the menu and the palette, once.
func TestLogOpensInATab(t *testing.T) {
	_, s := open(t)
	s.Log()
	s.Client(1)
	s.Log()
	if s.tabs.Current() != logTab || len(s.pages) != 4 { // home, the list, the log, a client
		t.Errorf("in front %q of %d pages", s.tabs.Current(), len(s.pages))
	}
}

// R26: a log that is not whole is told of as the program starts; a missing end can be accepted, which the log then says.
func TestBrokenLogIsToldOf(t *testing.T) {
	b, s := open(t)
	s.checkLog(t.Context())
	if len(s.notices.Objects) != 0 {
		t.Fatal("told of although all is well")
	}
	s.noticeLog(app.LogReport{Broken: "line 3 of the activity log was changed"})
	if !notice(b, "The activity log was tampered with or is damaged: line 3 of the activity log was changed.") {
		t.Error("a changed line is not told of")
	}
	s.noticeLog(app.LogReport{Gap: "The end was cut off."})
	tapIn(t, b, "Go On from Here…")
	if !notice(b, "This is right where you put a backup back.") {
		t.Error("does not say what it means")
	}
	tapIn(t, b, "Go On from Here")
	if kit.DialogOpen() || notice(b, "The end was cut off.") || s.desk.Bar.Text() != "The activity log goes on." {
		t.Errorf("dialog open %v; the bar says %q", kit.DialogOpen(), s.desk.Bar.Text())
	}
	lines, err := b.App.Log.List(t.Context(), app.LogFilter{}, data.ActivityPlace{}, 10)
	if err != nil || slices.ContainsFunc(lines, func(l app.LogLine) bool { return l.Action == "log.accepted" }) {
		t.Errorf("a log without a gap got a line about one: %+v, %v", lines, err)
	}
}
