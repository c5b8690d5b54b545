package clientarea

import "net/http"

// Source is where a request comes from.
func Source(s *Server, r *http.Request) string { return s.source(r) }

// Patterns lists the routes of a site.
func Patterns(s *Server) (all []string) {
	for _, r := range s.routes() {
		all = append(all, r.pattern)
	}
	return all
}
