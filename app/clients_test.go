package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/money"
	"clientele/data"

	"github.com/google/go-cmp/cmp"
)

// whole is a profile in which every field differs from its default.
func whole() app.Profile {
	return app.Profile{
		FirstName: "Zoë", LastName: "O’Neill-Müller", Company: "=Acme \"GmbH\" & Söhne", Email: "Zoe+Office@Bücher.example",
		Address1: "1 High St", Address2: "Flat 2", City: "Köln", State: "NRW", Postcode: "50667", Country: "DE", Phone: "+49 (221) 123-45",
		TaxID: "DE123456789", Currency: "EUR", Language: "de", PaymentMethod: "card", Status: data.Inactive, TaxExempt: true,
		SeparateInvoices: true, NoLateFees: true, NoOverdueEmails: true, MarketingOptIn: true,
		Wants: map[app.Category]bool{app.General: true, app.Invoice: true, app.Support: false, app.Product: false, app.Domain: false},
		Notes: "first line\nsecond\twith a tab", Custom: map[int64]string{},
	}
}

// CL-4, CL-9: every field of the form is stored as it was typed, on both engines, and an edit of each is stored too.
func TestEveryFieldIsStored(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		p := whole()
		id, err := o.Clients.Add(ctx, app.NewClient{Profile: p})
		if err != nil {
			t.Fatal(err)
		}
		c := o.Get(t, id)
		if diff := cmp.Diff(p, app.ProfileOf(c)); diff != "" {
			t.Errorf("stored, -typed +read:\n%s", diff)
		}
		if c.Created.String() != "2026-11-20" || c.PasswordHash != "" {
			t.Errorf("created %s, hash %q", c.Created, c.PasswordHash)
		}
		edited := apptest.Profile("other@example.com")
		edited.Custom, edited.Wants = p.Custom, map[app.Category]bool{app.General: false, app.Invoice: false, app.Support: true, app.Product: true, app.Domain: true}
		if err := o.Clients.Update(ctx, id, c.Version, edited, ""); err != nil {
			t.Fatal(err)
		}
		after := o.Get(t, id)
		if diff := cmp.Diff(edited, app.ProfileOf(after)); diff != "" {
			t.Errorf("edited, -typed +read:\n%s", diff)
		}
		if after.Version != c.Version+1 {
			t.Errorf("version %d after %d", after.Version, c.Version)
		}
		lines := o.Activity(t, id)
		if len(lines) != 2 || lines[0].Action != "client.changed" || lines[1].Action != "client.added" || lines[0].Who != "Alex Admin" {
			t.Fatalf("activity %+v", lines)
		}
		for _, want := range []string{"City: Köln → –", "Status: Inactive → Active", "Tax exempt: yes → no", "Emails: Support: no → yes"} {
			if !strings.Contains(lines[0].Details, want) {
				t.Errorf("the log has no %q:\n%s", want, lines[0].Details)
			}
		}
		// Saving what is there changes nothing and writes no line.
		if err := o.Clients.Update(ctx, id, after.Version, app.ProfileOf(after), ""); err != nil {
			t.Fatal(err)
		}
		if again := o.Get(t, id); again.Version != after.Version || len(o.Activity(t, id)) != 2 {
			t.Errorf("an edit without a change made version %d", again.Version)
		}
		o.Sound(t)
	})
}

