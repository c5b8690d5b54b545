package app

import (
	"context"
	"crypto/rand"
	"math/big"
	"strings"
	"time"
	"unicode/utf8"

	"clientele/app/fold"
	"clientele/app/i18n"

	"github.com/alexedwards/argon2id"
)

// passwordCost is what a hash costs: 64 MiB and three passes, well above what OWASP asks for.
var passwordCost = &argon2id.Params{Memory: 64 * 1024, Iterations: 3, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing lets two passwords be hashed at once, since each takes 64 MiB.
var hashing = make(chan struct{}, 2)

const (
	passwordMin = 12  // characters
	passwordMax = 256 // bytes; longer ones are refused, never cut
	// mailedPasswordLife is how long a password that went by mail opens the client area.
	mailedPasswordLife = 7 * 24 * time.Hour
)

// hashPassword makes the Argon2id hash of a password. It takes about half a second and must not be called inside a transaction.
func hashPassword(ctx context.Context, password string) (string, error) {
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return "", ctx.Err()
	}
	defer func() { <-hashing }()
	return argon2id.CreateHash(password, passwordCost)
}

// passwordLetters are the letters and digits that nobody takes for one another.
const passwordLetters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"

// GeneratePassword makes a random password of 16 letters and digits, about 93 bits.
func GeneratePassword() string {
	var b strings.Builder
	for range 16 {
		n, err := rand.Int(rand.Reader, big.NewInt(int64(len(passwordLetters))))
		if err != nil {
			panic(err) // the system has no randomness: nothing safe can be done
		}
		b.WriteByte(passwordLetters[n.Int64()])
	}
	return b.String()
}

// common are passwords so often used that they are the first to be tried.
var common = func() map[string]bool {
	all := map[string]bool{}
	for _, p := range strings.Fields(commonPasswords) {
		all[p] = true
	}
	return all
}()

// repeats tells whether a text is the same character over and over, or nothing at all.
func repeats(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.TrimLeft(s, string(first)) == ""
}

// checkPassword says in words why a password is not good enough, or "".
func checkPassword(password string, others ...string) string {
	switch {
	case len(password) > passwordMax:
		return i18n.T("The password is longer than %d bytes. Choose a shorter one.", passwordMax)
	case !utf8.ValidString(password) || strings.ContainsAny(password, "\x00\r\n"):
		return i18n.T("The password has characters that cannot be typed. Choose another one.")
	case utf8.RuneCountInString(password) < passwordMin:
		return i18n.T("The password needs at least %d characters. A few words in a row are easy to remember.", passwordMin)
	}
	folded := fold.Text(password)
	if common[folded] || repeats(folded) {
		return i18n.T("This password is among the first that others would try. Choose another one.")
	}
	for _, o := range others {
		if o = fold.Text(o); o != "" && folded == o {
			return i18n.T("The password must not be the name or the email address. Choose another one.")
		}
	}
	return ""
}
