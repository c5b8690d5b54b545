package app

import (
	"context"
	"errors"
	"strings"

	"clientele/app/i18n"
	"clientele/data"
)

// byHand are the templates that can be sent by hand now.
func byHand(tx *data.Tx) ([]MailTemplate, error) {
	all, err := templatesOf(tx)
	var some []MailTemplate
	for _, t := range all {
		if t.ByHand && !t.Disabled {
			some = append(some, t)
		}
	}
	return some, err
}

// ByHand lists the templates that can be sent by hand (SU-4).
func (s *MailTemplates) ByHand(ctx context.Context) (all []MailTemplate, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		all, err = byHand(tx)
		return err
	})
	return all, err
}

// categoryOf is the category of a template that is sent by hand.
func categoryOf(tx *data.Tx, template string) (Category, error) {
	all, err := byHand(tx)
	if err != nil {
		return "", err
	}
	for _, t := range all {
		if t.Kind == template {
			return t.Category, nil
		}
	}
	return "", &Error{Code: NotFound, Message: i18n.T("This template was deleted or switched off meanwhile. Choose another one.")}
}

// beginning is the text that a mail by hand begins with: that of its template, or the shipped one of a kind.
func (m Manual) beginning(tx *data.Tx, set Settings, kind, language string) (mailText, error) {
	if m.Template == "" {
		return shippedText(kind, language)
	}
	t, _, err := templateText(tx, set, kindOf(m.Template, General), language)
	return t, err
}

// plain is the plain text of the template that a mail was begun from, where it has one of its own and nobody changed what the HTML is made from.
func (m Manual) plain(tx *data.Tx, set Settings, language string, values map[string]string) (string, error) {
	if m.Template == "" {
		return "", nil
	}
	texts, err := tx.MailTexts(m.Template)
	if err != nil || len(texts) == 0 { // none of the office's, or it was deleted meanwhile: what was begun from it is a mail all the same
		return "", err
	}
	t, err := chooseText(texts, kindOf(m.Template, General), set, language)
	if err != nil || t.plain == "" {
		return "", err
	}
	body, err := keepParts(t.body, func(f string) bool { return values[f] != "" })
	if err != nil {
		return "", err
	}
	typed := strings.TrimSpace(typedText(m.Body))
	if typed != strings.TrimSpace(body) && typed != strings.TrimSpace(written(body, nil, values)) {
		return "", nil
	}
	return t.plain, nil
}

// Again begins a mail as one that went before, to be edited and sent once more: its text, its files, and the invoice that it told of.
func (s *Mails) Again(ctx context.Context, id int64) (m Manual, err error) {
	err = s.read(ctx, func(tx *data.Tx) error {
		mail, err := s.repeatable(tx, id)
		if err != nil {
			return err
		}
		m = Manual{ClientID: clientOf(mail), Category: Category(mail.Category), Subject: mail.Subject, Body: mail.BodyText, Again: id}
		if name, err := enclosed(tx, mail); name != "" || err != nil {
			m.Invoices = []int64{*mail.InvoiceID}
			return err
		}
		return nil
	})
	return m, err
}

// Resend sends a mail once more as it was, as a new one, to those who are to receive it now. It returns the number of the new one.
func (s *Mails) Resend(ctx context.Context, id int64) (again int64, err error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return 0, err
	}
	err = s.write(ctx, func(tx *data.Tx, changes *[]Change) error {
		m, err := s.repeatable(tx, id)
		if err != nil {
			return err
		}
		o := outgoing{kind: kindOf(m.Kind, Category(m.Category)), encloses: m.Encloses}
		o.kind.category = Category(m.Category)
		if o.client, err = tx.Client(clientOf(m)); err != nil {
			return err
		}
		if m.InvoiceID != nil {
			o.invoice = *m.InvoiceID
		}
		if m.TransactionID != nil {
			o.transaction = *m.TransactionID
		}
		before, err := tx.MailAttachments(id)
		if err != nil {
			return err
		}
		for _, a := range before {
			o.files = append(o.files, data.MailAttachment{BlobID: a.BlobID, Name: a.Name, Size: a.Size})
		}
		again, err = s.store(tx, set, o, rendered{subject: m.Subject, text: m.BodyText, html: m.BodyHTML})
		*changes = append(*changes, Change{TopicMail, o.client.ID})
		return err
	})
	return again, err
}

// repeatable reads a mail that is to be sent once more. One with a secret is not: the secret was wiped as it went.
func (s *Mails) repeatable(tx *data.Tx, id int64) (data.Mail, error) {
	m, err := tx.Mail(id)
	switch {
	case err != nil:
		return m, err
	case strings.ContainsRune(m.BodyText, secretOpen):
		return m, &Error{Code: NotAllowed, Message: i18n.T("There was a password or a secret link in this mail, which is not kept, so it cannot be sent again. Send the client a new one instead.")}
	case m.ClientID == nil:
		return m, &Error{Code: NotAllowed, Message: i18n.T("This mail was to no client, so it cannot be sent again.")}
	}
	_, err = tx.Client(*m.ClientID)
	if errors.Is(err, data.ErrNotFound) {
		return m, &Error{Code: NotAllowed, Message: i18n.T("The client was removed, so this mail cannot be sent again.")}
	}
	return m, err
}