// CL-5: what each field takes and refuses, with the limits of each and with hostile texts.
func TestFieldRules(t *testing.T) {
	o := apptest.Open(t)
	long := func(n int) string { return strings.Repeat("ü", n) }
	huge := strings.Repeat("x", 10<<20)
	text := map[string]func(*app.Profile) *string{
		app.FieldFirstName: func(p *app.Profile) *string { return &p.FirstName }, app.FieldLastName: func(p *app.Profile) *string { return &p.LastName },
		app.FieldCompany: func(p *app.Profile) *string { return &p.Company }, app.FieldAddress1: func(p *app.Profile) *string { return &p.Address1 },
		app.FieldAddress2: func(p *app.Profile) *string { return &p.Address2 }, app.FieldCity: func(p *app.Profile) *string { return &p.City },
		app.FieldState: func(p *app.Profile) *string { return &p.State }, app.FieldPostcode: func(p *app.Profile) *string { return &p.Postcode },
		app.FieldTaxID: func(p *app.Profile) *string { return &p.TaxID }, app.FieldNotes: func(p *app.Profile) *string { return &p.Notes },
		app.FieldPayment: func(p *app.Profile) *string { return &p.PaymentMethod },
	}
	harmless := []string{
		"=HYPERLINK(\"http://x\")", "<script>alert(1)</script>", "🦊🏳️‍🌈", "שלום", "שלום\u200f!", "{$client_name}", "'; DROP TABLE clients; --",
	}
	hostile := []string{"a\x00b", "a\x1b[2Jb", "a\u0085b", "a\u202eb", "a\u2066b", "\xff\xfe", huge}
	n := 0
	try := func(p app.Profile) error {
		n++
		if p.Email == "" {
			p.Email = fmt.Sprintf("try%d@example.com", n)
		}
		_, err := o.Clients.Add(ctx, app.NewClient{Profile: p})
		return err
	}
	for key, field := range text {
		limit := app.FieldLimit(key)
		if limit == 0 {
			t.Fatalf("%s has no limit", key)
		}
		with := func(v string) error {
			p := apptest.Profile("")
			*field(&p) = v
			return try(p)
		}
		good := []string{long(limit)}
		for _, v := range harmless {
			if len([]rune(v)) <= limit {
				good = append(good, v)
			}
		}
		bad := append([]string{long(limit + 1)}, hostile...)
		if key == app.FieldNotes {
			good = append(good, "two\nlines\tand a tab", "a\u202eb")
			bad = slices.DeleteFunc(bad, func(v string) bool { return v == "a\u202eb" || v == "a\u2066b" })
		} else {
			bad = append(bad, "two\r\nlines", "a\tb", "a\u2028b")
		}
		for _, v := range good {
			if err := with(v); err != nil {
				t.Errorf("%s refused %.40q: %v", key, v, err)
			}
		}
		for _, v := range bad {
			err := with(v)
			if got := fields(err); len(got) != 1 || got[0] != key || app.CodeOf(err) != app.Invalid {
				t.Errorf("%s took %.40q: fields %v, %.200v", key, v, got, err)
			} else if len(err.Error()) > 500 {
				t.Errorf("%s with %.40q: the message has %d bytes", key, v, len(err.Error()))
			}
		}
	}
	for _, c := range []struct {
		name  string
		set   func(*app.Profile)
		field string // "" where it is fine
	}{
		{"blank first name", func(p *app.Profile) { p.FirstName = " \t " }, app.FieldFirstName},
		{"blanks at the ends", func(p *app.Profile) { p.FirstName = "  Ada " }, ""},
		{"no address", func(p *app.Profile) { p.Email = " " }, app.FieldEmail},
		{"no @", func(p *app.Profile) { p.Email = "nobody" }, app.FieldEmail},
		{"quoted local part", func(p *app.Profile) { p.Email = `"a b"@example.com` }, app.FieldEmail},
		{"header in the address", func(p *app.Profile) { p.Email = "a@example.com\r\nBcc: b@example.com" }, app.FieldEmail},
		{"two addresses", func(p *app.Profile) { p.Email = "a@example.com,b@example.com" }, app.FieldEmail},
		{"address of 255 bytes", func(p *app.Profile) { p.Email = strings.Repeat("a", 60) + "@" + strings.Repeat("b.", 95) + "com1" }, app.FieldEmail},
		{"huge address", func(p *app.Profile) { p.Email = huge }, app.FieldEmail},
		{"international address", func(p *app.Profile) { p.Email = "пошта@приклад.укр" }, ""},
		{"lower-case country", func(p *app.Profile) { p.Country = "de" }, ""},
		{"no such country", func(p *app.Profile) { p.Country = "ZZ" }, app.FieldCountry},
		{"no country", func(p *app.Profile) { p.Country = "" }, app.FieldCountry}, // required by default
		{"no currency", func(p *app.Profile) { p.Currency = "" }, app.FieldCurrency},
		{"no such currency", func(p *app.Profile) { p.Currency = "AAA" }, app.FieldCurrency},
		{"no such language", func(p *app.Profile) { p.Language = "xx" }, app.FieldLanguage},
		{"no status", func(p *app.Profile) { p.Status = "" }, app.FieldStatus},
		{"no such status", func(p *app.Profile) { p.Status = "Gone" }, app.FieldStatus},
		{"short phone", func(p *app.Profile) { p.Phone = "12" }, app.FieldPhone},
		{"letters in a phone", func(p *app.Profile) { p.Phone = "0800 FLOWERS" }, app.FieldPhone},
		{"phone", func(p *app.Profile) { p.Phone = "+44 20 7946 0958" }, ""},
		{"no such group", func(p *app.Profile) { p.GroupID = 99 }, app.FieldGroup},
		{"value of a removed custom field", func(p *app.Profile) { p.Custom = map[int64]string{77: "x"} }, ""},
	} {
		p := apptest.Profile(fmt.Sprintf("rule%d@example.com", n))
		n++
		c.set(&p)
		_, err := o.Clients.Add(ctx, app.NewClient{Profile: p})
		if want := strings.Fields(c.field); !slices.Equal(fields(err), want) || (err != nil) != (c.field != "") {
			t.Errorf("%s: %v, %.200v; want %v", c.name, fields(err), err, want)
		}
	}
	o.Sound(t)
}

