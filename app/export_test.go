package app

import "github.com/alexedwards/argon2id"

// realCost is what a hash costs outside of tests.
var realCost = passwordCost

// CheapPasswords makes hashing quick, for tests that add many clients.
func CheapPasswords() {
	passwordCost = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

// The limits of the outbox, for tests that move the clock by them.
const (
	Patience      = patience
	UncertainWait = uncertainWait
	MaxWait       = maxWait
	GreylistWait  = greylistWait
)
