package clientarea

import (
	"crypto/rand"
	"encoding/hex"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"
)

// contentPolicy lets pages load this site's own style and pictures, and nothing else. There are no scripts.
const contentPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// gates are what each request goes through before its route.
func (s *Server) gates(routes *http.ServeMux) http.Handler {
	foreign := http.NewCrossOriginProtection()
	foreign.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.refuse(w, r, http.StatusForbidden) }))
	inner := foreign.Handler(routes)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began, seen := s.Now(), &watched{ResponseWriter: w}
		defer s.logged(seen, r, began)
		defer s.recovered(seen, r)
		s.headers(seen.Header())
		_, pattern := routes.Handler(r)
		r.Pattern = pattern
		peer := peerOf(r)
		switch from := s.source(r); {
		case !s.named(r.Host):
			s.refuse(seen, r, http.StatusMisdirectedRequest)
		case !s.admitted(peer):
			s.refuse(seen, r, http.StatusForbidden)
		case !s.Unhurried && !s.limits.allow(from):
			seen.Header().Set("Retry-After", "10")
			s.refuse(seen, r, http.StatusTooManyRequests)
		default:
			r.Body = http.MaxBytesReader(seen, r.Body, formSize)
			inner.ServeHTTP(seen, r)
		}
	})
}

func (s *Server) headers(h http.Header) {
	h.Set("Content-Security-Policy", contentPolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
	h.Set("Cache-Control", "no-store")
	if s.secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// named tells whether the site has a name. Any other name may be one by which another site tries to reach this one through a visitor's browser.
func (s *Server) named(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return s.names[strings.ToLower(strings.Trim(host, "[]"))]
}

// peerOf is the other end of the connection.
func peerOf(r *http.Request) netip.Addr {
	a, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return a.Addr().Unmap()
}

// admitted tells whether the other end may come without TLS: this computer, and the proxies that were named.
func (s *Server) admitted(peer netip.Addr) bool {
	return s.Cert != "" || peer.IsLoopback() || s.proxy(peer)
}

func (s *Server) proxy(a netip.Addr) bool {
	for _, p := range s.proxies {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

// source is where a request comes from, for limits and the log: the address of the visitor, and of IPv6 the network that one visitor has as a rule. What a proxy says
// counts only where the proxy was named; of several, the last that is no proxy itself.
func (s *Server) source(r *http.Request) string {
	a := peerOf(r)
	if s.proxy(a) {
		chain := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		for i := len(chain) - 1; i >= 0; i-- {
			said, err := netip.ParseAddr(strings.TrimSpace(chain[i]))
			if err != nil {
				break
			}
			if a = said.Unmap(); !s.proxy(a) {
				break
			}
		}
	}
	if a.Is6() {
		if network, err := a.Prefix(64); err == nil {
			return network.Masked().String()
		}
	}
	return a.String()
}

// watched notes how a request was answered.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *watched) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap is for http.ResponseController.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// logged writes a line for each request. It has the route and never the address itself, which may hold the secret of a reset.
func (s *Server) logged(w *watched, r *http.Request, began time.Time) {
	s.Log.Info("web", "method", r.Method, "route", r.Pattern, "status", w.status, "from", s.source(r), "ms", s.Now().Sub(began).Milliseconds())
}

// recovered answers a request whose handler broke down.
func (s *Server) recovered(w *watched, r *http.Request) {
	broken := recover()
	if broken == nil {
		return
	}
	if broken == http.ErrAbortHandler { //nolint:errorlint // the server compares it so too
		panic(broken)
	}
	ref := reference()
	s.Log.Error("client area", "ref", ref, "route", r.Pattern, "panic", broken, "stack", string(debug.Stack()))
	if w.status == 0 {
		s.broken(w, r, ref)
	}
}

// reference names a line of the log to whoever sees an error.
func reference() string {
	b := make([]byte, 4)
	rand.Read(b)
	return strings.ToUpper(hex.EncodeToString(b))
}
