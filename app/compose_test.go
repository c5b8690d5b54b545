package app_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/mail/mailtest"
)

// put stores a file of a client and returns its number and contents, which are the same for the same size.
func put(t testing.TB, o *apptest.Office, client int64, name string, size int, adminOnly bool) (id int64, content []byte) {
	t.Helper()
	content = make([]byte, size)
	seed := [32]byte{byte(size), byte(size >> 8)}
	_, _ = rand.NewChaCha8(seed).Read(content)
	err := o.Store.Write(ctx, func(tx *data.Tx) error {
		blob, err := tx.NewBlob()
		if err != nil {
			return err
		}
		for n, chunk := range slices.Collect(slices.Chunk(content, data.ChunkSize)) {
			if err := tx.AppendBlob(blob, int64(n), chunk); err != nil {
				return err
			}
		}
		sum := sha256.Sum256(content)
		if err := tx.FinishBlob(blob, int64(size), sum[:]); err != nil {
			return err
		}
		f := data.File{ClientID: client, BlobID: blob, Title: name, Name: name, Size: int64(size), AdminOnly: adminOnly}
		err = tx.InsertFile(&f)
		id = f.ID
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, content
}

// contact adds a contact to a client who gets copies of General mail.
func contact(t testing.TB, o *apptest.Office, client int64, email string) int64 {
	t.Helper()
	c := data.Contact{ClientID: client, FirstName: "Con", LastName: "Tact", Email: email, MailGeneral: true}
	if err := o.Store.Write(ctx, func(tx *data.Tx) error { return tx.InsertContact(&c) }); err != nil {
		t.Fatal(err)
	}
	return c.ID
}

// without has a client switch a category off.
func without(k app.Category) func(*app.NewClient) {
	return func(n *app.NewClient) {
		n.Wants = map[app.Category]bool{}
		for _, c := range app.Categories {
			n.Wants[c] = c != k
		}
	}
}

func byHand(client int64) app.Manual {
	return app.Manual{ClientID: client, Subject: "Your order, {$client_first_name}", Body: "Dear {$client_name},\n\nsee <https://example.com/a?b=1&c=2>.\n\n{$signature}\n"}
}

// arrived reads a message as its reader sees it: the parts by their names, and the texts by their types.
func arrived(t *testing.T, m mailtest.Message) (header netmail.Header, parts map[string][]byte) {
	t.Helper()
	parsed, err := m.Parse()
	if err != nil {
		t.Fatal(err)
	}
	parts = map[string][]byte{}
	var read func(typ string, body io.Reader)
	read = func(typ string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(typ)
		if err != nil || !strings.HasPrefix(kind, "multipart/") {
			t.Fatalf("%q, %v", typ, err)
		}
		for r := multipart.NewReader(body, params["boundary"]); ; {
			p, err := r.NextPart()
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			typ := p.Header.Get("Content-Type")
			if strings.HasPrefix(typ, "multipart/") {
				read(typ, p)
				continue
			}
			var content io.Reader = p
			if p.Header.Get("Content-Transfer-Encoding") == "base64" {
				content = base64.NewDecoder(base64.StdEncoding, p)
			}
			b, err := io.ReadAll(content)
			if err != nil {
				t.Fatal(err)
			}
			name := p.FileName()
			if name == "" {
				name, _, _ = strings.Cut(typ, ";")
			}
			parts[name] = b
		}
	}
	read(parsed.Header.Get("Content-Type"), parsed.Body)
	return parsed.Header, parts
}

// SU-4, CO-5: a mail by hand goes over the line to the client, with a copy to the contact, each once, with values in place and the file byte for byte, also
// where the file was deleted meanwhile; the log has a line.
func TestManualMail(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{Security: app.SecurityTLS})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", nil)
		contact(t, o, id, "books@example.com")
		contact(t, o, id, "ADA@example.com") // the client's own address again
		pdf, pdfBytes := put(t, o, id, "Angebot Müller №7.pdf", 700_001, false)
		empty, _ := put(t, o, id, "empty.txt", 0, false)
		m := byHand(id)
		m.Files = []int64{pdf, empty}
		mail, err := o.Mails.Send(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Store.Write(ctx, func(tx *data.Tx) error { return tx.DeleteFile(pdf) }); err != nil {
			t.Fatal(err)
		}
		if sent := send(t, o); sent.Sent != 1 {
			t.Fatalf("%+v", sent)
		}
		got := server.Messages()
		if len(got) != 1 || !slices.Equal(got[0].To, []string{"ada@example.com", "books@example.com"}) {
			t.Fatalf("%d messages, to %q", len(got), got[0].To)
		}
		header, parts := arrived(t, got[0])
		if header.Get("To") != `"Ada Lovelace" <ada@example.com>` || header.Get("Cc") != `"Con Tact" <books@example.com>` || header.Get("Subject") != "Your order, Ada" {
			t.Errorf("header %v", header)
		}
		if sha256.Sum256(parts["Angebot Müller №7.pdf"]) != sha256.Sum256(pdfBytes) {
			t.Error("the file arrived changed")
		}
		if want := []string{"Angebot Müller №7.pdf", "empty.txt", "text/html", "text/plain"}; !slices.Equal(slices.Sorted(maps.Keys(parts)), want) {
			t.Errorf("parts %q", slices.Sorted(maps.Keys(parts)))
		}
		if text := string(parts["text/plain"]); !strings.HasPrefix(text, "Dear Ada Lovelace,\r\n\r\nsee <https://example.com/a?b=1&c=2>.\r\n\r\nNorthwind Studio") {
			t.Errorf("text %q", text)
		}
		if html := string(parts["text/html"]); !strings.Contains(html, `&lt;<a href="https://example.com/a?b=1&amp;c=2">`) {
			t.Errorf("html %q", html)
		}
		view, err := o.Mails.View(ctx, mail)
		if err != nil || view.State != data.MailSent || len(view.Files) != 2 || view.Files[0].Name != "Angebot Müller №7.pdf" || len(view.To) != 2 {
			t.Errorf("%+v, %v", view, err)
		}
		acts := o.Activity(t, id)
		if acts[1].Action != "mail.queued" || acts[1].Details != "ada@example.com, books@example.com\nAttached: Angebot Müller №7.pdf\nAttached: empty.txt" {
			t.Errorf("the log says %s: %s", acts[1].Action, acts[1].Details)
		}
		o.Sound(t)
	})
}

