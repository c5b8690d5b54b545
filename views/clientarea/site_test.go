package clientarea_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/views/clientarea"
)

var ctx = context.Background()

// site is the client area of an office under test.
type site struct {
	*apptest.Office
	server *clientarea.Server
	web    *httptest.Server
}

func open(t testing.TB, change func(*clientarea.Options)) *site {
	t.Helper()
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) {
		s.BusinessName, s.MailFrom, s.BankDetails = "Northwind Studio", "office@example.com", "IBAN DE00 1234"
		s.ClientAreaURL = "http://127.0.0.1"
	})
	return serve(t, o, change)
}

func serve(t testing.TB, o *apptest.Office, change func(*clientarea.Options)) *site {
	t.Helper()
	options := clientarea.Options{App: o.App, Listen: "127.0.0.1:0", Now: o.Clock.Now, Unhurried: true}
	if change != nil {
		change(&options)
	}
	server, err := clientarea.New(options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	web := httptest.NewServer(server.Handler())
	t.Cleanup(web.Close)
	return &site{o, server, web}
}

// browser is a visitor with cookies, who follows no redirect by itself.
type browser struct {
	*testing.T
	site *site
	http *http.Client
}

func (s *site) browser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, s, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// as is a visitor who is logged in as a client, without a password.
func (s *site) as(t *testing.T, clientID int64) *browser {
	t.Helper()
	b := s.browser(t)
	link, err := s.ClientArea.OpenAs(ctx, clientID)
	if err != nil {
		t.Fatal(err)
	}
	if r := b.get("/as/" + link); r.status != http.StatusSeeOther || r.to != "/" {
		t.Fatalf("the link leads to %d %s", r.status, r.to)
	}
	return b
}

// reply is an answer of the site.
type reply struct {
	status int
	to     string // where a redirect leads
	header http.Header
	body   string
}

func (b *browser) do(method, path string, form url.Values, change func(*http.Request)) reply {
	b.Helper()
	var body io.Reader
	if form != nil {
		body = strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, b.site.web.URL+path, body)
	if err != nil {
		b.Fatal(err)
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if change != nil {
		change(r)
	}
	got, err := b.http.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer got.Body.Close()
	text, err := io.ReadAll(got.Body)
	if err != nil {
		b.Fatal(err)
	}
	return reply{got.StatusCode, got.Header.Get("Location"), got.Header, string(text)}
}

func (b *browser) get(path string) reply { b.Helper(); return b.do(http.MethodGet, path, nil, nil) }

var hidden = regexp.MustCompile(`<input type="hidden" name="([a-z]+)" value="([^"]*)">`)

// fill sends the form on a page with what is typed, and with what the page hides in it, as a browser does.
func (b *browser) fill(page, action string, typed url.Values) reply {
	b.Helper()
	form := url.Values{}
	for _, m := range hidden.FindAllStringSubmatch(b.get(page).body, -1) {
		form.Set(m[1], m[2])
	}
	for key, values := range typed {
		form[key] = values
	}
	return b.do(http.MethodPost, action, form, nil)
}

// has fails the test where a page lacks something that must be on it.
func (r reply) has(t *testing.T, all ...string) {
	t.Helper()
	for _, s := range all {
		if !strings.Contains(r.body, s) {
			t.Errorf("the page lacks %q:\n%s", s, r.body)
		}
	}
}

func (r reply) lacks(t *testing.T, all ...string) {
	t.Helper()
	for _, s := range all {
		if strings.Contains(r.body, s) {
			t.Errorf("the page has %q", s)
		}
	}
}

// file uploads a file of a client.
func (s *site) file(t *testing.T, clientID int64, name, contents string, adminOnly bool) int64 {
	t.Helper()
	id, err := s.Files.Upload(ctx, clientID, app.NewFile{
		FileDetails: app.FileDetails{Name: name, AdminOnly: adminOnly}, Size: int64(len(contents)), Content: strings.NewReader(contents),
	}, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// settle waits until what was asked for was looked into.
func (s *site) settle(t *testing.T) {
	t.Helper()
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	stop() // what waits is looked into, then it ends
	s.server.Work(ctx)
}

func (s *site) mails(t *testing.T, clientID int64) []data.Mail {
	t.Helper()
	all, err := s.Mails.List(ctx, app.MailFilter{ClientID: clientID}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// textLog writes what is logged as text.
func textLog(w io.Writer) *slog.Logger { return slog.New(slog.NewTextHandler(w, nil)) }

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
