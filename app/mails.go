package app

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// Mails writes mails into the outbox and shows what became of them. The Outbox sends them.
type Mails struct {
	core
	settings  *SettingsService
	documents *Documents
	mailer    Mailer
}

// outgoing is a mail that is about to go into the outbox.
type outgoing struct {
	kind   mailKind
	client data.Client
	text   mailText
	values map[string]string
	// secrets are values that are kept sealed, such as a new password. A mail that has any goes to the client alone: a copy would give others the
	// means to log in as them.
	secrets map[string]string
	files   []data.MailAttachment
	// invoice and transaction are what it tells of; 0 for none. encloses has the invoice go with it as PDF.
	invoice, transaction int64
	encloses             bool
	campaign             int64  // the mail to many that it is one of; 0 for none
	off                  string // why no mail of this kind is sent at all; empty where they are
}

// queue renders a mail and stores it with its files, in the transaction of the change that it announces, and returns its number. Where nobody wants it,
// it is stored as suppressed.
func (s *Mails) queue(tx *data.Tx, set Settings, o outgoing) (int64, error) {
	r, err := o.text.render(o.kind, o.values, o.secrets)
	if err != nil {
		return 0, err
	}
	return s.store(tx, set, o, r)
}

// store puts a mail that was rendered into the outbox.
func (s *Mails) store(tx *data.Tx, set Settings, o outgoing, r rendered) (int64, error) {
	a, err := o.audience(tx)
	if err != nil {
		return 0, err
	}
	if o.off != "" {
		a = Audience{Why: o.off}
	}
	list, err := json.Marshal(a.To)
	if err != nil {
		return 0, err
	}
	id := o.client.ID
	m := data.Mail{
		MessageID: newMessageID(set.MailFrom), Kind: o.kind.name, Category: string(o.kind.category), ClientID: &id, Recipients: string(list),
		ToLine: toLine(a.To), Subject: r.subject, BodyText: r.text, BodyHTML: r.html, State: data.MailQueued, Who: s.who(),
		InvoiceID: given(o.invoice), TransactionID: given(o.transaction), Encloses: o.encloses, CampaignID: given(o.campaign),
	}
	if len(a.To) == 0 {
		m.Recipients = "[]"
		m.State, m.Answer, m.ToLine = data.MailSuppressed, a.Why, o.client.Email
		o.secrets = nil
	}
	if len(o.secrets) > 0 {
		if m.Secrets, err = s.sealSecrets(m.MessageID, o.secrets); err != nil {
			return 0, err
		}
		m.SealedBy = s.config.Installation
	}
	if err := tx.QueueMail(&m); err != nil {
		return 0, err
	}
	if err := tx.AttachToMail(m.ID, o.files); err != nil {
		return 0, err
	}
	details := m.ToLine
	for _, f := range o.files {
		details += "\n" + i18n.T("Attached: %s", f.Name)
	}
	return m.ID, tx.AddActivity(s.entry(actMailQueued, id, m.Subject, details))
}

// audience is who receives the mail. One with a secret goes to the client alone.
func (o outgoing) audience(tx *data.Tx) (Audience, error) {
	if o.kind.asked {
		return clientAlone(o.client), nil
	}
	if len(o.secrets) > 0 {
		return audience(o.client, nil, o.kind.category), nil
	}
	contacts, err := tx.Contacts(o.client.ID)
	return audience(o.client, contacts, o.kind.category), err
}

// given is a number as it is stored where 0 means none.
func given(id int64) *int64 {
	if id == 0 {
		return nil
	}
	return &id
}

// newMessageID names a mail for good. It holds nothing of this machine.
func newMessageID(from string) string {
	b := make([]byte, 20)
	rand.Read(b)
	domain := "clientele.invalid"
	if _, d, ok := strings.Cut(from, "@"); ok && d != "" {
		if wire, err := email.Wire(from); err == nil {
			_, domain, _ = strings.Cut(wire, "@")
		}
	}
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b)) + "@" + domain
}

// MailView is a mail as it is shown: secrets are asterisks.
type MailView struct {
	data.Mail
	To    []data.Recipient
	Files []data.MailAttachment
	// Document is the name of the invoice that goes with it as PDF, or empty. It is made as the mail is sent and not kept: looked at later it is made anew, from
	// the invoice as it is then. Its number, lines and addresses do not change once it is published; what was paid on it does.
	Document string
}

// View reads a mail to show it.
func (s *Mails) View(ctx context.Context, id int64) (MailView, error) {
	var v MailView
	err := s.read(ctx, func(tx *data.Tx) (err error) {
		if v.Mail, err = tx.Mail(id); err != nil {
			return err
		}
		if v.To, err = v.RecipientList(); err != nil {
			return err
		}
		if v.Files, err = tx.MailAttachments(id); err != nil {
			return err
		}
		v.Document, err = enclosed(tx, v.Mail)
		v.BodyText, v.BodyHTML, v.Subject, v.Secrets = mask(v.BodyText), mask(v.BodyHTML), mask(v.Subject), nil
		return err
	})
	return v, err
}

// enclosed is the name of the invoice that goes with a mail; empty where none does or it was deleted.
func enclosed(tx *data.Tx, m data.Mail) (string, error) {
	if !m.Encloses || m.InvoiceID == nil {
		return "", nil
	}
	i, err := tx.Invoice(*m.InvoiceID)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	c, err := tx.Client(i.ClientID)
	return invoiceName(i18n.For(languageOf(c)), i), err
}

// MailFilter says which mails a list shows. The zero value shows all.
type MailFilter struct {
	States   []data.MailState
	ClientID int64
	Kind     string    // a shipped one, one of the office's own, or message; empty means any
	From, To date.Date // when they were written, both days included; no date leaves that end open
	Text     string    // a piece of the subject or of an address
}

