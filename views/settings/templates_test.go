package settings

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/mail/mailtest"
	"clientele/views/kit"
)

// said are the words in something that is drawn.
func said(o fyne.CanvasObject) (all []string) {
	for _, o := range test.LaidOutObjects(o) {
		switch o := o.(type) {
		case *kit.Para:
			all = append(all, o.Text())
		case *canvas.Text:
			all = append(all, o.Text)
		}
	}
	return all
}

// ML-3: a template is edited with a preview on a real client beside it; what is wrong is said as one types, and beside its field on saving; a template of one's own
// is added, switched off and deleted; a shipped one is reset.
func TestMailTemplates(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	if _, err := b.App.Clients.Add(t.Context(), app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: "grace@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: "Active",
	}}); err != nil {
		t.Fatal(err)
	}
	_, sec := b.open(Templates)
	s := sec.(*templateSection)
	if len(s.templates) != 14 {
		t.Fatalf("%d templates", len(s.templates))
	}
	created := slices.IndexFunc(s.templates, func(x app.MailTemplate) bool { return x.Kind == "invoice_created" })
	s.grid.Select(created)
	s.at(s.edit)
	e := s.editor
	type values = map[string]string
	b.Run.Advance(previewAfter)
	if !strings.Contains(e.shown.Text, "Dear Grace Hopper") || !strings.Contains(e.shown.Text, "1042") {
		t.Errorf("the preview is\n%s", e.shown.Text)
	}
	e.form.SetValues(values{app.FieldBody: "Pay {$invoice_totl}"})
	e.show()
	if !strings.Contains(e.wrong.Text(), "{$invoice_total}?") {
		t.Errorf("said %q", e.wrong.Text())
	}
	e.save(func(error) {})
	if s.editor == nil || !s.dirty() {
		t.Fatal("a field that is not there was saved")
	}
	e.form.SetValues(values{app.FieldBody: "Pay {$invoice_total}"})
	e.body.Insert("!")
	e.beginPlain()
	if got := e.form.Value(app.FieldPlain); !strings.Contains(got, "Pay {$invoice_total}") {
		t.Errorf("the plain text begins with %q", got)
	}
	e.form.SetValues(values{app.FieldPlain: "Pay {$invoice_totl}"})
	e.save(func(error) {})
	if s.editor == nil || !strings.Contains(strings.Join(said(e.object), "\n"), "{$invoice_total}?") {
		t.Fatal("a plain text with a field that is not there was saved")
	}
	e.form.SetValues(values{app.FieldPlain: "PAY {$invoice_total}"})
	e.show()
	if got := strings.TrimSpace(e.shown.Text); got != "PAY £100.00" || !slices.Contains(said(e.object), "!Pay £100.00") {
		t.Errorf("the parts of the preview are %q and %q", got, said(e.object))
	}
	e.save(func(error) {})
	if s.editor != nil || len(s.templates[created].Changed) != 1 {
		t.Fatalf("not saved: %q", e.message.Text())
	}
	s.grid.Select(created)
	s.at(s.remove)
	press(t, b.Window, "Reset Text")
	if kit.DialogOpen() || len(s.templates[created].Changed) != 0 {
		t.Error("not reset")
	}
	s.grid.Select(created)
	s.at(s.toggle)
	press(t, b.Window, "Switch Off")
	if !s.templates[created].Disabled {
		t.Error("not switched off")
	}

	s.edit(app.MailTemplate{Own: true, Category: app.General})
	s.editor.form.SetValues(values{app.FieldTemplateName: "Our hours", app.FieldSubject: "Hours", app.FieldBody: "Dear {$client_name}"})
	s.save(func(error) {})
	if len(s.templates) != 15 || s.templates[14].Name != "Our hours" {
		t.Fatalf("%d templates", len(s.templates))
	}
	s.grid.Select(14)
	s.at(s.remove)
	press(t, b.Window, "Delete Template")
	if len(s.templates) != 14 {
		t.Error("not deleted")
	}
}
