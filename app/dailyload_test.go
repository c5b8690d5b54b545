package app_test

import (
	"os"
	"runtime"
	"strconv"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/date"
)

// loadVariable is how many clients the test of the run's speed has; without it there is a small office, for the shape alone.
const loadVariable = "CLIENTELE_DAILY_CLIENTS"

// Goals 15 and 28: a run for very many services, and its plan. It measures, and holds the run to doing all of them.
func TestDailyLoad(t *testing.T) {
	n := 300
	if v, err := strconv.Atoi(os.Getenv(loadVariable)); err == nil {
		n = v
	}
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) { s.InvoiceMails = os.Getenv("CLIENTELE_DAILY_MAILS") != "" })
	many(t, o, n)
	began := time.Now()
	plan, err := o.Daily.Plan(ctx, date.Date{})
	if err != nil {
		t.Fatal(err)
	}
	planned := time.Since(began)
	began = time.Now()
	done, err := o.Daily.Run(ctx, app.DailyDo{Plan: plan, Cause: app.DailyByHand}, app.Quiet{})
	if err != nil || done.Run.Done != int64(n) {
		t.Fatalf("%+v, %v", done, err)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("%d services: planned in %s, done in %s, %d MB from the system", n, planned, time.Since(began), m.Sys>>20)
	o.Sound(t)
}
