package app_test

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

const (
	own   = "a password of my own"
	other = "another one of my own"
	here  = "192.0.2.1"
)

// portal is an office with one client who has a password.
func portal(t *testing.T, o *apptest.Office) int64 {
	t.Helper()
	o.Change(t, func(s *app.Settings) {
		s.ClientAreaURL, s.MailFrom, s.BusinessName = "https://clients.example.com/", "office@example.com", "Northwind Studio"
	})
	id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = own })
	o.Chosen(t, id)
	return id
}

func enter(t *testing.T, o *apptest.Office, address, password string) string {
	t.Helper()
	secret, err := o.ClientArea.Login(ctx, address, password, here)
	if err != nil {
		t.Fatalf("%s: %v", address, err)
	}
	return secret
}

// inside tells whether a session is one.
func inside(t *testing.T, o *apptest.Office, secret string) bool {
	t.Helper()
	_, err := o.ClientArea.Visit(ctx, secret)
	if err != nil && !errors.Is(err, app.ErrNoSession) {
		t.Fatal(err)
	}
	return err == nil
}

func TestLogin(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := portal(t, o)
		secret := enter(t, o, " ADA@example.com ", own)
		v, err := o.ClientArea.Visit(ctx, secret)
		if err != nil || v.Client.ID != id || v.Admin != "" || v.MustChange() {
			t.Errorf("%+v %v", v, err)
		}
		for _, wrong := range []string{"", "x", strings.ToUpper(secret), secret[:42], secret + "A", strings.Repeat("A", 43)} {
			if inside(t, o, wrong) {
				t.Errorf("%q is a session", wrong)
			}
		}
		if err := o.ClientArea.Logout(ctx, v); err != nil || inside(t, o, secret) {
			t.Errorf("after the log-out: %v", err)
		}
		if page, err := o.Log.List(ctx, app.LogFilter{ClientID: id, Kind: app.LogLogins}, data.ActivityPlace{}, 10); err != nil || len(page) != 1 || !strings.Contains(page[0].Details, here) || page[0].Who != "Ada Lovelace" {
			t.Errorf("the log: %+v %v", page, err)
		}
		setStatus(t, o, id, data.Inactive) // CL-10: who has no active services can log in all the same
		if !inside(t, o, enter(t, o, "ada@example.com", own)) {
			t.Error("an Inactive client is not let in")
		}
	})
}

// PW-5: a password that an admin typed, for a new client or on the Profile, opens the client area, where another one has to be chosen first. Sessions end with it.
func TestTypedPassword(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = own })
	mustChoose := func(password string) {
		t.Helper()
		v, err := o.ClientArea.Visit(ctx, enter(t, o, "ada@example.com", password))
		if err != nil || !v.MustChange() {
			t.Fatalf("%+v %v", v, err)
		}
		if _, err := o.ClientArea.ChangePassword(ctx, v, password, password); app.CodeOf(err) != app.Invalid {
			t.Errorf("the same one again: %v", err)
		}
		secret, err := o.ClientArea.ChangePassword(ctx, v, password, "one that nobody else knows")
		if err != nil {
			t.Fatal(err)
		}
		if v, err := o.ClientArea.Visit(ctx, secret); err != nil || v.MustChange() {
			t.Errorf("after the change: %+v %v", v, err)
		}
	}
	mustChoose(own)
	c := o.Get(t, id)
	update(t, o, c, app.ProfileOf(c), "")
	if after := o.Get(t, id); after.PasswordHash != c.PasswordHash || after.PasswordMustChange {
		t.Error("an empty field changed the password")
	}
	update(t, o, c, app.ProfileOf(c), other)
	mustChoose(other)
}

// R16: whoever has no account here, a wrong password, no password, or is Closed, gets the same answer for the same work.
func TestLoginTellsNothing(t *testing.T) {
	o := apptest.Open(t)
	portal(t, o)
	o.Add(t, "none@example.com", nil)
	closed := o.Add(t, "closed@example.com", func(n *app.NewClient) { n.Password = own })
	if _, err := o.Clients.SetStatus(ctx, []int64{closed}, data.Closed); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ address, password string }{
		{"ada@example.com", "not the right one"}, {"nobody@example.com", own}, {"none@example.com", own}, {"closed@example.com", own}, {"none@example.com", ""}, {"", ""},
	} {
		before := app.Verified()
		_, err := o.ClientArea.Login(ctx, c.address, c.password, here)
		if !errors.Is(err, app.ErrWrongLogin) || app.Verified() != before+1 {
			t.Errorf("%+v: %v, with %d comparisons", c, err, app.Verified()-before)
		}
	}
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", strings.Repeat("x", 257), here); !errors.Is(err, app.ErrWrongLogin) {
		t.Errorf("a very long password: %v", err)
	}
}

