package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/configuration"
	"clientele/data"
)

// CL-13: what a group takes and refuses, and what becomes of its clients.
func TestGroups(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		good := data.Group{Name: " Wholesale ", Colour: "#AABBCC", DiscountBP: 1250, SeparateInvoices: true}
		for _, c := range []struct {
			name  string
			set   func(*data.Group)
			field string
		}{
			{"no name", func(g *data.Group) { g.Name = " " }, "name"},
			{"long name", func(g *data.Group) { g.Name = strings.Repeat("x", 101) }, "name"},
			{"line break", func(g *data.Group) { g.Name = "a\nb" }, "name"},
			{"colour by name", func(g *data.Group) { g.Colour = "red" }, "colour"},
			{"colour and more", func(g *data.Group) { g.Colour = "#aabbcc;" }, "colour"},
			{"discount below nothing", func(g *data.Group) { g.DiscountBP = -1 }, "discount"},
			{"discount above all", func(g *data.Group) { g.DiscountBP = 10001 }, "discount"},
		} {
			g := good
			c.set(&g)
			if _, err := o.Groups.Save(ctx, g); !slices.Equal(fields(err), []string{c.field}) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		id, err := o.Groups.Save(ctx, good)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Groups.Save(ctx, data.Group{Name: "WHOLESALE", Colour: "#000000"}); app.CodeOf(err) != app.Duplicate {
			t.Errorf("the same name: %v", err)
		}
		if _, err := o.Groups.Save(ctx, data.Group{ID: 99, Name: "Other", Colour: "#000000"}); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such group: %v", err)
		}
		a, b := o.Add(t, "a@example.com", func(n *app.NewClient) { n.GroupID = id }), o.Add(t, "b@example.com", nil)
		if n, err := o.Clients.SetGroup(ctx, []int64{a, b}, id); n != 1 || err != nil {
			t.Errorf("%d changed, %v", n, err)
		}
		if _, err := o.Clients.SetGroup(ctx, []int64{a}, 99); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such group: %v", err)
		}
		if _, err := o.Groups.Save(ctx, data.Group{ID: id, Name: "Trade", Colour: "#000000"}); err != nil {
			t.Error(err)
		}
		if c := o.Get(t, a); c.Group.Name != "Trade" {
			t.Errorf("group %+v", c.Group)
		}
		if n, err := o.Groups.Size(ctx, id); n != 2 || err != nil {
			t.Errorf("size %d, %v", n, err)
		}
		if err := o.Groups.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		if c := o.Get(t, b); c.GroupID != 0 || c.Group.ID != 0 {
			t.Errorf("still in %+v", c.Group)
		}
		if err := o.Groups.Delete(ctx, id); app.CodeOf(err) != app.NotFound {
			t.Errorf("removed twice: %v", err)
		}
		o.Sound(t)
	})
}

