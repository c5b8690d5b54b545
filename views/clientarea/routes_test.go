package clientarea_test

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/clientarea"
)

// invoiced gives a client an invoice, as a draft or published.
func (s *site) invoiced(t *testing.T, client int64, publish bool) int64 {
	t.Helper()
	line := billing.Line{Description: "Design <b>work</b>", Quantity: billing.One * 3 / 2, UnitPrice: money.New(1000, "GBP")}
	id, err := s.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: line}}}, "")
	if err == nil && publish {
		err = s.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// owned is a client with one of each thing, and how their paths are filled in.
type owned struct {
	id, invoice, draft, file, secretFile, contact int64
}

func (s *site) owned(t *testing.T, address string) owned {
	t.Helper()
	o := owned{id: s.Add(t, address, func(n *app.NewClient) { n.FirstName = strings.Split(address, "@")[0] })}
	o.invoice, o.draft = s.invoiced(t, o.id, true), s.invoiced(t, o.id, false)
	o.file, o.secretFile = s.file(t, o.id, "plan.pdf", "the plan of "+address, false), s.file(t, o.id, "private.txt", "for admins", true)
	contact, err := s.Contacts.Add(ctx, o.id, app.NewContact{ContactDetails: app.ContactDetails{FirstName: "Carl", LastName: "Contact", Email: "carl." + address}})
	if err != nil {
		t.Fatal(err)
	}
	o.contact = contact
	if err := s.Cards.Save(ctx, o.id, app.NewCard{Number: "4242 4242 4242 4242", Expiry: "08/29"}); err != nil {
		t.Fatal(err)
	}
	return o
}

// path fills in a route's path with what belongs to a client.
func (o owned) path(pattern string) string {
	_, path, _ := strings.Cut(pattern, " ")
	id := o.contact
	switch {
	case strings.HasPrefix(path, "/invoices/"):
		id = o.invoice
	case strings.HasPrefix(path, "/files/"):
		id = o.file
	}
	path = strings.ReplaceAll(path, "{id}", strconv.FormatInt(id, 10))
	path = strings.ReplaceAll(path, "{secret}", strings.Repeat("A", 43))
	return strings.ReplaceAll(path, "{$}", "")
}

// state is all that a visitor could have changed, as text.
func (s *site) state(t *testing.T, all ...owned) string {
	t.Helper()
	var b strings.Builder
	for _, o := range all {
		c := s.Get(t, o.id)
		c.Version = 0
		files, err := s.Files.List(ctx, o.id, 0, 10)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "%+v %+v %+v\n", c, files, must(s.Cards.Stored(ctx, o.id)))
	}
	fmt.Fprintf(&b, "%d mails", len(s.mails(t, 0)))
	return b.String()
}

// guarded says what a route must do for those who may not use it. A route that is not here fails the test.
type guarded struct {
	door    string // "open", "guest" or "client"
	foreign bool   // its path names something that belongs to somebody
}

var expected = map[string]guarded{
	"GET /style.css": {door: "open"}, "GET /logo": {door: "open"}, "GET /login": {door: "open"}, "POST /login": {door: "guest"},
	"GET /forgotten": {door: "open"}, "POST /forgotten": {door: "guest"}, "GET /reset/{secret}": {door: "open"}, "POST /reset/{secret}": {door: "guest"},
	"GET /as/{secret}": {door: "open"}, "POST /logout": {door: "client"}, "GET /password": {door: "client"}, "POST /password": {door: "client"},
	"GET /{$}": {door: "client"}, "GET /invoices": {door: "client"}, "GET /invoices/{id}": {"client", true}, "GET /invoices/{id}/pdf": {"client", true},
	"GET /files/{id}": {"client", true}, "GET /contacts": {door: "client"}, "GET /contacts/new": {door: "client"}, "POST /contacts/new": {door: "client"},
	"GET /contacts/{id}": {"client", true}, "POST /contacts/{id}": {"client", true}, "GET /contacts/{id}/delete": {"client", true},
	"POST /contacts/{id}/delete": {"client", true}, "GET /details": {door: "client"}, "POST /details": {door: "client"},
	"GET /card": {door: "client"}, "POST /card": {door: "client"}, "GET /card/remove": {door: "client"}, "POST /card/remove": {door: "client"},
}

