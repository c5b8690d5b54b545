package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// consenting adds n clients, of whom each third did not agree to marketing and each fifth does not want General mail.
func consenting(t testing.TB, o *apptest.Office, n int) (agreed []string) {
	t.Helper()
	for i := range n {
		address := fmt.Sprintf("c%03d@example.com", i)
		o.Add(t, address, func(c *app.NewClient) {
			if c.MarketingOptIn = i%3 != 0; i%5 == 0 {
				without(app.General)(c)
			}
		})
		if i%3 != 0 && i%5 != 0 {
			agreed = append(agreed, address)
		}
	}
	return agreed
}

func toMany() app.ToMany {
	return app.ToMany{Category: app.General, Subject: "News for {$client_first_name}", Body: "Dear {$client_name},\n\nwe have **news**."}
}

// campaign reads the newest mail to many.
func campaign(t testing.TB, o *apptest.Office) app.Campaign {
	t.Helper()
	all, err := o.Campaigns.List(ctx)
	if err != nil || len(all) == 0 {
		t.Fatalf("%d, %v", len(all), err)
	}
	return all[0]
}

// ML-6: a mail to many goes to those who agreed and want its category, each once, over few connections; it can be paused, goes on after a restart, and ends.
func TestCampaign(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		app.SmallBatches(t, 20)
		want := consenting(t, o, 75)
		reach, err := o.Campaigns.Reach(ctx, data.ClientFilter{})
		if err != nil || reach.Clients != 75 || reach.Agreed != 50 {
			t.Fatalf("%+v, %v", reach, err)
		}
		m := toMany()
		m.Key = "once"
		id, err := o.Campaigns.Begin(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := o.Campaigns.Begin(ctx, m); err != nil || again != id {
			t.Fatalf("pressed twice: %d, %v", again, err)
		}
		step := func() bool {
			t.Helper()
			more, err := o.Campaigns.Step(ctx)
			if err != nil {
				t.Fatal(err)
			}
			return more
		}
		for step() { // until a batch waits in the outbox
		}
		if c := campaign(t, o); c.Mails[data.MailQueued] < 20 || c.Mails[data.MailQueued] >= 40 || c.State != data.CampaignRunning {
			t.Fatalf("%+v", c)
		}
		if err := o.Campaigns.Pause(ctx, id); err != nil {
			t.Fatal(err)
		}
		send(t, o)
		if step() {
			t.Error("a paused one went on")
		}
		o.Serve(t, server, long) // as after a restart
		if err := o.Campaigns.Resume(ctx, id); err != nil {
			t.Fatal(err)
		}
		logins := server.Logins()
		for range 10 {
			for step() {
			}
			send(t, o)
		}
		c := campaign(t, o)
		if c.State != data.CampaignDone || c.Total != 50 || c.Queued != int64(len(want)) || c.Skipped != 75-int64(len(want)) || c.Mails[data.MailSent] != int64(len(want)) {
			t.Errorf("%+v", c)
		}
		var got []string
		for _, msg := range server.Messages() {
			got = append(got, msg.To...)
		}
		if slices.Sort(got); !slices.Equal(got, want) {
			t.Errorf("went to %d, want %d", len(got), len(want))
		}
		if n := server.Logins() - logins; n > 8 {
			t.Errorf("%d log-ins for %d mails", n, len(want))
		}
		if err := o.Campaigns.Resume(ctx, id); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("one that is done went on: %v", err)
		}
		o.Sound(t)
	})
}

