package formula_test

import (
	"strings"
	"testing"

	"clientele/app/importing/formula"
)

// IO-3: cells that a spreadsheet would run are made harmless, figures stay figures.
func TestGuard(t *testing.T) {
	cases := map[string]string{
		"":                  "",
		"Müller":            "Müller",
		"=1+1":              "'=1+1",
		"+49 30 1234":       "'+49 30 1234",
		"+49301234":         "'+49301234",
		"-5":                "-5",
		"-12.50":            "-12.50",
		"-12,50":            "-12,50",
		"-1.2.3":            "'-1.2.3",
		"-":                 "'-",
		"-5+cmd|' /C calc'": "'-5+cmd|' /C calc'",
		"@SUM(A1)":          "'@SUM(A1)",
		"\t=1":              "'\t=1",
		"\r=1":              "'\r=1",
		"\x00=1":            "'\x00=1",
		"'t Hooft":          "'t Hooft",
		"'=1":               "''=1",
		"''=1":              "'''=1",
		"'-5":               "'-5",
		"'":                 "'",
		"a=b":               "a=b",
	}
	for cell, want := range cases {
		if got := formula.Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
		if got := formula.Unguard(want); got != cell {
			t.Errorf("Unguard(%q) = %q, want %q", want, got, cell)
		}
	}
}

// FuzzGuard holds the two laws: going out and in changes nothing, and what goes out starts no formula.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "''", "-5", "'-5", "- 5", "\x00", "+", "'\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		out := formula.Guard(cell)
		if back := formula.Unguard(out); back != cell {
			t.Errorf("%q went out as %q and came in as %q", cell, out, back)
		}
		if out != "" && strings.ContainsRune("=+@\t\r\x00", rune(out[0])) {
			t.Errorf("%q went out as %q, which starts a formula", cell, out)
		}
		if out != "" && out[0] == '-' && strings.Trim(out, "-0123456789.,") != "" {
			t.Errorf("%q went out as %q, which is no number", cell, out)
		}
	})
}
