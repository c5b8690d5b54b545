package app

import (
	"regexp"
	"strings"
	"testing"

	"github.com/alexedwards/argon2id"
)

// PW-1: hashes are Argon2id with 64 MiB, three passes, a salt of 16 bytes and a tag of 32, and two of one password differ.
func TestHashPassword(t *testing.T) {
	before := passwordCost
	passwordCost = realCost
	defer func() { passwordCost = before }()
	a, err := hashPassword(t.Context(), "correct horse battery")
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`).MatchString(a) {
		t.Errorf("hash %q", a)
	}
	passwordCost = before
	b, _ := hashPassword(t.Context(), "correct horse battery")
	c, _ := hashPassword(t.Context(), "correct horse battery")
	if b == c {
		t.Error("two hashes of one password are the same")
	}
	for password, want := range map[string]bool{"correct horse battery": true, "correct horse battery ": false, "Correct horse battery": false} {
		if ok, err := argon2id.ComparePasswordAndHash(password, a); ok != want || err != nil {
			t.Errorf("%q: %t, %v", password, ok, err)
		}
	}
}

// PW-1: 16 letters and digits that nobody takes for one another, each as likely as any other, never twice the same.
func TestGeneratePassword(t *testing.T) {
	const n = 4000
	seen, letters := map[string]bool{}, map[rune]int{}
	for range n {
		p := GeneratePassword()
		if len(p) != 16 || seen[p] || checkPassword(p) != "" {
			t.Fatalf("%q: %d characters, seen %t, %s", p, len(p), seen[p], checkPassword(p))
		}
		seen[p] = true
		for _, r := range p {
			letters[r]++
		}
	}
	mean := float64(16*n) / float64(len(passwordLetters))
	for _, r := range passwordLetters {
		if got := float64(letters[r]); got < mean*0.8 || got > mean*1.2 {
			t.Errorf("%c came %v times, the mean is %.0f", r, got, mean)
		}
		delete(letters, r)
	}
	if len(letters) > 0 || strings.ContainsAny(passwordLetters, "0O1lI") {
		t.Errorf("letters that look like others: %v", letters)
	}
}

func TestCheckPassword(t *testing.T) {
	for _, c := range []struct {
		password string
		ok       bool
	}{
		{"short", false},
		{"elevenchars", false},
		{"twelve chars", true},
		{"zwölf Zeichä", true},
		{strings.Repeat("ab", 128), true},
		{strings.Repeat("ab", 128) + "c", false},
		{strings.Repeat("ü", 129), false}, // 258 bytes
		{"password1234", false},
		{"PassWord1234", false},
		{"aaaaaaaaaaaaaa", false},
		{strings.Repeat("日", 12), false},
		{strings.Repeat(" ", 12), false},
		{strings.Repeat("\u0301", 12), false},
		{"ada@example.com", false},
		{"ADA@EXAMPLE.COM", false},
		{"Ada Lovelace", false},
		{"Engines Limited", false},
		{"Ada Lovelace's engine", true},
		{"line\nbreak in it", false},
		{"nul\x00in a password", false},
		{"bytes \xff\xfe no text", false},
		{"🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊🐙", true},
	} {
		words := checkPassword(c.password, "ada@example.com", "Ada Lovelace", "Engines Limited")
		if (words == "") != c.ok {
			t.Errorf("%q: %q", c.password, words)
		}
		if words != "" && strings.Contains(words, c.password) {
			t.Errorf("the words repeat the password: %s", words)
		}
	}
}

// FuzzCheckPassword: whatever is pasted into the password field, the rule gives an answer.
func FuzzCheckPassword(f *testing.F) {
	for _, s := range []string{"", "            ", "\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301\u0301", "\xff"} {
		f.Add(s, s)
	}
	f.Fuzz(func(t *testing.T, password, name string) {
		if words := checkPassword(password, name); words == "" && (len(password) > passwordMax || len(password) < passwordMin) {
			t.Errorf("%q is fine", password)
		}
	})
}