// All that is wrong with a mail is told at once and beside its field, nothing is stored, and a field that is not there is named.
func TestManualMailRules(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", without(app.Support))
		other := o.Add(t, "other@example.com", nil)
		secret, _ := put(t, o, id, "secret.txt", 10, true)
		foreign, _ := put(t, o, other, "foreign.txt", 10, false)
		large, _ := put(t, o, id, "large.bin", 600<<10, false)
		larger, _ := put(t, o, id, "larger.bin", 500<<10, false)
		o.Change(t, func(s *app.Settings) { s.MailAttachmentsMB = 1 })
		for name, tt := range map[string]struct {
			change func(*app.Manual)
			field  string
			words  string
		}{
			"no subject":          {func(m *app.Manual) { m.Subject = " \n" }, app.FieldSubject, "Enter a subject"},
			"long subject":        {func(m *app.Manual) { m.Subject = strings.Repeat("ä", app.MaxSubject+1) }, app.FieldSubject, "200 characters"},
			"unknown in subject":  {func(m *app.Manual) { m.Subject = "{$client_nam}" }, app.FieldSubject, "{$client_nam}"},
			"part in subject":     {func(m *app.Manual) { m.Subject = "{if $client_name}x{/if}" }, app.FieldSubject, "no parts"},
			"no body":             {func(m *app.Manual) { m.Body = "\n \t" }, app.FieldBody, "Write the message"},
			"unknown in body":     {func(m *app.Manual) { m.Body = "Dear {$name}" }, app.FieldBody, "{$name}"},
			"password in body":    {func(m *app.Manual) { m.Body = "{$client_password}" }, app.FieldBody, "{$client_password}"},
			"field not closed":    {func(m *app.Manual) { m.Body = "Dear {$client_name" }, app.FieldBody, "client_name"},
			"part not closed":     {func(m *app.Manual) { m.Body = "{if $client_name}x" }, app.FieldBody, "{/if}"},
			"long body":           {func(m *app.Manual) { m.Body = strings.Repeat("x", app.MaxBody+1) }, app.FieldBody, "256 kilobytes"},
			"unwanted category":   {func(m *app.Manual) { m.Category = app.Support }, app.FieldMailCategory, "does not want emails of the category Support"},
			"unknown category":    {func(m *app.Manual) { m.Category = "junk" }, app.FieldMailCategory, "another category"},
			"admin only":          {func(m *app.Manual) { m.Files = []int64{secret} }, app.FieldAttachments, "Admin Only"},
			"another's file":      {func(m *app.Manual) { m.Files = []int64{foreign} }, app.FieldAttachments, "no longer there"},
			"a file that is gone": {func(m *app.Manual) { m.Files = []int64{4711} }, app.FieldAttachments, "no longer there"},
			"files too large":     {func(m *app.Manual) { m.Files = []int64{large, larger} }, app.FieldAttachments, "1.1 MB together, but a mail may carry 1 MB"},
			"same file twice":     {func(m *app.Manual) { m.Files = []int64{large, large} }, "", ""},
		} {
			t.Run(name, func(t *testing.T) {
				m := byHand(id)
				tt.change(&m)
				_, err := o.Mails.Preview(ctx, m)
				_, sendErr := o.Mails.Send(ctx, m)
				for _, err := range []error{err, sendErr} {
					if tt.field == "" && err == nil {
						continue
					}
					if !slices.Equal(fields(err), []string{tt.field}) || !strings.Contains(err.Error(), tt.words) {
						t.Errorf("%v at %q", err, fields(err))
					}
				}
			})
		}
		_, err := o.Mails.Send(ctx, app.Manual{ClientID: id, Category: app.Support, Subject: "{$x}"})
		if want := []string{app.FieldSubject, app.FieldBody, app.FieldMailCategory}; !slices.Equal(fields(err), want) {
			t.Errorf("all at once: %q", fields(err))
		}
		m := byHand(id)
		m.Files, m.AdminOnly = []int64{secret}, true
		if _, err := o.Mails.Send(ctx, m); err != nil {
			t.Errorf("an Admin Only file of which the person was told: %v", err)
		}
		if _, err := o.Mails.Send(ctx, byHand(4711)); app.CodeOf(err) != app.NotFound {
			t.Errorf("to nobody: %v", err)
		}
		if n := len(mails(t, o)); n != 2 {
			t.Errorf("%d mails were stored", n)
		}
		o.Sound(t)
	})
}

