package vault_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"clientele/app/vault"
)

var binding = vault.Binding{Vault: "v", Card: "c", Brand: "Visa", Last4: "4242"}

func TestSealOpen(t *testing.T) {
	h := vault.NewHash()
	plain := bytes.Repeat([]byte{7}, 32)
	sealed, err := h.Recipient().Seal(binding, plain)
	if err != nil || !vault.Shaped(sealed, 32) || vault.Shaped(sealed[1:], 32) || bytes.Contains(sealed, plain[:8]) {
		t.Fatalf("%x, %v", sealed, err)
	}
	got, err := h.Open(binding, sealed)
	if err != nil || !bytes.Equal(got, plain) {
		t.Fatalf("%x, %v", got, err)
	}
	again, err := h.Recipient().Seal(binding, plain)
	if err != nil || bytes.Equal(again, sealed) {
		t.Error("the same number is sealed to the same bytes twice")
	}
}

// What is sealed opens with its hash and for its card alone, and whole.
func TestOpenRefuses(t *testing.T) {
	h := vault.NewHash()
	sealed, err := h.Recipient().Seal(binding, []byte("plain"))
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string]vault.Binding{
		"vault": {"w", "c", "Visa", "4242"}, "card": {"v", "d", "Visa", "4242"}, "brand": {"v", "c", "Maestro", "4242"}, "last four": {"v", "c", "Visa", "4243"},
	} {
		if _, err := h.Open(b, sealed); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("another %s: %v", name, err)
		}
	}
	if _, err := vault.NewHash().Open(binding, sealed); !errors.Is(err, vault.ErrSealed) {
		t.Errorf("another hash: %v", err)
	}
	for i := range sealed {
		spoilt := bytes.Clone(sealed)
		spoilt[i] ^= 1
		if _, err := h.Open(binding, spoilt); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if _, err := h.Open(binding, sealed[:i]); !errors.Is(err, vault.ErrSealed) {
			t.Errorf("cut at %d: %v", i, err)
		}
	}
}

// A hash is read however it is written down, and one slip in it is noticed where the check characters are there.
func TestParseHash(t *testing.T) {
	h := vault.NewHash()
	r := h.Recipient()
	for _, s := range []string{
		h.Hex(), h.Text(), strings.ToUpper(h.Text()), strings.Join(h.Groups(), " "), " " + strings.Join(h.Groups(), "\r\n") + "\t",
		h.Text() + "-" + h.Check(), strings.Join(h.Groups(), " – ") + "\u00a0" + strings.ToLower(h.Check()),
	} {
		got, err := vault.ParseHash(s)
		if err != nil || !r.Is(got) {
			t.Errorf("%q: %v", s, err)
		}
	}
	flipped := []byte(h.Hex())
	flipped[5] = "0123456789abcdef0"[strings.IndexByte("0123456789abcdef", flipped[5])+1]
	if _, err := vault.ParseHash(string(flipped) + h.Check()); !errors.Is(err, vault.ErrMistyped) {
		t.Errorf("a slip: %v", err)
	}
	other, err := vault.ParseHash(string(flipped))
	if err != nil || r.Is(other) {
		t.Errorf("one digit differs: %v", err)
	}
	for _, s := range []string{"", "abc", h.Hex()[1:], h.Hex() + "0", h.Hex() + "zz", strings.Repeat("g", 64), strings.Repeat("0", 2000), h.Hex()[:63] + "é"} {
		if _, err := vault.ParseHash(s); !errors.Is(err, vault.ErrHash) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestHashIsNeverPrinted(t *testing.T) {
	h := vault.NewHash()
	type holder struct {
		Hash vault.Hash
		h    vault.Hash
	}
	encoded, err := json.Marshal(holder{h, h})
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{string(encoded), h.String()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%x", "%d", "%q"} {
		shown = append(shown, fmt.Sprintf(verb, h), fmt.Sprintf(verb, &h), fmt.Sprintf(verb, holder{h, h}))
	}
	first := h.Groups()[0]
	bytesOf := fmt.Sprintf("%d", []byte(first))
	for _, s := range shown {
		if strings.Contains(s, first) || strings.Contains(s, strings.Trim(bytesOf, "[]")) {
			t.Errorf("printed: %s", s)
		}
	}
	h.Wipe()
	if h.Hex() != strings.Repeat("0", 64) {
		t.Error("not wiped")
	}
}

func TestRecipient(t *testing.T) {
	r := vault.NewHash().Recipient()
	got, err := vault.ParseRecipient(r.Hex())
	if err != nil || got != r || len(r.KeyID()) != 16 || len(r.Fingerprint()) != 49 {
		t.Errorf("%v, %q, %q", err, r.KeyID(), r.Fingerprint())
	}
	for _, s := range []string{"", "00", strings.Repeat("0", 64), "x" + r.Hex()[1:]} {
		if _, err := vault.ParseRecipient(s); !errors.Is(err, vault.ErrRecipient) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func FuzzParseHash(f *testing.F) {
	h := vault.NewHash()
	f.Add(h.Text())
	f.Add(h.Text() + h.Check())
	f.Add("-")
	f.Fuzz(func(t *testing.T, s string) {
		h, err := vault.ParseHash(s)
		if err != nil {
			return
		}
		again, err := vault.ParseHash(h.Text() + " " + h.Check())
		if err != nil || !h.Recipient().Is(again) {
			t.Errorf("%q does not come back: %v", s, err)
		}
	})
}

func FuzzOpen(f *testing.F) {
	h := vault.NewHash()
	sealed, _ := h.Recipient().Seal(binding, []byte("plain"))
	f.Add(sealed)
	f.Add([]byte{1})
	f.Fuzz(func(t *testing.T, b []byte) {
		if got, err := h.Open(binding, b); err == nil && !bytes.Equal(b, sealed) {
			t.Errorf("opened %x to %x", b, got)
		}
	})
}