// CL-13: what each kind of custom field takes and refuses.
func TestCustomFieldValues(t *testing.T) {
	o := apptest.Open(t)
	long := strings.Repeat("x", 201)
	for _, c := range []struct {
		kind      data.FieldKind
		good, bad []string
	}{
		{data.FieldText, []string{"x", "=1+1", strings.Repeat("ü", 200)}, []string{long, "a\nb", "a\x00b"}},
		{data.FieldNumber, []string{"12", "-12.5", "0", "007", "+3"}, []string{"12,5", "1e5", "0x10", "NaN", "Inf", "1_000", "twelve", "1.2.3"}},
		{data.FieldDate, []string{"2026-02-28", "2024-02-29"}, []string{"2026-02-29", "28.02.2026", "2026-2-8", "today"}},
		{data.FieldTick, []string{"1"}, []string{"yes", "0", "true"}},
		{data.FieldChoice, []string{"red", "blue"}, []string{"Red", "red\nblue", "green"}},
		{data.FieldLink, []string{"https://example.com/a?b=c", "http://example.com"}, []string{"example.com", "javascript:alert(1)", "https://", "ftp://example.com", "file:///etc/passwd"}},
		{data.FieldLong, []string{"two\nlines", strings.Repeat("x", 5000)}, []string{"a\x00b", strings.Repeat("x", 65537)}},
	} {
		id, err := o.Fields.Save(ctx, data.CustomField{Name: string(c.kind), Kind: c.kind, Options: "red\n blue \n\nred"})
		if err != nil {
			t.Fatal(err)
		}
		client := o.Add(t, string(c.kind)+"@example.com", nil)
		save := func(v string) error {
			old := o.Get(t, client)
			p := app.ProfileOf(old)
			p.Custom = map[int64]string{id: v}
			return o.Clients.Update(ctx, client, old.Version, p, "")
		}
		for _, v := range c.good {
			if err := save(" " + v + " "); err != nil {
				t.Errorf("%s refused %.40q: %v", c.kind, v, err)
			} else if got := o.Get(t, client).Custom[id]; got != v {
				t.Errorf("%s: %q is stored as %q", c.kind, v, got)
			}
		}
		last := o.Get(t, client).Custom[id]
		for _, v := range c.bad {
			if err := save(v); !slices.Equal(fields(err), []string{app.CustomKey(id)}) {
				t.Errorf("%s took %.40q: %v", c.kind, v, err)
			}
		}
		if got := o.Get(t, client).Custom[id]; got != last {
			t.Errorf("%s: a refused value is stored: %q", c.kind, got)
		}
		if n, err := o.Fields.Uses(ctx, id); n != 1 || err != nil {
			t.Errorf("%s: %d uses, %v", c.kind, n, err)
		}
		if err := save(""); err != nil || o.Get(t, client).Custom[id] != "" {
			t.Errorf("%s: cannot be emptied: %v", c.kind, err)
		}
	}
}

// CL-13: what a custom field takes itself; its kind is fixed while clients have values; removing it removes them.
func TestCustomFields(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for _, c := range []struct {
			name  string
			f     data.CustomField
			field string
		}{
			{"no name", data.CustomField{Kind: data.FieldText}, "name"},
			{"long name", data.CustomField{Name: strings.Repeat("x", 101), Kind: data.FieldText}, "name"},
			{"no kind", data.CustomField{Name: "a"}, "kind"},
			{"no such kind", data.CustomField{Name: "a", Kind: "colour"}, "kind"},
			{"one choice", data.CustomField{Name: "a", Kind: data.FieldChoice, Options: "x\n x \n"}, "options"},
			{"long help", data.CustomField{Name: "a", Kind: data.FieldText, Help: strings.Repeat("x", 201)}, "help"},
		} {
			if _, err := o.Fields.Save(ctx, c.f); !slices.Equal(fields(err), []string{c.field}) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		id, err := o.Fields.Save(ctx, data.CustomField{Name: "Size", Kind: data.FieldChoice, Options: "S\nM\nL", Required: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := o.Fields.Save(ctx, data.CustomField{Name: "size", Kind: data.FieldText}); app.CodeOf(err) != app.Duplicate {
			t.Errorf("the same name: %v", err)
		}
		client := o.Add(t, "a@example.com", func(n *app.NewClient) { n.Custom = map[int64]string{id: "M"} })
		if _, err := o.Fields.Save(ctx, data.CustomField{ID: id, Name: "Size", Kind: data.FieldText}); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("another kind: %v", err)
		}
		if _, err := o.Fields.Save(ctx, data.CustomField{ID: id, Name: "T-shirt", Kind: data.FieldChoice, Options: "M\nL", Required: true}); err != nil {
			t.Error(err)
		}
		// An edit that does not name the field keeps its value.
		c := o.Get(t, client)
		p := app.ProfileOf(c)
		p.City, p.Custom = "Ghent", nil
		if err := o.Clients.Update(ctx, client, c.Version, p, ""); err != nil || o.Get(t, client).Custom[id] != "M" {
			t.Errorf("custom %v, %v", o.Get(t, client).Custom, err)
		}
		if err := o.Fields.Delete(ctx, id); err != nil {
			t.Fatal(err)
		}
		if err := o.Fields.Delete(ctx, id); app.CodeOf(err) != app.NotFound {
			t.Errorf("removed twice: %v", err)
		}
		if c := o.Get(t, client); len(c.Custom) != 0 {
			t.Errorf("left over: %v", c.Custom)
		}
		if fs, err := o.Fields.List(ctx); len(fs) != 0 || err != nil {
			t.Errorf("%v, %v", fs, err)
		}
		o.Sound(t)
	})
}

