package client

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // times of mails are shown in the zone of the computer
	os.Exit(m.Run())
}

// fill types into a field of a form, or chooses there.
func fill(t *testing.T, f *form, key, v string) {
	t.Helper()
	enter(t, f.sheet, key, v)
}

// enter types into a field of any form, or chooses there.
func enter(t *testing.T, f *sheet, key, v string) {
	t.Helper()
	for _, field := range f.order {
		if field.Key == key {
			field.Input.SetValue(v)
			return
		}
	}
	t.Fatalf("the form has no field %q", key)
}

// ada fills in what a client must have.
func ada(t *testing.T, f *form, email string) {
	t.Helper()
	fill(t, f, app.FieldFirstName, "Ada")
	fill(t, f, app.FieldLastName, "Lovelace")
	fill(t, f, app.FieldEmail, email)
}

// add stores a client and returns its number.
func add(t *testing.T, b *viewtest.Bench, email string, change func(*app.NewClient)) int64 {
	t.Helper()
	n := app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}}
	if change != nil {
		change(&n)
	}
	id, err := b.App.Clients.Add(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func get(t *testing.T, b *viewtest.Bench, id int64) app.Client {
	t.Helper()
	c, err := b.App.Clients.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// colleague is the application at another desk on the same data: this desk is not told of what it does.
func colleague(t *testing.T, b *viewtest.Bench) *app.App {
	t.Helper()
	config, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return app.New(app.Params{Store: b.Store, Configuration: config, Now: datatest.Clock, Who: "Ben", Keyring: app.FileKeyring{Configuration: config}})
}

// change stores another profile of a client.
func change(t *testing.T, a *app.App, id int64, edit func(*app.Profile)) {
	t.Helper()
	c, err := a.Clients.Get(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	p := app.ProfileOf(c)
	edit(&p)
	if err := a.Clients.Update(t.Context(), id, c.Version, p, ""); err != nil {
		t.Fatal(err)
	}
}

// front brings the tab that shows a kind of part to the front.
func front[P part](t *testing.T, p *Page) P {
	t.Helper()
	for i, x := range p.parts {
		if found, ok := x.(P); ok {
			p.Tab(i + 1)
			return found
		}
	}
	t.Fatal("the page has no such tab")
	panic("unreached")
}

// top is what the person looks at: the open dialog, or the window.
func top(b *viewtest.Bench) fyne.CanvasObject {
	if o := b.Canvas().Overlays().Top(); o != nil {
		return o
	}
	return b.Canvas().Content()
}

// says tells whether a text stands somewhere in what is seen.
func says(b *viewtest.Bench, text string) bool {
	return slices.ContainsFunc(test.LaidOutObjects(top(b)), func(o fyne.CanvasObject) bool {
		p, ok := o.(*kit.Para)
		return ok && p.Visible() && strings.Contains(p.Text(), text)
	})
}

func mustSay(t *testing.T, b *viewtest.Bench, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !says(b, text) {
			t.Errorf("nothing says %q", text)
		}
	}
}

// button finds a button by what it says.
func button(b *viewtest.Bench, name string) *kit.Button {
	for _, o := range test.LaidOutObjects(top(b)) {
		if k, ok := o.(*kit.Button); ok && k.Text == name && k.Visible() {
			return k
		}
	}
	return nil
}

func press(t *testing.T, b *viewtest.Bench, name string) {
	t.Helper()
	k := button(b, name)
	if k == nil {
		t.Fatalf("there is no button %q", name)
	}
	if k.Disabled() {
		t.Fatalf("the button %q is disabled", name)
	}
	test.Tap(k)
}

func mails(t *testing.T, b *viewtest.Bench, id int64) []data.Mail {
	t.Helper()
	ms, err := b.App.Mails.List(context.Background(), app.MailFilter{ClientID: id}, 0, 10)
	if err != nil {
		t.Fatal(err)
	}
	return ms
}

func mailReady(s *app.Settings) {
	s.SMTPHost, s.MailFrom, s.BusinessName = "smtp.example.com", "office@example.com", "Northwind Studio"
}
