package clientarea_test

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
	"clientele/views/clientarea"
)

// CA-1: what would let others read along, or leave mails without a way back, is refused before anything listens.
func TestOptions(t *testing.T) {
	s := open(t, nil)
	for name, c := range map[string]struct {
		change func(*clientarea.Options)
		words  string // empty where it is fine
	}{
		"this computer":           {func(*clientarea.Options) {}, ""},
		"its IPv6":                {func(o *clientarea.Options) { o.Listen = "[::1]:8480" }, ""},
		"others, plain":           {func(o *clientarea.Options) { o.Listen = "0.0.0.0:80" }, "without encryption"},
		"all addresses, plain":    {func(o *clientarea.Options) { o.Listen = ":80" }, "without encryption"},
		"others, TLS":             {func(o *clientarea.Options) { o.Listen, o.Cert, o.Key, o.Site = ":443", "c", "k", "https://a.example" }, ""},
		"others, TLS, no address": {func(o *clientarea.Options) { o.Listen, o.Cert, o.Key = ":443", "c", "k" }, "Set the client area address"},
		"others, proxy": {func(o *clientarea.Options) {
			o.Listen, o.Proxies, o.Site = ":80", []string{"10.0.0.1"}, "https://a.example"
		}, ""},
		"no port":     {func(o *clientarea.Options) { o.Listen = "127.0.0.1" }, "cannot listen"},
		"half of TLS": {func(o *clientarea.Options) { o.Cert = "c" }, "both the file"},
		"no proxy":    {func(o *clientarea.Options) { o.Proxies = []string{"proxy"} }, "no address of a proxy"},
		"a folder":    {func(o *clientarea.Options) { o.Site = "https://a.example/clients" }, "without a folder"},
		"no web site": {func(o *clientarea.Options) { o.Site = "ftp://a.example" }, "not one of a web site"},
	} {
		o := clientarea.Options{App: s.App, Listen: "127.0.0.1:0", Now: s.Clock.Now}
		c.change(&o)
		server, err := clientarea.New(o)
		if err == nil {
			server.Close()
		}
		if (err == nil) != (c.words == "") || err != nil && !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Only names that the site has are answered, so that no other site reaches it through a visitor's browser.
func TestNames(t *testing.T) {
	s := open(t, func(o *clientarea.Options) { o.Site = "https://clients.example.com" })
	b := s.browser(t)
	for host, want := range map[string]int{
		"clients.example.com": http.StatusOK, "CLIENTS.example.com:443": http.StatusOK, "localhost:9": http.StatusOK, "[::1]:80": http.StatusOK,
		"evil.example": http.StatusMisdirectedRequest, "clients.example.com.evil.example": http.StatusMisdirectedRequest, "192.0.2.1": http.StatusMisdirectedRequest,
	} {
		if r := b.do(http.MethodGet, "/login", nil, func(r *http.Request) { r.Host = host }); r.status != want {
			t.Errorf("%s: %d", host, r.status)
		}
	}
}

// Cookies and headers are as strict as TLS lets them be.
func TestHeaders(t *testing.T) {
	for site, secure := range map[string]bool{"": false, "https://clients.example.com": true} {
		s := open(t, func(o *clientarea.Options) { o.Site = site })
		link, err := s.ClientArea.OpenAs(ctx, s.Add(t, "ada@example.com", nil))
		if err != nil {
			t.Fatal(err)
		}
		r := s.browser(t).get("/as/" + link)
		cookie := r.header.Get("Set-Cookie")
		for part, want := range map[string]bool{"__Host-sid=": secure, "; Secure": secure, "; HttpOnly": true, "; SameSite=Lax": true, "; Path=/": true, "Domain": false} {
			if strings.Contains(cookie, part) != want {
				t.Errorf("%q: the cookie is %q", site, cookie)
			}
		}
		if (r.header.Get("Strict-Transport-Security") != "") != secure {
			t.Errorf("%q: %v", site, r.header)
		}
		if p := r.header.Get("Content-Security-Policy"); !strings.Contains(p, "default-src 'none'") || strings.Contains(p, "unsafe") || strings.Contains(p, "script") {
			t.Errorf("the policy is %q", p)
		}
		if r := s.browser(t).get("/style.css"); !strings.Contains(r.header.Get("Cache-Control"), "max-age") || !strings.Contains(r.body, "--brand: #1f5fbf") {
			t.Errorf("the style: %v", r.header)
		}
	}
}

// Where a visitor comes from is what a named proxy says, and nobody else.
func TestSource(t *testing.T) {
	s := open(t, func(o *clientarea.Options) {
		o.Listen, o.Proxies, o.Site = ":80", []string{"10.0.0.0/8"}, "https://clients.example.com"
	})
	for _, c := range []struct{ peer, forwarded, want string }{
		{"10.0.0.1:1", "203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:1", "198.51.100.1, 203.0.113.9", "203.0.113.9"},
		{"10.0.0.1:1", "203.0.113.9, 10.0.0.7", "203.0.113.9"},
		{"10.0.0.1:1", "", "10.0.0.1"},
		{"10.0.0.1:1", "nonsense", "10.0.0.1"},
		{"192.0.2.1:1", "203.0.113.9", "192.0.2.1"},
		{"[2001:db8::1]:1", "", "2001:db8::/64"},
	} {
		r := httptest.NewRequest(http.MethodGet, "http://clients.example.com/login", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := clientarea.Source(s.server, r); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
		w := httptest.NewRecorder()
		s.server.Handler().ServeHTTP(w, r)
		if proxied := strings.HasPrefix(c.peer, "10."); (w.Code == http.StatusOK) != proxied {
			t.Errorf("%s without TLS: %d", c.peer, w.Code)
		}
	}
}

// One visitor cannot ask endlessly, and others do not feel it.
func TestTooOften(t *testing.T) {
	s := open(t, func(o *clientarea.Options) { o.Unhurried = false })
	ask := func(peer string) int {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/style.css", nil)
		r.RemoteAddr = peer
		w := httptest.NewRecorder()
		s.server.Handler().ServeHTTP(w, r)
		return w.Code
	}
	for i := range 100 {
		if code := ask("127.0.0.1:1"); code != http.StatusOK {
			t.Fatalf("request %d: %d", i+1, code)
		}
	}
	if code := ask("127.0.0.1:2"); code != http.StatusTooManyRequests {
		t.Errorf("the 101st: %d", code)
	}
	if code := ask("127.0.0.2:1"); code != http.StatusOK {
		t.Errorf("somebody else: %d", code)
	}
	if s.Clock.Advance(time.Second); ask("127.0.0.1:1") != http.StatusOK {
		t.Error("a second later")
	}
}

// R16: the pages tell nobody whether an address has an account: same status, headers and bytes.
func TestSameAnswers(t *testing.T) {
	s := open(t, nil)
	s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = "a password of my own" })
	closed := s.Add(t, "eve@example.com", func(n *app.NewClient) { n.Password = "a password of my own" })
	if _, err := s.Clients.SetStatus(ctx, []int64{closed}, data.Closed); err != nil {
		t.Fatal(err)
	}
	b := s.browser(t)
	for _, page := range []string{"/login", "/forgotten"} {
		var first reply
		for i, address := range []string{"ada@example.com", "bob@example.com", "eve@example.com"} {
			r := b.fill(page, page, url.Values{"email": {address}, "password": {"not the right one"}})
			r.body = strings.ReplaceAll(r.body, address, "ADDRESS")
			r.header.Del("Date")
			if i == 0 {
				first = r
			}
			if r.status != first.status || r.body != first.body || len(r.header) != len(first.header) || r.header.Get("Content-Length") != first.header.Get("Content-Length") {
				t.Errorf("%s, %s: %d %v, and for a client %d %v", page, address, r.status, r.header, first.status, first.header)
			}
		}
	}
	if n := len(s.mails(t, 0)); n != 0 {
		t.Errorf("the answer waited for what became of it: %d mails", n)
	}
	s.settle(t)
	if n := len(s.mails(t, 0)); n != 1 {
		t.Errorf("%d mails", n)
	}
}

// PW-2, PW-3: a link that a scanner opens resets nothing: its page has a button, which does. The log has no secret, and says where the request came from.
func TestResetPage(t *testing.T) {
	var log strings.Builder
	o := apptest.Open(t)
	post := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, post, time.Minute)
	o.Change(t, func(s *app.Settings) { s.ClientAreaURL = "http://127.0.0.1" })
	s := serve(t, o, func(o *clientarea.Options) { o.Log = textLog(&log) })
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = "a password of my own" })
	b := s.browser(t)
	b.fill("/forgotten", "/forgotten", url.Values{"email": {"ada@example.com"}}).has(t, "Look into your mailbox", "2 hours")
	s.settle(t)
	if _, err := s.Outbox.SendDue(ctx, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	text := plainPart(t, must(post.Messages()[0].Parse()))
	secret := after(text, "http://127.0.0.1/reset/")
	if len(secret) != 43 || !strings.Contains(text, "simply ignore this email") {
		t.Fatalf("the mail says\n%s", text)
	}
	hash := s.Get(t, id).PasswordHash
	reset := func() bool { return s.Get(t, id).PasswordHash != hash }
	for link, status := range map[string]int{"/reset/" + secret: http.StatusOK, "/reset/" + strings.Repeat("B", 43): http.StatusNotFound} {
		for range 3 {
			if r := b.get(link); r.status != status || strings.Contains(r.body, "<button>Reset my password</button>") != (status == http.StatusOK) {
				t.Errorf("%s: %d\n%s", link, r.status, r.body)
			}
			b.do(http.MethodHead, link, nil, nil)
		}
		if reset() {
			t.Fatalf("looking at %s resets the password", link)
		}
	}
	if r := b.fill("/reset/"+secret, "/reset/"+secret, nil); r.status != http.StatusOK || !strings.Contains(r.body, "Your password was reset") || !reset() {
		t.Errorf("the button: %d\n%s", r.status, r.body)
	}
	if r := b.fill("/login", "/reset/"+secret, nil); r.status != http.StatusNotFound {
		t.Errorf("the button pressed twice: %d", r.status)
	}
	if strings.Contains(log.String(), "BBBB") || strings.Contains(log.String(), secret) || !strings.Contains(log.String(), "/reset/{secret}") {
		t.Errorf("the log: %s", log.String())
	}
	acts := map[string]string{}
	for _, a := range s.Activity(t, id) {
		acts[a.Action] = a.Details
	}
	for _, action := range []string{"client.reset-asked", "client.password-reset"} {
		if acts[action] != "From: 127.0.0.1" {
			t.Errorf("%s is in the activity log as %q", action, acts[action])
		}
	}
}

