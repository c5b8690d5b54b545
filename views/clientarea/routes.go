package clientarea

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"clientele/app"
)

// door is who a route lets in.
type door int

const (
	open    door = iota // everybody
	guests              // everybody, with a form that has a token
	clients             // who is logged in
	forced              // who is logged in, also with a password that they did not choose
)

// route is one page or act.
type route struct {
	pattern string
	door    door
	handle  func(*visit)
}

// routes are all that the site answers. A test goes through every one, so that a new one is tried like the others.
func (s *Server) routes() []route {
	return []route{
		{"GET /style.css", open, s.styleSheet},
		{"GET /logo", open, s.logo},
		{"GET /login", open, s.loginPage},
		{"POST /login", guests, s.login},
		{"GET /forgotten", open, s.forgottenPage},
		{"POST /forgotten", guests, s.forgotten},
		{"GET /reset/{secret}", open, s.resetPage},
		{"POST /reset/{secret}", guests, s.confirmReset},
		{"GET /as/{secret}", open, s.enterAs},
		{"POST /logout", forced, s.logout},
		{"GET /password", forced, s.passwordPage},
		{"POST /password", forced, s.changePassword},
		{"GET /{$}", clients, s.home},
		{"GET /invoices", clients, s.invoices},
		{"GET /invoices/{id}", clients, s.invoice},
		{"GET /invoices/{id}/pdf", clients, s.invoicePDF},
		{"GET /files/{id}", clients, s.file},
		{"GET /contacts", clients, s.contacts},
		{"GET /contacts/new", clients, s.newContactPage},
		{"POST /contacts/new", clients, s.addContact},
		{"GET /contacts/{id}", clients, s.contactPage},
		{"POST /contacts/{id}", clients, s.changeContact},
		{"GET /contacts/{id}/delete", clients, s.deleteContactPage},
		{"POST /contacts/{id}/delete", clients, s.deleteContact},
		{"GET /details", clients, s.detailsPage},
		{"POST /details", clients, s.changeDetails},
		{"GET /card", clients, s.cardPage},
		{"POST /card", clients, s.saveCard},
		{"GET /card/remove", clients, s.removeCardPage},
		{"POST /card/remove", clients, s.removeCard},
	}
}

// visit is one request on its way.
type visit struct {
	w       http.ResponseWriter
	r       *http.Request
	page    page
	visitor *app.Visitor // who is logged in; nil where nobody is
	secret  string       // of the session, or of the guest's form
}

func (s *Server) mux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.pattern, s.behind(r))
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if v := s.begin(w, r); v != nil {
			s.say(v, http.StatusNotFound)
		}
	})
	return mux
}

// behind lets in whom the route's door lets in, and answers the others.
func (s *Server) behind(route route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// A place is waited for as long as the request may last.
		select {
		case s.working <- struct{}{}:
			defer func() { <-s.working }()
		case <-r.Context().Done():
			return
		case <-time.After(readTime):
			s.refuse(w, r, http.StatusServiceUnavailable)
			return
		}
		v := s.begin(w, r)
		switch {
		case v == nil:
		case route.door >= clients && v.visitor == nil:
			s.toLogin(v)
		case route.door == clients && v.visitor.MustChange():
			v.redirect("/password")
		case r.Method == http.MethodPost && !v.tokenMatches():
			s.say(v, http.StatusForbidden)
		default:
			route.handle(v)
		}
	})
}

// begin finds out who is there. It is nil where that failed and was answered.
func (s *Server) begin(w http.ResponseWriter, r *http.Request) *visit {
	v := &visit{w: w, r: r}
	visitor, err := s.session(v)
	if err != nil {
		s.fail(v, err)
		return nil
	}
	v.visitor = visitor
	if err := s.dress(v); err != nil {
		s.fail(v, err)
		return nil
	}
	return v
}

// redirect leads to another page, which is fetched anew.
func (v *visit) redirect(path string) { http.Redirect(v.w, v.r, path, http.StatusSeeOther) } //nolint:gosec // returnTo lets only paths of this site through

// toLogin leads somebody who is not logged in to the form, and back to a page that was only looked at.
func (s *Server) toLogin(v *visit) {
	path := "/login"
	if v.r.Method == http.MethodGet && v.r.URL.Path != "/" {
		path += "?to=" + url.QueryEscape(v.r.URL.Path)
	}
	v.redirect(path)
}

// returnTo is where a log-in leads: to a page of this site alone.
func (s *Server) returnTo(to string) string {
	pages := []string{"/invoices", "/files/", "/contacts", "/details", "/password", "/card"}
	if strings.ContainsAny(to, "\\\r\n") || !slices.ContainsFunc(pages, func(p string) bool { return strings.HasPrefix(to, p) }) {
		return "/"
	}
	return to
}
