package app

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"clientele/app/i18n"
	"clientele/app/importing/sqldump"
	"clientele/app/importing/whmcs"
)

// Dump is a WHMCS database dump that was looked into (IO-2). The caller closes it.
type Dump struct {
	Path    string
	Company string      // whose it is, as WHMCS has it
	Origin  string      // the address of that WHMCS, by which a second import of it is known
	Tables  []DumpTable // what can come in
	Left    []DumpTable // what cannot, with rows in it

	dump  *sqldump.Dump
	close func()
}

// DumpTable is a table of a dump.
type DumpTable struct {
	Name string // as WHMCS calls it
	What string // what it holds, in words; the name where that is not known
	Rows int64
}

// Close lets go of the file.
func (d *Dump) Close() { d.close() }

// dumpTables are the tables that come in, as people know them.
func dumpTables() []DumpTable {
	return []DumpTable{
		{Name: tblClients, What: i18n.T("Clients")},
		{Name: tblContacts, What: i18n.T("Contacts")},
		{Name: tblGroups, What: i18n.T("Client groups")},
		{Name: tblFields, What: i18n.T("Custom fields")},
		{Name: tblValues, What: i18n.T("Values of custom fields")},
		{Name: tblProducts, What: i18n.T("Products")},
		{Name: tblServices, What: i18n.T("Services")},
		{Name: tblInvoices, What: i18n.T("Invoices")},
		{Name: tblItems, What: i18n.T("Lines of invoices")},
		{Name: tblTransactions, What: i18n.T("Transactions")},
		{Name: tblCredit, What: i18n.T("Credit log")},
		{Name: tblNotes, What: i18n.T("Notes")},
		{Name: tblFiles, What: i18n.T("Files")},
		{Name: tblMails, What: i18n.T("Mails")},
		{Name: tblCards, What: i18n.T("Cards, without their numbers")},
	}
}

// The tables of WHMCS that are read.
const (
	tblClients      = "tblclients"
	tblContacts     = "tblcontacts"
	tblGroups       = "tblclientgroups"
	tblFields       = "tblcustomfields"
	tblValues       = "tblcustomfieldsvalues"
	tblProducts     = "tblproducts"
	tblServices     = "tblhosting"
	tblInvoices     = "tblinvoices"
	tblItems        = "tblinvoiceitems"
	tblTransactions = "tblaccounts"
	tblCredit       = "tblcredit"
	tblNotes        = "tblnotes"
	tblFiles        = "tblclientsfiles"
	tblMails        = "tblemails"
	tblCards        = "tblcreditcards"
	tblPayMethods   = "tblpaymethods"
	tblCurrencies   = "tblcurrencies"
	tblSettings     = "tblconfiguration"
	tblAdmins       = "tbladmins"
	tblGateways     = "tblpaymentgateways"
)

// helping are the tables that are read for the sake of others.
var helping = map[string]bool{tblCurrencies: true, tblSettings: true, tblAdmins: true, tblGateways: true, tblPayMethods: true}

// IsDump tells by its name whether a file is a database dump and no list of clients.
func IsDump(path string) bool {
	name := strings.ToLower(filepath.Base(path))
	return strings.HasSuffix(strings.TrimSuffix(name, ".gz"), ".sql")
}

// OpenDump opens a dump, plain or compressed with gzip, and looks at what is in it. Nothing is stored.
func (s *Imports) OpenDump(ctx context.Context, path string, p Progress) (*Dump, error) {
	f, size, err := s.dumpFile(ctx, path, p)
	if err != nil {
		return nil, err
	}
	d := &Dump{Path: path, close: func() { _ = f.Close() }}
	p.Step(i18n.T("Looking at what is in it"))
	p.SetTotal(size)
	if d.dump, err = sqldump.Open(ctx, f, size, p.Add); err != nil {
		d.Close()
		if errors.Is(err, sqldump.ErrNoDump) {
			return nil, &Error{Code: Invalid, Err: err, Message: i18n.T("“%s” is no database dump: no table is in it.", filepath.Base(path))}
		}
		return nil, readError(path, err)
	}
	if t := d.dump.Table(tblClients); t == nil {
		d.Close()
		return nil, &Error{Code: Invalid, Message: i18n.T("“%s” is a database dump, but not of WHMCS: the table %s is not in it.", filepath.Base(path), tblClients)}
	}
	if err := d.look(ctx); err != nil {
		d.Close()
		return nil, readError(path, err)
	}
	return d, nil
}