// R17: no route lets anybody in whom it must not, or changes anything for them. Every route is tried.
func TestRoutes(t *testing.T) {
	s := open(t, nil)
	ada, bob, closed := s.owned(t, "ada@example.com"), s.owned(t, "bob@example.com"), s.owned(t, "closed@example.com")
	guest, mine, late := s.browser(t), s.as(t, ada.id), s.as(t, closed.id)
	if _, err := s.Clients.SetStatus(ctx, []int64{closed.id}, data.Closed); err != nil {
		t.Fatal(err)
	}
	late.closed(closed)
	before := s.state(t, ada, bob, closed)
	typed := url.Values{
		"first_name": {"Mallory"}, "last_name": {"Intruder"}, "email": {"mallory@example.com"}, "version": {"1"}, "password": {"a password of hers"},
		"card_number": {"5555555555554444"}, "card_expiry": {"09/30"},
	}
	withToken := func(b *browser, page string) url.Values {
		form := url.Values{}
		for key, values := range typed {
			form[key] = values
		}
		for _, m := range hidden.FindAllStringSubmatch(b.get(page).body, -1) {
			if m[1] == "token" {
				form.Set(m[1], m[2])
			}
		}
		return form
	}
	for _, pattern := range clientarea.Patterns(s.server) {
		want, listed := expected[pattern]
		if !listed {
			t.Errorf("%s is new: say here whom it lets in", pattern)
			continue
		}
		t.Run(pattern, func(t *testing.T) {
			method, _, _ := strings.Cut(pattern, " ")
			post := method == http.MethodPost
			guest, mine, late := &browser{t, s, guest.http}, &browser{t, s, mine.http}, &browser{t, s, late.http}
			if want.door == "client" {
				for _, b := range []*browser{guest, late} {
					if r := b.do(method, ada.path(pattern), withToken(b, "/login"), nil); r.status != http.StatusSeeOther || !strings.HasPrefix(r.to, "/login") {
						t.Errorf("without a session: %d to %q", r.status, r.to)
					}
				}
			}
			if post && want.door != "open" {
				b := mine
				if want.door == "guest" {
					b = guest
				}
				for name, form := range map[string]url.Values{"no token": typed, "a stranger's token": withToken(s.browser(t), "/login")} {
					if r := b.do(method, ada.path(pattern), form, nil); r.status != http.StatusForbidden {
						t.Errorf("with %s: %d", name, r.status)
					}
				}
				cross := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
				page := "/details"
				if want.door == "guest" {
					page = "/login"
				}
				if r := b.do(method, ada.path(pattern), withToken(b, page), cross); r.status != http.StatusForbidden {
					t.Errorf("from another site: %d", r.status)
				}
			}
			if want.foreign {
				form := withToken(mine, "/details")
				if !post {
					form = nil
				}
				missing := mine.do(method, strings.NewReplacer("{id}", "999999").Replace(strings.SplitN(pattern, " ", 2)[1]), form, nil)
				if r := mine.do(method, bob.path(pattern), form, nil); r.status != http.StatusNotFound || r.body != missing.body {
					t.Errorf("what is somebody else's: %d, and not what is said of what is not there", r.status)
				}
			}
			for _, other := range []string{http.MethodPut, http.MethodDelete, http.MethodPatch, "TRACE", http.MethodOptions} {
				if r := mine.do(other, ada.path(pattern), nil, nil); r.status < 400 {
					t.Errorf("%s: %d", other, r.status)
				}
			}
			for _, header := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"} {
				if guest.do(method, ada.path(pattern), nil, nil).header.Get(header) == "" {
					t.Errorf("no %s", header)
				}
			}
		})
	}
	if after := s.state(t, ada, bob, closed); after != before {
		t.Errorf("something was changed:\n%s\n%s", before, after)
	}
	for pattern := range expected {
		if !strings.Contains(strings.Join(clientarea.Patterns(s.server), "\n")+"\n", pattern+"\n") {
			t.Errorf("%s is listed here and nowhere else", pattern)
		}
	}
}

// closed checks that a client who was closed is out within one request.
func (b *browser) closed(o owned) {
	b.Helper()
	if r := b.get("/"); r.status != http.StatusSeeOther || r.to != "/login" {
		b.Errorf("a Closed client sees %d", r.status)
	}
}