// Every setting is stored and read back, refuses what makes no sense, and a wrong one leaves all as they were.
func TestSettings(t *testing.T) {
	rules := map[string]struct{ good, bad []string }{
		"set_up":                 {[]string{"true", "false"}, []string{"", "maybe"}},
		"business_name":          {[]string{"Café Ünal & Söhne", ""}, []string{"a\nb", "a\x00b", "\xff", strings.Repeat("x", 501)}},
		"country":                {[]string{"DE", "GB"}, []string{"", "Germany", "ZZ"}},
		"currency":               {[]string{"EUR", "JPY"}, []string{"", "Euro", "AAA"}},
		"language":               {[]string{"de", "en"}, []string{"", "xx"}},
		"required_client_fields": {[]string{"city,phone", "", "country"}, []string{"password", "city,shoe"}},
		"send_welcome_email":     {[]string{"false", "true"}, []string{"2"}},
		"client_area_url":        {[]string{"https://example.com/area", ""}, []string{"example.com", "javascript:alert(1)", "https://", "https://a:b@example.com", "https://example.com/?x"}},
		"area_served_by":         {[]string{"an installation", ""}, []string{"a\nb"}},
		"area_listen":            {[]string{"0.0.0.0:443", ":8480", "127.0.0.1:8480"}, []string{"", "127.0.0.1", "a:b", "x:70000"}},
		"area_tls_cert":          {[]string{"/etc/ssl/clients.pem", ""}, []string{"a\nb"}},
		"area_tls_key":           {[]string{"/etc/ssl/clients.key", ""}, []string{"a\nb"}},
		"area_proxies":           {[]string{"127.0.0.1,10.0.0.0/8", "", "::1"}, []string{"proxy", "10.0.0.0/99"}},
		"area_colour":            {[]string{"#aa0033", "#1f5fbf"}, []string{"", "red", "#12345", "#12345g"}},
		"area_locked_fields":     {[]string{"email,company", "", "categories"}, []string{"password", "status"}},
		"smtp_host":              {[]string{"smtp.example.com", "127.0.0.1"}, []string{"smtp.example.com:25", "a b", "x@y", "https://x"}},
		"smtp_port":              {[]string{"587", "0", "65535"}, []string{"-1", "65536", "smtp", ""}},
		"smtp_security":          {[]string{"tls", "none", "starttls"}, []string{"", "ssl"}},
		"smtp_user":              {[]string{"office@example.com", ""}, []string{"a\rb"}},
		"mail_from_name":         {[]string{"The Office", ""}, []string{"a\r\nBcc: x@example.com"}},
		"mail_from":              {[]string{"office@example.com", ""}, []string{"office", "a@b@c"}},
		"mail_reply_to":          {[]string{"reply@example.com", ""}, []string{"reply"}},
		"mail_signature":         {[]string{"Kind regards\n\nThe Office", ""}, []string{"a\x00b", "a\x1bb", strings.Repeat("x", 5001)}},
		"allow_plain_passwords":  {[]string{"true", "false"}, []string{"y"}},
		"cards_last4_only":       {[]string{"true", "false"}, []string{"maybe"}},
		"file_max_mb":            {[]string{"1", "10000", "50"}, []string{"0", "10001", "-1", "", "1.5"}},
		"client_files_max_mb":    {[]string{"1", "1000000", "1024"}, []string{"0", "1000001", "all"}},
		"file_extensions":        {[]string{"pdf,jpg,docx", "", "7z"}, []string{"pdf;jpg", "a b", "*.pdf"}},
		"business_address":       {[]string{"1 Quay St\nBristol", ""}, []string{"a\x00b", strings.Repeat("x", 5001)}},
		"business_tax_id":        {[]string{"GB123456789", ""}, []string{"a\nb"}},
		"bank_details":           {[]string{"IBAN GB00 0000\nBIC X", ""}, []string{"a\x1bb"}},
		"invoice_notes":          {[]string{"Thank you.\nPay in 14 days.", ""}, []string{"\xff"}},
		"invoice_number_format":  {[]string{"INV-{year}-{number:5}", "{number}"}, []string{"", "INV", "{shoe}", "{number}{number}"}},
		"invoice_due_days":       {[]string{"0", "365", "14"}, []string{"-1", "366", "soon", ""}},
		"tax_mode":               {[]string{"inclusive", "exclusive"}, []string{"", "both"}},
		"auto_apply_credit":      {[]string{"false", "true"}, []string{"2"}},
		"auto_status":            {[]string{"true", "false"}, []string{""}},
		"letter_paper":           {[]string{"true", "false"}, []string{"A4"}},
		"daily_at_start":         {[]string{"false", "true"}, []string{"2"}},
		"daily_mails_alone":      {[]string{"true", "false"}, []string{"2"}},
		"daily_time":             {[]string{"07:30", "", "23:59", "9:00"}, []string{"24:00", "9", "09:60", "noon", "9:5"}},
		"invoice_ahead_days":     {[]string{"0", "365", "14"}, []string{"-1", "366", ""}},
		"invoice_mails":          {[]string{"false", "true"}, []string{""}},
		"reminder_days":          {[]string{"0", "7"}, []string{"-1", "x"}},
		"overdue_first_days":     {[]string{"0", "1"}, []string{"-1"}},
		"overdue_second_days":    {[]string{"7", "0"}, []string{"1000"}},
		"overdue_third_days":     {[]string{"14", "0"}, []string{"soon"}},
		"late_fee_kind":          {[]string{"fixed", "percentage"}, []string{"", "both"}},
		"late_fee_rate":          {[]string{"10%", "2.5%", "0%"}, []string{"", "-1%", "101%", "ten"}},
		"late_fee_amounts":       {[]string{"5.00 EUR; 6.00 USD", "500 JPY", ""}, []string{"5", "5.00 ABC", "5.00 EUR; 6.00 EUR", "-1.00 EUR", "1.005 EUR", "EUR 5.00 x"}},
		"late_fee_days":          {[]string{"0", "5"}, []string{"-5"}},
		"card_notices":           {[]string{"false", "true"}, []string{"?"}},
		"daily_backup":           {[]string{"false", "true"}, []string{"?"}},
		"mail_attachments_mb":    {[]string{"1", "1000", "20"}, []string{"0", "1001", "-1", "lots", "1.5"}},

		// The mails of billing.
		"send_invoice_created":      {[]string{"true", "false"}, []string{"yes"}},
		"send_payment_confirmation": {[]string{"true", "false"}, []string{"yes"}},
		"send_refund_confirmation":  {[]string{"true", "false"}, []string{"yes"}},
	}
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for _, key := range o.Settings.Keys() {
			rule, ok := rules[key]
			if !ok {
				t.Errorf("%s has no row here", key)
			}
			for _, v := range rule.good {
				if err := o.Settings.SetValue(ctx, key, " "+v+" "); err != nil {
					t.Errorf("%s = %q: %v", key, v, err)
				} else if got, err := o.Settings.Value(ctx, key); got != v || err != nil {
					t.Errorf("%s = %q is read as %q, %v", key, v, got, err)
				}
			}
			for _, v := range rule.bad {
				before, _ := o.Settings.Get(ctx)
				if err := o.Settings.SetValue(ctx, key, v); !slices.Equal(fields(err), []string{key}) || app.CodeOf(err) != app.Invalid {
					t.Errorf("%s took %.40q: %v", key, v, err)
				}
				if after, _ := o.Settings.Get(ctx); fmt.Sprint(before) != fmt.Sprint(after) {
					t.Errorf("%s: a refused value changed the settings", key)
				}
			}
		}
		if len(rules) != len(o.Settings.Keys()) {
			t.Errorf("%d rows for %d settings", len(rules), len(o.Settings.Keys()))
		}
		for _, err := range []error{o.Settings.SetValue(ctx, "shoe_size", "44"), func() error { _, err := o.Settings.Value(ctx, "shoe_size"); return err }()} {
			if app.CodeOf(err) != app.NotFound || !strings.Contains(err.Error(), "smtp_port") {
				t.Errorf("no such setting: %v", err)
			}
		}
		if err := o.Settings.SetValue(ctx, "country", "fr"); err != nil {
			t.Errorf("in small letters: %v", err)
		}
		if got, _ := o.Settings.Value(ctx, "country"); got != "FR" {
			t.Errorf("country %q", got)
		}
		set, _ := o.Settings.Get(ctx)
		set.Country, set.SMTPPort, set.MailFrom = "QQ", -5, "nobody"
		if err := o.Settings.Save(ctx, set); !slices.Equal(fields(err), []string{"country", "smtp_port", "mail_from"}) {
			t.Errorf("all wrong ones together: %v", fields(err))
		}
		o.Sound(t)
	})
}

