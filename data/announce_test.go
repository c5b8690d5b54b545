package data_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

// A program that works while a newer one changes the form of the data notices at its next write, whether it was told or not, and keeps nothing of it; one that
// listens is told at once.
func TestOlderStopsWriting(t *testing.T) {
	o := data.Options{URL: datatest.PostgresURL(t), Now: datatest.Clock}
	older := datatest.OpenWith(t, o)
	told := make(chan struct{}, 1)
	listening := make(chan struct{}, 100)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		older.Listen(ctx, data.Ear{Heard: func(string) {}, Line: func(bool) { listening <- struct{}{} }, Outdated: func() { told <- struct{}{} }})
	}()
	defer func() { stop(); <-done }()
	<-listening
	deaf := datatest.OpenWith(t, o)
	data.SetMigrations(t, later(t, nickname))
	datatest.OpenWith(t, o)
	for name, s := range map[string]*data.Store{"one that listens": older, "one that does not": deaf} {
		err := s.Write(ctx, func(tx *data.Tx) error { return tx.SetSetting("business_name", "lost") })
		if !errors.Is(err, data.ErrNewer) {
			t.Errorf("%s wrote with %v", name, err)
		}
	}
	select {
	case <-told:
	case <-time.After(time.Minute):
		t.Error("nobody told the one that listens")
	}
	if !older.Outdated() {
		t.Error("it does not know that it is outdated")
	}
	err := deaf.Read(ctx, func(tx *data.Tx) error {
		all, err := tx.Settings()
		if all["business_name"] != "" {
			t.Error("what an older program wrote was kept")
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
