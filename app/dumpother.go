package app

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"clientele/app/filename"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/data"
)

// past is an instant of the past: that of a column, and that of the import where it has none or lies ahead. What came after the import is known by it.
func (r *dumpRun) past(row *whmcs.Row, column string) int64 {
	at := row.Instant(column)
	if at == 0 || at > r.at {
		return r.at
	}
	return at
}

func (r *dumpRun) readNotes() error {
	return gather(r, tblNotes, func(row *whmcs.Row) (data.Note, bool) {
		place, ok := r.owner(tblNotes, row, "userid")
		if !ok {
			return data.Note{}, false
		}
		body := shape(row.Text("note"), importing.Notes)
		if body == "" {
			r.skip(tblNotes, row.Int("id"), i18n.T("Nothing stands in it."))
			return data.Note{}, false
		}
		if short := cutAt(body, NoteLimit); short != body {
			r.problem(tblNotes, row.Int("id"), i18n.T("%s is too long and was cut off behind “%s”.", "note", tail(short)))
			body = short
		}
		n := data.Note{ClientID: r.clients[place].id, Body: body, Sticky: row.Bool("sticky"), CreatedAt: r.past(row, "created"), UpdatedAt: r.past(row, "modified")}
		n.CreatedBy = r.admin(row.Int("adminid"))
		if n.UpdatedBy = n.CreatedBy; row.Instant("modified") == 0 {
			n.UpdatedAt = n.CreatedAt
		}
		return n, true
	}, func(batch []data.Note) error {
		r.tallies[tblNotes].Imported += int64(len(batch))
		if r.in == nil {
			return nil
		}
		return r.in.Notes(batch)
	})
}

// importedMail is the kind of mails that another program sent.
const importedMail = "imported"

// mailLimit is how much of the text of a mail is kept, in bytes.
const mailLimit = 256 << 10

func (r *dumpRun) readMails() error {
	err := gather(r, tblMails, r.mail, func(batch []data.Mail) error {
		r.tallies[tblMails].Imported += int64(len(batch))
		if r.in == nil {
			return nil
		}
		return r.in.Mails(batch)
	})
	if r.masked > 0 {
		r.list(DumpProblem{Table: tblMails, Reason: i18n.N(r.masked,
			"One mail held a password in plain words. It was masked.", "%d mails held a password in plain words. They were masked.")})
	}
	return err
}

// mail makes a mail of the past of a row. None waits to be sent: what WHMCS had still to send is cancelled here.
func (r *dumpRun) mail(row *whmcs.Row) (data.Mail, bool) {
	place, ok := r.owner(tblMails, row, "userid")
	if !ok {
		return data.Mail{}, false
	}
	id, at := row.Int("id"), r.past(row, "date")
	written := shape(cutAt(whmcs.TextOf(row.HTML("message")), mailLimit), importing.Notes)
	text := maskPasswords(written)
	if text != written {
		r.masked++
	}
	m := data.Mail{
		MessageID: fmt.Sprintf("%d.%d@%s", r.record.ID, id, nowhere), Kind: importedMail, Category: string(General), ClientID: &r.clients[place].id, Subject: fit(row.Text("subject"), importing.Address1),
		BodyText: text, State: data.MailSent, NextAt: at, CreatedAt: at, SentAt: &at, Who: "WHMCS",
	}
	var all []data.Recipient
	for _, column := range []string{"to", "cc", "bcc"} {
		for _, address := range strings.FieldsFunc(row.Text(column), func(c rune) bool { return c == ',' || c == ';' }) {
			if address = fit(address, importing.Email); address != "" {
				all = append(all, data.Recipient{Email: address, Copy: column != "to"})
			}
		}
	}
	list, err := json.Marshal(all)
	if err != nil {
		return m, false // cannot be: they are texts
	}
	m.Recipients, m.ToLine = string(list), toLine(all)
	switch {
	case row.Bool("failed"):
		m.State, m.SentAt, m.Answer = data.MailFailed, nil, fit(row.Text("failure_reason"), importing.Address1)
	case row.Bool("pending"):
		m.State, m.SentAt, m.Answer = data.MailCancelled, nil, i18n.T("It had not been sent when it was imported.")
	}
	return m, true
}

// readFiles stores the clients' files. The dump has their names alone; what is in them lies in a folder of WHMCS.
func (r *dumpRun) readFiles() error {
	t := r.tallies[tblFiles]
	err := r.each(tblFiles, func(row *whmcs.Row) error {
		place, ok := r.owner(tblFiles, row, "userid")
		if !ok {
			return nil
		}
		if r.options.Files == "" {
			t.Skipped++
			return nil
		}
		return r.file(row, place)
	})
	if r.options.Files == "" && t.Skipped > 0 {
		r.list(DumpProblem{Table: tblFiles, Skipped: true, Reason: i18n.N(t.Skipped,
			"One file did not come in: a dump does not hold what is in files. Name the folder in which WHMCS keeps them.",
			"%d files did not come in: a dump does not hold what is in files. Name the folder in which WHMCS keeps them.")})
	}
	return err
}

func (r *dumpRun) file(row *whmcs.Row, place int) error {
	t, id := r.tallies[tblFiles], row.Int("id")
	stored := filename.Clean(row.Text("filename"))
	f, size, err := openForUpload(filepath.Join(r.options.Files, stored))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.skip(tblFiles, id, i18n.T("“%s” is not in the folder with the files.", stored))
		return nil
	case err != nil:
		r.skip(tblFiles, id, err.Error())
		return nil
	}
	defer func() { _ = f.Close() }() // it was only read
	if size > int64(r.settings.MaxFileMB)*megabyte {
		r.skip(tblFiles, id, tooLarge(stored, int64(r.settings.MaxFileMB)*megabyte).Error())
		return nil
	}
	t.Imported++
	if r.in == nil {
		return nil
	}
	v := data.File{
		ClientID: r.clients[place].id, Name: filename.Clean(withoutPrefix(stored)), Title: fit(row.Text("title"), importing.Address1), Size: size,
		AdminOnly: row.Bool("adminonly"), UploadedAt: r.past(row, "dateadded"), UploadedBy: "WHMCS",
	}
	if v.Title == "" {
		v.Title = v.Name
	}
	if v.BlobID, v.Size, err = r.blob(f); err != nil {
		return err
	}
	return r.tx.InsertFile(&v)
}

// withoutPrefix is a name without the number that WHMCS puts before it.
func withoutPrefix(name string) string {
	number, rest, found := strings.Cut(name, "_")
	if found && rest != "" && number != "" && strings.Trim(number, "0123456789") == "" {
		return rest
	}
	return name
}

// blob stores what is in a file.
func (r *dumpRun) blob(f *os.File) (id, size int64, err error) {
	if id, err = r.tx.NewBlob(); err != nil {
		return 0, 0, err
	}
	sum := sha256.New()
	chunk := make([]byte, data.ChunkSize)
	for n := int64(0); ; n++ {
		if err := r.ctx.Err(); err != nil {
			return 0, 0, err
		}
		got, err := io.ReadFull(f, chunk)
		if got > 0 {
			sum.Write(chunk[:got])
			size += int64(got)
			if err := r.tx.AppendBlob(id, n, chunk[:got]); err != nil {
				return 0, 0, err
			}
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return id, size, r.tx.FinishBlob(id, size, sum.Sum(nil))
		case err != nil:
			return 0, 0, unreadable(f.Name(), err)
		}
	}
}
