package clientarea

import (
	"errors"
	"net/http"

	"clientele/app"
)

// passwordBody is the form for another password. The address is there for the browser's keeper of passwords.
type passwordBody struct {
	Address string
	Fields  []field
}

// repeated is the key of the field in which the new password is typed again.
const repeated = "repeated"

func (s *Server) passwordForm(v *visit) passwordBody {
	p := v.page.Printer
	chosen := passwordField(app.FieldPassword, p.T("New password"), "new-password")
	chosen.Hint = p.T("At least 12 characters. A few words in a row are easy to remember.")
	return passwordBody{v.visitor.Client.Email, []field{
		passwordField(app.FieldCurrent, p.T("Current password"), "current-password"), chosen, passwordField(repeated, p.T("New password again"), "new-password"),
	}}
}

func (s *Server) passwordPage(v *visit) {
	s.show(v, "password", s.passwordTitle(v), s.passwordForm(v))
}

func (s *Server) passwordTitle(v *visit) string {
	if v.page.Forced {
		return v.page.T("Choose your own password")
	}
	return v.page.T("Change the password")
}

func (s *Server) changePassword(v *visit) {
	form := s.passwordForm(v)
	chosen := v.r.PostFormValue(app.FieldPassword)
	if chosen != v.r.PostFormValue(repeated) {
		form.Fields[2].Error = v.page.T("The two are not the same.")
		s.write(v, http.StatusUnprocessableEntity, "password", s.passwordTitle(v), form)
		return
	}
	secret, err := s.app.ClientArea.ChangePassword(v.r.Context(), *v.visitor, v.r.PostFormValue(app.FieldCurrent), chosen)
	switch {
	case errors.Is(err, app.ErrNoSession):
		s.toLogin(v)
	case app.ProblemsOf(err) != nil:
		v.page.Problem = v.page.mend(err, &form.Fields[0], &form.Fields[1])
		s.write(v, http.StatusUnprocessableEntity, "password", s.passwordTitle(v), form)
	case err != nil:
		s.fail(v, err)
	default:
		s.enter(v, secret)
		v.redirect("/?done=password")
	}
}
