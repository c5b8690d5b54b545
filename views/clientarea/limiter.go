package clientarea

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// How often one visitor may ask: a browser that opens a page asks some times at once, and a person a few times a second at most. What is worth guessing, passwords and
// resets, has much lower limits, which are kept in the database.
const (
	asksEach   = 20 // a second
	asksAtOnce = 100
	mostKnown  = 10_000
)

// limiter holds back those who ask too often.
type limiter struct {
	now func() time.Time

	mu    sync.Mutex
	known map[string]*rate.Limiter
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, known: map[string]*rate.Limiter{}}
}

func (l *limiter) allow(from string) bool {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	one := l.known[from]
	if one == nil {
		if len(l.known) >= mostKnown {
			l.forget(now)
		}
		one = rate.NewLimiter(asksEach, asksAtOnce)
		l.known[from] = one
	}
	return one.AllowN(now, 1)
}

// forget drops those who have not asked for a while, whose limiters say the same as new ones; and all, where too many ask.
func (l *limiter) forget(now time.Time) {
	for from, one := range l.known {
		if one.TokensAt(now) >= asksAtOnce {
			delete(l.known, from)
		}
	}
	if len(l.known) >= mostKnown {
		clear(l.known)
	}
}
