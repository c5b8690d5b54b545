package clientarea_test

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
)

// owes gives a client a published invoice that is due in some days, and returns its path.
func (s *site) owes(t *testing.T, client, minor int64, days int) (id int64, path string) {
	t.Helper()
	line := billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: money.New(minor, "GBP")}
	id, err := s.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: line}}, Due: date.Today(s.Clock.Now()).AddDays(days)}, "")
	if err == nil {
		err = s.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id, fmt.Sprintf("/invoices/%d", id)
}

// pays records a payment for an invoice.
func (s *site) pays(t *testing.T, client, invoice, minor int64) {
	t.Helper()
	p := app.NewPayment{Invoices: []int64{invoice}, Amount: money.New(minor, "GBP"), Method: "Bank transfer"}
	if _, err := s.Transactions.Record(ctx, client, p); err != nil {
		t.Fatal(err)
	}
}

// CA-3: the first page has what is to be paid, the credit, and the open invoices, the one that is due first before the others; what was paid is not among them.
func TestHome(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	b := s.as(t, id)
	b.get("/").has(t, "There is nothing to be paid.", "There are no files for you yet.", "<dd>£0.00</dd>")
	_, late := s.owes(t, id, 4000, 20)
	_, early := s.owes(t, id, 2500, 10)
	paid, gone := s.owes(t, id, 1000, 5)
	s.pays(t, id, paid, 1000)
	if _, err := s.Credit.Add(ctx, id, app.NewCredit{Description: "Goodwill", Amount: money.New(700, "GBP")}); err != nil {
		t.Fatal(err)
	}
	home := b.get("/")
	home.has(t, "<dt>To be paid</dt><dd>£65.00</dd>", "<dt>Your credit</dt><dd>£7.00</dd>", early, late)
	home.lacks(t, `href="`+gone+`"`)
	if strings.Index(home.body, early) > strings.Index(home.body, late) {
		t.Errorf("what is due later comes first:\n%s", home.body)
	}
}

// CA-3: an invoice as a page has its sums and payments, says how it is paid as long as something is owed, and that it is overdue once it is.
func TestInvoicePage(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	invoice, path := s.owes(t, id, 1500, 10)
	b := s.as(t, id)
	page := b.get(path)
	page.has(t, "Unpaid", "How to pay", ">Total</th>", ">To be paid</th>", "<h2>Billed to</h2><p>Ada Lovelace<br>United Kingdom</p>")
	page.lacks(t, "Payments", "Overdue")
	s.pays(t, id, invoice, 500)
	b.get(path).has(t, "Payments", "Bank transfer · £5.00", "-£5.00", "£10.00", "How to pay")
	s.Clock.Advance(11 * 24 * time.Hour)
	b = s.as(t, id)
	b.get(path).has(t, "Overdue")
	b.get("/invoices").has(t, "Overdue")
	s.pays(t, id, invoice, 1000)
	page = b.get(path)
	page.has(t, `class="state paid">Paid`)
	page.lacks(t, "How to pay", "IBAN", "Overdue")
}

// CA-3: many invoices come in pages, the newest first, and none is left out.
func TestOlderInvoices(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	for range 52 {
		s.invoiced(t, id, true)
	}
	b := s.as(t, id)
	first := b.get("/invoices")
	older := regexp.MustCompile(`<a href="(/invoices\?before=\d+)">Older invoices</a>`).FindStringSubmatch(first.body)
	if older == nil || strings.Count(first.body, "<tr>") != 51 {
		t.Fatalf("%d rows, and older ones at %q", strings.Count(first.body, "<tr>")-1, older)
	}
	last := b.get(older[1])
	last.has(t, `href="/invoices/1"`, `href="/invoices/2"`)
	last.lacks(t, "Older invoices", `href="/invoices/3"`)
}

// CA-4, CO-7: the list says who gets what; a contact is edited as it is stored, not over what somebody else changed, and goes only once that is confirmed.
func TestContacts(t *testing.T) {
	s := open(t, nil)
	o := s.owned(t, "ada@example.com")
	b := s.as(t, o.id)
	path := contactPath(o.contact)
	b.get("/contacts").has(t, `href="`+path+`"`, "Carl Contact", "carl.ada@example.com", "Gets no mails")
	page := b.get(path)
	for _, key := range []string{"first_name", "last_name", "email"} {
		if !regexp.MustCompile(`<input id="` + key + `"[^>]* required`).MatchString(page.body) {
			t.Errorf("%s is not marked as required", key)
		}
	}
	typed := url.Values{"first_name": {"Carl"}, "last_name": {"Contact"}, "email": {"carl@example.com"}, "company": {"Engines Ltd"}, "gets.support": {"1"}, "gets.domain": {"1"}}
	if r := b.fill(path, path, typed); r.to != "/contacts?done=contact" {
		t.Fatalf("%d %s", r.status, r.body)
	}
	c := s.Get(t, o.id).Contacts[0]
	if c.Company != "Engines Ltd" || c.Email != "carl@example.com" || !c.MailSupport || !c.MailDomain || c.MailGeneral || c.MailInvoice || c.MailProduct {
		t.Errorf("stored is %+v", c)
	}
	b.get("/contacts?done=contact").has(t, "The contact was saved.", "Gets: Support, Domain")
	if got := regexp.MustCompile(`name="gets\.([a-z]+)" value="1" checked`).FindAllStringSubmatch(b.get(path).body, -1); len(got) != 2 || got[0][1] != "support" || got[1][1] != "domain" {
		t.Errorf("ticked are %q", got)
	}
	old := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(b.get(path).body, -1) {
		old.Set(m[1], m[2])
	}
	for key, values := range typed {
		old[key] = values
	}
	theirs := app.ContactDetailsOf(c)
	theirs.City = "Köln"
	if err := s.Contacts.Update(ctx, c.ID, c.Version, theirs); err != nil {
		t.Fatal(err)
	}
	old.Set("city", "Bonn")
	if r := b.do(http.MethodPost, path, old, nil); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "changed elsewhere") || !strings.Contains(r.body, "Bonn") {
		t.Errorf("over what somebody else changed: %d %s", r.status, r.body)
	}
	b.get(path+"/delete").has(t, "Delete this contact?", "Carl Contact gets no mails from us any more.")
	if c := s.Get(t, o.id).Contacts; len(c) != 1 || c[0].City != "Köln" {
		t.Fatalf("deleted before it was confirmed, or overwritten: %+v", c)
	}
	if r := b.fill(path+"/delete", path+"/delete", nil); r.to != "/contacts?done=deleted" || len(s.Get(t, o.id).Contacts) != 0 {
		t.Errorf("%d to %s", r.status, r.to)
	}
}

