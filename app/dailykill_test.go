package app_test

import (
	"fmt"
	"os"
	"os/signal"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/date"
	"clientele/data"
	"clientele/data/datatest"
)

// dailyJob is the job of a child that does the daily run.
const dailyJob = "daily"

// Goal 16, R1: a daily run is killed at random moments, again and again. Whatever is left is sound and has each period once, and the last run does exactly what is
// missing.
func TestKillDailyRun(t *testing.T) {
	k, kills := apptest.NewKiller(t, 5)
	const clients = 1500
	o := k.Open()
	o.Change(t, func(s *app.Settings) { s.DailyBackup = false })
	many(t, o, clients)
	o.Store.Close()
	made := 0
	for ; k.Round < kills; k.Round++ {
		for line := range k.Child(k.Folder, dailyJob, "did", k.Moment(30*time.Millisecond)) {
			if line != "ready" && line != "did" && line != "done" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		o.Sound(t)
		n := periodsOnce(t, o)
		if n <= made && made < clients {
			t.Fatalf("%d invoices after %d, although the child did more", n, made)
		}
		made = n
		o.Store.Close()
	}
	o = k.Open()
	defer o.Store.Close()
	_, done, err := o.Daily.Today(ctx, date.Date{}, app.DailyByHand, app.Quiet{})
	if err != nil || int(done.Run.Done) != clients-made {
		t.Errorf("the last run did %d of %d, %v", done.Run.Done, clients-made, err)
	}
	if n := periodsOnce(t, o); n != clients {
		t.Errorf("%d invoices for %d services", n, clients)
	}
	o.Sound(t)
	t.Logf("%d kills left %d of %d invoices to the last run", k.Round, clients-made, clients)
}

// periodsOnce counts the invoices, and fails the test where a service is billed twice.
func periodsOnce(t *testing.T, o *apptest.Office) (n int) {
	t.Helper()
	billed := map[string]bool{}
	err := o.Store.LongSnapshot(ctx, func(tx *data.Tx) error {
		return tx.EachInvoice(data.InvoiceFilter{}, func(rows []data.InvoiceRow) error {
			for _, r := range rows {
				lines, err := tx.InvoiceLines(r.ID)
				if err != nil {
					return err
				}
				n++
				for _, l := range lines {
					key := fmt.Sprint(*l.ServiceID, l.PeriodFrom)
					if billed[key] {
						t.Errorf("%s is billed twice", key)
					}
					billed[key] = true
				}
			}
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// teller is a Progress that says each time that clients are done, once they are durable.
type teller struct{ app.Quiet }

func (teller) Add(int64) { fmt.Println("did") }

// dailyChild does the daily run of the test's own day, says so, and waits to be killed.
func dailyChild(c apptest.Child) int {
	c.Now = datatest.Clock
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	if _, _, err := a.Daily.Today(ctx, date.Date{}, app.DailyByCommand, teller{}); err != nil {
		return c.Fail(err)
	}
	fmt.Println("done")
	asked, stop := signal.NotifyContext(ctx, os.Interrupt)
	defer stop()
	<-asked.Done() // until it is killed
	return 1
}