// PW-6: after five wrong passwords an account can be tried once a minute, then less often; also for an address that is nobody's, and after a restart.
func TestLoginIsSlowedDown(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		portal(t, o)
		for _, address := range []string{"ada@example.com", "nobody@example.com"} {
			try := func() error {
				_, err := o.ClientArea.Login(ctx, address, "not the right one", here)
				return err
			}
			for i := range 5 {
				if err := try(); !errors.Is(err, app.ErrWrongLogin) {
					t.Fatalf("%s, try %d: %v", address, i+1, err)
				}
			}
			for _, wait := range []time.Duration{1, 2, 4, 8, 15, 15} {
				o.Use(nil) // as after a restart
				if err := try(); app.CodeOf(err) != app.TooMany {
					t.Errorf("%s: %v", address, err)
				}
				o.Clock.Advance(wait*time.Minute - time.Second)
				if err := try(); app.CodeOf(err) != app.TooMany {
					t.Errorf("%s, a second too early: %v", address, err)
				}
				o.Clock.Advance(time.Second)
				if err := try(); !errors.Is(err, app.ErrWrongLogin) {
					t.Errorf("%s, after %d minutes: %v", address, wait, err)
				}
			}
		}
		o.Clock.Advance(15 * time.Minute)
		enter(t, o, "ada@example.com", own) // and that forgets the failures
		for range 4 {
			if _, err := o.ClientArea.Login(ctx, "ada@example.com", "no", here); !errors.Is(err, app.ErrWrongLogin) {
				t.Error(err)
			}
		}
		enter(t, o, "ada@example.com", own)
		slowed := map[string]bool{}
		for _, l := range s(o.Log.List(ctx, app.LogFilter{Kind: app.LogLogins}, data.ActivityPlace{}, 100)) {
			if l.Action == "client.login-slowed" && l.Details == "From: "+here {
				slowed[l.Client+l.Subject] = true
			}
		}
		if len(slowed) != 2 || !slowed["Ada LovelaceAda Lovelace"] || !slowed["an unknown address"] {
			t.Errorf("slowed down in the log: %v", slowed)
		}
	})
}

// PW-6: the current password cannot be guessed by whoever has a session, however long it is open.
func TestCurrentPasswordIsSlowedDown(t *testing.T) {
	o := apptest.Open(t)
	portal(t, o)
	v, err := o.ClientArea.Visit(ctx, enter(t, o, "ada@example.com", own))
	if err != nil {
		t.Fatal(err)
	}
	change := func(current string) error { return second(o.ClientArea.ChangePassword(ctx, v, current, other)) }
	for i := range 10 {
		if err := change("not the right one"); app.CodeOf(err) != app.Invalid {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	if err := change(own); app.CodeOf(err) != app.TooMany {
		t.Errorf("the 11th try: %v", err)
	}
	o.Clock.Advance(15 * time.Minute)
	if err := change(own); err != nil {
		t.Errorf("later: %v", err)
	}
}

// PW-6: links of resets cannot be tried out without end.
func TestConfirmationsAreLimited(t *testing.T) {
	o := apptest.Open(t)
	last := mailbox(t, o)
	portal(t, o)
	secret := asked(t, o, last)
	for i := range 20 {
		if err := o.ClientArea.ConfirmReset(ctx, strings.Repeat("A", 43), here); !errors.Is(err, app.ErrNoReset) {
			t.Fatalf("try %d: %v", i+1, err)
		}
	}
	if err := o.ClientArea.ConfirmReset(ctx, secret, here); app.CodeOf(err) != app.TooMany {
		t.Errorf("the 21st try: %v", err)
	}
	if err := o.ClientArea.ConfirmReset(ctx, secret, "198.51.100.7"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
}

// Tries at the same moment are counted before they are made.
func TestLoginAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		portal(t, o)
		var tried atomic.Int64
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := o.ClientArea.Login(ctx, "ada@example.com", "not the right one", here); errors.Is(err, app.ErrWrongLogin) {
					tried.Add(1)
				}
			})
		}
		wg.Wait()
		if n := tried.Load(); n != 5 {
			t.Errorf("%d of 20 were tried", n)
		}
	})
}