// What a person typed or a value holds puts neither a secret's mark nor HTML nor a header line into a mail, and a value is not read again for fields.
func TestManualMailIsTextAlone(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", func(n *app.NewClient) { n.FirstName = "{$client_email}<b>" })
	m := app.Manual{ClientID: id, Subject: "a\r\nBcc: evil@example.com\x00\t{$client_first_name}", Body: "\uE0C1client_password\uE0C2 <script>&amp;\x1b[1m\r\n{$client_first_name}"}
	p, err := o.Mails.Preview(ctx, m)
	if err != nil || p.Subject != "a Bcc: evil@example.com {$client_email}<b>" || p.Text != "client_password <script>&amp;[1m\n{$client_email}<b>\n" {
		t.Errorf("%+v, %v", p, err)
	}
	mail, err := o.Mails.Send(ctx, m)
	if err != nil {
		t.Fatal(err)
	}
	view, err := o.Mails.View(ctx, mail)
	if err != nil || !strings.Contains(view.BodyHTML, "<p>client_password &lt;script&gt;&amp;amp;[1m<br>{$client_email}&lt;b&gt;</p>") || view.BodyText != p.Text {
		t.Errorf("%q, %v", view.BodyHTML, err)
	}
}

// A new message begins with a greeting and the signature in the client's language, and can be previewed once it has a subject. Every merge field can be used.
func TestCompose(t *testing.T) {
	o := apptest.Open(t)
	o.Change(t, func(s *app.Settings) {
		s.BusinessName, s.ClientAreaURL = "Northwind Studio", "https://area.example.com"
	})
	for language, want := range map[string]string{"en": "Dear Ada Lovelace,\n\nNorthwind Studio\n", "de": "Guten Tag Ada Lovelace,\n\nNorthwind Studio\n", "fr": "Dear Ada"} {
		id := o.Add(t, language+"@example.com", func(n *app.NewClient) { n.Language, n.Company = language, "Analytical Engines" })
		d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id})
		m := d.Manual
		if err != nil || m.Subject != "" || m.Category != app.General || m.ClientID != id {
			t.Fatalf("%+v, %v", m, err)
		}
		if strings.Contains(m.Body, "$") {
			t.Errorf("%s: what is known is not in the text: %q", language, m.Body)
		}
		m.Subject = "Hello"
		p, err := o.Mails.Preview(ctx, m)
		if err != nil || !strings.HasPrefix(p.Text, want) || len(p.To) != 1 {
			t.Errorf("%s: %+v, %v", language, p, err)
		}
		m.Body = ""
		for _, f := range app.MergeFields() {
			if f.Label == "" {
				t.Errorf("%s has no name", f.Token)
			}
			m.Body += f.Token + "\n"
		}
		if p, err := o.Mails.Preview(ctx, m); err != nil || strings.Contains(p.Text, "$") || len(strings.Split(strings.TrimSpace(p.Text), "\n")) != len(app.MergeFields()) {
			t.Errorf("%q, %v", p.Text, err)
		}
	}
	if _, err := o.Mails.Compose(ctx, app.Manual{ClientID: 4711}); app.CodeOf(err) != app.NotFound {
		t.Errorf("for nobody: %v", err)
	}
}

