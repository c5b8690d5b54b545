package kit

import "slices"

// Span is a run of rows, both ends included.
type Span struct{ First, Last int }

// spans is a set of rows as sorted runs that neither touch nor overlap, so that
// choosing a million rows costs as much as choosing one.
type spans []Span

func (s spans) has(i int) bool {
	n, found := slices.BinarySearchFunc(s, i, func(p Span, i int) int {
		switch {
		case p.Last < i:
			return -1
		case p.First > i:
			return 1
		}
		return 0
	})
	return found && n < len(s)
}

func (s spans) count() int {
	n := 0
	for _, p := range s {
		n += p.Last - p.First + 1
	}
	return n
}

// with answers the set with the rows a to b too.
func (s spans) with(a, b int) spans {
	if a > b {
		a, b = b, a
	}
	var out spans
	for _, p := range s {
		if p.Last < a-1 || p.First > b+1 {
			out = append(out, p)
			continue
		}
		a, b = min(a, p.First), max(b, p.Last)
	}
	out = append(out, Span{a, b})
	slices.SortFunc(out, func(x, y Span) int { return x.First - y.First })
	return out
}

// without answers the set without the rows a to b.
func (s spans) without(a, b int) spans {
	var out spans
	for _, p := range s {
		if p.First < a {
			out = append(out, Span{p.First, min(p.Last, a-1)})
		}
		if p.Last > b {
			out = append(out, Span{max(p.First, b+1), p.Last})
		}
	}
	return out
}

// clip answers the set with only rows below n.
func (s spans) clip(n int) spans {
	if len(s) == 0 || s[len(s)-1].Last < n {
		return s
	}
	return s.without(n, s[len(s)-1].Last)
}
