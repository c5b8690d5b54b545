package views

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/cards"
	"clientele/views/client"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// onServer is a bench whose office lies on a server of the tests.
func onServer(t *testing.T) (*viewtest.Bench, *Window) {
	t.Helper()
	return onServerAt(t, datatest.PostgresURL(t))
}

func onServerAt(t *testing.T, address string) (*viewtest.Bench, *Window) {
	t.Helper()
	b := viewtest.New(t)
	b.Store, b.Desk.App = officeAt(t, address)
	s := newWindow(b.Window, b.Run, Params{App: b.App, Version: "1", Now: datatest.Clock, Restart: func() {}}, b.Prefs)
	t.Cleanup(b.App.Events.Subscribe(s.changed))
	return b, s
}

// officeAt opens the application on a server, as one more desktop.
func officeAt(t *testing.T, address string) (*data.Store, *app.App) {
	t.Helper()
	config, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	store := datatest.OpenWith(t, data.Options{URL: address, Now: datatest.Clock})
	return store, app.New(app.Params{
		Store: store, Configuration: config, Now: datatest.Clock, Who: "ann", Keyring: app.FileKeyring{Configuration: config}, Scratch: filepath.Join(t.TempDir(), "opened"),
	})
}

// fill enters values into the form in sight and submits it.
func fill(t *testing.T, c fyne.Canvas, values map[string]string) {
	t.Helper()
	root := c.Content()
	if over := c.Overlays().Top(); over != nil {
		root = over
	}
	for _, o := range test.LaidOutObjects(root) {
		if f, ok := o.(*kit.Form); ok && f.Visible() {
			f.SetValues(values)
			f.Submit()
			return
		}
	}
	t.Fatal("no form is in sight")
}

