package mail_test

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/mail"
	"clientele/mail/mailtest"
)

// BenchmarkBurst sends plain mails of 400 bytes to a local server over one connection (performance goal 21). It
// reports mails a second, replies a mail, and how much the live heap grew over the run.
func BenchmarkBurst(b *testing.B) {
	for _, mails := range []int{1_000, 10_000} {
		b.Run(fmt.Sprintf("%d", mails), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				burst(b, mails)
			}
			b.ReportMetric(float64(mails*b.N)/b.Elapsed().Seconds(), "mails/s")
		})
	}
}

// BenchmarkDistance sends to a server that is 20 ms away, over one connection and over four (performance goal 21:
// at most 60 ms a mail with four).
func BenchmarkDistance(b *testing.B) {
	for _, connections := range []int{1, 4} {
		b.Run(fmt.Sprintf("%d", connections), func(b *testing.B) {
			server, err := mailtest.New(mailtest.Script{ReplyDelay: 20 * time.Millisecond, Forget: true})
			if err != nil {
				b.Fatal(err)
			}
			defer server.Stop()
			mailer := mail.New(mail.Options{Now: clock})
			sessions := make([]app.MailSession, connections)
			for i := range sessions {
				if sessions[i], _ = mailer.Connect(context.Background(), server.MailServer()); sessions[i] == nil {
					b.Fatal("no connection")
				}
				defer sessions[i].Close()
			}
			const each = 5
			for b.Loop() {
				var running sync.WaitGroup
				for _, session := range sessions {
					running.Go(func() {
						for range each {
							if a := session.Send(context.Background(), message("a@example.com")); a.Delivery != app.Delivered {
								b.Errorf("%+v", a)
							}
						}
					})
				}
				running.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N*each*connections), "ms/mail")
		})
	}
}

func burst(b *testing.B, mails int) {
	server, err := mailtest.New(mailtest.Script{Forget: true})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Stop()
	session, a := mail.New(mail.Options{Now: clock}).Connect(context.Background(), server.MailServer())
	if session == nil {
		b.Fatalf("%+v", a)
	}
	defer session.Close()
	m := message("")
	m.Text = strings.Repeat("0123456789 abcdefghijklmnopqrstuvwxyz.\n", 10)
	before := liveHeap()
	for i := range mails {
		m.MessageID = fmt.Sprintf("%d@example.com", i)
		if a := session.Send(context.Background(), m); a.Delivery != app.Delivered {
			b.Fatalf("mail %d: %+v", i, a)
		}
	}
	b.ReportMetric(float64(liveHeap()-before)/1e6, "MB-grown")
	b.ReportMetric(float64(server.Replies()-2)/float64(mails), "replies/mail")
}

func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
