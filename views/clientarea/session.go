package clientarea

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"net/http"

	"clientele/app"
)

// The names of the cookies. Where the site has TLS, the prefix makes browsers refuse one that another site or a page without TLS set.
const (
	sessionCookie = "sid"
	guestCookie   = "form"
	hostPrefix    = "__Host-"
)

func (s *Server) cookieName(name string) string {
	if s.secure {
		return hostPrefix + name
	}
	return name
}

func (s *Server) setCookie(w http.ResponseWriter, name, value string) {
	c := &http.Cookie{Name: s.cookieName(name), Value: value, Path: "/", HttpOnly: true, Secure: s.secure, SameSite: http.SameSiteLaxMode} //nolint:gosec // without TLS there is only this machine, and browsers refuse Secure there
	if value == "" {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

func (s *Server) cookie(r *http.Request, name string) string {
	c, err := r.Cookie(s.cookieName(name))
	if err != nil {
		return ""
	}
	return c.Value
}

// session is who is logged in; nil where nobody is. A session that ended leaves its cookie behind, which is taken away.
func (s *Server) session(v *visit) (*app.Visitor, error) {
	secret := s.cookie(v.r, sessionCookie)
	if secret == "" {
		v.secret = s.cookie(v.r, guestCookie)
		return nil, nil
	}
	visitor, err := s.app.ClientArea.Visit(v.r.Context(), secret)
	if errors.Is(err, app.ErrNoSession) {
		s.setCookie(v.w, sessionCookie, "")
		v.secret = s.cookie(v.r, guestCookie)
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	v.secret = secret
	return &visitor, nil
}

// enter gives the visitor's browser a session, with a secret that was never used before.
func (s *Server) enter(v *visit, secret string) {
	s.setCookie(v.w, sessionCookie, secret)
	s.setCookie(v.w, guestCookie, "")
}

// guest makes sure that the forms of somebody who is not logged in have a token too: a stranger's page could log a visitor in as somebody else otherwise.
func (s *Server) guest(v *visit) {
	if v.visitor != nil || v.secret != "" {
		return
	}
	b := make([]byte, 32)
	rand.Read(b)
	v.secret = base64.RawURLEncoding.EncodeToString(b)
	s.setCookie(v.w, guestCookie, v.secret)
}

// tokenMatches tells whether a form came from a page of this session.
func (v *visit) tokenMatches() bool {
	return v.secret != "" && subtle.ConstantTimeCompare([]byte(v.r.PostFormValue("token")), []byte(app.FormToken(v.secret))) == 1
}
