package clientarea_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/data"
)

const chosen = "a password of my own"

// CA-2: a log-in leads to the page that was asked for, and to no other site. A log-out ends the session for whoever has its cookie.
func TestLoginPage(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = chosen })
	s.Chosen(t, id)
	b := s.browser(t)
	asked := b.get("/contacts").to
	if asked != "/login?to=%2Fcontacts" {
		t.Errorf("without a session it leads to %q", asked)
	}
	typed := url.Values{"email": {"ada@example.com"}, "password": {"not this one"}}
	if r := b.fill(asked, "/login", typed); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, `name="to" value="/contacts"`) || !strings.Contains(r.body, `value="ada@example.com"`) {
		t.Errorf("after a wrong password: %d\n%s", r.status, r.body)
	}
	typed.Set("password", chosen)
	if r := b.fill(asked, "/login", typed); r.status != http.StatusSeeOther || r.to != "/contacts" {
		t.Fatalf("%d to %q", r.status, r.to)
	}
	if r := b.get("/contacts"); r.status != http.StatusOK {
		t.Errorf("logged in: %d", r.status)
	}
	if r := b.get("/login"); r.to != "/" {
		t.Errorf("whoever is logged in is asked to log in: %d", r.status)
	}
	if a := s.Activity(t, id)[0]; a.Action != "client.login" || a.Details != "From: 127.0.0.1" {
		t.Errorf("the activity log says %s: %s", a.Action, a.Details)
	}
	address, err := url.Parse(s.web.URL)
	if err != nil {
		t.Fatal(err)
	}
	thief := s.browser(t)
	thief.http.Jar.SetCookies(address, b.http.Jar.Cookies(address))
	if r := thief.get("/contacts"); r.status != http.StatusOK {
		t.Fatalf("the cookie is not all that there is to a session: %d", r.status)
	}
	if r := b.fill("/contacts", "/logout", nil); r.to != "/login" {
		t.Errorf("the log-out: %d to %q", r.status, r.to)
	}
	if got := b.http.Jar.Cookies(address); strings.Contains(cookieNames(got), "sid") {
		t.Errorf("the cookie stays: %s", cookieNames(got))
	}
	for name, b := range map[string]*browser{"the browser": b, "a kept cookie": thief} {
		if r := b.get("/contacts"); r.status != http.StatusSeeOther || !strings.HasPrefix(r.to, "/login") {
			t.Errorf("after the log-out %s still gets %d", name, r.status)
		}
	}
	for _, to := range []string{"https://evil.example/", "//evil.example", `/contacts\..\\evil.example`, "/logout", "javascript:alert(1)", "/invoices\r\nSet-Cookie: x=y"} {
		typed.Set("to", to)
		if r := s.browser(t).fill("/login", "/login", typed); r.to != "/" {
			t.Errorf("a log-in with %q leads to %q", to, r.to)
		}
	}
}

func cookieNames(all []*http.Cookie) string {
	var names []string
	for _, c := range all {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}

// PW-6, CA-5: whoever logs in with a password that somebody else knows can only choose an own one; then that session alone goes on.
func TestChooseAPassword(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = chosen })
	b, elsewhere := s.login(t, "ada@example.com", chosen), s.login(t, "ada@example.com", chosen)
	for _, path := range []string{"/", "/contacts", "/details", "/card", "/invoices"} {
		if r := b.get(path); r.to != "/password" {
			t.Errorf("%s: %d to %q", path, r.status, r.to)
		}
	}
	if r := b.fill("/password", "/contacts/new", url.Values{"first_name": {"A"}, "last_name": {"B"}, "email": {"a@example.org"}}); r.to != "/password" || len(s.Get(t, id).Contacts) != 0 {
		t.Errorf("a form: %d to %q", r.status, r.to)
	}
	b.get("/password").has(t, "Choose your own password", "was made by us", "Log out")
	for words, typed := range map[string][3]string{
		"The two are not the same.":                {chosen, "one that nobody knows", "one that nobody knew"},
		"This is not your current password.":       {"wrong", "one that nobody knows", "one that nobody knows"},
		"Choose a password of at least 12 charact": {chosen, chosen, chosen},
	} {
		r := b.fill("/password", "/password", url.Values{"current_password": {typed[0]}, "password": {typed[1]}, "repeated": {typed[2]}})
		if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, words) {
			t.Errorf("%s: %d\n%s", words, r.status, r.body)
		}
	}
	const own = "one that nobody knows"
	if r := b.fill("/password", "/password", url.Values{"current_password": {chosen}, "password": {own}, "repeated": {own}}); r.to != "/?done=password" {
		t.Fatalf("%d to %q\n%s", r.status, r.to, r.body)
	}
	b.get("/?done=password").has(t, "Your password was changed.", "Welcome, Ada Lovelace")
	if r := elsewhere.get("/password"); !strings.HasPrefix(r.to, "/login") {
		t.Errorf("the other session goes on: %d", r.status)
	}
	if r := s.login(t, "ada@example.com", own).get("/"); r.status != http.StatusOK {
		t.Errorf("with the own password: %d to %q", r.status, r.to)
	}
}

// PW-4, PW-6: who tries too often is told to wait, and who comes with a mailed password after its time, what to do.
func TestLoginSays(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = chosen })
	b := s.browser(t)
	expires := s.Clock.Now().Add(time.Hour).UnixMilli()
	hash := s.Get(t, id).PasswordHash
	if err := s.Store.Write(ctx, func(tx *data.Tx) error { return tx.SetPassword(id, hash, true, expires) }); err != nil {
		t.Fatal(err)
	}
	s.Clock.Advance(time.Hour)
	r := b.fill("/login", "/login", url.Values{"email": {"ada@example.com"}, "password": {chosen}})
	r.has(t, "The password from the mail is no longer valid.")
	for i := range 6 {
		r = b.fill("/login", "/login", url.Values{"email": {"bob@example.com"}, "password": {"no"}})
		if r.status != http.StatusUnprocessableEntity || strings.Contains(r.body, "There were too many tries. Wait some minutes") != (i == 5) {
			t.Errorf("try %d: %d\n%s", i+1, r.status, r.body)
		}
	}
}
