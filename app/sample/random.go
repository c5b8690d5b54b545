package sample

// source is the random numbers of one client. It is splitmix64, written out because its numbers must be the same on every
// machine and with every version of Go, for ever: a seed is written down in benchmarks and bug reports.
type source uint64

// newSource gives client i of a seed numbers that have nothing to do with those of its neighbours.
func newSource(seed uint64, i int) source {
	s := source(seed)
	s = source(s.next() ^ uint64(i)*0xD1342543DE82EF95)
	s.next()
	return s
}

func (s *source) next() uint64 {
	*s += 0x9E3779B97F4A7C15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

// below gives a number from 0 to n-1, all equally often.
func (s *source) below(n int) int { return int((s.next() >> 32) * uint64(n) >> 32) }

// skewed gives a number from 0 to n-1, small ones much more often than large ones, as names and towns are.
func (s *source) skewed(n int) int {
	r := s.next()
	return int((r >> 32) * (r & 0xFFFFFFFF) >> 32 * uint64(n) >> 32)
}

// percent is true that often.
func (s *source) percent(p int) bool { return s.below(100) < p }

// fill appends a pattern: # becomes a digit, % one from 1 to 9, @ a capital letter.
func (s *source) fill(to []byte, pattern string) []byte {
	for i := range len(pattern) {
		switch c := pattern[i]; c {
		case '#':
			to = append(to, byte('0'+s.below(10)))
		case '%':
			to = append(to, byte('1'+s.below(9)))
		case '@':
			// Without I and O, which no postcode has beside figures.
			to = append(to, "ABCDEFGHJKLMNPQRSTUVWXYZ"[s.below(24)])
		default:
			to = append(to, c)
		}
	}
	return to
}
