package settings

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/mail/mailtest"
	"clientele/views/kit"

	"fyne.io/fyne/v2/test"
)

// formOf is the form of the dialog that is open.
func formOf(t *testing.T, w fyne.Window) *kit.Form {
	t.Helper()
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if f, ok := o.(*kit.Form); ok {
			return f
		}
	}
	t.Fatal("no form is open")
	return nil
}

func cells(g []sizedGroup) string {
	var all []string
	for _, x := range g {
		all = append(all, fmt.Sprintf("%s %s %d %v %d", x.Name, x.Colour, x.DiscountBP, x.SeparateInvoices, x.size))
	}
	return strings.Join(all, "; ")
}

// CL-13: groups are added, changed and deleted, with the number of their clients.
func TestGroups(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, sec := b.open(Groups)
	s := sec.(*groupSection)
	if !s.single[0].Disabled() {
		t.Error("nothing is chosen, so nothing can be edited")
	}
	s.add()
	form := formOf(t, b.Window)
	form.SetValues(map[string]string{"name": " ", "discount": "110"})
	form.Submit()
	if !kit.DialogOpen() || len(s.groups) != 0 {
		t.Fatal("a group without a name was added")
	}
	form.SetValues(map[string]string{"name": "Gold", "discount": "7.255"})
	form.Submit()
	if !kit.DialogOpen() {
		t.Fatal("a discount of three decimals was taken")
	}
	form.SetValues(map[string]string{"discount": "7.25", "colour": "#d08a1c", "separate": ticked})
	form.Submit()
	if kit.DialogOpen() || cells(s.groups) != "Gold #d08a1c 725 true 0" {
		t.Fatalf("added %s", cells(s.groups))
	}
	c := datatest.Client(1)
	c.GroupID = s.groups[0].ID
	datatest.Add(t, b.Store, c)
	s.shown()
	s.grid.Select(0)
	if s.single[0].Disabled() || s.groups[0].size != 1 {
		t.Errorf("size %d", s.groups[0].size)
	}
	s.grid.OnOpen(0)
	form = formOf(t, b.Window)
	if form.Value("discount") != "7.25" || form.Value("colour") != "#d08a1c" {
		t.Errorf("the form shows %v", form.Values())
	}
	form.SetValues(map[string]string{"name": "Silver", "discount": ""})
	form.Submit()
	if cells(s.groups) != "Silver #d08a1c 0 true 1" {
		t.Errorf("changed to %s", cells(s.groups))
	}
	s.add()
	form = formOf(t, b.Window)
	form.SetValues(map[string]string{"name": "silver"})
	form.Submit()
	if !kit.DialogOpen() {
		t.Error("a second group of that name was added")
	}
	press(t, b.Window, "Cancel")
	s.grid.OnDelete()
	if got := strings.Join(words(b.Window), " "); !strings.Contains(got, "One client is in no group then") {
		t.Errorf("the question says %q", got)
	}
	press(t, b.Window, "Delete Group")
	if len(s.groups) != 0 || kit.DialogOpen() {
		t.Errorf("left %s", cells(s.groups))
	}
}

// A colour that came from elsewhere stays what it is.
func TestForeignColour(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	if _, err := b.App.Groups.Save(ctx, data.Group{Name: "Old", Colour: "#123456"}); err != nil {
		t.Fatal(err)
	}
	_, sec := b.open(Groups)
	s := sec.(*groupSection)
	s.grid.OnOpen(0)
	if kit.DialogOpen() {
		t.Fatal("no row is chosen yet")
	}
	s.grid.Select(0)
	s.grid.OnOpen(0)
	form := formOf(t, b.Window)
	form.SetValues(map[string]string{"name": "New"})
	form.Submit()
	if cells(s.groups) != "New #123456 0 false 0" {
		t.Errorf("saved %s", cells(s.groups))
	}
}

// CL-13: custom fields are added, put in order and deleted, with the number of values that go.
func TestFields(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, sec := b.open(Fields)
	s := sec.(*fieldSection)
	add := func(values map[string]string) *kit.Form {
		s.add()
		form := formOf(t, b.Window)
		form.SetValues(values)
		form.Submit()
		return form
	}
	names := func() string {
		var all []string
		for _, f := range s.fields {
			all = append(all, f.Name)
		}
		return strings.Join(all, ",")
	}
	form := add(map[string]string{"name": "Size", "kind": string(data.FieldChoice), "options": "S"})
	if !kit.DialogOpen() {
		t.Fatal("a choice of one was added")
	}
	form.SetValues(map[string]string{"options": "S\nM\nL", "required": ticked, "visible": ticked, "help": "Of the shirt"})
	form.Submit()
	add(map[string]string{"name": "Contract", "kind": string(data.FieldDate)})
	add(map[string]string{"name": "Number"})
	if f := s.fields[0]; names() != "Size,Contract,Number" || !f.Required || !f.ClientVisible || f.Options != "S\nM\nL" || f.Help != "Of the shirt" {
		t.Fatalf("added %s, %+v", names(), s.fields)
	}
	s.grid.Select(2)
	s.move(-1)
	if names() != "Size,Number,Contract" || s.grid.Cursor() != 1 {
		t.Errorf("up: %s, row %d", names(), s.grid.Cursor())
	}
	s.grid.Select(0)
	s.move(-1)
	s.move(1)
	if names() != "Number,Size,Contract" || s.grid.Cursor() != 1 {
		t.Errorf("down: %s, row %d", names(), s.grid.Cursor())
	}
	client := app.NewClient{Profile: app.Profile{
		FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
		Custom: map[int64]string{s.fields[1].ID: "M"},
	}}
	if _, err := b.App.Clients.Add(ctx, client); err != nil {
		t.Fatal(err)
	}
	s.shown()
	s.grid.Select(1)
	s.grid.OnDelete()
	if got := strings.Join(words(b.Window), " "); !strings.Contains(got, "Delete field and one value") {
		t.Errorf("the question says %q", got)
	}
	press(t, b.Window, "Delete field and one value")
	if names() != "Number,Contract" {
		t.Errorf("left %s", names())
	}
}
