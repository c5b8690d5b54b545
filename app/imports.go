package app

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/money"
	"clientele/data"
)

// Imports brings clients in from files, each file as one act that can be undone as a whole (IO-1).
type Imports struct {
	core
	settings *SettingsService
	scratch  string
	backups  *Backups
}

// ImportOptions are the choices that an admin makes for one import.
type ImportOptions struct {
	// Dates is how the file writes dates; the zero layout takes the likeliest.
	Dates *date.Layout
	// DecimalComma tells how it writes amounts; nil takes what was found.
	DecimalComma *bool
	// DryRun finds every problem and stores nothing.
	DryRun bool
	// AllOrNothing stores nothing where any row has a problem.
	AllOrNothing bool
}

// maxProblems is how many problems a report lists; all are counted.
const maxProblems = 5000

// ImportReport is what an import came to, or would come to.
type ImportReport struct {
	ImportID   int64 // 0 for a dry run, or where nothing came in
	Rows       int64
	Imported   int64 // or, of a dry run, how many would be
	Rejected   int64 // rows with at least one problem
	Problems   []importing.Problem
	MoreFaults int64    // problems beyond those listed
	NewGroups  []string // groups that were added
	DryRun     bool
}

// errNothingStored ends the transaction of an import that must leave nothing.
var errNothingStored = errors.New("nothing is to be stored")

// Run imports a file, or with DryRun only says what would happen. It is one transaction: where it fails or is cancelled, nothing came in. Rows with problems are
// left out and listed.
func (s *Imports) Run(ctx context.Context, form *ImportForm, o ImportOptions, p Progress) (ImportReport, error) {
	if err := form.Mapping.Check(form.File.Header, importing.AlwaysRequired...); err != nil {
		return ImportReport{}, &Error{Code: Invalid, Field: "mapping", Message: err.Error()}
	}
	set, err := s.settings.Get(ctx)
	if err != nil {
		return ImportReport{}, err
	}
	var run *importRun
	act := func(tx *data.Tx, changes *[]Change) error {
		run = newImportRun(s, form, o, set, p)
		if err := run.all(ctx, tx); err != nil {
			return err
		}
		if o.DryRun || run.report.Imported == 0 || run.refused() {
			return errNothingStored
		}
		*changes = append(*changes, Change{Topic: TopicClient}, Change{Topic: TopicGroups})
		return nil
	}
	if o.DryRun {
		err = known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error { return act(tx, new([]Change)) }))
	} else {
		if err := s.backups.before(ctx, BackupImport, p); err != nil {
			return ImportReport{}, err
		}
		err = s.longWrite(ctx, act)
	}
	switch {
	case errors.Is(err, errNothingStored):
		if run.report.ImportID = 0; !o.DryRun || run.refused() {
			run.report.Imported, run.report.NewGroups = 0, nil
		}
		return run.report, nil
	case ctx.Err() != nil && err != nil:
		return ImportReport{}, ctx.Err()
	case errors.Is(err, data.ErrDuplicate):
		return ImportReport{}, &Error{Code: Conflict, Message: i18n.T("Somebody else added a client with one of these addresses meanwhile. Nothing was imported: start the import again."), Err: err}
	case err != nil:
		return ImportReport{}, err
	}
	return run.report, nil
}

// importRun is one reading of a file from beginning to end.
type importRun struct {
	*Imports
	form      *ImportForm
	options   ImportOptions
	settings  Settings
	progress  Progress
	converter *importing.Converter
	report    ImportReport
	rejected  map[int]bool
	lines     map[string]int // where in the file each address was first seen
	groups    map[string]int64
	record    data.Import
}

func newImportRun(s *Imports, form *ImportForm, o ImportOptions, set Settings, p Progress) *importRun {
	options := importing.Options{
		Header: form.File.Header, Mapping: form.Mapping, Dates: date.ISO, Numbers: i18n.LocaleFor("en"), Country: set.Country,
		Currency: money.Currency(set.Currency), Required: importing.AlwaysRequired,
	}
	if len(form.Habits.Dates) > 0 {
		options.Dates = form.Habits.Dates[0]
	}
	if o.Dates != nil {
		options.Dates = *o.Dates
	}
	comma := form.Habits.DecimalComma
	if o.DecimalComma != nil {
		comma = *o.DecimalComma
	}
	if comma {
		options.Numbers = i18n.LocaleFor("de")
	}
	return &importRun{
		Imports: s, form: form, options: o, settings: set, progress: p, converter: importing.NewConverter(options),
		report: ImportReport{DryRun: o.DryRun}, rejected: map[int]bool{}, lines: map[string]int{}, groups: map[string]int64{},
		record: data.Import{Source: "csv", FileName: filepath.Base(form.Path), Who: s.who()},
	}
}

