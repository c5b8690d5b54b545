package mail_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	netmail "net/mail"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clientele/app"
	"clientele/mail/mailtest"
)

// received is a message as its reader sees it.
type received struct {
	header      netmail.Header
	text, html  string
	attachments []file
}

// file is an attachment with its contents.
type file struct {
	Name, ContentType string
	Content           []byte
}

// attach makes attachments of files.
func attach(files ...file) []app.Attachment {
	all := make([]app.Attachment, len(files))
	for i, f := range files {
		all[i] = app.Attachment{Name: f.Name, ContentType: f.ContentType, Size: int64(len(f.Content)), Open: func() (io.Reader, error) {
			return bytes.NewReader(f.Content), nil
		}}
	}
	return all
}

// roundTrip sends a message and reads it back with parsers that are not ours.
func roundTrip(t *testing.T, m app.Message, extensions ...string) received {
	t.Helper()
	server := mailtest.Start(t, mailtest.Script{Extensions: extensions})
	mustDeliver(t, connect(t, newMailer(server), server.MailServer()), m)
	parsed, err := server.Messages()[0].Parse()
	if err != nil {
		t.Fatal(err)
	}
	r := received{header: parsed.Header}
	r.read(t, parsed.Header.Get, parsed.Body)
	return r
}

func (r *received) read(t *testing.T, header func(string) string, body io.Reader) {
	t.Helper()
	kind, parameters, err := mime.ParseMediaType(header("Content-Type"))
	if err != nil {
		t.Fatalf("Content-Type %q: %v", header("Content-Type"), err)
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(body, parameters["boundary"])
		for {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			r.read(t, part.Header.Get, part)
		}
	}
	switch header("Content-Transfer-Encoding") {
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	}
	content, err := io.ReadAll(body)
	if err != nil {
		t.Fatal(err)
	}
	if disposition, named, err := mime.ParseMediaType(header("Content-Disposition")); err == nil {
		if disposition != "attachment" || named["filename"] != parameters["name"] {
			t.Errorf("disposition %q with name %q, type with name %q", disposition, named["filename"], parameters["name"])
		}
		r.attachments = append(r.attachments, file{Name: named["filename"], ContentType: kind, Content: content})
		return
	}
	text := strings.ReplaceAll(string(content), "\r\n", "\n")
	switch kind {
	case "text/plain":
		r.text = text
	case "text/html":
		r.html = text
	}
}