// look notes what the dump holds, and whose it is.
func (d *Dump) look(ctx context.Context) error {
	known := map[string]bool{}
	for _, t := range dumpTables() {
		known[t.Name] = true
		if found := d.dump.Table(t.Name); found != nil {
			t.Rows = found.Rows
			d.Tables = append(d.Tables, t)
		}
	}
	for _, t := range d.dump.Tables {
		if name := strings.ToLower(t.Name); !known[name] && !helping[name] && t.Rows > 0 {
			d.Left = append(d.Left, DumpTable{Name: t.Name, What: t.Name, Rows: t.Rows})
		}
	}
	var row whmcs.Row
	rows := d.dump.Read(ctx, tblSettings)
	for {
		switch err := rows.Next(&row.Row); {
		case errors.Is(err, io.EOF):
			if d.Origin == "" {
				d.Origin = strings.ToLower(d.Company)
			}
			return nil
		case err != nil:
			return err
		}
		switch row.Text("setting") {
		case "CompanyName":
			d.Company = row.Text("value")
		case "SystemURL":
			d.Origin = strings.TrimSuffix(strings.ToLower(row.Text("value")), "/")
		}
	}
}

type readerAtCloser interface {
	io.ReaderAt
	io.Closer
}

// dumpFile opens the file of a dump for reading at any place. A compressed one is unpacked first, into a file that nobody else can open and that is
// gone when it is closed.
func (s *Imports) dumpFile(ctx context.Context, path string, p Progress) (file readerAtCloser, size int64, err error) {
	name := filepath.Base(path)
	f, size, err := openForUpload(path)
	if err != nil {
		return nil, 0, &Error{Code: Unavailable, Message: i18n.T("“%s” cannot be opened. Check that it is there and that you may read it.", name), Err: err}
	}
	magic := make([]byte, 6)
	n, err := f.ReadAt(magic, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		_ = f.Close()
		return nil, 0, readError(path, err)
	}
	switch beginning := string(magic[:n]); {
	case strings.HasPrefix(beginning, "\x1f\x8b"):
		defer func() { _ = f.Close() }() // it was only read
		return s.unpack(ctx, f, size, name, p)
	case strings.HasPrefix(beginning, "PK\x03\x04"), strings.HasPrefix(beginning, "BZh"), strings.HasPrefix(beginning, "\xfd7zXZ"), strings.HasPrefix(beginning, "\x28\xb5\x2f\xfd"):
		_ = f.Close()
		return nil, 0, &Error{Code: Invalid, Message: i18n.T("“%s” is packed in a way that is not read here. Unpack it first: a .sql or .sql.gz is read.", name)}
	}
	return f, size, nil
}

// dumpRoom is how much a compressed dump may come to at most, so that a file made to do harm does not fill the disk.
const dumpRoom = 64 << 30

// unpack writes a compressed dump to a file of its own.
func (s *Imports) unpack(ctx context.Context, f *os.File, size int64, name string, p Progress) (*unpacked, int64, error) {
	p.Step(i18n.T("Unpacking the file"))
	p.SetTotal(size)
	z, err := gzip.NewReader(&counting{ctx, f, p})
	if err != nil {
		return nil, 0, &Error{Code: Invalid, Err: err, Message: i18n.T("“%s” is damaged: it cannot be unpacked. Make the dump anew, or copy it again.", name)}
	}
	if s.scratch != "" { // else it is where the system has such files
		if err := os.MkdirAll(s.scratch, 0o700); err != nil {
			return nil, 0, err
		}
	}
	out, err := os.CreateTemp(s.scratch, "dump-*.sql")
	if err != nil {
		return nil, 0, err
	}
	u := &unpacked{out}
	n, err := io.Copy(out, io.LimitReader(z, dumpRoom))
	switch {
	case err == nil && n < dumpRoom:
		return u, n, nil
	case ctx.Err() != nil:
		err = ctx.Err()
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader), errors.Is(err, io.ErrUnexpectedEOF):
		err = &Error{Code: Invalid, Err: err, Message: i18n.T("“%s” is damaged: it cannot be unpacked to its end. Make the dump anew, or copy it again.", name)}
	case err == nil:
		err = &Error{Code: Invalid, Message: i18n.T("“%s” unpacks to more than %s. Unpack it yourself, and import the unpacked file.", name, i18n.FormatBytes(dumpRoom))}
	default:
		err = &Error{Code: Unavailable, Err: err, Message: i18n.T("“%s” could not be unpacked. Perhaps the disk is full: free some space, or unpack the file yourself and import the .sql in it.", name)}
	}
	return nil, 0, errors.Join(err, u.Close())
}

// unpacked is a file that goes as it is closed.
type unpacked struct{ *os.File }

// Close removes the file.
func (u *unpacked) Close() error { return errors.Join(u.File.Close(), os.Remove(u.Name())) }

// counting tells the progress of what is read, and ends with its context.
type counting struct {
	ctx context.Context
	io.Reader
	p Progress
}

func (c *counting) Read(b []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.Reader.Read(b)
	c.p.Add(int64(n))
	return n, err
}
