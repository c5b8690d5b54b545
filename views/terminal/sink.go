package terminal

import "io"

// sink is a writer that remembers its first error, by which a full disk below standard output is told from a fault of the data.
type sink struct {
	w   io.Writer
	err error
}

// Write passes on until the first error.
func (s *sink) Write(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.err = err
	return n, err
}

func (s *sink) text(t string) {
	if s.err == nil {
		_, s.err = io.WriteString(s.w, t)
	}
}