func contactPath(id int64) string { return fmt.Sprintf("/contacts/%d", id) }

// CA-5: own details are stored; what is locked can be read and not changed; of the custom fields, those are there that the client is to see.
func TestDetails(t *testing.T) {
	s := open(t, nil)
	seen := must(s.Fields.Save(ctx, data.CustomField{Name: "Contract", Kind: data.FieldText, ClientVisible: true}))
	kept := must(s.Fields.Save(ctx, data.CustomField{Name: "Margin", Kind: data.FieldText}))
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Custom = map[int64]string{seen: "K-17", kept: "forty percent"} })
	b := s.as(t, id)
	field := func(key string) string {
		t.Helper()
		m := regexp.MustCompile(`<(?:input|select) id="` + key + `"[^>]*>`).FindString(b.get("/details").body)
		if m == "" {
			t.Fatalf("there is no field %s", key)
		}
		return m
	}
	page := b.get("/details")
	page.has(t, "Contract", "K-17", "Mails that you get")
	page.lacks(t, "Margin", "forty percent", "disabled", "Write to us to change this.")
	typed := url.Values{"first_name": {"Ada"}, "last_name": {"Byron"}, "email": {"ada@example.com"}, "city": {"London"}, "country": {"GB"}, "language": {"en"}, "gets.invoice": {"1"}}
	if r := b.fill("/details", "/details", typed); r.to != "/details?done=saved" {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if c := s.Get(t, id); c.LastName != "Byron" || c.City != "London" || !c.MailInvoice || c.MailGeneral || c.Custom[kept] != "forty percent" {
		t.Errorf("stored is %+v", c)
	}
	b.get("/details?done=saved").has(t, "Your changes were saved.")
	s.Change(t, func(set *app.Settings) {
		set.LockedFields = []string{app.FieldCity, app.FieldCountry, app.FieldCategory}
	})
	for key, mark := range map[string]string{"city": " readonly", "country": " disabled"} {
		if got := field(key); !strings.Contains(got, mark) {
			t.Errorf("%s is locked, and drawn as %s", key, got)
		}
	}
	if got := field("last_name"); strings.Contains(got, "readonly") {
		t.Errorf("last_name is not locked, and drawn as %s", got)
	}
	b.get("/details").has(t, "Write to us to change this.", `name="gets.invoice" value="1" checked disabled`)
	typed.Set("city", "Paris")
	typed.Set("last_name", "King")
	typed.Del("gets.invoice")
	if r := b.fill("/details", "/details", typed); r.to != "/details?done=saved" {
		t.Fatalf("%d %s", r.status, r.body)
	}
	if c := s.Get(t, id); c.LastName != "King" || c.City != "London" || c.Country != "GB" || !c.MailInvoice {
		t.Errorf("stored is %+v", c)
	}
}

// CA-5: a stored card that has expired is told of.
func TestExpiredCard(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	if err := s.Cards.Save(ctx, id, app.NewCard{Number: "4242424242424242", Expiry: "12/26"}); err != nil {
		t.Fatal(err)
	}
	s.as(t, id).get("/card").lacks(t, "This card has expired")
	s.Clock.Advance(60 * 24 * time.Hour)
	s.as(t, id).get("/card").has(t, "This card has expired. Replace it, please.")
}

// CA-6: pages have the business's name, its logo and its colour.
func TestLook(t *testing.T) {
	s := open(t, nil)
	b := s.browser(t)
	b.get("/login").has(t, "– Northwind Studio</title>", "<span>Northwind Studio</span>")
	if r := b.get("/logo"); r.status != http.StatusNotFound {
		t.Errorf("a logo that there is not: %d", r.status)
	}
	var logo bytes.Buffer
	if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 10))); err != nil {
		t.Fatal(err)
	}
	if err := s.Documents.SetLogo(ctx, logo.Bytes()); err != nil {
		t.Fatal(err)
	}
	s.Change(t, func(set *app.Settings) { set.AreaColour = "#7a1f5f" })
	b.get("/login").has(t, `<img src="/logo" alt="Northwind Studio">`, `<link rel="icon" href="/logo">`)
	if r := b.get("/logo"); r.header.Get("Content-Type") != "image/png" || r.body != logo.String() {
		t.Errorf("the logo is %d bytes, %v", len(r.body), r.header)
	}
	b.get("/style.css").has(t, "--brand: #7a1f5f;")
}

// SU-1: an admin who looks in is told so on each page, and need not choose a password that is not theirs.
func TestAdminLooksIn(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = "a password of theirs" })
	const notice = "You see the client area as Ada Lovelace does."
	for _, path := range []string{"/", "/contacts", "/details"} {
		s.as(t, id).get(path).has(t, notice)
	}
	s.Chosen(t, id)
	s.login(t, "ada@example.com", "a password of theirs").get("/").lacks(t, notice)
}