// CL-5: all failing fields come back together, also those that only the store knows of, and nothing is stored.
func TestAllProblemsTogether(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		first := o.Add(t, "taken@example.com", nil)
		must, err := o.Fields.Save(ctx, data.CustomField{Name: "Contract", Kind: data.FieldText, Required: true})
		if err != nil {
			t.Fatal(err)
		}
		o.Change(t, func(s *app.Settings) { s.RequiredFields = []string{app.FieldCity, app.FieldPhone} })
		p := app.Profile{LastName: "x\x00", Email: "TAKEN@Example.com", Country: "QQ", GroupID: 12}
		err = func() error {
			_, err := o.Clients.Add(ctx, app.NewClient{Profile: p, Password: "short", SendWelcome: true})
			return err
		}()
		want := []string{
			app.FieldFirstName, app.FieldLastName, app.FieldCity, app.FieldPhone, app.FieldCountry, app.FieldCurrency, app.FieldLanguage,
			app.FieldStatus, app.FieldPassword, app.FieldWelcome, app.FieldGroup, app.CustomKey(must), app.FieldEmail,
		}
		if diff := cmp.Diff(want, fields(err)); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		for _, e := range app.ProblemsOf(err) {
			if (e.Code == app.Duplicate) != (e.Field == app.FieldEmail) || (e.ClientID == first) != (e.Field == app.FieldEmail) {
				t.Errorf("%s: code %s, client %d", e.Field, e.Code, e.ClientID)
			}
		}
		if n, _, _ := o.Clients.Count(ctx, data.ClientFilter{}); n != 1 {
			t.Errorf("%d clients", n)
		}
		// The same for an edit: its own address is not in the way, what is required since is.
		c := o.Get(t, first)
		p = app.ProfileOf(c)
		p.GroupID = 12
		err = o.Clients.Update(ctx, first, c.Version, p, "")
		if want := []string{app.FieldCity, app.FieldPhone, app.FieldGroup, app.CustomKey(must)}; !slices.Equal(fields(err), want) {
			t.Errorf("edit: %v, want %v", fields(err), want)
		}
	})
}

