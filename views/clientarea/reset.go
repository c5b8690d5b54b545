package clientarea

import (
	"errors"
	"net/http"

	"clientele/app"
)

func (s *Server) forgottenForm(v *visit) fieldsBody {
	return fieldsBody{Fields: []field{{Key: "email", Label: v.page.T("Email"), Type: "email", Autocomplete: "username", Required: true, Max: 254}}}
}

func (s *Server) forgottenPage(v *visit) {
	s.show(v, "forgotten", v.page.T("Forgotten password"), s.forgottenForm(v))
}

// forgotten takes the request and answers the same whoever asks for whomever: what becomes of it is found out afterwards. Where very many ask at once, some are dropped.
func (s *Server) forgotten(v *visit) {
	select {
	case s.resets <- resetRequest{v.typed("email"), s.source(v.r)}:
	default:
		s.Log.Warn("client area: too many resets are waiting")
	}
	s.show(v, "asked", v.page.T("Look into your mailbox"), nil)
}

// resetPage shows a button and changes nothing, since scanners of mails open each link.
func (s *Server) resetPage(v *visit) {
	good, err := s.app.ClientArea.ResetGood(v.r.Context(), v.r.PathValue("secret"))
	if err != nil {
		s.fail(v, err)
		return
	}
	s.showReset(v, good)
}

func (s *Server) showReset(v *visit, good bool) {
	status, title := http.StatusOK, v.page.T("Reset your password")
	if !good {
		status, title = http.StatusNotFound, v.page.T("This link is not valid")
	}
	s.write(v, status, "reset", title, struct{ Good bool }{good})
}

func (s *Server) confirmReset(v *visit) {
	err := s.app.ClientArea.ConfirmReset(v.r.Context(), v.r.PathValue("secret"), s.source(v.r))
	switch {
	case errors.Is(err, app.ErrNoReset):
		s.showReset(v, false)
	case err != nil:
		s.fail(v, err)
	default:
		s.show(v, "resetdone", v.page.T("Your password was reset"), nil)
	}
}