// List reads up to n mails older than the one with the number before, or the newest where it is 0, newest first. Their bodies are not read.
func (s *Mails) List(ctx context.Context, f MailFilter, before int64, n int) (ms []data.Mail, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		ms, err = tx.Mails(f.stored(), before, n)
		return err
	})
	return ms, err
}

// stored is the filter as the store takes it.
func (f MailFilter) stored() data.MailFilter {
	s := data.MailFilter{States: f.States, ClientID: f.ClientID, Text: strings.TrimSpace(f.Text)}
	if f.Kind != "" {
		s.Kinds = []string{f.Kind}
	}
	if !f.From.IsZero() {
		s.From = startOf(f.From)
	}
	if !f.To.IsZero() {
		s.To = startOf(f.To.AddDays(1))
	}
	return s
}

// Narrowed tells whether more than states leaves mails out.
func (f MailFilter) Narrowed() bool {
	return f.ClientID != 0 || f.Kind != "" || !f.From.IsZero() || !f.To.IsZero() || strings.TrimSpace(f.Text) != ""
}

// Counts tells how many mails are in each state.
func (s *Mails) Counts(ctx context.Context) (counts map[data.MailState]int64, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		counts, err = tx.MailCounts()
		return err
	})
	return counts, err
}

// Retry puts a mail that failed, waits or was cancelled at the head of the outbox. One whose secret was wiped cannot go again.
func (s *Mails) Retry(ctx context.Context, id int64) error {
	return s.settle(ctx, id, []data.MailState{data.MailFailed, data.MailQueued, data.MailUncertain, data.MailCancelled}, func(tx *data.Tx, m data.Mail) error {
		if len(m.Secrets) == 0 && strings.ContainsRune(m.BodyText, secretOpen) {
			return &Error{Code: NotAllowed, Message: i18n.T("The password in this mail was wiped, so it cannot be sent again. Send the client a new one instead.")}
		}
		if err := tx.SettleMail(id, data.MailQueued, tx.Now(), "", false); err != nil {
			return err
		}
		return tx.AddActivity(s.entry(actMailRetried, clientOf(m), m.Subject, ""))
	})
}

// Cancel takes a mail out of the outbox. Its secret is wiped.
func (s *Mails) Cancel(ctx context.Context, id int64) error {
	return s.settle(ctx, id, []data.MailState{data.MailFailed, data.MailQueued, data.MailUncertain}, func(tx *data.Tx, m data.Mail) error {
		if err := tx.SettleMail(id, data.MailCancelled, time.Time{}, m.Answer, true); err != nil {
			return err
		}
		return tx.AddActivity(s.entry(actMailCancelled, clientOf(m), m.Subject, ""))
	})
}

// settle changes the state of a mail that is in one of the given ones.
func (s *Mails) settle(ctx context.Context, id int64, from []data.MailState, change func(*data.Tx, data.Mail) error) error {
	return s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		m, err := tx.MailToChange(id)
		if err != nil {
			return err
		}
		for _, state := range from {
			if m.State == state {
				*changes = append(*changes, Change{TopicMail, clientOf(m)})
				return change(tx, m)
			}
		}
		return &Error{Code: NotAllowed, Message: i18n.T("This mail is being sent or was sent meanwhile, so it was left as it is.")}
	})
}

func clientOf(m data.Mail) int64 {
	if m.ClientID == nil {
		return 0
	}
	return *m.ClientID
}

// TestConnection connects and logs in with the given settings and returns the server's words. password is that typed just now, or empty for the one
// that is kept.
func (s *Mails) TestConnection(ctx context.Context, set Settings, password string) (Attempt, error) {
	session, attempt, err := s.connect(ctx, set, password)
	if session != nil {
		_ = session.Close()
	}
	return attempt, err
}

// SendTest sends a short mail to the given address with the given settings and returns the server's words.
func (s *Mails) SendTest(ctx context.Context, set Settings, password, to string) (Attempt, error) {
	address, err := email.Parse(to)
	if err != nil {
		return Attempt{}, Problems{{Code: Invalid, Field: "to", Message: err.Error()}}
	}
	session, attempt, err := s.connect(ctx, set, password)
	if session == nil {
		return attempt, err
	}
	defer func() { _ = session.Close() }()
	return session.Send(ctx, Message{
		MessageID: newMessageID(set.MailFrom), From: Address{set.MailFromName, set.MailFrom}, ReplyTo: Address{Email: set.MailReplyTo}, To: []Address{{Email: address}},
		Subject: i18n.T("Test mail from Clientele"), Text: i18n.T("This mail shows that Clientele can send mail with the settings that you entered.") + "\n",
	}), nil
}

func (s *Mails) connect(ctx context.Context, set Settings, password string) (MailSession, Attempt, error) {
	set.tidy()
	var wrong Problems
	for _, d := range settings {
		if strings.HasPrefix(d.key, "smtp_") || d.key == "mail_from" {
			if words := d.problem(d.get(set)); words != "" {
				wrong.add(d.key, words)
			}
		}
	}
	if set.SMTPHost == "" {
		wrong.add("smtp_host", i18n.T("Enter the name of the mail server."))
	}
	if set.MailFrom == "" {
		wrong.add("mail_from", i18n.T("Enter the address that mails come from."))
	}
	if err := wrong.or(); err != nil {
		return nil, Attempt{}, err
	}
	server, err := s.settings.MailServer(set)
	if err != nil && password == "" {
		return nil, Attempt{}, &Error{Code: Unavailable, Message: i18n.T("The keyring of this computer did not give the mail password. Unlock it, or enter the password again."), Err: err}
	}
	if password != "" {
		server.Password = password
	}
	session, attempt := s.mailer.Connect(ctx, server)
	return session, attempt, nil
}