// CL-5: addresses that reach the same mailbox are the same, and the other client is named.
func TestDuplicateAddresses(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "Zoe@Bücher.example", func(n *app.NewClient) { n.FirstName, n.LastName, n.Company = "Zoe", "Quill", "Quill Ltd" })
	for _, again := range []string{"zoe@bücher.example", "ZOE@BÜCHER.EXAMPLE", "zoe@xn--bcher-kva.example", "  Zoe@Bücher.example ", "zoe@bu\u0308cher.example"} {
		_, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(again)})
		ps := app.ProblemsOf(err)
		if len(ps) != 1 || ps[0].Code != app.Duplicate || ps[0].ClientID != id || ps[0].Message != fmt.Sprintf("Zoe Quill, Quill Ltd (#%d) has this address already.", id) {
			t.Errorf("%q: %+v", again, ps)
		}
	}
	other := o.Add(t, "other@example.com", nil)
	c := o.Get(t, other)
	p := app.ProfileOf(c)
	p.Email = "zoe@bücher.example"
	if err := o.Clients.Update(ctx, other, c.Version, p, ""); app.CodeOf(err) != app.Duplicate {
		t.Errorf("edit to a taken address: %v", err)
	}
	// Another way to write one's own address is an edit like any other.
	c = o.Get(t, id)
	p = app.ProfileOf(c)
	p.Email = "zoe@BÜCHER.example"
	if err := o.Clients.Update(ctx, id, c.Version, p, ""); err != nil {
		t.Error(err)
	}
}

// Two presses of one button add one client, whether they come one after the other or at once.
func TestOneKeyAddsOneClient(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		n := app.NewClient{Profile: apptest.Profile("once@example.com"), Key: "press-1"}
		ids := make([]int64, 8)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() {
				id, err := o.Clients.Add(ctx, n)
				if err != nil {
					t.Error(err)
				}
				ids[i] = id
			})
		}
		wg.Wait()
		if last, err := o.Clients.Add(ctx, n); err != nil || last != ids[0] || len(slices.Compact(ids)) != 1 {
			t.Errorf("clients %v and %d, %v", ids, last, err)
		}
		if total, _, _ := o.Clients.Count(ctx, data.ClientFilter{}); total != 1 || len(o.Activity(t, ids[0])) != 1 {
			t.Errorf("%d clients", total)
		}
		o.Sound(t)
	})
}

// Of adds and edits that race for one address one wins, and the others are told of it in words.
func TestRaceForAnAddress(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		const rounds = 5
		for round := range rounds {
			address := fmt.Sprintf("race%d@example.com", round)
			edited := o.Add(t, fmt.Sprintf("before%d@example.com", round), nil)
			c := o.Get(t, edited)
			var wg sync.WaitGroup
			errs := make([]error, 6)
			for i := range errs {
				wg.Go(func() {
					if i == 0 {
						p := app.ProfileOf(c)
						p.Email = address
						errs[i] = o.Clients.Update(ctx, edited, c.Version, p, "")
						return
					}
					_, errs[i] = o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(address)})
				})
			}
			wg.Wait()
			won := 0
			for _, err := range errs {
				if err == nil {
					won++
				} else if app.CodeOf(err) != app.Duplicate || !slices.Equal(fields(err), []string{app.FieldEmail}) {
					t.Errorf("round %d: %v", round, err)
				}
			}
			if won != 1 {
				t.Errorf("round %d: %d won", round, won)
			}
		}
		o.Sound(t)
	})
}

