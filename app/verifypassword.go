package app

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/alexedwards/argon2id"
)

// dummyHash is what a password is compared with where there is no client with the address, or no password: that costs the same as the real one. Nobody knows
// its password.
func dummyHash() string {
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8",
		passwordCost.Memory, passwordCost.Iterations, passwordCost.Parallelism)
}

// verified counts the comparisons, so that a test can see that each log-in costs one.
var verified atomic.Int64

// verifyPassword compares a password with the hash of the right one. again tells that the hash was made with less than passwords cost now. It takes as long as
// hashPassword, also where hash is empty, and must not be called inside a transaction.
func verifyPassword(ctx context.Context, password, hash string) (right, again bool, err error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false, false, ctx.Err()
	}
	defer func() { <-hashing }()
	known := hash != ""
	if !known {
		hash = dummyHash()
	}
	verified.Add(1)
	right, cost, err := argon2id.CheckHash(password, hash)
	if err != nil {
		return false, false, err
	}
	return right && known, *cost != *passwordCost, nil
}
