package app_test

import (
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
)

// template finds a template in the list.
func template(t testing.TB, o *apptest.Office, kind string) app.MailTemplate {
	t.Helper()
	all, err := o.Templates.List(ctx)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(x app.MailTemplate) bool { return x.Kind == kind })
	if i < 0 {
		t.Fatalf("no template %q", kind)
	}
	return all[i]
}

// edited saves a template's text and returns its kind.
func edited(t testing.TB, o *apptest.Office, e app.TemplateEdit) string {
	t.Helper()
	kind, err := o.Templates.Save(ctx, e)
	if err != nil {
		t.Fatal(err)
	}
	return kind
}

// text is that of the newest mail.
func newestText(t testing.TB, o *apptest.Office) app.MailView {
	t.Helper()
	ms := mails(t, o)
	v, err := o.Mails.View(ctx, ms[len(ms)-1].ID)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// ML-3: a shipped text can be changed in each language, is used from then on, and can be had back; one that is switched off sends nothing and says so.
func TestChangeTemplate(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", nil)
		german := o.Add(t, "karl@example.com", func(n *app.NewClient) { n.Language = "de" })
		french := o.Add(t, "marie@example.com", func(n *app.NewClient) { n.Language = "fr" })
		e := app.TemplateEdit{
			Kind: "invoice_created", Language: "en", Subject: "Bill {$invoice_num}", Body: "# Hello\n\n{if $invoice_balance}**Pay** {$invoice_balance}.{/if}\n\n- one\n- {$client_name}\n",
		}
		edited(t, o, e)
		queued(t, o, "invoice_created", id, invoiced(t, o, id, true), 0)
		v := newestText(t, o)
		if v.Subject != "Bill 1" || v.BodyText != "Hello\n\nPay £100.00.\n\n• one\n• Ada Lovelace\n" || !strings.Contains(v.BodyHTML, "<b>Pay</b> £100.00.") {
			t.Errorf("%q\n%q\n%s", v.Subject, v.BodyText, v.BodyHTML)
		}
		if text, err := o.Templates.Text(ctx, "invoice_created", "en"); err != nil || text.Shipped || text.Subject != "Bill {$invoice_number}" {
			t.Errorf("%+v, %v", text, err)
		}
		queued(t, o, "invoice_created", german, invoiced(t, o, german, true), 0)
		if v := newestText(t, o); !strings.HasPrefix(v.Subject, "Rechnung #2") {
			t.Errorf("German: %q", v.Subject)
		}
		queued(t, o, "invoice_created", french, invoiced(t, o, french, true), 0) // has no text of its own: that of the office's language
		if v := newestText(t, o); v.Subject != "Bill 3" {
			t.Errorf("French: %q", v.Subject)
		}
		if _, err := o.Templates.Save(ctx, e); app.CodeOf(err) != app.Conflict {
			t.Errorf("over what somebody else saved: %v", err)
		}
		if err := o.Templates.Switch(ctx, "invoice_created", true); err != nil {
			t.Fatal(err)
		}
		queued(t, o, "invoice_created", id, invoiced(t, o, id, true), 0)
		if v := newestText(t, o); v.State != data.MailSuppressed || !strings.Contains(v.Answer, "switched off") {
			t.Errorf("%s: %q", v.State, v.Answer)
		}
		if err := o.Templates.Switch(ctx, "invoice_created", false); err != nil {
			t.Fatal(err)
		}
		if err := o.Templates.Reset(ctx, "invoice_created", "en"); err != nil {
			t.Fatal(err)
		}
		if x := template(t, o, "invoice_created"); len(x.Changed) != 0 || x.Disabled {
			t.Errorf("%+v", x)
		}
		if text, err := o.Templates.Text(ctx, "invoice_created", "en"); err != nil || !text.Shipped {
			t.Errorf("%+v, %v", text, err)
		}
		if err := o.Templates.Switch(ctx, "password_reset_validation", true); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a needed mail was switched off: %v", err)
		}
		o.Sound(t)
	})
}