// A file that is damaged in the data is never taken for what was uploaded: the download breaks off.
func TestDamagedFile(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	s.file(t, id, "plan.pdf", strings.Repeat("plan", 100_000), false)
	b := s.as(t, id)
	if r := b.get("/files/1"); len(r.body) != 400_000 || r.header.Get("Content-Type") != "application/pdf" || r.header.Get("Content-Disposition") != "attachment; filename=plan.pdf" ||
		!strings.Contains(r.header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d bytes, %v", len(r.body), r.header)
	}
	page := s.file(t, id, "page.html", "<script>alert(1)</script>", false)
	if r := b.get(fmt.Sprintf("/files/%d", page)); r.header.Get("Content-Type") != "application/octet-stream" || !strings.HasPrefix(r.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("a page that was uploaded is sent as one: %v", r.header)
	}
	db, err := sql.Open("sqlite", apptest.Path(s.Folder))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("UPDATE blob_chunks SET bytes = zeroblob(length(bytes)) WHERE n = 0"); err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.web.URL+"/files/1", nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := b.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer got.Body.Close()
	if all, err := io.ReadAll(got.Body); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("%d bytes of a damaged file came whole: %v", len(all), err)
	}
}

// What a visitor types comes back as text, never as a part of the page, and in the language that they read.
func TestForms(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	s.Add(t, "bob@example.com", func(n *app.NewClient) { n.LastName = "Secret" })
	b := s.as(t, id)
	evil := `"><script>alert(1)</script>`
	r := b.fill("/contacts/new", "/contacts/new", url.Values{"first_name": {evil}, "last_name": {""}, "email": {"no address"}, "client_id": {"2"}})
	if r.status != http.StatusUnprocessableEntity {
		t.Fatal(r.status)
	}
	r.has(t, "&lt;script&gt;", "Enter this, please", "Enter an email address", `aria-invalid="true"`)
	r.lacks(t, "<script>")
	form := url.Values{"first_name": {"Carl"}, "last_name": {"Contact"}, "email": {"carl@example.com"}, "gets.invoice": {"1"}}
	key := hidden.FindAllStringSubmatch(b.get("/contacts/new").body, -1)
	for _, m := range key {
		form.Set(m[1], m[2])
	}
	for range 2 { // the button pressed twice
		if r := b.do(http.MethodPost, "/contacts/new", form, nil); r.to != "/contacts?done=contact" {
			t.Errorf("%d %s", r.status, r.body)
		}
	}
	c := s.Get(t, id)
	if len(c.Contacts) != 1 || !c.Contacts[0].MailInvoice || c.Contacts[0].MailGeneral {
		t.Fatalf("%+v", c.Contacts)
	}
	b.fill("/contacts/1/delete", "/contacts/1/delete", nil)
	if c := s.Get(t, id); len(c.Contacts) != 0 {
		t.Error("the contact is still there")
	}
	details := url.Values{"email": {"bob@example.com"}, "current_password": {"x"}, "status": {"Closed"}}
	b.fill("/details", "/details", details).lacks(t, "Secret") // whose address it is, is no client's business
	if c := s.Get(t, id); c.Email != "ada@example.com" || c.Status != data.Active {
		t.Errorf("%+v", c)
	}
}