// What a client does not see is not there: drafts, files for admins, and what is somebody else's.
func TestNotThere(t *testing.T) {
	s := open(t, nil)
	ada, bob := s.owned(t, "ada@example.com"), s.owned(t, "bob@example.com")
	b := s.as(t, ada.id)
	for _, path := range []string{
		fmt.Sprintf("/invoices/%d", ada.draft), fmt.Sprintf("/invoices/%d/pdf", ada.draft), fmt.Sprintf("/invoices/%d", bob.invoice), fmt.Sprintf("/files/%d", ada.secretFile),
		fmt.Sprintf("/files/%d", bob.file), fmt.Sprintf("/contacts/%d", bob.contact), fmt.Sprintf("/contacts/%d/delete", bob.contact), "/files/0", "/files/-1", "/files/x", "/nothing",
	} {
		parts := strings.Split(path, "/")
		if len(parts) > 2 {
			parts[2] = "999999"
		}
		missing := b.get(strings.Join(parts, "/"))
		if r := b.get(path); r.status != http.StatusNotFound || r.body != missing.body {
			t.Errorf("%s: %d, or another page than what is not there", path, r.status)
		}
	}
	home := b.get("/")
	home.has(t, "plan.pdf", "£15.00")
	home.lacks(t, "private.txt")
	list := b.get("/invoices")
	if n := strings.Count(list.body, "<tr>"); n != 2 { // the heads and one invoice
		t.Errorf("%d rows in the list of invoices:\n%s", n, list.body)
	}
	b.get(fmt.Sprintf("/invoices/%d", ada.invoice)).has(t, "Design &lt;b&gt;work&lt;/b&gt;", "1.5", "IBAN DE00 1234", "ada Lovelace")
	if r := b.get(fmt.Sprintf("/invoices/%d/pdf", ada.invoice)); !strings.HasPrefix(r.body, "%PDF-") || r.header.Get("Content-Type") != "application/pdf" {
		t.Errorf("the PDF: %v %.20q", r.header, r.body)
	}
}

// CA-6: each page, also one that says what is wrong, is laid out for the width of a phone, says its language to screen readers, and has a title of its own.
func TestHeadsOfPages(t *testing.T) {
	s := open(t, nil)
	ada := s.owned(t, "ada@example.com")
	guest, mine := s.browser(t), s.as(t, ada.id)
	head := regexp.MustCompile(`(?s)^<!DOCTYPE html>\s*<html lang="en">\s*<head>.*<meta name="viewport" content="width=device-width\b[^"]*">\s*<title>[^<]*\S – Northwind Studio</title>.*</head>`)
	for _, pattern := range clientarea.Patterns(s.server) {
		method, _, _ := strings.Cut(pattern, " ")
		if method != http.MethodGet {
			continue
		}
		b := mine
		if expected[pattern].door != "client" {
			b = guest
		}
		got := b.get(ada.path(pattern))
		switch pattern {
		case "GET /style.css", "GET /invoices/{id}/pdf", "GET /files/{id}": // these are no pages
			if got.status != http.StatusOK || strings.HasPrefix(got.header.Get("Content-Type"), "text/html") {
				t.Errorf("%s is a page: %d", pattern, got.status)
			}
		default:
			if !head.MatchString(got.body) {
				t.Errorf("%s: %d without a viewport, a language or a title:\n%.600s", pattern, got.status, got.body)
			}
		}
	}
}

// R18: nothing outside of what is served is reached, whatever a path says.
func TestTraversal(t *testing.T) {
	s := open(t, nil)
	b := s.as(t, s.owned(t, "ada@example.com").id)
	for _, path := range []string{
		"/../etc/passwd", "/style.css/../../clientele.db", "/%2e%2e/%2e%2e/etc/passwd", "/files/..%2f..%2fclientele.db", "/files/%2e%2e%2fconfiguration", "/..%5c..%5cwindows",
		"/files/1%00.pdf", "/style.css%00", "/layout.html", "/assets/style.css", "//style.css", "/style.css/", "/.git/config", "/files/１", "/invoices/0x1", "/invoices/1/../../etc",
	} {
		r := b.do(http.MethodGet, path, nil, nil)
		if r.status == http.StatusOK || strings.Contains(r.body, "root:") || strings.Contains(r.body, "SQLite format") || strings.Contains(r.body, "{{") {
			t.Errorf("%s: %d %.80q", path, r.status, r.body)
		}
	}
}