// Of a text that is wrong nothing is stored; a field that is not there comes back with the one that may be meant.
func TestTemplateRules(t *testing.T) {
	o := apptest.Open(t)
	good := app.TemplateEdit{Name: "Hours", Category: app.Support, Language: "en", Subject: "Our hours", Body: "Dear {$client_name}"}
	for name, tt := range map[string]struct {
		change func(*app.TemplateEdit)
		field  string
		words  string
	}{
		"a mistyped field":             {func(e *app.TemplateEdit) { e.Body = "{$client_nmae}" }, app.FieldBody, "{$client_name}?"},
		"a mistyped part":              {func(e *app.TemplateEdit) { e.Body = "{if $signatur}x{/if}" }, app.FieldBody, "{$signature}?"},
		"one of another mail":          {func(e *app.TemplateEdit) { e.Body = "{$invoice_total}" }, app.FieldBody, "no field {$invoice_total}"},
		"in the subject":               {func(e *app.TemplateEdit) { e.Subject = "{$compny_name}" }, app.FieldSubject, "{$company_name}?"},
		"no subject":                   {func(e *app.TemplateEdit) { e.Subject = " " }, app.FieldSubject, "Enter a subject"},
		"no text":                      {func(e *app.TemplateEdit) { e.Body = "\n " }, app.FieldBody, "Write the message"},
		"a part without its end":       {func(e *app.TemplateEdit) { e.Body = "{if $signature}x" }, app.FieldBody, "{/if}"},
		"no name":                      {func(e *app.TemplateEdit) { e.Name = "" }, app.FieldTemplateName, "Enter a name"},
		"a name that is too long":      {func(e *app.TemplateEdit) { e.Name = strings.Repeat("x", 101) }, app.FieldTemplateName, "longer"},
		"a category that there is not": {func(e *app.TemplateEdit) { e.Category = "x" }, app.FieldMailCategory, "category"},
		"a language that there is not": {func(e *app.TemplateEdit) { e.Language = "x" }, app.FieldTemplateLanguage, "language"},
	} {
		e := good
		tt.change(&e)
		_, err := o.Templates.Save(ctx, e)
		ps := app.ProblemsOf(err)
		if i := slices.IndexFunc(ps, func(p *app.Error) bool { return p.Field == tt.field && strings.Contains(p.Message, tt.words) }); i < 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	all, err := o.Templates.List(ctx)
	if err != nil || len(all) != 14 {
		t.Errorf("%d templates, %v", len(all), err)
	}
}

// SU-4: a template of the office's own is offered for a mail by hand, begins it in the client's language, and can be edited before it is sent.
func TestOwnTemplate(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		o.Change(t, func(s *app.Settings) { s.BusinessName = "Northwind Studio" })
		id := o.Add(t, "ada@example.com", nil)
		e := app.TemplateEdit{Name: "Our hours", Category: app.Support, Language: "en", Subject: "Hours of {$company_name}", Body: "Dear {$client_name},\n\nwe are open.{if $client_area_url} See {$client_area_url}.{/if}"}
		kind := edited(t, o, e)
		d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Template: kind})
		if err != nil || d.Category != app.Support || d.Subject != "Hours of Northwind Studio" || d.Body != "Dear Ada Lovelace,\n\nwe are open.\n" {
			t.Fatalf("%+v, %v", d.Manual, err)
		}
		var offered []string
		for _, x := range d.Templates {
			offered = append(offered, x.Name)
		}
		if !slices.Equal(offered, []string{"Welcome", "Our hours"}) {
			t.Errorf("offered %q", offered)
		}
		m := d.Manual
		m.Body += "\n*Bye*"
		if _, err := o.Mails.Send(ctx, m); err != nil {
			t.Fatal(err)
		}
		if v := newestText(t, o); v.Kind != kind || v.Category != string(app.Support) || v.BodyText != "Dear Ada Lovelace,\n\nwe are open.\n\nBye\n" {
			t.Errorf("%s %s %q", v.Kind, v.Category, v.BodyText)
		}
		if p, err := o.Templates.Preview(ctx, e, id); err != nil || !strings.Contains(p.Text, "Dear Ada Lovelace") || len(p.To) != 1 {
			t.Errorf("%+v, %v", p, err)
		}
		if err := o.Templates.Delete(ctx, kind); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Template: kind}); app.CodeOf(err) != app.NotFound {
			t.Errorf("of one that is gone: %v", err)
		}
		if err := o.Templates.Delete(ctx, "welcome"); err == nil {
			t.Error("a shipped one was deleted")
		}
		o.Sound(t)
	})
}

