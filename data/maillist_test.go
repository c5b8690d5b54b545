package data_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/data"
	"clientele/data/datatest"
)

// mailed fills a store with mails of all kinds and states, an hour after one another.
func mailed(t *testing.T, s *data.Store, n int) []data.Mail {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7)) // the same each time
	states := []data.MailState{data.MailSent, data.MailSent, data.MailSent, data.MailQueued, data.MailFailed, data.MailSuppressed}
	kinds := []string{"welcome", "invoice_created", "message"}
	var all []data.Mail
	err := s.Write(ctx, func(tx *data.Tx) error {
		all = all[:0]
		for i := range n {
			client := int64(1 + r.IntN(50))
			m := data.Mail{
				MessageID: fmt.Sprintf("m%d@example.com", i), Kind: kinds[r.IntN(len(kinds))], Category: "general", ClientID: &client, Recipients: "[]",
				ToLine: fmt.Sprintf("c%d@example.com", client), Subject: fmt.Sprintf("Rechnung 100%%_%d", i), BodyText: strings.Repeat("x", 100), State: states[r.IntN(len(states))],
			}
			if err := tx.QueueMail(&m); err != nil {
				return err
			}
			all = append(all, m)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		all[i].CreatedAt = datatest.Now.Add(time.Duration(i) * time.Hour).UnixMilli()
		if err := s.Writer().Exec("UPDATE mails SET created_at = ? WHERE id = ?", all[i].CreatedAt, all[i].ID).Error; err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// mailFilters are one of each way in which the list can be narrowed, and all at once.
func mailFilters(n int) map[string]data.MailFilter {
	from, to := datatest.Now.Add(time.Duration(n/3)*time.Hour).UnixMilli(), datatest.Now.Add(time.Duration(2*n/3)*time.Hour).UnixMilli()
	two := []data.MailState{data.MailFailed, data.MailSent}
	return map[string]data.MailFilter{
		"all": {}, "states": {States: two}, "kinds": {Kinds: []string{"welcome", "message"}}, "client": {ClientID: 7}, "from": {From: from}, "days": {From: from, To: to},
		"text": {Text: "100%_1"}, "address": {Text: "C7@"}, "no such text": {Text: "100x"}, "text of a client": {ClientID: 7, Text: "rechnung"},
		"all at once": {States: two, Kinds: []string{"welcome"}, From: from, To: to, Text: "RECHNUNG"}, "states and kind": {States: two, Kinds: []string{"message"}, From: from},
		"days before all": {To: datatest.Now.Add(-time.Hour).UnixMilli()}, "days after all": {From: datatest.Now.AddDate(9, 0, 0).UnixMilli()},
	}
}

// ML-5: a list has exactly the mails that its filter asks for, newest first, page after page.
func TestMailsAreFiltered(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		const n = 300
		all := mailed(t, s, n)
		for name, f := range mailFilters(n) {
			var want, got []int64
			for _, m := range slices.Backward(all) {
				text := strings.ToLower(f.Text)
				if (len(f.States) == 0 || slices.Contains(f.States, m.State)) && (len(f.Kinds) == 0 || slices.Contains(f.Kinds, m.Kind)) &&
					(f.ClientID == 0 || *m.ClientID == f.ClientID) && (f.From == 0 || m.CreatedAt >= f.From) && (f.To == 0 || m.CreatedAt < f.To) &&
					(strings.Contains(strings.ToLower(m.Subject), text) || strings.Contains(m.ToLine, text)) {
					want = append(want, m.ID)
				}
			}
			for before := int64(0); ; before = got[len(got)-1] {
				var page []data.Mail
				err := s.Read(ctx, func(tx *data.Tx) (err error) {
					page, err = tx.Mails(f, before, 40)
					return err
				})
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				for _, m := range page {
					if m.BodyText != "" || m.Subject == "" {
						t.Fatalf("%s: %+v", name, m)
					}
					got = append(got, m.ID)
				}
				if len(page) < 40 {
					break
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %d mails, want %d", name, len(got), len(want))
			}
		}
	})
}

// Goal 2 by its shape: no page of mails looks through them or sorts them, except for a text, which is looked for without reading a body.
func TestMailsWalkAnIndex(t *testing.T) {
	s := datatest.Open(t)
	const n = 2000
	mailed(t, s, n)
	for name, f := range mailFilters(n) {
		for _, before := range []int64{0, n / 2} {
			stop := listen(s)
			err := s.Read(ctx, func(tx *data.Tx) error {
				_, err := tx.Mails(f, before, 50)
				return err
			})
			statements := stop()
			if err != nil || len(statements) > 4 {
				t.Fatalf("%s: %v after %d statements", name, err, len(statements))
			}
			for _, sql := range statements {
				for _, step := range plan(t, s, sql) {
					words := f.Text != "" && f.ClientID == 0 && strings.Contains(sql, "SELECT id FROM mails")
					switch {
					case words && strings.Contains(step, " mails ") && !strings.Contains(step, "COVERING INDEX mails_words"):
						t.Errorf("%s: %s\n%s", name, step, sql)
					case words || strings.Contains(sql, "mail_counts"):
					case step == "SCAN mails" && name == "all": // from its end until the page is full
					case strings.HasPrefix(step, "SCAN mails") || strings.Contains(step, "TEMP B-TREE"):
						t.Errorf("%s: %s\n%s", name, step, sql)
					}
				}
			}
		}
	}
}
