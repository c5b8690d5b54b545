package app

import (
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// How wrong tries at a secret slow down the next one: some are free, then there is a wait that doubles with each, up to a longest. Nothing is ever locked for good.
const (
	freeHashTries = 3
	firstWait     = 2 * time.Second
	longestWait   = 15 * time.Minute
)

// guardWait is how long nobody can try after so many wrong tries in a row.
func guardWait(failures int64) time.Duration {
	if failures < freeHashTries {
		return 0
	}
	return min(firstWait<<min(failures-freeHashTries, 20), longestWait)
}

// verdict is what became of a try.
type verdict int

const (
	tryRight verdict = iota
	tryWrong
	tryTooSoon
)

// try takes a try at the secret with this name, unless it is too soon for one. The count is in the data, so ending the program gives no more tries; the transaction must
// be committed whatever comes of the try. wait is how long nobody can try from now on.
func (c *core) try(tx *data.Tx, name string, right func() bool) (v verdict, wait time.Duration, err error) {
	g, err := tx.GuardToChange(name)
	if err != nil {
		return tryTooSoon, 0, err
	}
	v, wait, changed := attempt(&g, c.now().UnixMilli(), right)
	if changed {
		err = tx.SetGuard(g)
	}
	return v, wait, err
}

// attempt takes a try at what g guards at an instant, and tells whether g is another one then.
func attempt(g *data.Guard, now int64, right func() bool) (v verdict, wait time.Duration, changed bool) {
	left := waitLeft(*g, now)
	switch {
	case left > 0:
		if now < g.Since { // the clock was set back: the whole wait counts from now, neither less nor for ever
			g.Since, changed = now, true
		}
		return tryTooSoon, left, changed
	case right():
		changed = g.Failures != 0
		g.Failures, g.Wait = 0, 0
		return tryRight, 0, changed
	}
	g.Failures++
	g.Since, g.Wait = now, guardWait(g.Failures).Milliseconds()
	return tryWrong, time.Duration(g.Wait) * time.Millisecond, true
}

// waitLeft is how long nobody can try at an instant.
func waitLeft(g data.Guard, now int64) time.Duration {
	left := g.Wait
	if now >= g.Since {
		left = g.Since + g.Wait - now
	}
	return time.Duration(max(left, 0)) * time.Millisecond
}

// guardWords say how long one has to wait, in words.
func guardWords(wait time.Duration) string {
	seconds := int64((wait + time.Second - 1) / time.Second)
	if seconds < 60 {
		return i18n.N(seconds, "Wait one second before the next try.", "Wait %d seconds before the next try.")
	}
	return i18n.N((seconds+59)/60, "Wait one minute before the next try.", "Wait %d minutes before the next try.")
}
