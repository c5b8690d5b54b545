package app_test

import (
	"fmt"
	"slices"
	"strings"
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
		"too many by number": func(m *app.ToMany) { m.Filter.IDs = make([]int64, 20_001) },
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
	got := map[string]int{}
	for _, msg := range server.Messages() {
		got[msg.To[0]]++
	}
	if c := campaign(t, o); len(got) != 50 || len(server.Messages()) != 50 || c.State != data.CampaignDone || c.Queued != 50 {
		t.Errorf("%d mails to %d clients, %+v", len(server.Messages()), len(got), c)
	}
}