// A page is in the client's language; where nobody is logged in, or there are no texts in it, in the one that the browser asks for first of those that there are.
func TestLanguages(t *testing.T) {
	s := open(t, nil)
	asks := func(b *browser, path, languages string) reply {
		return b.do(http.MethodGet, path, nil, func(r *http.Request) { r.Header.Set("Accept-Language", languages) })
	}
	asks(s.browser(t), "/login", "de-AT,en;q=0.5").has(t, `<html lang="de">`, "Anmelden", "Passwort vergessen?")
	asks(s.browser(t), "/login", "xx, en-GB;q=0.9, de;q=0.5").has(t, `<html lang="en">`, "Log in")
	client := func(language string) *browser {
		return s.as(t, s.Add(t, language+"@example.com", func(n *app.NewClient) { n.Language = language }))
	}
	german := client("de")
	for path, words := range map[string][]string{
		"/":                   {"Willkommen, Ada Lovelace", "Zu bezahlen", "Offene Rechnungen", "Abmelden"},
		"/invoices":           {"Rechnungen"},
		"/contacts":           {"Kontakt hinzufügen"},
		"/details":            {"Meine Daten", "Vorname"},
		"/card":               {"Karte speichern", "Gültig bis"},
		"/invoices/999999":    {"Hier ist nichts"},
		"/contacts/new?x=yes": {"Neuer Kontakt"},
	} {
		r := asks(german, path, "en")
		r.has(t, append(words, `<html lang="de">`)...)
		r.lacks(t, "Log out", "Overview", "My details")
	}
	if r := german.fill("/card", "/card", url.Values{"card_number": {"1"}}); !strings.Contains(r.body, "Das ist keine Kartennummer.") {
		t.Errorf("what is wrong is not said in German:\n%s", r.body)
	}
	asks(client("fr"), "/", "de, en;q=0.5").has(t, `<html lang="de">`, "Willkommen")
}