func TestLoginsOfOneSource(t *testing.T) {
	o := apptest.Open(t)
	portal(t, o)
	for i := range 20 {
		_, err := o.ClientArea.Login(ctx, string(rune('a'+i))+"@example.net", "no", here)
		if !errors.Is(err, app.ErrWrongLogin) {
			t.Fatal(err)
		}
	}
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", own, here); app.CodeOf(err) != app.TooMany {
		t.Errorf("the 21st try: %v", err)
	}
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", own, "198.51.100.7"); err != nil {
		t.Errorf("from elsewhere: %v", err)
	}
}

// CA-2: what ends a session, each within one request.
func TestSessionsEnd(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := portal(t, o)
		for name, end := range map[string]func(){
			"closed by status":    func() { setStatus(t, o, id, data.Closed) },
			"closed and reopened": func() { setStatus(t, o, id, data.Closed); setStatus(t, o, id, data.Active) },
			"closed with all": func() {
				if err := o.Clients.Close(ctx, id, o.Get(t, id).Version); err != nil {
					t.Fatal(err)
				}
			},
			"password by an admin": func() { c := o.Get(t, id); update(t, o, c, app.ProfileOf(c), own) },
			"idle":                 func() { o.Clock.Advance(30 * time.Minute) },
			"clock set back":       func() { o.Clock.Advance(-time.Hour) },
		} {
			setStatus(t, o, id, data.Active)
			secret := enter(t, o, "ada@example.com", own)
			if !inside(t, o, secret) {
				t.Fatalf("%s: not even logged in", name)
			}
			if end(); inside(t, o, secret) {
				t.Errorf("%s: still logged in", name)
			}
			o.Clock.Advance(2 * time.Hour)
		}
		setStatus(t, o, id, data.Active)
		secret := enter(t, o, "ada@example.com", own)
		for range 12*3 - 1 { // 20 minutes each: never idle
			o.Clock.Advance(20 * time.Minute)
			if !inside(t, o, secret) {
				t.Fatal("a session that is used ended early")
			}
		}
		if o.Clock.Advance(20 * time.Minute); inside(t, o, secret) {
			t.Error("a session lasted longer than 12 hours")
		}
	})
}

func setStatus(t *testing.T, o *apptest.Office, id int64, s data.Status) {
	t.Helper()
	if _, err := o.Clients.SetStatus(ctx, []int64{id}, s); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, o *apptest.Office, c app.Client, p app.Profile, password string) {
	t.Helper()
	if err := o.Clients.Update(ctx, c.ID, c.Version, p, password); err != nil {
		t.Fatal(err)
	}
}

// mailbox is an office whose mails arrive, and how the last one reads.
func mailbox(t *testing.T, o *apptest.Office) (last func() string) {
	t.Helper()
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, time.Minute)
	return func() string {
		t.Helper()
		if _, err := o.Outbox.SendDue(ctx, app.Quiet{}); err != nil {
			t.Fatal(err)
		}
		all := server.Messages()
		if len(all) == 0 {
			return ""
		}
		return plainPart(t, all[len(all)-1])
	}
}

