package app

import (
	"errors"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"clientele/app/configuration"
)

func testKeyring(t *testing.T, there bool) (*SystemKeyring, *configuration.Configuration) {
	t.Helper()
	c, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	k := NewSystemKeyring(c)
	k.there = func() bool { return there }
	return k, c
}

// TestKeyringRoundTrip: both ways of keeping behave alike, and only the file's leaves a trace in the configuration.
func TestKeyringRoundTrip(t *testing.T) {
	for _, there := range []bool{true, false} {
		keyring.MockInit()
		k, c := testKeyring(t, there)
		if _, err := k.Get("smtp"); !errors.Is(err, ErrNoSecret) {
			t.Errorf("there %v: nothing kept: %v", there, err)
		}
		if err := k.Set("smtp", "open sesame"); err != nil {
			t.Fatal(err)
		}
		if got, err := k.Get("smtp"); got != "open sesame" || err != nil {
			t.Errorf("there %v: %q, %v", there, got, err)
		}
		if k.Safe() != there || (c.SMTPPassword == "") != there || strings.Contains(c.SMTPPassword, "sesame") {
			t.Errorf("there %v: safe %v, configuration has %q", there, k.Safe(), c.SMTPPassword)
		}
		for range 2 { // removing twice is fine
			if err := k.Set("smtp", ""); err != nil {
				t.Errorf("there %v: remove: %v", there, err)
			}
		}
		if _, err := k.Get("smtp"); !errors.Is(err, ErrNoSecret) {
			t.Errorf("there %v: after removing: %v", there, err)
		}
	}
}

// TestKeyringMovesOutOfTheFile: a keyring that is installed later gets the next password, and the file forgets the old one.
func TestKeyringMovesOutOfTheFile(t *testing.T) {
	keyring.MockInit()
	k, c := testKeyring(t, false)
	if err := k.Set("smtp", "old"); err != nil {
		t.Fatal(err)
	}
	k.there = func() bool { return true }
	if got, err := k.Get("smtp"); got != "old" || err != nil {
		t.Errorf("%q, %v", got, err)
	}
	if err := k.Set("smtp", "new"); err != nil {
		t.Fatal(err)
	}
	if got, err := k.Get("smtp"); got != "new" || err != nil || c.SMTPPassword != "" {
		t.Errorf("%q, %v, the file keeps %q", got, err, c.SMTPPassword)
	}
}

// TestKeyringLocked: a locked keyring is said to be so, and no secret goes into the file instead.
func TestKeyringLocked(t *testing.T) {
	locked := errors.New("locked")
	keyring.MockInitWithError(locked)
	defer keyring.MockInit()
	k, c := testKeyring(t, true)
	if _, err := k.Get("smtp"); !errors.Is(err, locked) {
		t.Errorf("%v", err)
	}
	if err := k.Set("smtp", "x"); !errors.Is(err, locked) || c.SMTPPassword != "" {
		t.Errorf("%v, the file has %q", err, c.SMTPPassword)
	}
}

// TestKeyringPatience: a keyring that hangs does not hang the program.
func TestKeyringPatience(t *testing.T) {
	never := make(chan struct{})
	defer close(never)
	_, err := within(time.Millisecond, func() (string, error) { <-never; return "", nil })
	if err == nil {
		t.Error("waited for ever")
	}
}

// TestKeyringWithoutSession: where there is no session bus, looking for a keyring takes no time and starts nothing.
func TestKeyringWithoutSession(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system always has a keyring")
	}
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	t.Setenv("PATH", "")
	if systemKeyringThere(t.Context()) {
		t.Error("found a keyring where there is none")
	}
}