// Each template has a preview with a real client, whether the client has invoices or not.
func TestTemplatePreviews(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", nil)
	for range 2 {
		all, err := o.Templates.List(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range all {
			text, err := o.Templates.Text(ctx, x.Kind, "de")
			if err != nil {
				t.Fatal(err)
			}
			p, err := o.Templates.Preview(ctx, app.TemplateEdit{Kind: x.Kind, Language: "de", Subject: text.Subject, Body: text.Body}, id)
			if err != nil || !strings.Contains(p.Text, "Ada Lovelace") || strings.ContainsAny(p.Text+p.Subject, "{}$") {
				t.Errorf("%s: %v\n%s", x.Kind, err, p.Text)
			}
		}
		invoiced(t, o, id, true)
	}
}

// ML-5: a mail that went can be sent once more as it was, or edited, with its files.
func TestResend(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", nil)
		file, _ := put(t, o, id, "plan.txt", 1000, false)
		m := byHand(id)
		m.Files = []int64{file}
		first, err := o.Mails.Send(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := o.Mails.Resend(ctx, first)
		if err != nil {
			t.Fatal(err)
		}
		a, err := o.Mails.View(ctx, first)
		if err != nil {
			t.Fatal(err)
		}
		b, err := o.Mails.View(ctx, again)
		if err != nil || a.MessageID == b.MessageID || a.BodyHTML != b.BodyHTML || a.Subject != b.Subject || len(b.Files) != 1 || b.Files[0].BlobID != a.Files[0].BlobID {
			t.Errorf("%+v, %v", b, err)
		}
		edit, err := o.Mails.Again(ctx, first)
		if err != nil {
			t.Fatal(err)
		}
		edit.Body += "\nPS: one more thing"
		third, err := o.Mails.Send(ctx, edit)
		if err != nil {
			t.Fatal(err)
		}
		if c, err := o.Mails.View(ctx, third); err != nil || !strings.Contains(c.BodyText, "one more thing") || len(c.Files) != 1 {
			t.Errorf("%+v, %v", c, err)
		}
		o.Sound(t)
	})
}

