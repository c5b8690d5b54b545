package clientarea_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"clientele/views/clientarea"
)

// Goal 27: the first page of the client area, for 500 clients at once. It is measured where CLIENTELE_AREA_LOAD says for how long, such as 20s.
func TestLoad(t *testing.T) {
	long, err := time.ParseDuration(os.Getenv("CLIENTELE_AREA_LOAD"))
	if err != nil {
		t.Skip("CLIENTELE_AREA_LOAD says not for how long to measure")
	}
	const clients = 500
	s := open(t, nil)
	secrets := make([]string, clients)
	for i := range secrets {
		id := s.Add(t, fmt.Sprintf("client%d@example.com", i), nil)
		s.invoiced(t, id, true)
		s.file(t, id, "plan.pdf", "the plan", false)
		if secrets[i], err = s.ClientArea.EnterAs(ctx, must(s.ClientArea.OpenAs(ctx, id))); err != nil {
			t.Fatal(err)
		}
	}
	ready := make(chan string, 1)
	server := must(clientarea.New(clientarea.Options{App: s.App, Listen: "127.0.0.1:0", Now: s.Clock.Now, Unhurried: true}))
	go func() { _ = server.Run(t.Context(), func(address string) { ready <- address }) }()
	address := <-ready
	web := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients, MaxConnsPerHost: clients}}
	page := func(secret string) error {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, address+"/", nil)
		if err != nil {
			return err
		}
		r.AddCookie(&http.Cookie{Name: "sid", Value: secret})
		got, err := web.Do(r)
		if err != nil {
			return err
		}
		defer got.Body.Close()
		if got.StatusCode != http.StatusOK {
			return fmt.Errorf("status %d", got.StatusCode)
		}
		_, err = io.Copy(io.Discard, got.Body)
		return err
	}
	for _, rate := range []int{0, 500, 1700} {
		var mu sync.Mutex
		var waits []time.Duration
		var failed atomic.Int64
		var wg sync.WaitGroup
		began := time.Now()
		for i, secret := range secrets {
			wg.Go(func() {
				var tick *time.Ticker
				if rate > 0 {
					time.Sleep(time.Duration(i) * time.Second / time.Duration(rate))
					tick = time.NewTicker(time.Second * clients / time.Duration(rate))
					defer tick.Stop()
				}
				var own []time.Duration
				for time.Since(began) < long {
					start := time.Now()
					if err := page(secret); err != nil {
						failed.Add(1)
					}
					own = append(own, time.Since(start))
					if tick != nil {
						<-tick.C
					}
				}
				mu.Lock()
				waits = append(waits, own...)
				mu.Unlock()
			})
		}
		wg.Wait()
		took := time.Since(began)
		slices.Sort(waits)
		t.Logf("asked %d a second (0: as fast as it goes): %.0f pages a second, median %v, p99 %v, %d failed", rate, float64(len(waits))/took.Seconds(),
			waits[len(waits)/2].Round(time.Millisecond), waits[len(waits)*99/100].Round(time.Millisecond), failed.Load())
	}
}