// AP-4: a shared office asks who is there; the first becomes its owner, staff see settings of their own alone, and whoever is removed is let out with
// nothing typed lost.
func TestGate(t *testing.T) {
	b, s := onServer(t)
	ctx := context.Background()
	if err := s.begin(ctx); err != nil || !s.gate.closed {
		t.Fatalf("a shared office is open to all: %v", err)
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Olga Owner", "password": "short", "again": "short"})
	if !s.gate.closed {
		t.Fatal("a short password was taken")
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Olga Owner", "password": "amber lantern hill", "again": "amber lantern hall"})
	if !s.gate.closed {
		t.Fatal("a password was taken that was typed in two ways")
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Olga Owner", "password": "amber lantern hill", "again": "amber lantern hill"})
	if s.desk.Bar.Text() != "" {
		t.Errorf("the bar says %q", s.desk.Bar.Text())
	}
	if s.gate.closed || s.gate.role != data.Owner {
		t.Fatalf("the first owner is not let in: %+v", s.gate)
	}
	fill(t, b.Window.Canvas(), map[string]string{"business_name": "Northwind Studio", "country": "GB", "currency": "GBP", "language": "en"})
	if len(s.pages) == 0 {
		t.Fatal("the first questions lead nowhere")
	}
	s.Settings("groups")
	if _, err := b.App.Admins.Add(ctx, app.NewAdmin{Name: "Sam Staff", Role: data.Staff, Password: "quiet copper river"}); err != nil {
		t.Fatal(err)
	}
	b.App.Admins.SignOut()
	if !s.gate.closed {
		t.Fatal("signed out, but in sight")
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Sam Staff", "password": "quiet copper river"})
	if s.gate.closed || s.gate.role != data.Staff {
		t.Fatalf("staff are not let in: %+v", s.gate)
	}
	s.AddClient()
	b.Window.Canvas().Focused().TypedRune('x')
	s.desk.Say("Ada Lovelace was deleted.")
	b.App.Admins.SignOut()
	if words := s.desk.Bar.Text(); words != "" {
		t.Errorf("signed out, and the bar says %q", words)
	}
	if err := b.App.Admins.SignIn(ctx, "Sam Staff", "quiet copper river"); err != nil {
		t.Fatal(err)
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Sam Staff", "password": "quiet copper river"})
	if s.pages[addTab] == nil {
		t.Error("what was typed is lost")
	}
	staffSeeNoNumbers(t, b, s)
	staffBeginNoDeletion(t, s)
}

// AP-4: where a colleague becomes the first owner and answers the first questions while the same is asked here, one signs in here instead and comes into the office.
func TestAColleagueWasQuicker(t *testing.T) {
	address := datatest.PostgresURL(t)
	b, s := onServerAt(t, address)
	ctx := context.Background()
	if err := s.begin(ctx); err != nil || !s.gate.first {
		t.Fatalf("nobody asks for the first owner: %v", err)
	}
	_, other := officeAt(t, address)
	if err := other.Admins.AddFirst(ctx, "Olga Owner", "amber lantern hill"); err != nil {
		t.Fatal(err)
	}
	if err := other.Settings.SetValue(ctx, "business_name", "Northwind Studio"); err != nil {
		t.Fatal(err)
	}
	set, err := other.Settings.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	set.SetUp = true
	if err := other.Settings.Save(ctx, set); err != nil {
		t.Fatal(err)
	}
	s.changed(app.Change{Topic: app.TopicAdmins}) // as it is heard from the other desktop
	if s.gate.first || !s.gate.closed || !strings.Contains(s.desk.Bar.Text(), "A colleague was quicker") {
		t.Fatalf("the first owner is asked for still: %+v, and the bar says %q", s.gate, s.desk.Bar.Text())
	}
	fill(t, b.Window.Canvas(), map[string]string{"name": "Olga Owner", "password": "amber lantern hill"})
	if s.gate.closed || s.pages[sectionHome] == nil {
		t.Error("signing in does not lead into the office")
	}
}

// What is typed as the server of an office is tried out and kept apart from its password.
func TestShareAtTheFirstStart(t *testing.T) {
	u, err := url.Parse(datatest.PostgresURL(t))
	if err != nil {
		t.Fatal(err)
	}
	password, _ := u.User.Password()
	u.User = url.User(u.User.Username())
	b := viewtest.New(t)
	restarted := false
	s := newWindow(b.Window, b.Run, Params{App: b.App, Version: "1", Now: datatest.Clock, Restart: func() { restarted = true }}, b.Prefs)
	if err := s.begin(context.Background()); err != nil {
		t.Fatal(err)
	}
	s.share()()
	fill(t, b.Window.Canvas(), map[string]string{"address": u.String(), "password": "wrong"})
	if restarted || !kit.DialogOpen() {
		t.Fatal("a wrong password was taken")
	}
	fill(t, b.Window.Canvas(), map[string]string{"address": u.String(), "password": password})
	if !restarted {
		t.Error("the program does not start anew on the server")
	}
}

// staffSeeNoNumbers looks at the card dialog as staff have it: neither the box for the hash nor a button that clears.
func staffSeeNoNumbers(t *testing.T, b *viewtest.Bench, s *Window) {
	t.Helper()
	id := datatest.Add(t, b.Store, datatest.Client(1))[0].ID
	if err := b.App.Cards.Save(context.Background(), id, app.NewCard{Number: "4000 0566 5566 5556", Expiry: "08/29"}); err != nil {
		t.Fatal(err)
	}
	cards.ShowClear(s.desk, id)
	said := ""
	inSight(b.Window.Canvas().Overlays().Top(), func(o fyne.CanvasObject) {
		switch v := o.(type) {
		case *kit.Para:
			said += v.Text() + "\n"
		case *kit.Button:
			said += fmt.Sprintf("[%s %v]\n", v.Text, v.Disabled())
		}
	})
	if !strings.Contains(said, "5556") || !strings.Contains(said, "Only an owner may see card numbers.") || strings.Contains(said, "Submit") || !strings.Contains(said, "[Clear Details true]") {
		t.Errorf("%s", said)
	}
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
}

// staffBeginNoDeletion: what would be refused at its end does not begin.
func staffBeginNoDeletion(t *testing.T, s *Window) {
	t.Helper()
	s.Client(1)
	page, ok := s.pages["client 1"].(*client.Page)
	if !ok {
		t.Fatalf("no client is open: %v", s.pages)
	}
	for what, begin := range map[string]func(){
		"a deletion": page.DeleteClient, "a merge": func() { client.MergeClients(s.desk, 1) }, "the preview of a merge": func() { client.PreviewMerge(s.desk, 1, 2) },
	} {
		s.desk.Say("")
		begin()
		if kit.DialogOpen() || s.window.Canvas().Overlays().Top() != nil || !strings.HasPrefix(s.desk.Bar.Text(), "Only an owner may delete or merge.") {
			t.Errorf("%s begins, and the bar says %q", what, s.desk.Bar.Text())
		}
	}
}

// inSight calls do with everything that is drawn of an object.
func inSight(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	if !o.Visible() {
		return
	}
	do(o)
	switch v := o.(type) {
	case *fyne.Container:
		for _, inner := range v.Objects {
			inSight(inner, do)
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(v).Objects() {
			inSight(inner, do)
		}
	}
}
