package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/markup"
	"clientele/data"
)

// The keys of the fields of a mail that is written by hand.
const (
	FieldMailCategory = "category"
	FieldSubject      = "subject"
	FieldBody         = "body"
	FieldPlain        = "plain"
	FieldAttachments  = "attachments"
)

// How long what is typed may be: a subject in characters, a text in bytes.
const (
	MaxSubject = 200
	MaxBody    = maxMail
)

// MergeField is a place in a text where a value of the client goes.
type MergeField struct {
	Token string // as it is typed: {$client_name}
	Label string // what it is, in the person's language
}

// MergeFields are those that a mail by hand may use, in the order in which they are offered.
func MergeFields() []MergeField {
	all := make([]MergeField, len(newMessage.fields))
	for i, f := range newMessage.fields {
		all[i] = MergeField{Token: "{$" + f + "}", Label: fieldLabel(f)}
	}
	return all
}

// Manual is a mail that an admin writes to a client by hand (SU-4).
type Manual struct {
	ClientID int64
	Category Category // empty means General, or Invoice where invoices or an account statement go with it
	// Subject and Body may use the merge fields. The body is plain text; addresses of web pages in it become links.
	Subject, Body string
	// Template is the kind of the template that it was begun from; empty for a new message.
	Template string
	// Again is a mail that it repeats, whose attachments go with it too; 0 for none.
	Again int64
	// Files are files of the client that go with it.
	Files []int64
	// Invoices are invoices of the client that go with it as PDF, each once; a draft does not go. They are made anew for the mail.
	Invoices []int64
	// Statement has the client's account statement over these days go with it as PDF.
	Statement *StatementRange
	// AdminOnly says that the person was told that files marked Admin Only are among them.
	AdminOnly bool
	// Key tells two presses of the same button from two mails: the second does nothing and returns the first one's mail.
	Key string

	toMany bool // it begins a mail to many, so its merge fields stay
}

// Preview is a mail as its recipients would see it.
type Preview struct {
	Audience
	Subject, Text string
	// Page is what the HTML shows; a preview of a template alone has it.
	Page []markup.Block
}

// Draft is what is needed to write a mail to a client.
type Draft struct {
	Manual // what it begins with
	// Audiences tells for each category who would receive it now.
	Audiences map[Category]Audience
	// Templates are those that can be sent by hand.
	Templates []MailTemplate
	// Documents are the account statement and the invoices that go with it.
	Documents []DraftDocument
	// Files are those of the client that can go with it, newest first, and at most as many as draftFiles.
	Files []data.File
	// Most is how large they may be together, in bytes.
	Most int64
	// Ready tells whether a mail server is set up. Until then mails wait in the outbox.
	Ready bool
}

// draftFiles is how many files are offered for a mail.
const draftFiles = 200

// Compose begins a mail to a client, in the client's language: a greeting and the signature, and a sentence on the documents that go with it. What m has already of category, subject and text stays.
func (s *Mails) Compose(ctx context.Context, m Manual) (Draft, error) {
	d := Draft{Manual: m, Audiences: map[Category]Audience{}}
	err := s.read(ctx, func(tx *data.Tx) error {
		c, err := tx.Client(m.ClientID)
		if err != nil {
			return err
		}
		contacts, err := tx.Contacts(m.ClientID)
		if err != nil {
			return err
		}
		for _, k := range Categories {
			d.Audiences[k] = audience(c, contacts, k)
		}
		if d.Files, err = tx.Files(m.ClientID, 0, draftFiles); err != nil {
			return err
		}
		set, err := settingsOf(tx)
		if err != nil {
			return err
		}
		d.Most, d.Ready = set.attachmentsMost(), set.MailReady()
		if d.Templates, err = byHand(tx); err != nil {
			return err
		}
		d.Documents, err = d.begin(tx, set, c, date.Today(s.now()))
		return err
	})
	return d, err
}