// Whom it goes to can be chosen one by one; everyone gets it where that is said; nothing is stored of one that is wrong.
func TestCampaignRules(t *testing.T) {
	o := apptest.Open(t)
	consenting(t, o, 6)
	for name, change := range map[string]func(*app.ToMany){
		"a mistyped field":   func(m *app.ToMany) { m.Body = "{$client_nmae}" },
		"no subject":         func(m *app.ToMany) { m.Subject = "" },
		"nobody agreed":      func(m *app.ToMany) { m.Filter.IDs = []int64{1, 4} },
		"nobody at all":      func(m *app.ToMany) { m.Filter.Country = "JP" },
		"too many by number": func(m *app.ToMany) { m.Filter.IDs = slices.Repeat([]int64{2}, 20_001) },
	} {
		m := toMany()
		change(&m)
		if _, err := o.Campaigns.Begin(ctx, m); app.ProblemsOf(err) == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := o.Campaigns.List(ctx); err != nil || len(all) != 0 {
		t.Fatalf("%d, %v", len(all), err)
	}
	m := toMany()
	m.Filter.IDs, m.Everyone = []int64{5, 2, 4, 2}, true
	some, err := o.Campaigns.Sample(ctx, m, 2)
	if err != nil || len(some) != 2 || some[0].ID != 2 || some[1].ID != 4 {
		t.Errorf("%+v, %v", some, err)
	}
	if p, err := o.Campaigns.Preview(ctx, m, 2); err != nil || p.Subject != "News for Ada" || !strings.Contains(p.Text, "we have news.") {
		t.Errorf("%+v, %v", p, err)
	}
	if _, err := o.Campaigns.Begin(ctx, m); err != nil {
		t.Fatal(err)
	}
	for more := true; more; {
		if more, err = o.Campaigns.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if c := campaign(t, o); c.State != data.CampaignDone || c.Queued != 3 || c.Total != 3 {
		t.Errorf("%+v", c)
	}
	id, err := o.Campaigns.Begin(ctx, toMany())
	if err == nil {
		err = o.Campaigns.Stop(ctx, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	if more, err := o.Campaigns.Step(ctx); more || err != nil {
		t.Errorf("a stopped one went on: %v", err)
	}
}

// ML-6: what is begun by mistake can be held: few of its mails are in the outbox at a time, however few clients it goes to, and each client gets it once.
func TestCampaignIsHeldSoon(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	for i := range 50 {
		o.Add(t, fmt.Sprintf("c%03d@example.com", i), func(c *app.NewClient) { c.MarketingOptIn = true })
	}
	id, err := o.Campaigns.Begin(ctx, toMany())
	if err != nil {
		t.Fatal(err)
	}
	step := func() {
		t.Helper()
		for more := true; more; {
			if more, err = o.Campaigns.Step(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	step()
	step() // nothing is written while those before wait
	if c := campaign(t, o); c.Queued != 20 || c.Mails[data.MailQueued] != 20 {
		t.Errorf("%+v is ahead", c)
	}
	if err := o.Campaigns.Pause(ctx, id); err != nil {
		t.Fatal(err)
	}
	send(t, o)
	step()
	if n := len(server.Messages()); n == 0 || n > 20 {
		t.Errorf("%d went out before it was held", n)
	}
	if err := o.Campaigns.Resume(ctx, id); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		step()
		send(t, o)
	}
	if n := server.Connections(); n != 3 {
		t.Errorf("%d connections for 20, 20 and 10 mails: each time one, used again", n)
	}
	got := map[string]int{}
	for _, msg := range server.Messages() {
		got[msg.To[0]]++
	}
	if c := campaign(t, o); len(got) != 50 || len(server.Messages()) != 50 || c.State != data.CampaignDone || c.Queued != 50 {
		t.Errorf("%d mails to %d clients, %+v", len(server.Messages()), len(got), c)
	}
}

// writeAll writes what there is to write now.
func writeAll(t testing.TB, o *apptest.Office) {
	t.Helper()
	for more := true; more; {
		var err error
		if more, err = o.Campaigns.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
}

// recipients are all to whom a mail was written, in the order of their addresses.
func recipients(t testing.TB, o *apptest.Office) (all []string) {
	t.Helper()
	for _, m := range mails(t, o) {
		all = append(all, m.ToLine)
	}
	slices.Sort(all)
	return all
}

// CL-3, ML-6: what goes to clients who were picked goes to them alone, each once, however they lie in the batches, and also where some of them were deleted meanwhile.
func TestCampaignToThosePicked(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		app.SmallBatches(t, 5)
		var ids []int64
		for i := range 20 {
			ids = append(ids, o.Add(t, fmt.Sprintf("c%03d@example.com", i), func(c *app.NewClient) { c.MarketingOptIn = true }))
		}
		m := toMany()
		m.Filter.IDs = []int64{ids[17], ids[3], ids[3], ids[3], ids[4], ids[5], ids[5], ids[6], ids[7], ids[9], ids[12], ids[13]}
		if r, err := o.Campaigns.Reach(ctx, m.Filter); err != nil || r != (app.Reach{Clients: 9, Agreed: 9}) {
			t.Errorf("%+v, %v", r, err)
		}
		if _, err := o.Campaigns.Begin(ctx, m); err != nil {
			t.Fatal(err)
		}
		for _, gone := range []int{4, 6} { // so that the first batch is not full
			if err := o.Clients.Delete(ctx, ids[gone], o.Get(t, ids[gone]).Version, app.Quiet{}); err != nil {
				t.Fatal(err)
			}
		}
		writeAll(t, o)
		want := []string{"c003@example.com", "c005@example.com", "c007@example.com", "c009@example.com", "c012@example.com", "c013@example.com", "c017@example.com"}
		if got := recipients(t, o); !slices.Equal(got, want) {
			t.Errorf("went to %q", got)
		}
		if c := campaign(t, o); c.State != data.CampaignDone {
			t.Errorf("%+v", c)
		}
	})
}

// ML-6: a filter is kept with the mail as it was when that began: whoever fits it gets the mail, nobody else.
func TestCampaignByFilter(t *testing.T) {
	o := apptest.Open(t)
	for i, country := range []string{"GB", "DE", "DE", "DE"} {
		o.Add(t, fmt.Sprintf("c%d@example.com", i), func(c *app.NewClient) {
			c.MarketingOptIn, c.Country = true, country
			if i == 3 {
				c.Status = data.Closed
			}
		})
	}
	m := toMany()
	m.Filter = data.ClientFilter{Country: "DE", Statuses: []data.Status{data.Active, data.Inactive}}
	if r, err := o.Campaigns.Reach(ctx, m.Filter); err != nil || r != (app.Reach{Clients: 2, Agreed: 2}) {
		t.Errorf("%+v, %v", r, err)
	}
	if _, err := o.Campaigns.Begin(ctx, m); err != nil {
		t.Fatal(err)
	}
	writeAll(t, o)
	if got := recipients(t, o); !slices.Equal(got, []string{"c1@example.com", "c2@example.com"}) {
		t.Errorf("went to %q", got)
	}
}

// Several mails to many go on beside each other; each can be held, and one that is stopped does not go on. Each of these acts is in the log.
func TestCampaignStates(t *testing.T) {
	o := apptest.Open(t)
	app.SmallBatches(t, 2)
	for i := range 12 {
		o.Add(t, fmt.Sprintf("c%03d@example.com", i), func(c *app.NewClient) { c.MarketingOptIn = true })
	}
	begin := func(subject string) int64 {
		m := toMany()
		m.Subject = subject
		id, err := o.Campaigns.Begin(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	first, second := begin("First"), begin("Second")
	writeAll(t, o)
	all, err := o.Campaigns.List(ctx)
	if err != nil || len(all) != 2 || all[0].Queued == 0 || all[1].Queued == 0 {
		t.Errorf("they do not go on beside each other: %+v, %v", all, err)
	}
	for _, act := range []struct {
		name string
		do   func(context.Context, int64) error
		id   int64
		ok   bool
	}{
		{"resume what runs", o.Campaigns.Resume, first, false},
		{"pause", o.Campaigns.Pause, first, true},
		{"pause twice", o.Campaigns.Pause, first, false},
		{"stop what is paused", o.Campaigns.Stop, first, true},
		{"resume what is stopped", o.Campaigns.Resume, first, false},
		{"stop what runs", o.Campaigns.Stop, second, true},
		{"stop twice", o.Campaigns.Stop, second, false},
	} {
		if err := act.do(ctx, act.id); (err == nil) != act.ok || err != nil && app.CodeOf(err) != app.NotAllowed {
			t.Errorf("%s: %v", act.name, err)
		}
	}
	var log []string
	for _, a := range o.Activity(t, 0) {
		if strings.HasPrefix(a.Action, "campaign.") {
			log = append(log, a.Action+" "+a.Subject+" "+a.Details)
		}
	}
	want := []string{
		"campaign.state Second stopped", "campaign.state First stopped", "campaign.state First paused",
		"campaign.begun Second To 12 clients", "campaign.begun First To 12 clients",
	}
	if !slices.Equal(log, want) {
		t.Errorf("the log has %q", log)
	}
}

// The worker by itself: it writes what is begun, as fast as the outbox sends it, and ends when it is told to.
func TestCampaignWorker(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{})
	o.Serve(t, server, long)
	for i := range 45 {
		o.Add(t, fmt.Sprintf("c%03d@example.com", i), func(c *app.NewClient) { c.MarketingOptIn = true })
	}
	running, stop := context.WithCancel(ctx)
	var workers sync.WaitGroup
	workers.Go(func() { o.Campaigns.Run(running) })
	workers.Go(func() { o.Outbox.Run(running) })
	if _, err := o.Campaigns.Begin(ctx, toMany()); err != nil {
		t.Fatal(err)
	}
	if err := server.WaitFor(45); err != nil {
		t.Error(err)
	}
	stop()
	workers.Wait()
	if c := campaign(t, o); c.Queued != 45 || len(server.Messages()) != 45 {
		t.Errorf("%+v, %d mails arrived", c, len(server.Messages()))
	}
}