// Two admins with the same client open: the second one is told, and nothing of the first one's is overwritten (R7).
func TestConflict(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "a@example.com", nil)
		c := o.Get(t, id)
		var wg sync.WaitGroup
		errs := make([]error, 6)
		for i := range errs {
			wg.Go(func() {
				p := app.ProfileOf(c)
				p.City = fmt.Sprintf("City %d", i)
				errs[i] = o.Clients.Update(ctx, id, c.Version, p, "")
			})
		}
		wg.Wait()
		won := -1
		for i, err := range errs {
			switch {
			case err == nil && won < 0:
				won = i
			case app.CodeOf(err) != app.Conflict:
				t.Errorf("%d: %v", i, err)
			}
		}
		if got := o.Get(t, id); won < 0 || got.City != fmt.Sprintf("City %d", won) {
			t.Errorf("%d won, city %q", won, got.City)
		}
		if err := o.Credit.Adjust(ctx, id, c.Version, money.New(5, "GBP")); app.CodeOf(err) != app.Conflict {
			t.Errorf("credit by an old version: %v", err)
		}
		if err := o.Clients.Update(ctx, 999, 1, apptest.Profile("b@example.com"), ""); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such client: %v", err)
		}
		if _, err := o.Clients.Get(ctx, 999); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such client: %v", err)
		}
	})
}

// CL-10: a change of status changes the status, the version and the log, and nothing else.
func TestStatusChangesOnlyStatus(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		var ids []int64
		for i := range 5 {
			ids = append(ids, o.Add(t, fmt.Sprintf("c%d@example.com", i), nil))
		}
		if n, err := o.Clients.SetStatus(ctx, ids[:1], data.Closed); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		before := o.Get(t, ids[1])
		o.Clock.Advance(time.Minute)
		if n, err := o.Clients.SetStatus(ctx, append(ids, 999), data.Closed); n != 4 || err != nil {
			t.Errorf("%d changed, %v; one was Closed already", n, err)
		}
		after := o.Get(t, ids[1])
		before.Status, before.Version, before.UpdatedAt = data.Closed, before.Version+1, after.UpdatedAt
		if diff := cmp.Diff(before, after); diff != "" {
			t.Errorf("besides the status:\n%s", diff)
		}
		if lines := o.Activity(t, ids[1]); lines[0].Action != "client.status" || lines[0].Details != "Status: Active → Closed" {
			t.Errorf("%+v", lines[0])
		}
		if n, _, _ := o.Clients.Count(ctx, data.ClientFilter{Statuses: []data.Status{data.Closed}}); n != 5 {
			t.Errorf("%d Closed", n)
		}
		if _, err := o.Clients.SetStatus(ctx, ids, "Gone"); app.CodeOf(err) != app.Invalid {
			t.Errorf("no such status: %v", err)
		}
		o.Sound(t)
	})
}

// Status and group of the same clients, changed from several sides at once: the counts of the list stay those of the clients (R7).
func TestManyChangesAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		var ids []int64
		for i := range 10 {
			ids = append(ids, o.Add(t, fmt.Sprintf("c%d@example.com", i), nil))
		}
		group, err := o.Groups.Save(ctx, data.Group{Name: "Wholesale", Colour: "#112233"})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for i := range 8 {
			wg.Go(func() {
				for round := range 5 {
					var err error
					if i%2 == 0 {
						_, err = o.Clients.SetStatus(ctx, ids, app.Statuses[(i+round)%3])
					} else {
						_, err = o.Clients.SetGroup(ctx, ids, group*int64((i/2+round)%2))
					}
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		o.Sound(t)
	})
}

// CL-2: what was added is found, what was changed is found by its new words and not by its old ones.
func TestSearchFollowsEdits(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "zoe@example.com", func(n *app.NewClient) {
			n.FirstName, n.LastName, n.Company, n.Phone = "Zoë", "Straßer", "Quillwork", "+49 221 555777"
		})
		o.Add(t, "else@example.com", nil)
		find := func(text string) []int64 {
			t.Helper()
			found, err := o.Clients.Search(ctx, text, 10)
			if err != nil {
				t.Fatal(err)
			}
			var ids []int64
			for _, r := range found.Rows {
				ids = append(ids, r.ID)
			}
			return ids
		}
		for _, text := range []string{"zoe", "strasser", "quillw", "zoe@ex", "0221555777", "221 555", fmt.Sprint("#", id)} {
			if got := find(text); text != "0221555777" && !slices.Contains(got, id) {
				t.Errorf("%q finds %v", text, got)
			}
		}
		c := o.Get(t, id)
		p := app.ProfileOf(c)
		p.LastName, p.Email = "Lindqvist", "new@example.org"
		if err := o.Clients.Update(ctx, id, c.Version, p, ""); err != nil {
			t.Fatal(err)
		}
		for text, want := range map[string]bool{"lindq": true, "new@example.org": true, "quillwork": true, "strasser": false, "zoe@example": false} {
			if got := slices.Contains(find(text), id); got != want {
				t.Errorf("%q finds it: %t, want %t", text, got, want)
			}
		}
		o.Sound(t)
	})
}