// What is known of a client stands in the text that is edited, unless it would read as something else there: that stays a field, and goes out as it is.
func TestComposeWithValuesThatAreMarks(t *testing.T) {
	o := apptest.Open(t)
	for name, filled := range map[string]bool{"O'Hara & Söhne <Ltd>": true, "*Acme*": false, "{$client_email}": false, "- a dash": false, "https://example.com": true, "**": false, "Back\\slash": false} {
		o.Change(t, func(s *app.Settings) { s.MailSignature = name })
		id := o.Add(t, fmt.Sprintf("a%d@example.com", len(name)*100+int(name[0])), nil)
		d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id})
		if err != nil || strings.Contains(d.Body, "{$signature}") == filled {
			t.Errorf("%s: %q, %v", name, d.Body, err)
		}
		d.Subject = "Hello"
		if p, err := o.Mails.Preview(ctx, d.Manual); err != nil || p.Text != "Dear Ada Lovelace,\n\n"+name+"\n" {
			t.Errorf("%s goes out as %q, %v", name, p.Text, err)
		}
		if d, err := o.Campaigns.Compose(ctx, id, ""); err != nil || !strings.Contains(d.Body, "{$client_name}") || !strings.Contains(d.Body, "{$signature}") {
			t.Errorf("a mail to many begins with %q, %v", d.Body, err)
		}
	}
}