// ML-3: the plain text of a mail can be written by itself. It follows the same rules as the text, is what those without HTML get, and goes with the reset.
func TestPlainPart(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", nil)
		e := app.TemplateEdit{
			Kind: "invoice_created", Language: "en", Subject: "Bill {$invoice_number}", Body: "**Pay** {$invoice_balance} to {$client_area_url}",
			Plain: "PAY {$invoice_num}\n{if $invoice_credit}credit{/if}{if $invoice_balance}  *now*\n{/if}",
		}
		for _, wrong := range []struct{ plain, words string }{{"{$invoice_totl}", "{$invoice_total}?"}, {"{if $invoice_total}x", "{/if}"}, {strings.Repeat("x", app.MaxBody+1), "longer"}} {
			bad := e
			bad.Plain = wrong.plain
			_, err := o.Templates.Save(ctx, bad)
			if ps := app.ProblemsOf(err); len(ps) != 1 || ps[0].Field != app.FieldPlain || !strings.Contains(ps[0].Message, wrong.words) {
				t.Errorf("%.20q: %v", wrong.plain, err)
			}
			if _, err := o.Templates.Preview(ctx, bad, id); err == nil {
				t.Errorf("%.20q has a preview", wrong.plain)
			}
		}
		o.Change(t, func(s *app.Settings) { s.ClientAreaURL = "https://clients.example.com" })
		p, err := o.Templates.Preview(ctx, e, id)
		if err != nil || p.Text != "PAY 1042\n  *now*\n" {
			t.Errorf("the plain part of the preview is %q, %v", p.Text, err)
		}
		if len(p.Page) != 1 || len(p.Page[0].Spans) != 3 || !p.Page[0].Spans[0].Bold || p.Page[0].Spans[2].Link != "https://clients.example.com" {
			t.Errorf("the HTML of the preview is %+v", p.Page)
		}
		edited(t, o, e)
		if text, err := o.Templates.Text(ctx, e.Kind, "en"); err != nil || !strings.HasPrefix(text.Plain, "PAY {$invoice_number}") || text.Shipped {
			t.Errorf("%+v, %v", text, err)
		}
		queued(t, o, "invoice_created", id, invoiced(t, o, id, true), 0)
		if v := newestText(t, o); v.BodyText != "PAY 1\n  *now*\n" || !strings.Contains(v.BodyHTML, "<b>Pay</b> £100.00") {
			t.Errorf("%q\n%s", v.BodyText, v.BodyHTML)
		}
		shipped, err := o.Templates.Text(ctx, "invoice_reminder", "en")
		if err != nil {
			t.Fatal(err)
		}
		edited(t, o, app.TemplateEdit{Kind: "invoice_reminder", Language: "en", Subject: shipped.Subject, Body: shipped.Body, Plain: "Short"})
		if text, err := o.Templates.Text(ctx, "invoice_reminder", "en"); err != nil || text.Shipped || text.Plain != "Short\n" {
			t.Errorf("of which the plain part alone was changed: %+v, %v", text, err)
		}
		if err := o.Templates.Reset(ctx, "invoice_reminder", "en"); err != nil {
			t.Fatal(err)
		}
		if text, err := o.Templates.Text(ctx, "invoice_reminder", "en"); err != nil || !text.Shipped || text.Plain != "" {
			t.Errorf("after the reset: %+v, %v", text, err)
		}
		if begun := o.Templates.PlainOf("invoice_created", "# Hi {$client_name}\n\n{if $invoice_due}**Due** {$invoice_due}{/if}"); begun != "Hi {$client_name}\n\n{if $invoice_due}Due {$invoice_due}{/if}\n" {
			t.Errorf("begun with %q", begun)
		}
		o.Sound(t)
	})
}

// A mail by hand keeps the plain text of its template until somebody changes what the HTML is made from.
func TestPlainPartByHand(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", nil)
	kind := edited(t, o, app.TemplateEdit{
		Name: "Hours", Category: app.Support, Language: "en", Subject: "Hours", Body: "**Open** for {$client_name}.{if $client_area_url} Or not.{/if}", Plain: "OPEN, {$client_name}",
	})
	d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id, Template: kind})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ add, want string }{{"", "OPEN, Ada Lovelace\n"}, {" Now!", "Open for Ada Lovelace. Now!\n"}} {
		m := d.Manual
		m.Body = strings.TrimSpace(m.Body) + tt.add
		if p, err := o.Mails.Preview(ctx, m); err != nil || p.Text != tt.want {
			t.Errorf("the preview of %q is %q, %v", m.Body, p.Text, err)
		}
		if _, err := o.Mails.Send(ctx, m); err != nil {
			t.Fatal(err)
		}
		if v := newestText(t, o); v.BodyText != tt.want || !strings.Contains(v.BodyHTML, "<b>Open</b> for Ada Lovelace") {
			t.Errorf("%q became %q and %s", m.Body, v.BodyText, v.BodyHTML)
		}
	}
}