// refused tells that rows with problems keep all others out too.
func (r *importRun) refused() bool { return r.options.AllOrNothing && len(r.rejected) > 0 }

// importBatch is how many rows are looked up and stored together.
const importBatch = 500

func (r *importRun) all(ctx context.Context, tx *data.Tx) error {
	reader, err := r.form.File.Read(ctx, r.form.Mapping)
	if err != nil {
		return readError(r.form.Path, err)
	}
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	for _, g := range groups {
		r.groups[g.NameKey] = g.ID
	}
	finish := func(func(int)) error { return nil }
	if !r.options.DryRun {
		if err := tx.AddImport(&r.record); err != nil {
			return err
		}
		// A row has rarely fewer than 100 bytes.
		if finish, err = tx.Bulk(r.form.File.Size / 100); err != nil {
			return err
		}
	}
	r.progress.Step(i18n.T("Reading the file"))
	r.progress.SetTotal(r.form.File.Size)
	for done := int64(0); ; {
		batch, end, err := r.read(reader)
		if err != nil {
			return err
		}
		if err := r.store(tx, batch); err != nil {
			return err
		}
		r.progress.Add(reader.Done() - done)
		done = reader.Done()
		if end {
			break
		}
	}
	r.report.Rejected = int64(len(r.rejected))
	if r.options.DryRun || r.refused() {
		return nil
	}
	r.progress.Step(i18n.T("Making the clients searchable"))
	r.progress.SetTotal(r.report.Imported)
	if err := finish(func(n int) { r.progress.Add(int64(n)) }); err != nil {
		return err
	}
	r.record.RowsRead, r.record.Imported, r.record.Rejected = r.report.Rows, r.report.Imported, r.report.Rejected
	if err := tx.FinishImport(&r.record); err != nil {
		return err
	}
	r.report.ImportID = r.record.ID
	return tx.AddActivity(r.entry(actImported, 0, r.record.FileName,
		i18n.N(r.report.Imported, "One client came in", "%d clients came in")+"; "+i18n.N(r.report.Rejected, "one row was left out", "%d rows were left out")))
}

// candidate is a row that can be a client.
type candidate struct {
	record importing.Record
	client data.Client
}

// read converts the next rows. end tells that they were the last.
func (r *importRun) read(reader *importing.Reader) (batch []candidate, end bool, err error) {
	for len(batch) < importBatch {
		var row importing.Row
		switch err := reader.Next(&row); {
		case errors.Is(err, io.EOF):
			return batch, true, nil
		case err != nil:
			return nil, false, readError(r.form.Path, err)
		}
		r.report.Rows++
		record, problems := r.converter.Convert(&row)
		if len(problems) > 0 {
			for i := range problems {
				problems[i].Who = row.Who()
			}
			r.reject(row.Line, problems...)
			continue
		}
		c := r.client(record)
		if first, seen := r.lines[c.EmailKey]; seen {
			r.reject(row.Line, r.problem(record, importing.Email, i18n.T("Line %s has the same address. The first one is taken.", strconv.Itoa(first))))
			continue
		}
		r.lines[c.EmailKey] = row.Line
		batch = append(batch, candidate{record, c})
	}
	return batch, false, nil
}

// client makes a client of a record.
func (r *importRun) client(rec importing.Record) data.Client {
	c := data.Client{
		FirstName: rec.FirstName, LastName: rec.LastName, Company: rec.CompanyName, Email: rec.Email, EmailKey: email.Key(rec.Email),
		Address1: rec.Address1, Address2: rec.Address2, City: rec.City, State: rec.State, Postcode: rec.Postcode, Country: rec.Country,
		Phone: rec.PhoneNumber, TaxID: rec.TaxID, Currency: string(rec.Currency), Language: rec.Language, PaymentMethod: rec.PaymentMethod,
		Status: data.Status(rec.Status), TaxExempt: rec.TaxExempt, SeparateInvoices: rec.SeparateInvoices, NoLateFees: rec.NoLateFees,
		NoOverdueEmails: rec.NoOverdueEmails, MarketingOptIn: rec.MarketingOptIn, Notes: rec.Notes, Created: rec.CreationDate,
		MailGeneral: true, MailInvoice: true, MailSupport: true, MailProduct: true, MailDomain: true, Credit: rec.Credit.Minor,
	}
	if !i18n.ValidLanguage(c.Language) {
		c.Language = r.settings.Language
	}
	if c.Created.IsZero() {
		c.Created = date.Today(r.now())
	}
	if !r.options.DryRun {
		id := r.record.ID
		c.ImportID = &id
	}
	return c
}