// Who would receive a mail is told before, for each category, with the reason where the client would not; and so is what can go with it.
func TestDraft(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", without(app.General))
	contact(t, o, id, "books@example.com")
	first, _ := put(t, o, id, "a.txt", 1, false)
	second, _ := put(t, o, id, "b.txt", 2, true)
	put(t, o, o.Add(t, "other@example.com", nil), "c.txt", 3, false)
	d, err := o.Mails.Compose(ctx, app.Manual{ClientID: id})
	if err != nil || len(d.Audiences) != len(app.Categories) || d.Ready || d.Most != 20<<20 {
		t.Fatalf("%+v, %v", d, err)
	}
	if a := d.Audiences[app.General]; len(a.To) != 1 || a.To[0].Email != "books@example.com" || a.To[0].Copy || a.Why == "" {
		t.Errorf("General: %+v", a)
	}
	if a := d.Audiences[app.Invoice]; len(a.To) != 1 || a.To[0].Email != "ada@example.com" || a.Why != "" {
		t.Errorf("Invoice: %+v", a)
	}
	if len(d.Files) != 2 || d.Files[0].ID != second || d.Files[1].ID != first {
		t.Errorf("files %+v", d.Files)
	}
}

// Two presses of the button are one mail. Without a mail server it waits in the outbox (CL-7).
func TestManualMailOnceAndWithoutServer(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		id := o.Add(t, "ada@example.com", nil)
		m := byHand(id)
		m.Key = "press"
		first, err := o.Mails.Send(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if second, err := o.Mails.Send(ctx, m); err != nil || second != first {
			t.Errorf("%d then %d, %v", first, second, err)
		}
		sent := send(t, o)
		if ms := mails(t, o); len(ms) != 1 || ms[0].State != data.MailQueued || sent.Blocked == "" {
			t.Errorf("%d mails, %+v", len(ms), sent)
		}
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		if send(t, o); len(server.Messages()) != 1 {
			t.Errorf("%d arrived once there is a server", len(server.Messages()))
		}
	})
}

// Each of the faults leaves a mail with a copy and a file where it leaves one without, and what arrives at last is whole and has its first Message-ID.
func TestFaultsWithAttachment(t *testing.T) {
	o := apptest.Open(t)
	id := o.Add(t, "ada@example.com", nil)
	contact(t, o, id, "books@example.com")
	file, content := put(t, o, id, "plan.bin", 300_000, false)
	for _, b := range mailtest.MessageFaults() {
		if b == mailtest.HangAtMail || b == mailtest.HangAfterDot {
			continue // they differ from the cuts by the time that they take
		}
		t.Run(string(b), func(t *testing.T) {
			server := mailtest.Start(t, mailtest.Script{First: []mailtest.Behaviour{b}})
			o.Serve(t, server, long)
			m := byHand(id)
			m.Files = []int64{file}
			mail, err := o.Mails.Send(ctx, m)
			if err != nil {
				t.Fatal(err)
			}
			send(t, o)
			view, err := o.Mails.View(ctx, mail)
			if err != nil {
				t.Fatal(err)
			}
			if view.State == data.MailFailed {
				if err := o.Mails.Retry(ctx, mail); err != nil {
					t.Fatal(err)
				}
			}
			o.Clock.Advance(app.UncertainWait)
			send(t, o)
			copies := server.ByID(view.MessageID)
			if len(copies) == 0 || len(copies) != len(server.Messages()) {
				t.Fatalf("%d of %d messages have the first name", len(copies), len(server.Messages()))
			}
			for _, c := range copies {
				if _, parts := arrived(t, c); len(c.To) != 2 || !bytes.Equal(parts["plan.bin"], content) {
					t.Errorf("to %q, a file of %d bytes", c.To, len(parts["plan.bin"]))
				}
			}
			o.Outbox.SendNow()
		})
	}
}