// plainPart is the text of a mail that arrived.
func plainPart(t *testing.T, m mailtest.Message) string {
	t.Helper()
	got, err := m.Parse()
	if err != nil {
		t.Fatal(err)
	}
	_, params, err := mime.ParseMediaType(got.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	part, err := multipart.NewReader(got.Body, params["boundary"]).NextPart() // which takes the encoding off
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(part)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// word is the word after a mark in a text.
func word(text, mark string) string {
	_, rest, _ := strings.Cut(text, mark)
	words := strings.Fields(rest)
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// asked asks for a reset and returns the secret of the link that was mailed.
func asked(t *testing.T, o *apptest.Office, last func() string) string {
	t.Helper()
	if err := o.ClientArea.RequestReset(ctx, "Ada@Example.com", here); err != nil {
		t.Fatal(err)
	}
	secret := word(last(), "https://clients.example.com/reset/")
	if len(secret) != 43 {
		t.Fatalf("no link in the mail: %q", secret)
	}
	return secret
}

// R15: the link is good for two hours to the second, once, and not after anything newer.
func TestReset(t *testing.T) {
	o := apptest.Open(t)
	last := mailbox(t, o)
	id := portal(t, o)
	late := asked(t, o, last)
	if o.Clock.Advance(2 * time.Hour); good(t, o, late) || !errors.Is(o.ClientArea.ConfirmReset(ctx, late, here), app.ErrNoReset) {
		t.Error("the link is good after two hours")
	}
	early := asked(t, o, last)
	o.Clock.Advance(2*time.Hour - time.Second)
	session := enter(t, o, "ada@example.com", own)
	if !good(t, o, early) {
		t.Fatal("the link is not good for two hours")
	}
	if err := o.ClientArea.ConfirmReset(ctx, early, here); err != nil {
		t.Fatal(err)
	}
	password := word(last(), "Password:")
	if len(password) != 16 || inside(t, o, session) {
		t.Errorf("password %q; the old session goes on: %v", password, inside(t, o, session))
	}
	if err := o.ClientArea.ConfirmReset(ctx, early, here); !errors.Is(err, app.ErrNoReset) {
		t.Errorf("used twice: %v", err)
	}
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", own, here); !errors.Is(err, app.ErrWrongLogin) {
		t.Errorf("the old password: %v", err)
	}
	c := o.Get(t, id)
	if !c.PasswordMustChange || c.PasswordExpiresAt == nil || strings.Contains(c.PasswordHash, password) {
		t.Errorf("%+v", c)
	}
	v, err := o.ClientArea.Visit(ctx, enter(t, o, "ada@example.com", password))
	if err != nil || !v.MustChange() {
		t.Errorf("the mailed password need not be changed: %v", err)
	}
	for _, m := range s(o.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 50)) {
		view, err := o.Mails.View(ctx, m.ID)
		if err != nil || strings.Contains(view.BodyText+view.BodyHTML, password) || strings.Contains(view.BodyText+view.BodyHTML, early) {
			t.Errorf("the mail log shows a secret: %v", err)
		}
	}
	o.Clock.Advance(7 * 24 * time.Hour)
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", password, here); !errors.Is(err, app.ErrPasswordExpired) {
		t.Errorf("a week later: %v", err)
	}
}

func s[T any](all []T, err error) []T {
	if err != nil {
		panic(err)
	}
	return all
}

func good(t *testing.T, o *apptest.Office, secret string) bool {
	t.Helper()
	good, err := o.ClientArea.ResetGood(ctx, secret)
	if err != nil {
		t.Fatal(err)
	}
	return good
}

// What voids a link that was not used yet.
func TestResetIsVoided(t *testing.T) {
	o := apptest.Open(t)
	last := mailbox(t, o)
	id := portal(t, o)
	for name, act := range map[string]func(){
		"a newer request": func() { asked(t, o, last) },
		"a new password":  func() { c := o.Get(t, id); update(t, o, c, app.ProfileOf(c), own) },
		"another address": func() {
			c := o.Get(t, id)
			p := app.ProfileOf(c)
			p.Email = "countess@example.com"
			update(t, o, c, p, "")
			c = o.Get(t, id)
			p.Email = "ada@example.com"
			update(t, o, c, p, "")
		},
		"closed":              func() { setStatus(t, o, id, data.Closed) },
		"closed and reopened": func() { setStatus(t, o, id, data.Closed); setStatus(t, o, id, data.Active) },
	} {
		o.Clock.Advance(3 * time.Hour)
		setStatus(t, o, id, data.Active)
		secret := asked(t, o, last)
		if !good(t, o, secret) {
			t.Fatalf("%s: the link was never good", name)
		}
		if act(); good(t, o, secret) || !errors.Is(o.ClientArea.ConfirmReset(ctx, secret, here), app.ErrNoReset) {
			t.Errorf("%s: the older link is still good", name)
		}
	}
}

// R15, R14: of fifty at once exactly one succeeds; and a clock that is set back brings no link back to life.
func TestResetAtOnce(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		last := mailbox(t, o)
		portal(t, o)
		secret := asked(t, o, last)
		var done, refused atomic.Int64
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				switch err := o.ClientArea.ConfirmReset(ctx, secret, string(rune('a'+i))); {
				case err == nil:
					done.Add(1)
				case errors.Is(err, app.ErrNoReset):
					refused.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if done.Load() != 1 || refused.Load() != 49 {
			t.Errorf("%d of 50 succeeded, %d were refused", done.Load(), refused.Load())
		}
		secret = asked(t, o, last)
		o.Clock.Advance(3 * time.Hour)
		o.Add(t, "noted@example.com", nil) // the log has the time now
		if o.Clock.Advance(-2 * time.Hour); good(t, o, secret) {
			t.Error("a clock that was set back revives the link")
		}
	})
}

