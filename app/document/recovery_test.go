package document

import (
	"strings"
	"testing"

	"clientele/app/date"
	"clientele/app/vault"
)

// The hash, with its check characters, can be typed from the printed sheet; everything is on one page, on either paper.
func TestRecovery(t *testing.T) {
	h := vault.NewHash()
	for _, paper := range []Paper{A4, Letter} {
		v := &Recovery{
			Business: "Northwind Studio", Made: date.MustNew(2026, 11, 29), Hash: h.Groups(), Check: h.Check(), Fingerprint: h.Recipient().Fingerprint(),
			Style: Style{Language: "en"},
		}
		pages := pagesOf(t, made(t, v, paper))
		if len(pages) != 1 {
			t.Fatalf("%d pages", len(pages))
		}
		for _, words := range []string{"Northwind Studio", h.Recipient().Fingerprint(), "Whoever has this sheet"} {
			if !strings.Contains(pages[0], words) {
				t.Errorf("%q is not on it:\n%s", words, pages[0])
			}
		}
		_, rest, _ := strings.Cut(pages[0], "CC Encryption Hash")
		typed, _, _ := strings.Cut(rest, "The last line")
		got, err := vault.ParseHash(typed)
		if err != nil || got.Hex() != h.Hex() {
			t.Errorf("typed from the sheet: %v\n%s", err, typed)
		}
	}
}