// CL-6: the same address, telephone digits, or name with postcode are hinted at; the client being edited is not.
func TestAlike(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.Phone, n.Postcode = "+44 20 7946 0958", "SW1A 1AA" })
		for _, c := range []struct {
			name string
			p    app.Profile
			not  int64
			want bool
		}{
			{"address", app.Profile{Email: " ADA@example.com "}, 0, true},
			{"digits", app.Profile{Phone: "+44(20)79460958"}, 0, true},
			{"name and postcode", app.Profile{FirstName: "ADA", LastName: "lovelace", Postcode: "sw1a1aa"}, 0, true},
			{"name alone", app.Profile{FirstName: "Ada", LastName: "Lovelace"}, 0, false},
			{"few digits", app.Profile{Phone: "0958"}, 0, false},
			{"itself", app.Profile{Email: "ada@example.com", Phone: "+44 20 7946 0958"}, id, false},
			{"nothing typed", app.Profile{}, 0, false},
		} {
			rows, err := o.Clients.Alike(ctx, c.p, c.not)
			if err != nil || (len(rows) == 1 && rows[0].ID == id) != c.want || len(rows) > 1 {
				t.Errorf("%s: %v, %v", c.name, rows, err)
			}
		}
	})
}

// CR-7: a balance set by hand moves the ledger by the difference, keeps the sum, and is in the activity log.
func TestCreditAdjustment(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "a@example.com", nil)
		adjust := func(balance money.Money) error { return o.Credit.Adjust(ctx, id, o.Get(t, id).Version, balance) }
		for _, minor := range []int64{1050, 1050, 3, 0, 9_007_199_254_740_993} {
			if err := adjust(money.New(minor, "GBP")); err != nil {
				t.Fatal(err)
			}
			if got := o.Get(t, id).Credit; got != minor {
				t.Errorf("balance %d, want %d", got, minor)
			}
		}
		var moves []data.CreditMove
		if err := o.Store.Read(ctx, func(tx *data.Tx) (err error) { moves, err = tx.CreditMoves(id); return err }); err != nil {
			t.Fatal(err)
		}
		var sum int64
		for _, m := range moves {
			if sum += m.Amount; m.Kind != data.CreditAdjustment || m.Who != "Alex Admin" || m.Currency != "GBP" {
				t.Errorf("%+v", m)
			}
		}
		if len(moves) != 4 || sum != 9_007_199_254_740_993 {
			t.Errorf("%d moves that sum to %d; setting what is there moves nothing", len(moves), sum)
		}
		if lines := o.Activity(t, id); len(lines) != 5 || lines[2].Details != "Credit balance: 10.50 GBP → 0.03 GBP" {
			t.Errorf("%+v", lines)
		}
		for _, wrong := range []money.Money{money.New(-1, "GBP"), money.New(5, "EUR"), money.New(5, "")} {
			if err := adjust(wrong); app.CodeOf(err) != app.Invalid || !slices.Equal(fields(err), []string{app.FieldCredit}) {
				t.Errorf("%v: %v", wrong, err)
			}
		}
		// Amounts fix the currency (IN-7).
		c := o.Get(t, id)
		p := app.ProfileOf(c)
		p.Currency = "EUR"
		if err := o.Clients.Update(ctx, id, c.Version, p, ""); app.CodeOf(err) != app.NotAllowed || !slices.Equal(fields(err), []string{app.FieldCurrency}) {
			t.Errorf("currency: %v", err)
		}
		o.Sound(t)
	})
}