// attachmentsMost is how large the files that go with one mail may be together, in bytes.
func (s Settings) attachmentsMost() int64 { return int64(s.MailAttachmentsMB) * megabyte }

// Preview shows a mail with the client's values in place. What is wrong with it comes back by its fields, all at once.
func (s *Mails) Preview(ctx context.Context, m Manual) (Preview, error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return Preview{}, err
	}
	made, err := s.enclose(ctx, m)
	if err != nil {
		return Preview{}, err
	}
	var p Preview
	err = s.read(ctx, func(tx *data.Tx) error {
		o, a, err := m.check(tx, set, made, date.Today(s.now()))
		if err != nil {
			return err
		}
		r, err := o.text.render(o.kind, o.values, nil)
		p = Preview{Audience: a, Subject: r.subject, Text: r.text}
		return err
	})
	return p, err
}

// Send puts a mail into the outbox, with its files and a line in the activity log, and returns its number. Where no mail server is set up yet, it waits
// there until one is. Where nobody would receive it, nothing is stored: the error at the category says why, so that another one can be chosen.
//
// Documents are made and stored before the transaction that names them, as uploads are: of a mail that fails nothing stays.
func (s *Mails) Send(ctx context.Context, m Manual) (id int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	var made []enclosure
	if m.encloses() {
		id, is, err := s.sent(ctx, m)
		if is || err != nil {
			return id, err
		}
		if made, err = s.enclose(ctx, m); err != nil {
			return 0, err
		}
		if err := s.read(ctx, func(tx *data.Tx) error { // before anything is stored
			_, _, err := m.check(tx, set, made, date.Today(s.now()))
			return err
		}); err != nil {
			return 0, err
		}
	}
	named := false
	defer func() {
		for _, e := range made {
			if !named && e.BlobID != 0 {
				s.documents.files.abandon(ctx, e.BlobID)
			}
		}
	}()
	for i := range made {
		if err := s.keep(ctx, &made[i]); err != nil {
			return 0, err
		}
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		named = false
		if m.Key != "" {
			done, is, err := tx.Act(m.Key)
			if id = done; is || err != nil {
				return err
			}
		}
		o, _, err := m.check(tx, set, made, date.Today(s.now()))
		if err != nil {
			return err
		}
		for _, e := range made {
			if err := e.finish(tx); err != nil {
				return err
			}
		}
		if id, err = s.queue(tx, set, o); err != nil {
			return err
		}
		*changes = append(*changes, Change{TopicMail, m.ClientID})
		named = true
		if m.Key != "" {
			return tx.RecordAct(m.Key, id)
		}
		return nil
	})
	named = named && err == nil
	if errors.Is(err, data.ErrDuplicate) { // the same press, on another connection, was faster
		id, _, err = s.sent(ctx, m)
	}
	if err != nil {
		return 0, err
	}
	return id, nil
}

// sent finds the mail that an earlier press of the same button made.
func (s *Mails) sent(ctx context.Context, m Manual) (id int64, is bool, err error) {
	if m.Key == "" {
		return 0, false, nil
	}
	err = s.read(ctx, func(tx *data.Tx) error {
		id, is, err = tx.Act(m.Key)
		return err
	})
	return id, is, err
}

// check makes a mail for the outbox of what was typed and chosen, or says all that is wrong with it.
func (m Manual) check(tx *data.Tx, set Settings, made []enclosure, today date.Date) (outgoing, Audience, error) {
	o := outgoing{kind: newMessage}
	switch {
	case m.Template != "":
		o.kind = kindOf(m.Template, General)
	case m.encloses():
		o.kind.category = Invoice
	}
	if m.Category != "" {
		o.kind.category = m.Category
	}
	o.text = mailText{subject: oneLine(typedText(m.Subject)), body: typedText(m.Body)}.ourNames(o.kind)
	var err error
	if o.client, err = tx.Client(m.ClientID); err != nil {
		return o, Audience{}, err
	}
	o.values = clientValues(set, o.client, today)
	if o.text.plain, err = m.plain(tx, set, o.client.Language, o.values); err != nil {
		return o, Audience{}, err
	}
	if slices.Contains(o.kind.fields, "client_password") {
		o.values["client_password"] = "" // a mail by hand has none
	}
	wrong := o.textProblems()
	contacts, err := tx.Contacts(m.ClientID)
	if err != nil {
		return o, Audience{}, err
	}
	a := audience(o.client, contacts, o.kind.category)
	if len(a.To) == 0 {
		*wrong = append(*wrong, &Error{Code: NotAllowed, Field: FieldMailCategory, Message: a.Why + " " + i18n.T("Choose another category.")})
	}
	o.files, err = m.attach(tx, set, made, wrong)
	if err != nil {
		return o, a, err
	}
	return o, a, wrong.or()
}

