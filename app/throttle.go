package app

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"clientele/app/i18n"
	"clientele/data"
)

// limit is how often something may be tried within a window (PW-6).
type limit struct {
	name   string
	tries  int64
	window time.Duration
}

// The limits of the client area. Log-ins to one account are slowed down by lockAfter instead.
var (
	loginsFrom    = limit{"login from", 20, time.Minute}
	resetsOf      = limit{"reset of", 3, time.Hour}
	resetsFrom    = limit{"reset from", 10, time.Hour}
	confirmsFrom  = limit{"confirm from", 20, time.Minute}
	passwordTries = limit{"password of", 10, 15 * time.Minute}
)

// key is the name under which tries are counted. What was typed is kept as a sum alone: it may be the address of somebody who is no client.
func (l limit) key(what string) string {
	sum := sha256.Sum256([]byte(what))
	return l.name + " " + hex.EncodeToString(sum[:])
}

// count counts a try and tells whether it is within the limit.
func (l limit) count(tx *data.Tx, what string) (within bool, err error) {
	n, err := tx.CountTry(l.key(what), l.window)
	return n <= l.tries, err
}

// How log-ins to one account are slowed down: after some failures in a row for a minute, and then for twice as long each time.
const (
	freeLogins   = 5
	firstLock    = time.Minute
	longestLock  = 15 * time.Minute
	loginsWindow = 24 * time.Hour
)

var loginsTo = limit{name: "login to", window: loginsWindow}

// lockFor is how long nobody can try again after so many tries without success.
func lockFor(tries int64) time.Duration {
	if tries < freeLogins {
		return 0
	}
	return min(firstLock<<min(tries-freeLogins, 10), longestLock)
}

// countLogin counts a try to log in before it is made, so that many at once are counted too. refused tells that nobody may try just now; locked that this
// is the last try for a while, unless it succeeds.
func countLogin(tx *data.Tx, account string) (refused, locked bool, err error) {
	name := loginsTo.key(account)
	tries, err := tx.CountTry(name, loginsWindow)
	if err != nil {
		return false, false, err
	}
	until, err := tx.Throttled(name)
	if err != nil {
		return false, false, err
	}
	switch wait := until.Sub(tx.Now()); {
	case wait > longestLock: // the clock was set back since: it is neither free at once nor locked for ever
		return true, false, tx.ThrottleUntil(name, tx.Now().Add(longestLock))
	case wait > 0:
		return true, false, tooManyTries() // which takes the count back
	}
	if lock := lockFor(tries); lock > 0 {
		return false, true, tx.ThrottleUntil(name, tx.Now().Add(lock))
	}
	return false, false, nil
}

// tooManyTries refuses a try. Where it ends a transaction, the try is not counted.
func tooManyTries() error {
	return &Error{Code: TooMany, Message: i18n.T("There were too many tries. Wait some minutes, and try again.")}
}