// A store that was found damaged is read but not changed, and says so.
func TestReadOnly(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "a@example.com", nil)
	o.Store.SetReadOnly()
	_, add := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile("b@example.com")})
	_, status := o.Clients.SetStatus(ctx, []int64{id}, data.Closed)
	for _, err := range []error{add, status, o.Settings.SetValue(ctx, "business_name", "x")} {
		if app.CodeOf(err) != app.Unavailable || !errors.Is(err, data.ErrReadOnly) || strings.Contains(app.Explain(err), "ref") {
			t.Errorf("%v", err)
		}
	}
	if c := o.Get(t, id); c.Email != "a@example.com" || !o.ReadOnly() {
		t.Errorf("%+v", c)
	}
}

// Whoever shows a client is told of its change after it was stored, once, and not where nothing was stored.
func TestEventsFollowCommits(t *testing.T) {
	o := apptest.Open(t)
	var got []app.Change
	stop := o.Events.Subscribe(func(c app.Change) {
		if _, err := o.Clients.Get(ctx, c.ClientID); err != nil {
			t.Errorf("%+v came before its commit", c)
		}
		got = append(got, c)
	})
	id := o.Add(t, "a@example.com", nil)
	if _, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile("a@example.com")}); err == nil {
		t.Fatal("a duplicate was added")
	}
	stop()
	o.Add(t, "b@example.com", nil)
	if want := []app.Change{{Topic: app.TopicClient, ClientID: id}}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// Sample data is sound, is what forms and imports would take, and is only put into empty data.
func TestDemo(t *testing.T) {
	o := apptest.Open(t)
	if err := o.Demo(ctx, 1200, 7, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	rows, _, err := o.Clients.Page(ctx, data.ClientQuery{}, nil, false, 100)
	if err != nil || len(rows) != 100 {
		t.Fatal(len(rows), err)
	}
	withContacts, billed := 0, 0
	for _, r := range rows {
		c := o.Get(t, r.ID)
		if len(c.Contacts) > 0 {
			withContacts++
		}
		if c.Billing().ContactID != 0 {
			billed++
		}
		for _, k := range c.Contacts {
			d := app.ContactDetailsOf(k)
			d.TaxID += "1"
			if err := o.Contacts.Update(ctx, k.ID, k.Version, d); err != nil {
				t.Errorf("%+v cannot be saved: %v", k, err)
			}
		}
		p := app.ProfileOf(c)
		p.Notes += "."
		if err := o.Clients.Update(ctx, r.ID, c.Version, p, ""); err != nil {
			t.Errorf("%+v cannot be saved: %v", c, err)
		}
	}
	if withContacts < 20 || billed == 0 {
		t.Errorf("%d of 100 clients have contacts, %d are billed to one", withContacts, billed)
	}
	if set, err := o.Settings.Get(ctx); err != nil || !set.SetUp || set.DailyAtStart || set.DailyTime != "" {
		t.Errorf("sample data is billed by itself: %v %q %v", set.DailyAtStart, set.DailyTime, err)
	}
	if err := o.Demo(ctx, 5, 7, app.Quiet{}); app.CodeOf(err) != app.NotAllowed {
		t.Errorf("into data that is there: %v", err)
	}
	o.Sound(t)
}
