package app_test

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"

	"github.com/alexedwards/argon2id"
)

// kinds are the kinds of all mails, oldest first.
func kindsOf(t testing.TB, o *apptest.Office) (all []string) {
	t.Helper()
	for _, m := range mails(t, o) {
		all = append(all, m.Kind)
	}
	return all
}

// Publishing mails the invoice where that is wanted: as created, or as paid where credit paid all of it, and never both.
func TestPublishAndSend(t *testing.T) {
	o := apptest.Open(t)
	for i, tt := range []struct {
		credit int64
		send   bool
		want   []string
	}{
		{0, false, nil},
		{0, true, []string{"invoice_created"}},
		{4_000, true, []string{"invoice_created"}},
		{10_000, true, []string{"invoice_payment_confirmation"}},
	} {
		id := o.Add(t, string(rune('a'+i))+"@example.com", nil)
		if tt.credit > 0 {
			if _, err := o.Credit.Add(ctx, id, app.NewCredit{Description: "Gift", Amount: pounds(tt.credit)}); err != nil {
				t.Fatal(err)
			}
		}
		before := len(mails(t, o))
		invoice, publish := invoiced(t, o, id, false), o.Invoices.Publish
		if tt.send {
			publish = o.Invoices.PublishAndSend
		}
		if err := publish(ctx, invoice, 1); err != nil {
			t.Fatal(err)
		}
		if got := kindsOf(t, o)[before:]; !slices.Equal(got, tt.want) {
			t.Errorf("%d of credit, send %v: %v, want %v", tt.credit, tt.send, got, tt.want)
		}
	}
	o.Sound(t)
}

// A payment is confirmed for each invoice that it paid, with what went to it; a refund too; money that became credit alone has no mail.
func TestConfirmations(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", nil)
	one, two := invoiced(t, o, id, true), invoiced(t, o, id, true)
	record := func(amount int64, send bool, invoices ...int64) int64 {
		t.Helper()
		paid, err := o.Transactions.Record(ctx, id, app.NewPayment{Amount: pounds(amount), Method: "Cash", Invoices: invoices, Send: send})
		if err != nil {
			t.Fatal(err)
		}
		return paid
	}
	record(1_000, true)
	record(1_000, false, one)
	if got := kindsOf(t, o); len(got) != 0 {
		t.Fatalf("%v", got)
	}
	paid := record(12_500, true, one, two)
	ms := mails(t, o)
	if len(ms) != 2 {
		t.Fatalf("%d mails", len(ms))
	}
	for i, words := range []string{"£90.00", "£35.00"} {
		if v, err := o.Mails.View(ctx, ms[i].ID); err != nil || v.Kind != "invoice_payment_confirmation" || !strings.Contains(v.BodyText, "your payment of "+words) {
			t.Errorf("%v: %s\n%s", err, v.Kind, v.BodyText)
		}
	}
	for _, toCredit := range []bool{false, true} {
		n := app.NewRefund{Amount: pounds(500), Method: "Bank transfer", ToCredit: toCredit, Send: true}
		if toCredit {
			n.Method = ""
		}
		if _, err := o.Transactions.Refund(ctx, paid, one, n); err != nil {
			t.Fatal(err)
		}
		ms = mails(t, o)
		v, err := o.Mails.View(ctx, ms[len(ms)-1].ID)
		if err != nil || v.Kind != "invoice_refund" || !strings.Contains(v.BodyText, "refunded £5.00") || strings.Contains(v.BodyText, "added to your credit") != toCredit {
			t.Errorf("to credit %v: %v: %s\n%s", toCredit, err, v.Kind, v.BodyText)
		}
	}
	o.Sound(t)
}

