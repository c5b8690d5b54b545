package settings

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/mail/mailtest"
	"clientele/views/clientarea"
	"clientele/views/kit"
)

// CA-1, CA-5, CA-6: whether this computer serves the client area, where, by which address and with which certificate is set here, and its colour and what clients cannot
// change; it is off at first, and then open to this computer alone. What another computer serves is not turned off from here.
func TestArea(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, sec := b.open(Area)
	s := sec.(*areaSection)
	if v := s.form.Values(); v["area_on"] != "" || v["area_listen"] != "127.0.0.1:8480" || v["area_colour"] != "#1f5fbf" || s.state.Text() != "This computer does not serve the client area." {
		t.Errorf("begins with %v; it says %q", v, s.state.Text())
	}
	serve := func(values map[string]string) {
		t.Helper()
		s.form.SetValues(values)
		for _, o := range test.LaidOutObjects(b.Canvas().Content()) {
			if tick, ok := o.(*kit.Tick); ok && strings.HasPrefix(tick.Text, "Serve it from this computer") {
				test.Tap(tick)
			}
		}
		p.Save()
	}
	typed := map[string]string{
		"client_area_url": "https://clients.example.com", "area_listen": "0.0.0.0:8443", "area_tls_cert": "/etc/cert.pem", "area_tls_key": "/etc/key.pem",
		"area_proxies": "10.0.0.1, 10.1.0.0/16", "area_colour": "#7a1f5f", lockedKey: app.FieldCompany, lockedMore: app.FieldCountry,
	}
	serve(typed)
	got := b.saved(t)
	if got.ClientAreaURL != typed["client_area_url"] || got.AreaListen != "0.0.0.0:8443" || got.AreaCert != "/etc/cert.pem" || got.AreaKey != "/etc/key.pem" || got.AreaColour != "#7a1f5f" ||
		!slices.Equal(got.AreaProxies, []string{"10.0.0.1", "10.1.0.0/16"}) || !slices.Equal(got.LockedFields, []string{app.FieldCompany, app.FieldCountry}) || !b.App.ServesArea(got) {
		t.Errorf("saved %+v; the bar says %q", got.AreaSettings, b.Bar.Text())
	}
	serve(nil)
	if got := b.saved(t); got.AreaServedBy != "" {
		t.Errorf("turned off, but served by %q", got.AreaServedBy)
	}
	b.Settings(func(s *app.Settings) { s.AreaServedBy = "another installation" })
	p, sec = b.open(Area)
	if s = sec.(*areaSection); s.state.Text() != "Another computer serves the client area." {
		t.Errorf("it says %q", s.state.Text())
	}
	s.form.FocusFirst(b.Canvas())
	serve(nil)
	serve(nil)
	if got := b.saved(t); got.AreaServedBy != "" && got.AreaServedBy != "another installation" {
		t.Errorf("served by %q", got.AreaServedBy)
	}
}

// CA-1: the page says where the client area is open, and why it is not though it should be.
func TestAreaSaysHowItStands(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	changed := make(chan struct{}, 100)
	b.Area = clientarea.NewKeeper(b.App, slog.New(slog.DiscardHandler), func() { changed <- struct{}{} })
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		b.Area.Run(ctx)
	}()
	defer func() {
		stop()
		<-ended
	}()
	p, sec := b.open(Area)
	says := func(change func(*app.Settings)) string {
		t.Helper()
		b.Settings(change)
		select {
		case <-changed:
		case <-time.After(time.Minute):
			t.Fatal("nothing became of the change")
		}
		p.AreaChanged()
		return sec.(*areaSection).state.Text()
	}
	if got := says(func(s *app.Settings) { s.AreaServedBy, s.AreaListen = b.App.Installation(), "127.0.0.1:0" }); !strings.HasPrefix(got, "The client area is open at http://127.0.0.1:") {
		t.Errorf("served: %q", got)
	} else if !strings.Contains(got, "for this computer alone") {
		t.Errorf("no client reaches it, but it says %q", got)
	}
	if got := says(func(s *app.Settings) { s.AreaListen = "0.0.0.0:0" }); !strings.Contains(got, "without encryption") {
		t.Errorf("not served: %q", got)
	}
}
