package seal

import (
	"bytes"
	"errors"
	"testing"
)

var key = bytes.Repeat([]byte{7}, 32)

func TestOpenReturnsWhatWasSealed(t *testing.T) {
	for _, plain := range []string{"", "x", "a longer secret with ümlauts"} {
		got, err := Open(key, "p", Seal(key, "p", []byte(plain)))
		if err != nil || string(got) != plain {
			t.Errorf("%q came back as %q, %v", plain, got, err)
		}
	}
	if bytes.Equal(Seal(key, "p", []byte("x")), Seal(key, "p", []byte("x"))) {
		t.Error("two seals of the same secret are the same bytes")
	}
}

func TestOpenRefuses(t *testing.T) {
	sealed := Seal(key, "p", []byte("secret"))
	other := bytes.Repeat([]byte{8}, 32)
	for name, open := range map[string]func() ([]byte, error){
		"another key":     func() ([]byte, error) { return Open(other, "p", sealed) },
		"another purpose": func() ([]byte, error) { return Open(key, "q", sealed) },
		"nothing":         func() ([]byte, error) { return Open(key, "p", nil) },
		"cut":             func() ([]byte, error) { return Open(key, "p", sealed[:len(sealed)-1]) },
	} {
		if _, err := open(); !errors.Is(err, ErrSealed) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := Open(key, "p", changed); !errors.Is(err, ErrSealed) {
			t.Errorf("byte %d changed: %v", i, err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(Seal(key, "p", []byte("x")))
	f.Fuzz(func(t *testing.T, b []byte) {
		if plain, err := Open(key, "p", b); err == nil && len(plain)+29 != len(b) {
			t.Errorf("%d bytes opened to %d", len(b), len(plain))
		}
	})
}