// PW-2, R16: nothing goes to those who have no account, are Closed, or asked too often, and all of them are answered alike.
func TestResetTellsNothing(t *testing.T) {
	o := apptest.Open(t)
	id := portal(t, o)
	closed := o.Add(t, "closed@example.com", nil)
	setStatus(t, o, closed, data.Closed)
	mails := func(id int64) int { return len(s(o.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 100))) }
	for i := range 5 {
		from := string(rune('a' + i))
		for _, address := range []string{"ada@example.com", "closed@example.com", "nobody@example.com", "", "ada@example.com\r\nBcc: x@example.com", strings.Repeat("x", 10_000)} {
			if err := o.ClientArea.RequestReset(ctx, address, from); err != nil {
				t.Errorf("%.30q: %v", address, err)
			}
		}
	}
	if mails(id) != 3 || mails(closed) != 0 || mails(0) != 3 {
		t.Errorf("%d mails to the client, %d to the Closed one, %d in all", mails(id), mails(closed), mails(0))
	}
	o.Clock.Advance(time.Hour)
	for range 12 {
		if err := o.ClientArea.RequestReset(ctx, "nobody@example.com", here); err != nil {
			t.Fatal(err)
		}
	}
	if err := o.ClientArea.RequestReset(ctx, "ada@example.com", here); err != nil || mails(id) != 3 {
		t.Errorf("from one source more than ten are answered: %v", err)
	}
	if _, err := o.ClientArea.Login(ctx, "ada@example.com", own, here); err != nil {
		t.Errorf("asking for resets locks the account: %v", err)
	}
}

// SU-1: an admin's link is good once, for a minute, and what they do is under their name.
func TestOpenAs(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := portal(t, o)
		link := func() string {
			l, err := o.ClientArea.OpenAs(ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			return l
		}
		l := link()
		secret, err := o.ClientArea.EnterAs(ctx, l)
		if err != nil {
			t.Fatal(err)
		}
		v, err := o.ClientArea.Visit(ctx, secret)
		if err != nil || v.Admin != "Alex Admin" || v.Client.ID != id {
			t.Errorf("%+v %v", v, err)
		}
		if _, err := o.ClientArea.EnterAs(ctx, l); !errors.Is(err, app.ErrNoSession) {
			t.Errorf("twice: %v", err)
		}
		if _, err := o.ClientArea.ChangePassword(ctx, v, own, other); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("the admin changes the password: %v", err)
		}
		if _, err := o.ClientArea.AddContact(ctx, v, app.NewContact{ContactDetails: app.ContactDetails{FirstName: "C", LastName: "D", Email: "c@example.com"}}); err != nil {
			t.Fatal(err)
		}
		page, err := o.Log.List(ctx, app.LogFilter{ClientID: id}, data.ActivityPlace{}, 2)
		if err != nil || len(page) != 2 || page[0].Who != "Alex Admin as Ada Lovelace" || page[1].Who != "Alex Admin" || page[1].Action != "client.opened-as" {
			t.Errorf("the log: %+v %v", page, err)
		}
		l = link()
		if o.Clock.Advance(time.Minute); !errors.Is(second(o.ClientArea.EnterAs(ctx, l)), app.ErrNoSession) {
			t.Error("after a minute")
		}
		l = link()
		if setStatus(t, o, id, data.Closed); !errors.Is(second(o.ClientArea.EnterAs(ctx, l)), app.ErrNoSession) {
			t.Error("of a Closed client")
		}
		if _, err := o.ClientArea.OpenAs(ctx, id); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("for a Closed client: %v", err)
		}
	})
}

func second[T any](_ T, err error) error { return err }