// A file that is damaged in the store goes to nobody: the mail fails and says why, and the mails after it go.
func TestDamagedAttachment(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", nil)
		err := o.Store.Write(ctx, func(tx *data.Tx) error { // what the sum does not fit, as after a fault of the disk
			for i, name := range []string{"changed.bin", "cut.bin"} {
				blob, err := tx.NewBlob()
				if err != nil {
					return err
				}
				if err := tx.AppendBlob(blob, 0, make([]byte, data.ChunkSize)); err != nil {
					return err
				}
				if err := tx.FinishBlob(blob, int64(data.ChunkSize*(i+1)), make([]byte, 32)); err != nil {
					return err
				}
				if err := tx.InsertFile(&data.File{ClientID: id, BlobID: blob, Title: name, Name: name, Size: int64(data.ChunkSize * (i + 1))}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, files := range [][]int64{{1}, {2}, nil} {
			m := byHand(id)
			m.Files = files
			if _, err := o.Mails.Send(ctx, m); err != nil {
				t.Fatal(err)
			}
		}
		sent := send(t, o)
		ms := mails(t, o)
		if sent.Sent != 1 || sent.Failed != 2 || len(server.Messages()) != 1 || ms[2].State != data.MailSent {
			t.Errorf("%+v, %d arrived", sent, len(server.Messages()))
		}
		for i, name := range []string{"changed.bin", "cut.bin"} {
			if ms[i].State != data.MailFailed || !strings.Contains(ms[i].Answer, name) || !strings.Contains(ms[i].Answer, "damaged") {
				t.Errorf("%s: %q", ms[i].State, ms[i].Answer)
			}
		}
	})
}

// The program dies while it sends a mail with a file: it goes again, whole, under its first Message-ID.
func TestCrashWithAttachment(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		server := mailtest.Start(t, mailtest.Script{})
		o.Serve(t, server, long)
		id := o.Add(t, "ada@example.com", nil)
		file, content := put(t, o, id, "plan.bin", 600_000, false)
		m := byHand(id)
		m.Files = []int64{file}
		mail, err := o.Mails.Send(ctx, m)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.Store.Write(ctx, func(tx *data.Tx) error {
			ms, err := tx.ClaimDue(o.Configuration.Installation, 1)
			if err == nil && len(ms) != 1 {
				err = fmt.Errorf("%d mails claimed", len(ms))
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
		o.Use(o.Mailer(server, long)) // a new start
		send(t, o)
		o.Clock.Advance(app.UncertainWait)
		send(t, o)
		view, err := o.Mails.View(ctx, mail)
		if err != nil {
			t.Fatal(err)
		}
		copies := server.ByID(view.MessageID)
		if len(copies) != 1 || view.State != data.MailSent {
			t.Fatalf("%d arrived, %s", len(copies), view.State)
		}
		if _, parts := arrived(t, copies[0]); !bytes.Equal(parts["plan.bin"], content) {
			t.Error("the file arrived changed")
		}
	})
}

// What the checks say of a mail's file: that it is damaged, or not as large as the mail says. A file that was deleted is sound as long as a mail has it.
func TestChecksOfAttachments(t *testing.T) {
	for spoilt, want := range map[string]string{
		"UPDATE mail_attachments SET size = size + 1":            "attachments of mails that are not as large as their contents: 1",
		"UPDATE blob_chunks SET bytes = zeroblob(length(bytes))": "mail #1, attachment “plan.bin”",
		"DELETE FROM blob_chunks WHERE n = 1":                    "mail #1, attachment “plan.bin”",
	} {
		o := apptest.Open(t)
		id := o.Add(t, "ada@example.com", nil)
		file, _ := put(t, o, id, "plan.bin", 300_000, false)
		m := byHand(id)
		m.Files = []int64{file}
		if _, err := o.Mails.Send(ctx, m); err != nil {
			t.Fatal(err)
		}
		if err := o.Store.Write(ctx, func(tx *data.Tx) error { return tx.DeleteFile(file) }); err != nil {
			t.Fatal(err)
		}
		o.Sound(t)
		spoil(t, apptest.Path(o.Folder), spoilt)
		r, err := o.Checks.Run(ctx, app.Quiet{})
		if err != nil {
			t.Fatal(err)
		}
		found := func(k app.Check) bool {
			return slices.ContainsFunc(k.Found, func(s string) bool { return strings.Contains(s, want) })
		}
		if !slices.ContainsFunc(r.Checks, found) {
			t.Errorf("%s: %+v", spoilt, r)
		}
	}
}
