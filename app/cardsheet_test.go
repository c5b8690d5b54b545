package app_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/vault"
)

// CC-3: the recovery sheet has the hash so that it can be typed from it, with characters that show a slip; only its owner can read the file. It is a PDF to print, or text.
func TestRecoverySheet(t *testing.T) {
	o := started(t, apptest.Open(t))
	o.Change(t, func(s *app.Settings) { s.BusinessName, s.Country = "Northwind Studio", "US" })
	h, err := o.Cards.Hash()
	if err != nil {
		t.Fatal(err)
	}
	save := func(name string) string {
		t.Helper()
		path := filepath.Join(t.TempDir(), name)
		if err := o.Cards.SaveSheet(ctx, path, h); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%v, %v", info.Mode(), err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if pdf := save("sheet.pdf"); !strings.HasPrefix(pdf, "%PDF-") || strings.Contains(pdf, h.Groups()[0]) {
		t.Error("no PDF, or the hash can be found in it by who looks for text")
	}
	text := save("sheet.TXT")
	for _, words := range []string{"Northwind Studio", h.Recipient().Fingerprint(), "Whoever has this sheet"} {
		if !strings.Contains(text, words) {
			t.Errorf("%q is not on it:\n%s", words, text)
		}
	}
	_, rest, _ := strings.Cut(text, "CC Encryption Hash:")
	typed, _, _ := strings.Cut(rest, "(the six")
	got, err := vault.ParseHash(strings.ToUpper(typed))
	if err != nil || got.Hex() != h.Hex() {
		t.Errorf("typed from the sheet: %v\n%s", err, typed)
	}
	slip := bytes.Replace([]byte(typed), []byte(h.Groups()[3]), []byte("00000000"), 1)
	if _, err := vault.ParseHash(string(slip)); !errors.Is(err, vault.ErrMistyped) {
		t.Errorf("a slip: %v", err)
	}
	if err := o.Cards.SaveSheet(ctx, filepath.Join(t.TempDir(), "none", "sheet.pdf"), h); app.CodeOf(err) != app.Unavailable || strings.Contains(err.Error(), h.Groups()[0]) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
