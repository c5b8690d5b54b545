package app

import (
	"context"
	"testing"

	"clientele/data"
	"clientele/data/datatest"
)

// A mail whose attachments are being read as the program is closed is not failed: it waits as before, and is due.
func TestClosedWhileReadingAttachments(t *testing.T) {
	a := New(Params{Store: datatest.Open(t), Now: datatest.Clock, Who: "Ann"})
	ctx, closed := context.WithCancel(t.Context())
	closed()
	m := data.Mail{ID: 1, State: data.MailQueued, Recipients: `[{"email":"ada@example.com"}]`, Answer: "450 later"}
	got := (&outboxRun{Outbox: a.Outbox}).send(ctx, nil, m)
	if got.Delivery != interrupted || got.Answer != "450 later" {
		t.Fatalf("%+v", got)
	}
	if o := judge(m, got, datatest.Clock()); o.state != data.MailQueued || !o.next.Equal(datatest.Clock()) || o.act != "" || o.wipe {
		t.Errorf("%+v", o)
	}
}
