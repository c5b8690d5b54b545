package app

import "github.com/alexedwards/argon2id"

// CheapPasswords makes hashing quick, for tests that add many clients. The returned function puts the real cost back.
func CheapPasswords() (restore func()) {
	before := passwordCost
	passwordCost = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
	return func() { passwordCost = before }
}

// The limits of the outbox, for tests that move the clock by them.
const (
	Patience      = patience
	UncertainWait = uncertainWait
	MaxWait       = maxWait
	GreylistWait  = greylistWait
)
