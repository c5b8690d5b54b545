package clientarea

import (
	"errors"
	"net/http"

	"clientele/app"
)

// fieldsBody is a page that is little more than a form. To is the page that it leads to, where it is not the first one.
type fieldsBody struct {
	Fields []field
	To     string
}

func (s *Server) loginForm(v *visit, address string) fieldsBody {
	p := v.page.Printer
	body := fieldsBody{Fields: []field{
		{Key: "email", Label: p.T("Email"), Type: "email", Value: address, Autocomplete: "username", Required: true, Max: 254},
		passwordField("password", p.T("Password"), "current-password"),
	}}
	if to := s.returnTo(v.r.FormValue("to")); to != "/" {
		body.To = to
	}
	return body
}

func (s *Server) loginPage(v *visit) {
	if v.visitor != nil {
		v.redirect("/")
		return
	}
	s.show(v, "login", v.page.T("Log in"), s.loginForm(v, ""))
}

func (s *Server) login(v *visit) {
	address, p := v.typed("email"), v.page.Printer
	secret, err := s.app.ClientArea.Login(v.r.Context(), address, v.r.PostFormValue("password"), s.source(v.r))
	switch {
	case err == nil:
		s.enter(v, secret)
		v.redirect(s.returnTo(v.r.PostFormValue("to")))
		return
	case errors.Is(err, app.ErrWrongLogin):
		v.page.Problem = p.T("The email address or the password is not right.")
	case errors.Is(err, app.ErrPasswordExpired):
		v.page.Problem = p.T("The password from the mail is no longer valid. Ask for a new one by “Forgotten password?”.")
	case app.CodeOf(err) == app.TooMany:
		v.page.Problem = p.T("There were too many tries. Wait some minutes, and try again.")
	default:
		s.fail(v, err)
		return
	}
	s.write(v, http.StatusUnprocessableEntity, "login", p.T("Log in"), s.loginForm(v, address))
}

func (s *Server) logout(v *visit) {
	if err := s.app.ClientArea.Logout(v.r.Context(), *v.visitor); err != nil {
		s.fail(v, err)
		return
	}
	s.setCookie(v.w, sessionCookie, "")
	v.redirect("/login")
}

// enterAs lets an admin in as a client, by a link that is good once.
func (s *Server) enterAs(v *visit) {
	secret, err := s.app.ClientArea.EnterAs(v.r.Context(), v.r.PathValue("secret"))
	if errors.Is(err, app.ErrNoSession) {
		p := v.page.Printer
		s.write(v, http.StatusNotFound, "message", p.T("This link is not valid"), p.T("It can be opened once, within a minute. Open the client area from the client's Summary again."))
		return
	}
	if err != nil {
		s.fail(v, err)
		return
	}
	s.enter(v, secret)
	v.redirect("/")
}