// Two desktops that each change one setting at the same moment keep both changes.
func TestSettingsAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		values := map[string]string{"business_name": "A", "mail_from_name": "B", "smtp_user": "C", "smtp_host": "d.example", "mail_signature": "E"}
		var wg sync.WaitGroup
		for key, v := range values {
			wg.Go(func() {
				if err := o.Settings.SetValue(ctx, key, v); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for key, v := range values {
			if got, err := o.Settings.Value(ctx, key); got != v || err != nil {
				t.Errorf("%s is %q, %v", key, got, err)
			}
		}
	})
}

// ML-1: the mail server's password lies in the keyring; where there is none, sealed in the configuration file, and never in the data.
func TestMailPassword(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.SMTPUser = "office" })
	set, _ := o.Settings.Get(ctx)
	if has, safe := o.Settings.HasMailPassword(); has || !safe {
		t.Error("a password before there is one")
	}
	if err := o.Settings.SetMailPassword("canary-smtp"); err != nil {
		t.Fatal(err)
	}
	if m, err := o.Settings.MailServer(set); err != nil || m.Password != "canary-smtp" {
		t.Errorf("%+v, %v", m, err)
	}
	o.Keyring.Err = errors.New("locked")
	if _, err := o.Settings.MailServer(set); err == nil {
		t.Error("a locked keyring gave a password")
	}
	if _, err := o.Mails.TestConnection(ctx, set, ""); app.CodeOf(err) != app.Invalid && app.CodeOf(err) != app.Unavailable {
		t.Errorf("%v", err)
	}

	file := app.FileKeyring{Configuration: o.Configuration}
	if _, err := file.Get("smtp"); !errors.Is(err, app.ErrNoSecret) || file.Safe() {
		t.Errorf("an empty file: %v", err)
	}
	if err := file.Set("smtp", "canary-smtp"); err != nil {
		t.Fatal(err)
	}
	again, err := configuration.Open(o.Folder)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := (app.FileKeyring{Configuration: again}).Get("smtp"); got != "canary-smtp" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := (app.FileKeyring{Configuration: again}).Get("other"); err == nil {
		t.Error("the secret opens under another name")
	}
	if hits := search(t, o.Folder, "canary-smtp"); len(hits) > 0 {
		t.Errorf("readable in %v", hits)
	}
	if err := file.Set("smtp", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Get("smtp"); !errors.Is(err, app.ErrNoSecret) {
		t.Errorf("removed, but %v", err)
	}
}