func (r received) subject(t *testing.T) string {
	t.Helper()
	s, err := new(mime.WordDecoder).DecodeHeader(r.header.Get("Subject"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestContent: everything a message can hold arrives as it was (ML-1, ML-3).
func TestContent(t *testing.T) {
	pdf := bytes.Repeat([]byte("%PDF-1.7\r\n.\r\n\x00\xff"), 1000)
	files := []file{
		{Name: "Rechnung Müller №7 🧾.pdf", ContentType: "application/pdf", Content: pdf},
		{Name: "plain name.txt", ContentType: "text/plain; charset=utf-8", Content: []byte("no line end")},
		{Name: "empty.bin", Content: nil},
		{Name: strings.Repeat("長", 100) + ".csv", ContentType: "text/csv", Content: []byte("a,b\n")},
	}
	m := app.Message{
		MessageID:   "q1w2e3@mail.example.com",
		From:        app.Address{Name: "Müller & Söhne, „Büro“", Email: "büro@bücher.example"},
		ReplyTo:     app.Address{Name: "خدمة العملاء", Email: "reply@example.com"},
		To:          []app.Address{{Name: `Ada "the first" Lovelace`, Email: "Ada@Example.org"}, {Email: "bob@example.org"}},
		CC:          []app.Address{{Name: "山田 太郎 👩‍👩‍👧‍👦", Email: "yamada@例え.jp"}},
		Subject:     "Ваш счёт 🧾 שלום " + strings.Repeat("שלום עולם ", 40) + "end",
		Text:        "Dear Ada,\n\n.\n..dots\n.leading\ntrailing \nFrom here\n=3D is not =\nשלום 🧾\n\n" + strings.Repeat("x", 5000) + "\n" + strings.Repeat("長い行", 2000) + "\n",
		HTML:        "<p>" + strings.Repeat("ä<br>", 3000) + "</p>\n.\n",
		Attachments: attach(files...),
	}
	r := roundTrip(t, m, "SMTPUTF8")
	if got := r.subject(t); got != m.Subject {
		t.Errorf("subject %q; want %q", got, m.Subject)
	}
	for name, want := range map[string]string{
		"Message-Id": "<q1w2e3@mail.example.com>", "Date": "Tue, 04 Mar 2031 05:06:07 +0200", "Mime-Version": "1.0",
	} {
		if got := r.header.Get(name); got != want {
			t.Errorf("%s: %q; want %q", name, got, want)
		}
	}
	addresses := func(list ...app.Address) []*netmail.Address {
		var out []*netmail.Address
		for _, a := range list {
			out = append(out, &netmail.Address{Name: a.Name, Address: a.Email})
		}
		return out
	}
	m.From.Email = "büro@xn--bcher-kva.example"
	m.To[0].Email, m.CC[0].Email = "Ada@example.org", "yamada@xn--r8jz45g.jp"
	for name, want := range map[string][]*netmail.Address{
		"From": addresses(m.From), "Reply-To": addresses(m.ReplyTo), "To": addresses(m.To...), "Cc": addresses(m.CC...),
	} {
		got, err := r.header.AddressList(name)
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("%s: %v\n%s", name, err, cmp.Diff(want, got))
		}
	}
	if r.text != m.Text || r.html != m.HTML {
		t.Errorf("the texts changed:\n%s%s", cmp.Diff(m.Text, r.text), cmp.Diff(m.HTML, r.html))
	}
	want := files
	want[1].ContentType = "text/plain"
	want[2].ContentType, want[2].Content = "application/octet-stream", []byte{}
	want[3].Name = strings.Repeat("長", 65) + ".csv"
	if diff := cmp.Diff(want, r.attachments); diff != "" {
		t.Error(diff)
	}
}

// TestAlternatives: readers get the form that they can show, the best one last.
func TestAlternatives(t *testing.T) {
	for _, tt := range []struct{ text, html, kind string }{
		{"text", "", "text/plain"},
		{"", "<p>html</p>", "text/html"},
		{"text", "<p>html</p>", "multipart/alternative"},
	} {
		m := message("a@example.com")
		m.Text, m.HTML = tt.text, tt.html
		r := roundTrip(t, m)
		// SMTP ends the last line of a message that is one part.
		r.text, r.html = strings.TrimSuffix(r.text, "\n"), strings.TrimSuffix(r.html, "\n")
		if got := r.header.Get("Content-Type"); !strings.HasPrefix(got, tt.kind+";") || r.text != tt.text || r.html != tt.html {
			t.Errorf("%+v: type %q, text %q, html %q", tt, got, r.text, r.html)
		}
	}
}

// TestNothingLeaks: the headers are those that are needed, and none tells of the machine or the program.
func TestNothingLeaks(t *testing.T) {
	r := roundTrip(t, message("a@example.com"))
	for name := range r.header {
		switch name {
		case "Content-Transfer-Encoding", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To":
		default:
			t.Errorf("header %s: %q", name, r.header[name])
		}
	}
	machine, err := os.Hostname()
	if err != nil || machine == "localhost" {
		t.Skipf("this machine has no name that could leak: %q, %v", machine, err)
	}
	for name, values := range r.header {
		if strings.Contains(strings.Join(values, " "), machine) {
			t.Errorf("%s holds the name of the machine: %q", name, values)
		}
	}
}

// TestHeadersCannotBeInjected: no text of a message can add a header line, a part or a recipient (trust 2.10).
func TestHeadersCannotBeInjected(t *testing.T) {
	for _, evil := range []string{
		"x\r\nBcc: evil@example.net", "x\nBcc: evil@example.net", "x\rBcc: evil@example.net",
		"x\r\n\r\nbody", "x\u2028Bcc: evil@example.net", "x\x00\x0b\x0cBcc: evil@example.net",
		"=?UTF-8?Q?=0D=0ABcc:_evil@example.net?=", "\"\r\nBcc: evil@example.net\r\n\"", "\\\"\r\nBcc: e", "x\u0085Bcc: e",
		strings.Repeat("long ", 500) + "\r\nBcc: evil@example.net", strings.Repeat("w", 3000) + "\r\nBcc: e",
	} {
		m := message("a@example.com")
		m.From.Name, m.To[0].Name, m.Subject = evil, evil, evil
		m.ReplyTo = app.Address{Name: evil, Email: "reply@example.com"}
		m.Attachments = attach(
			file{Name: evil + ".pdf", ContentType: "application/pdf", Content: []byte("x")},
			file{Name: "a.bin", ContentType: evil, Content: []byte("x")},
			file{Name: "b.bin", ContentType: "text/plain; charset=\"a\r\nBcc: evil@example.net\"", Content: []byte("x")},
		)
		server := mailtest.Start(t, mailtest.Script{})
		mustDeliver(t, connect(t, newMailer(server), server.MailServer()), m)
		got := server.Messages()[0]
		for _, line := range strings.Split(string(got.Data), "\r\n") {
			if strings.HasPrefix(line, "Bcc") {
				t.Errorf("%q made the line %q", evil, line)
			}
		}
		parsed, err := got.Parse()
		if err != nil {
			t.Fatal(err)
		}
		r := received{header: parsed.Header}
		r.read(t, parsed.Header.Get, parsed.Body)
		if len(got.To) != 1 || len(r.header) != 8 || len(r.attachments) != 3 || r.text != m.Text {
			t.Errorf("%q: recipients %q, headers %v, %d attachments, text %q", evil, got.To, r.header, len(r.attachments), r.text)
		}
		if words := r.subject(t); strings.Contains(evil, "=?") && words != evil {
			t.Errorf("subject %q was read as %q", evil, words)
		}
	}
}

// TestUnsendable: what cannot be sent is refused before the server hears of it, with a reason; a fault in the
// settings blocks the queue instead.
func TestUnsendable(t *testing.T) {
	tests := []struct {
		name   string
		change func(*app.Message)
		want   app.Delivery
		words  string
	}{
		{"no recipient", func(m *app.Message) { m.To = nil }, app.Refused, "no recipient"},
		{"bad recipient", func(m *app.Message) { m.To[0].Email = `"a@b.com> ORCPT=x <c@d.com"@e.com` }, app.Refused, `character "`},
		{"recipient with a line", func(m *app.Message) { m.To[0].Email = "a@example.com\r\nRCPT TO:<b@example.com>" }, app.Refused, "blanks"},
		{"bad copy", func(m *app.Message) { m.CC = []app.Address{{Email: "nobody"}} }, app.Refused, "has no @"},
		{"local part needs SMTPUTF8", func(m *app.Message) { m.To[0].Email = "ädä@example.com" }, app.Refused, "English alphabet"},
		{"too big", func(m *app.Message) { m.Text = strings.Repeat("long ", 1000) }, app.Refused, "takes at most 4 kB"},
		{"no Message-ID", func(m *app.Message) { m.MessageID = "" }, app.Refused, "Message-ID"},
		{"Message-ID with a line", func(m *app.Message) { m.MessageID = "a@b\r\nBcc: c@d" }, app.Refused, "Message-ID"},
		{"Message-ID with brackets", func(m *app.Message) { m.MessageID = "<a@b>" }, app.Refused, "Message-ID"},
		{"no sender", func(m *app.Message) { m.From = app.Address{} }, app.Blocked, "sender in the mail settings"},
		{"bad reply address", func(m *app.Message) { m.ReplyTo.Email = "x@" }, app.Blocked, "reply address"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			server := mailtest.Start(t, mailtest.Script{Extensions: []string{"SIZE 4096"}})
			session := connect(t, newMailer(server), server.MailServer())
			m := message("a@example.com")
			tt.change(&m)
			a := session.Send(context.Background(), m)
			if a.Delivery != tt.want || a.Code != 0 || !strings.Contains(a.Answer, tt.words) || server.Mails() != 0 {
				t.Errorf("got %+v after %d MAIL; want %s, %q after none", a, server.Mails(), tt.want, tt.words)
			}
			checkOneLine(t, a.Answer)
			mustDeliver(t, session, message("next@example.com"))
		})
	}
}

// TestBigMessage: ten megabytes go through, over TLS too, and come out unharmed.
func TestBigMessage(t *testing.T) {
	big := bytes.Repeat([]byte("0123456789.\n"), 10<<20/12)
	server := mailtest.Start(t, mailtest.Script{Security: app.SecurityTLS})
	session := connect(t, newMailer(server), server.MailServer())
	m := message("big@example.com")
	m.Text = string(big)
	m.Attachments = attach(file{Name: "big.bin", Content: big})
	mustDeliver(t, session, m)
	parsed, err := server.Messages()[0].Parse()
	if err != nil {
		t.Fatal(err)
	}
	var r received
	r.read(t, parsed.Header.Get, parsed.Body)
	if r.text != m.Text || len(r.attachments) != 1 || !bytes.Equal(r.attachments[0].Content, big) {
		t.Errorf("%d bytes of text and %d attachments came", len(r.text), len(r.attachments))
	}
	mustDeliver(t, session, message("small@example.com"))
}

// TestRepeatsKeepTheirID: a mail sent again can be recognised by the receiver, whenever that is.
func TestRepeatsKeepTheirID(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{First: []mailtest.Behaviour{mailtest.CutAfterDot}})
	mailer := newMailer(server)
	m := message("same@example.com")
	if a := connect(t, mailer, server.MailServer()).Send(context.Background(), m); a.Delivery != app.Uncertain {
		t.Fatalf("got %+v; want uncertain", a)
	}
	mustDeliver(t, connect(t, mailer, server.MailServer()), m)
	if n := len(server.ByID("same@example.com")); n != 2 || server.Counts()["same@example.com"] != 2 {
		t.Errorf("%d messages with the ID; want 2", n)
	}
}

// TestReplies counts what a message costs a round trip away: one reply each for MAIL, RCPT, DATA and the dot
// (performance goal 21: at most 8).
func TestReplies(t *testing.T) {
	server := mailtest.Start(t, mailtest.Script{ReplyDelay: time.Millisecond})
	session := connect(t, newMailer(server), server.MailServer())
	before := server.Replies()
	const mails = 10
	for range mails {
		mustDeliver(t, session, message("a@example.com"))
	}
	if replies := server.Replies() - before; replies != 4*mails || server.Connections() != 1 {
		t.Errorf("%d replies on %d connections for %d mails; want 4 each on one", replies, server.Connections(), mails)
	}
}