// CA-5: own details and password; what is locked or no client's business stays, whatever is sent.
func TestOwnDetails(t *testing.T) {
	o := apptest.Open(t)
	last := mailbox(t, o)
	id := portal(t, o)
	o.Change(t, func(s *app.Settings) { s.LockedFields = []string{app.FieldCompany, app.FieldCategory} })
	visit := func() app.Visitor {
		v, err := o.ClientArea.Visit(ctx, enter(t, o, o.Get(t, id).Email, own))
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v := visit()
	d, err := o.ClientArea.Details(ctx, v)
	if err != nil || !slices.Equal(d.Locked, []string{app.FieldCompany, app.FieldCategory}) {
		t.Fatalf("%+v %v", d, err)
	}
	d.Values[app.FieldCompany], d.Values[app.FieldCity], d.Wants = "Another Ltd", "London", map[app.Category]bool{}
	for _, key := range []string{app.FieldStatus, app.FieldNotes, app.FieldCredit, app.FieldCurrency, app.FieldGroup, app.FieldPassword, app.FieldPayment} {
		d.Values[key] = "Closed"
	}
	if err := o.ClientArea.ChangeDetails(ctx, v, d, ""); err != nil {
		t.Fatal(err)
	}
	c := o.Get(t, id)
	if c.City != "London" || c.Company != "" || !c.MailGeneral || c.Status != data.Active || c.Notes != "" || c.Currency != "GBP" || c.PaymentMethod != "" {
		t.Errorf("%+v", c.Client)
	}
	if err := o.ClientArea.ChangeDetails(ctx, v, d, ""); app.CodeOf(err) != app.Conflict {
		t.Errorf("an older version: %v", err)
	}
	d.Version, d.Values[app.FieldEmail] = c.Version, "countess@example.com"
	for _, wrong := range []string{"", other} {
		if err := o.ClientArea.ChangeDetails(ctx, v, d, wrong); !slices.Equal(fields(err), []string{app.FieldCurrent}) {
			t.Errorf("with the password %q: %v", wrong, err)
		}
	}
	if err := o.ClientArea.ChangeDetails(ctx, v, d, own); err != nil {
		t.Fatal(err)
	}
	last()
	m := s(o.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 1))[0]
	if m.ToLine != "ada@example.com" || m.State != data.MailSent || o.Get(t, id).Email != "countess@example.com" {
		t.Errorf("%+v", m)
	}
}

func TestChangePassword(t *testing.T) {
	o := apptest.Open(t)
	id := portal(t, o)
	first, elsewhere := enter(t, o, "ada@example.com", own), enter(t, o, "ada@example.com", own)
	v, err := o.ClientArea.Visit(ctx, first)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		current, password, field string
	}{
		{"wrong", other, app.FieldCurrent}, {own, "", app.FieldPassword}, {own, "short", app.FieldPassword}, {own, own, app.FieldPassword}, {own, "ada@example.com", app.FieldPassword},
	} {
		if _, err := o.ClientArea.ChangePassword(ctx, v, c.current, c.password); !slices.Equal(fields(err)[:1], []string{c.field}) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	fresh, err := o.ClientArea.ChangePassword(ctx, v, own, other)
	if err != nil {
		t.Fatal(err)
	}
	if inside(t, o, first) || inside(t, o, elsewhere) || !inside(t, o, fresh) {
		t.Error("not exactly the new session goes on")
	}
	if _, err := o.ClientArea.ChangePassword(ctx, v, own, "yet another one of mine"); err == nil {
		t.Error("an ended session changes the password")
	}
	enter(t, o, "ada@example.com", other)
	if m := s(o.Mails.List(ctx, app.MailFilter{ClientID: id}, 0, 1)); len(m) != 1 || m[0].ToLine != "ada@example.com" {
		t.Errorf("the client is not told: %+v", m)
	}
}

// CO-7: a client adds contacts alone, but not without end.
func TestOwnContactsHaveALimit(t *testing.T) {
	o := apptest.Open(t)
	id := portal(t, o)
	v, err := o.ClientArea.Visit(ctx, enter(t, o, "ada@example.com", own))
	if err != nil {
		t.Fatal(err)
	}
	err = o.Store.Write(ctx, func(tx *data.Tx) error {
		for i := range 199 {
			if err := tx.InsertContact(&data.Contact{ClientID: id, FirstName: "A", LastName: "B", Email: fmt.Sprintf("c%d@example.com", i)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []app.Code{"", app.NotAllowed} {
		n := app.NewContact{ContactDetails: person("One", "More", fmt.Sprintf("more%d@example.com", i))}
		if _, err := o.ClientArea.AddContact(ctx, v, n); app.CodeOf(err) != want {
			t.Errorf("with %d contacts: %v", len(contacts(t, o, id)), err)
		}
	}
}
