package clientarea_test

import (
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/views/clientarea"
)

// CA-1: a desktop serves the client area when its settings say so, says why it cannot, and follows what is changed; it is off at first.
func TestKeeper(t *testing.T) {
	o := apptest.Open(t)
	changed := make(chan struct{}, 100)
	k := clientarea.NewKeeper(o.App, slog.New(slog.DiscardHandler), func() { changed <- struct{}{} })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		k.Run(ctx)
	}()
	next := func(change func(*app.Settings)) clientarea.State {
		t.Helper()
		o.Change(t, change)
		select {
		case <-changed:
		case <-time.After(time.Minute):
			t.Fatalf("nothing became of the change; it stands at %+v", k.State())
		}
		return k.State()
	}
	if s := k.State(); s != (clientarea.State{}) {
		t.Errorf("at first: %+v", s)
	}

	first := next(func(s *app.Settings) {
		s.AreaServedBy, s.AreaListen, s.BusinessName = o.Installation(), "127.0.0.1:0", "Northwind Studio"
	})
	if first.Problem != "" || !strings.Contains(page(t, first.Address+"/login"), "Northwind Studio") {
		t.Fatalf("served: %+v", first)
	}

	var config net.ListenConfig
	taken, err := config.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	busy := next(func(s *app.Settings) { s.AreaListen = taken.Addr().String() })
	if busy.Address == "" && !strings.Contains(busy.Problem, "another program does") {
		t.Errorf("where another program listens: %+v", busy)
	}
	if page(t, first.Address+"/login") != "" {
		t.Error("it is still served where it was")
	}
	again := next(func(s *app.Settings) { s.AreaListen = "127.0.0.1:0" })
	if again.Problem != "" || page(t, again.Address+"/login") == "" {
		t.Errorf("served again: %+v", again)
	}
	if off := next(func(s *app.Settings) { s.AreaServedBy = "" }); off != (clientarea.State{}) || page(t, again.Address+"/login") != "" {
		t.Errorf("turned off: %+v", off)
	}
	stop()
	<-ended
}

// page is the page at an address; empty where nobody answers.
func page(t *testing.T, address string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	got, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(r)
	if err != nil {
		return ""
	}
	defer got.Body.Close()
	b, err := io.ReadAll(got.Body)
	if err != nil || got.StatusCode != http.StatusOK {
		t.Fatalf("%d, %v", got.StatusCode, err)
	}
	return string(b)
}