// PW-4: Client Area Details Reminder mails a new random password to the client alone, whatever categories they want. It opens the client area for a week and must
// be changed then; the old one opens nothing; nothing shows it again.
func TestRemindAccess(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{Security: app.SecurityTLS})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", func(n *app.NewClient) {
			without(app.General)(n)
			n.Password = "the old one, in words"
		})
		contact(t, o, id, "books@example.com")
		mail, err := o.Clients.RemindAccess(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		send(t, o)
		got := server.Messages()
		if len(got) != 1 || !slices.Equal(got[0].To, []string{"ada@example.com"}) {
			t.Fatalf("%d messages", len(got))
		}
		_, parts := arrived(t, got[0])
		found := regexp.MustCompile(`Password: (\S+)`).FindStringSubmatch(string(parts["text/plain"]))
		if found == nil {
			t.Fatalf("no password in\n%s", parts["text/plain"])
		}
		c := o.Get(t, id).Client
		if ok, err := argon2id.ComparePasswordAndHash(found[1], c.PasswordHash); !ok || err != nil {
			t.Error("the mailed password does not fit", err)
		}
		if ok, _ := argon2id.ComparePasswordAndHash("the old one, in words", c.PasswordHash); ok {
			t.Error("the old password fits")
		}
		if until := o.Clock.Now().Add(7 * 24 * time.Hour).UnixMilli(); !c.PasswordMustChange || c.PasswordExpiresAt == nil || *c.PasswordExpiresAt != until {
			t.Errorf("must change %v, until %v", c.PasswordMustChange, c.PasswordExpiresAt)
		}
		view, err := o.Mails.View(ctx, mail)
		if err != nil || strings.Contains(view.BodyText+view.BodyHTML, found[1]) || !strings.Contains(view.BodyText, "********") {
			t.Errorf("%v\n%s", err, view.BodyText)
		}
		for _, do := range []func() error{
			func() error { _, err := o.Mails.Resend(ctx, mail); return err },
			func() error { _, err := o.Mails.Again(ctx, mail); return err },
		} {
			if err := do(); app.CodeOf(err) != app.NotAllowed {
				t.Errorf("a wiped password is sent again: %v", err)
			}
		}
		if !slices.ContainsFunc(o.Activity(t, id), func(a data.Activity) bool { return a.Action == "client.password" && a.Who == "Alex Admin" }) {
			t.Error("the log does not say that a password was set")
		}
		if _, err := o.Clients.SetStatus(ctx, []int64{id}, data.Closed); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Clients.RemindAccess(ctx, id); app.CodeOf(err) != app.NotAllowed {
			t.Errorf("a closed client got one: %v", err)
		}
	})
}

// CO-5: whatever is sent, exactly those receive it who are to: the client unless they do not want the category, contacts who get copies of it, nobody twice, and
// nobody but the client what holds a secret.
func TestNobodyElseGetsAMail(t *testing.T) {
	o := apptest.Open(t)
	server := mailtest.Start(t, mailtest.Script{Security: app.SecurityTLS})
	o.Serve(t, server, long)
	r := rand.New(rand.NewPCG(5, 3)) // the same each time
	want := map[string][]string{}    // by Message-ID
	for n := range 40 {
		wants, own := map[app.Category]bool{}, "c"+string(rune('A'+n/26))+string(rune('a'+n%26))+"@example.com"
		for _, c := range app.Categories {
			wants[c] = r.IntN(3) > 0
		}
		id := o.Add(t, own, func(n *app.NewClient) { n.Wants = wants })
		gets := map[string]map[app.Category]bool{}
		var order []string
		for k := range r.IntN(4) {
			address := string(rune('a'+k)) + own
			if k == 0 && r.IntN(3) == 0 {
				address = strings.ToUpper(own) // the client again
			}
			g := map[app.Category]bool{}
			for _, c := range app.Categories {
				g[c] = r.IntN(2) == 0
			}
			d := app.ContactDetails{FirstName: "Con", LastName: "Tact", Email: address, Gets: g}
			if _, err := o.Contacts.Add(ctx, id, app.NewContact{ContactDetails: d}); err != nil {
				t.Fatal(err)
			}
			if gets[address] == nil {
				gets[address], order = g, append(order, address)
			}
		}
		invoice := invoiced(t, o, id, true)
		var mail int64
		var err error
		category, alone := app.Invoice, false
		switch r.IntN(4) {
		case 0:
			mail, alone = queued(t, o, "access_reminder", id, 0, 0), true
			wants = map[app.Category]bool{app.Invoice: true}
		case 1:
			mail = queued(t, o, "invoice_reminder", id, invoice, 0)
		case 2:
			category = app.Categories[r.IntN(len(app.Categories))]
			m := byHand(id)
			m.Category = category
			if mail, err = o.Mails.Send(ctx, m); app.ProblemsOf(err) != nil {
				continue // nobody wants it
			}
		case 3:
			first := queued(t, o, "invoice_created", id, invoice, 0)
			if mail, err = o.Mails.Resend(ctx, first); err == nil {
				err = o.Mails.Cancel(ctx, first)
				if app.CodeOf(err) == app.NotAllowed { // it was suppressed
					err = nil
				}
			}
		}
		if err != nil {
			t.Fatal(err)
		}
		var to []string
		if wants[category] {
			to = append(to, own)
		}
		for _, a := range order {
			if gets[a][category] && !alone && !slices.ContainsFunc(to, func(b string) bool { return strings.EqualFold(a, b) }) {
				to = append(to, a)
			}
		}
		view, err := o.Mails.View(ctx, mail)
		if err != nil {
			t.Fatal(err)
		}
		want[view.MessageID] = to
	}
	send(t, o)
	for id, to := range want {
		var got []string
		for _, m := range server.ByID(id) {
			got = append(got, m.To...)
		}
		lower := func(all []string) []string {
			for i := range all {
				all[i] = strings.ToLower(all[i])
			}
			slices.Sort(all)
			return all
		}
		if !slices.Equal(lower(got), lower(to)) {
			t.Errorf("went to %v, want %v", got, to)
		}
	}
}
