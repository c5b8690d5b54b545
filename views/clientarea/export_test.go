package clientarea

// Patterns lists the routes of a site.
func Patterns(s *Server) (all []string) {
	for _, r := range s.routes() {
		all = append(all, r.pattern)
	}
	return all
}
