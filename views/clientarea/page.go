package clientarea

import (
	"bytes"
	"html/template"
	"io/fs"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	files "clientele/assets/clientarea"
	"clientele/data"
)

// page is what the layout and the templates are filled with. Its Printer translates into the language of whoever looks at it.
type page struct {
	*i18n.Printer
	// Words is the language of the words; the printer's may name the country that numbers and dates are written for.
	Words        string
	Title        string
	Business     string
	HasLogo      bool
	StyleVersion string
	SignedIn     bool
	Forced       bool   // the visitor can only choose a password
	Admin        string // who opened the area as the client
	ClientName   string
	Token        string // for forms
	Notice       string // what was done
	Problem      string // what is wrong
	Nav          []navigation
	Body         any
}

// navigation is an entry of the menu.
type navigation struct {
	Path, Label string
	Current     bool
}

// pages are the templates, each with the layout.
type pages map[string]*template.Template

// shared are the files that each page can use.
var shared = []string{"layout.html", "invoicetable.html"}

func parsePages() (pages, error) {
	names, err := fs.Glob(files.Files, "*.html")
	if err != nil {
		return nil, err
	}
	all := pages{}
	for _, name := range names {
		if slices.Contains(shared, name) {
			continue
		}
		t, err := template.ParseFS(files.Files, append(slices.Clone(shared), name)...)
		if err != nil {
			return nil, err
		}
		all[strings.TrimSuffix(name, ".html")] = t
	}
	return all, nil
}

// dress fills in what each page has.
func (s *Server) dress(v *visit) error {
	l, err := s.look.get(v.r.Context(), s)
	if err != nil {
		return err
	}
	words := preferred(v.r, l.language)
	v.page = page{Printer: i18n.For(words), Words: words, Business: l.business, HasLogo: len(l.logo) > 0, StyleVersion: l.version}
	if v.visitor == nil {
		return nil
	}
	c := v.visitor.Client
	if i18n.HasTexts(c.Language) {
		words = c.Language
	}
	v.page.Printer, v.page.Words = i18n.For(i18n.Regional(words, c.Country)), words
	v.page.SignedIn, v.page.Forced, v.page.Admin = true, v.visitor.MustChange(), v.visitor.Admin
	v.page.ClientName = strings.TrimSpace(c.FirstName + " " + c.LastName)
	v.page.Notice = v.notice(v.r.URL.Query().Get("done"))
	p := v.page.Printer
	v.page.Nav = []navigation{
		{Path: "/", Label: p.T("Overview")},
		{Path: "/invoices", Label: p.T("Invoices")},
		{Path: "/contacts", Label: p.T("Contacts")},
		{Path: "/details", Label: p.T("My details")},
		{Path: "/card", Label: p.T("Card")},
	}
	for i, n := range v.page.Nav {
		v.page.Nav[i].Current = v.r.URL.Path == n.Path || n.Path != "/" && strings.HasPrefix(v.r.URL.Path, n.Path+"/")
	}
	return nil
}

// preferred is the language that a browser asks for, if the site has it, or the office's.
func preferred(r *http.Request, office string) string {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil || len(wanted) == 0 {
		return office
	}
	for _, tag := range wanted {
		base, _ := tag.Base()
		for _, t := range []string{base.String(), tag.String()} { // pages in pt-BR may be there without any in pt
			if i18n.HasTexts(t) {
				return t
			}
		}
	}
	return office
}

// notice is what a page says after something was done.
func (v *visit) notice(done string) string {
	p := v.page.Printer
	switch done {
	case "saved":
		return p.T("Your changes were saved.")
	case "password":
		return p.T("Your password was changed.")
	case "contact":
		return p.T("The contact was saved.")
	case "deleted":
		return p.T("The contact was deleted.")
	case "card":
		return p.T("The card was saved.")
	case "removed":
		return p.T("The card was removed.")
	}
	return ""
}

// show writes a page.
func (s *Server) show(v *visit, name, title string, body any) {
	s.write(v, http.StatusOK, name, title, body)
}

func (s *Server) write(v *visit, status int, name, title string, body any) {
	if !v.page.SignedIn {
		s.guest(v)
	}
	v.page.Title, v.page.Body, v.page.Token = title, body, app.FormToken(v.secret)
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "layout", v.page); err != nil {
		s.fail(v, err)
		return
	}
	h := v.w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(b.Len()))
	v.w.WriteHeader(status)
	_, _ = v.w.Write(b.Bytes()) // whoever is gone needs no answer
}

// say answers with a sentence where there is no page to show.
func (s *Server) say(v *visit, status int) {
	p := v.page.Printer
	title, words := p.T("This did not work"), p.T("Go back, load the page again, and try once more.")
	switch status {
	case http.StatusNotFound:
		title, words = p.T("There is nothing here"), p.T("The page was moved or removed, or the address is not right.")
	case http.StatusForbidden:
		words = p.T("This form is no longer valid. Go back, load the page again, and try once more.")
	}
	s.write(v, status, "message", title, words)
}

// fail answers where something went wrong of which no visitor can know more than its reference.
func (s *Server) fail(v *visit, err error) {
	switch app.CodeOf(err) {
	case app.NotFound:
		s.say(v, http.StatusNotFound)
		return
	case app.TooMany:
		s.write(v, http.StatusTooManyRequests, "message", v.page.T("Too many tries"), v.page.T("There were too many tries. Wait some minutes, and try again."))
		return
	}
	ref := reference()
	s.Log.Error("client area", "ref", ref, "route", v.r.Pattern, "error", err)
	s.broken(v.w, v.r, ref)
}

// broken and refuse answer without asking the data anything.
func (s *Server) broken(w http.ResponseWriter, r *http.Request, ref string) {
	s.plain(w, r, http.StatusInternalServerError, func(p *i18n.Printer) string {
		return p.T("Something went wrong (ref %s). Try again in a moment; if it stays so, write to us and name this reference.", ref)
	})
}

func (s *Server) refuse(w http.ResponseWriter, r *http.Request, status int) {
	s.plain(w, r, status, func(p *i18n.Printer) string {
		switch status {
		case http.StatusTooManyRequests:
			return p.T("Too many requests. Wait a moment, and try again.")
		case http.StatusServiceUnavailable:
			return p.T("The site is very busy. Try again in a moment.")
		}
		return p.T("This request was refused.")
	})
}

func (s *Server) plain(w http.ResponseWriter, r *http.Request, status int, words func(*i18n.Printer) string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(words(i18n.For(preferred(r, "en"))) + "\n"))
}

// amount writes minor units of a currency.
func (p page) amount(minor int64, currency string) string {
	return money.New(minor, money.Currency(currency)).Format(p.Locale())
}

// day writes a date; no date is a dash.
func (p page) day(d date.Date) string {
	if d.IsZero() {
		return "–"
	}
	return d.Format(p.Locale())
}

// today is the day by the site's clock.
func (s *Server) today() date.Date { return date.Today(s.Now()) }

func instantDay(ms int64) date.Date { return date.Today(data.Instant(ms)) }

// number is the number in a path; 0, which nothing has, where it is none.
func (v *visit) number(name string) int64 {
	n, err := strconv.ParseInt(v.r.PathValue(name), 10, 64)
	if err != nil || n < 0 || strconv.FormatInt(n, 10) != v.r.PathValue(name) {
		return 0
	}
	return n
}