// store leaves out those whose address is taken and adds the others.
func (r *importRun) store(tx *data.Tx, batch []candidate) error {
	keys := make([]string, len(batch))
	for i, b := range batch {
		keys[i] = b.client.EmailKey
	}
	taken, err := tx.TakenEmails(keys)
	if err != nil {
		return err
	}
	clients := make([]data.Client, 0, len(batch))
	for _, b := range batch {
		if id, ok := taken[b.client.EmailKey]; ok {
			r.reject(b.record.Line, r.problem(b.record, importing.Email, i18n.T("Client #%s has this address already.", strconv.FormatInt(id, 10))))
			continue
		}
		if b.client.GroupID, err = r.group(tx, b.record.ClientGroup); err != nil {
			return err
		}
		clients = append(clients, b.client)
	}
	r.report.Imported += int64(len(clients))
	if r.options.DryRun || len(clients) == 0 {
		return nil
	}
	if err := tx.InsertClients(clients); err != nil {
		return err
	}
	var moves []data.CreditMove
	for _, c := range clients {
		if r.record.FirstID == 0 {
			r.record.FirstID = c.ID
		}
		r.record.LastID = c.ID
		if c.Credit != 0 {
			moves = append(moves, data.CreditMove{
				ClientID: c.ID, Kind: data.CreditOpening, Date: date.Today(r.now()), Amount: c.Credit, Currency: c.Currency,
				Description: i18n.T("Balance brought over by the import"), Who: r.who(),
			})
		}
	}
	return tx.AddCreditMoves(moves)
}

// group finds a group by name, or adds it.
func (r *importRun) group(tx *data.Tx, name string) (int64, error) {
	name = strings.TrimSpace(name)
	if name == "" || name == "0" {
		return 0, nil
	}
	if id, ok := r.groups[fold.Key(name)]; ok {
		return id, nil
	}
	if _, err := strconv.Atoi(name); err == nil { // other programs write the number of a group, which says nothing by itself
		name = i18n.T("Group %s", name)
	}
	g := data.Group{Name: name, Colour: "#8a94a6"}
	key := fold.Key(name)
	if id, ok := r.groups[key]; ok {
		return id, nil
	}
	if !r.options.DryRun {
		if err := tx.SaveGroup(&g); err != nil {
			return 0, err
		}
	}
	r.groups[key] = g.ID
	r.report.NewGroups = append(r.report.NewGroups, name)
	return g.ID, nil
}

func (r *importRun) problem(of importing.Record, f importing.Field, reason string) importing.Problem {
	p := importing.Problem{Line: of.Line, Field: f, Who: of.CompanyName, Reason: reason}
	if p.Who == "" {
		p.Who = strings.TrimSpace(of.FirstName + " " + of.LastName)
	}
	if i := r.form.Mapping.Column(f); i >= 0 && i < len(r.form.File.Header) {
		p.Column = r.form.File.Header[i]
	}
	return p
}

func (r *importRun) reject(line int, problems ...importing.Problem) {
	r.rejected[line] = true
	for _, p := range problems {
		if len(r.report.Problems) < maxProblems {
			r.report.Problems = append(r.report.Problems, p)
		} else {
			r.report.MoreFaults++
		}
	}
}

// List reads the newest imports first.
func (s *Imports) List(ctx context.Context, n int) (is []data.Import, err error) {
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		is, err = tx.Imports(n)
		return err
	})
	return is, err
}

// Undo removes all clients that an import brought. It is refused where any of them was changed since, which it says.
func (s *Imports) Undo(ctx context.Context, id int64, p Progress) (gone int64, err error) {
	if err := s.may(Deleting); err != nil {
		return 0, err
	}
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		i, err := tx.Import(id)
		if err != nil {
			return err
		}
		if i.UndoneAt != nil {
			return &Error{Code: NotAllowed, Message: i18n.T("This import was undone already.")}
		}
		touched, err := tx.ImportTouched(id)
		if err != nil {
			return err
		}
		if touched > 0 {
			return &Error{Code: NotAllowed, Message: i18n.N(touched,
				"One of these clients was changed or written to since, so the import cannot be undone as a whole.",
				"%d of these clients were changed or written to since, so the import cannot be undone as a whole.")}
		}
		p.Step(i18n.T("Taking the clients out again"))
		p.SetTotal(i.Imported)
		if gone, err = tx.UndoImport(id, func(n int) { p.Add(int64(n)) }); err != nil {
			return err
		}
		*changes = append(*changes, Change{Topic: TopicClient})
		return tx.AddActivity(s.entry(actImportUndone, 0, i.FileName, i18n.N(gone, "One client went out again", "%d clients went out again")))
	})
	return gone, err
}
