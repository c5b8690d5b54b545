package app

import (
	"errors"
	"testing"

	"clientele/app/configuration"
	"clientele/data"
	"clientele/data/datatest"
)

// CA-2, CL-10: between the look at the password and the beginning of the session it may be changed, or the client be closed: then nobody is let in.
func TestChangedWhileLoggingIn(t *testing.T) {
	config, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	store := datatest.Open(t)
	a := New(Params{Store: store, Configuration: config, Now: datatest.Clock, Who: "Ann"})
	added := datatest.Add(t, store, datatest.Client(1))[0]
	for _, c := range []struct {
		what   string
		change func(tx *data.Tx) error
		want   error
	}{
		{"nothing", func(*data.Tx) error { return nil }, nil},
		{"another password", func(tx *data.Tx) error { return tx.SetPassword(added.ID, "another hash", false, 0) }, ErrWrongLogin},
		{"closed", func(tx *data.Tx) error {
			_, err := tx.SetStatus([]int64{added.ID}, data.Closed)
			return err
		}, ErrWrongLogin},
	} {
		var seen data.Client
		err := store.Write(t.Context(), func(tx *data.Tx) (err error) {
			seen, err = tx.Client(added.ID)
			return err
		})
		if err == nil {
			err = store.Write(t.Context(), c.change)
		}
		if err != nil {
			t.Fatal(err)
		}
		if secret, err := a.ClientArea.enter(t.Context(), seen, seen.EmailKey, "", "192.0.2.1", false); !errors.Is(err, c.want) || (secret == "") != (err != nil) {
			t.Errorf("%s: %q, %v", c.what, secret, err)
		}
	}
}