// textProblems says what is wrong with subject and text.
func (o outgoing) textProblems() *Problems {
	wrong := &Problems{}
	words := func(field, text string, err error) {
		switch {
		case text != "":
			wrong.add(field, text)
		case err != nil:
			wrong.add(field, Explain(err))
		}
	}
	subject, body := mailText{subject: o.text.subject}, mailText{body: o.text.body}
	switch n := utf8.RuneCountInString(subject.subject); {
	case n == 0:
		words(FieldSubject, i18n.T("Enter a subject."), nil)
	case n > MaxSubject:
		words(FieldSubject, i18n.T("This is longer than %d characters.", MaxSubject), nil)
	case partPattern.MatchString(subject.subject):
		words(FieldSubject, i18n.T("A subject has no parts between {if} and {/if}."), nil)
	default:
		words(FieldSubject, "", subject.check(o.kind))
	}
	switch {
	case strings.TrimSpace(body.body) == "":
		words(FieldBody, i18n.T("Write the message."), nil)
	default:
		_, err := body.render(o.kind, o.values, nil)
		words(FieldBody, "", err)
	}
	if o.text.plain != "" {
		_, err := mailText{plain: o.text.plain}.render(o.kind, o.values, nil)
		words(FieldPlain, "", err)
	}
	return wrong
}

// attach looks the documents and the chosen files up. Their contents stay where a file is deleted meanwhile: they wait for that to be undone, and then the mail names them.
func (m Manual) attach(tx *data.Tx, set Settings, made []enclosure, wrong *Problems) ([]data.MailAttachment, error) {
	all, err := m.attachDocuments(tx, made, wrong)
	if err != nil {
		return nil, err
	}
	var size int64
	for _, a := range all {
		size += a.Size
	}
	if m.Again != 0 {
		before, err := tx.MailAttachments(m.Again)
		if err != nil {
			return nil, err
		}
		for _, a := range before {
			size += a.Size
			all = append(all, data.MailAttachment{BlobID: a.BlobID, Name: a.Name, Size: a.Size})
		}
	}
	for i, id := range m.Files {
		if slices.Contains(m.Files[:i], id) {
			continue
		}
		f, err := tx.File(id)
		if errors.Is(err, data.ErrNotFound) || err == nil && f.ClientID != m.ClientID {
			wrong.add(FieldAttachments, i18n.T("A file that was chosen is no longer there. Look at the list again."))
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if f.AdminOnly && !m.AdminOnly {
			wrong.add(FieldAttachments, i18n.T("“%s” is marked Admin Only and would be seen by everybody who receives this mail.", f.Title))
		}
		size += f.Size
		all = append(all, data.MailAttachment{BlobID: f.BlobID, Name: f.Name, Size: f.Size})
	}
	if most := set.attachmentsMost(); size > most {
		wrong.add(FieldAttachments, i18n.T("The files have %s together, but a mail may carry %s. Choose fewer or smaller ones, or raise the limit in Settings.",
			i18n.FormatBytes(size), i18n.FormatBytes(most)))
	}
	return all, nil
}

// typedText is what a person typed, with one kind of line end and without what cannot be seen. A tab becomes blanks.
func typedText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", "    ").Replace(s)
	return plainText(s)
}
