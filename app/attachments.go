package app

import (
	"bytes"
	"context"
	"errors"
	"io"

	"clientele/app/atomicfile"
	"clientele/data"
)

// attachments are the files of a mail, to be read from the store while the mail is being sent.
func (c *core) attachments(ctx context.Context, mailID int64) ([]Attachment, error) {
	var rows []data.MailAttachment
	err := c.read(ctx, func(tx *data.Tx) (err error) {
		rows, err = tx.MailAttachments(mailID)
		return err
	})
	if err != nil {
		return nil, err
	}
	files := make([]Attachment, len(rows))
	for i, a := range rows {
		files[i] = Attachment{Name: a.Name, Size: a.Size, Open: func() (io.Reader, error) {
			r, err := c.openBlob(ctx, a.BlobID)
			return inWords{r}, explained(err)
		}}
	}
	return files, nil
}

// invoiceOf is the PDF of the invoice that a mail tells of, made now: it shows the invoice as it is when the mail goes.
func (o *Outbox) invoiceOf(ctx context.Context, invoiceID int64) (Attachment, error) {
	p, err := o.documents.Invoice(ctx, invoiceID)
	if err != nil {
		return Attachment{}, err
	}
	content, err := p.bytes()
	return Attachment{Name: p.Name, Size: int64(len(content)), Open: func() (io.Reader, error) { return bytes.NewReader(content), nil }}, err
}

// inWords is a reader whose errors are in words for a person: the answer of a mail shows them.
type inWords struct{ r io.Reader }

func (w inWords) Read(b []byte) (int, error) {
	n, err := w.r.Read(b)
	return n, explained(err)
}

func explained(err error) error {
	if err == nil || errors.Is(err, io.EOF) {
		return err
	}
	return errors.New(Explain(err))
}

// SaveAttachment writes a file of a mail to a path on this computer, whole or not at all. What is there already is replaced.
func (s *Mails) SaveAttachment(ctx context.Context, id int64, path string, p Progress) error {
	var a data.MailAttachment
	err := s.read(ctx, func(tx *data.Tx) (err error) {
		a, err = tx.MailAttachment(id)
		return err
	})
	if err != nil {
		return err
	}
	p.SetTotal(a.Size)
	return notSaved(atomicfile.Write(ctx, path, func(w io.Writer) error {
		r, err := s.openBlob(ctx, a.BlobID)
		if err != nil {
			return err
		}
		_, err = io.Copy(w, counted{r, p})
		return err
	}), path)
}
