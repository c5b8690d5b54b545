package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"slices"
	"strconv"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
	"clientele/data"
)

// sourceWHMCS is what the record of an import says of where it came from.
const sourceWHMCS = "whmcs"

// DumpOptions are the choices that an admin makes for one import of a dump.
type DumpOptions struct {
	// Files is the folder in which WHMCS keeps the clients' files, whose contents are not in a dump. Empty: no file comes in.
	Files string
	// TextsAsStored leaves texts that were encoded twice, as “Ã¼” for “ü”, as they are.
	TextsAsStored bool
	// DryRun finds every problem, works out every sum and stores nothing.
	DryRun bool
}

// dumpRun is one reading of a dump. In a dry run in is nil, rows get made-up numbers, and nothing is stored.
type dumpRun struct {
	*Imports
	ctx      context.Context
	dump     *Dump
	options  DumpOptions
	settings Settings
	progress Progress
	tx       *data.Tx
	in       *data.Intake
	record   data.Import
	report   DumpReport
	tallies  map[string]*DumpTally
	sums     map[sumKey]*DumpSum
	today    date.Date
	at       int64 // milliseconds
	made     int64 // numbers that a dry run made up

	currencies []dumpCurrency
	groups     map[int64]int64
	products   map[int64]dumpProduct
	fields     map[int64]data.CustomField
	admins     map[int64]string
	gateways   map[string]string
	clients    []dumpClient
	known      map[int64]int64 // clients that were here before, by their numbers in WHMCS
	addresses  map[string]bool
	billed     map[int64]int // the contacts that invoices are addressed to, and the places of their clients
	services   []reference
	invoices   []dumpInvoice
	numbers    map[string]bool
	// invoicesHere are the invoices of clients that were here before, by their numbers in WHMCS.
	invoicesHere map[int64]bool
	numbered     bool                 // there were invoices before, which may have the numbers of those that come in
	masked       int64                // mails in which a password was masked
	highest      int64                // number of an invoice
	refunded     map[int64]int64      // the numbers here of transactions that were refunded, by those in WHMCS
	over         map[int64][]overpaid // what was paid beyond what was owed, by the invoice's number in WHMCS
}

// reference is the number of a row in WHMCS and here.
type reference struct{ source, id int64 }

// RunDump imports a whole office from a dump, or with DryRun only says what would happen. It is one transaction: where it fails or is cancelled, nothing came in.
// No mail is sent, and the services that come in are not billed before ConfirmBilling.
func (s *Imports) RunDump(ctx context.Context, d *Dump, o DumpOptions, p Progress) (DumpReport, error) {
	set, err := s.settings.Get(ctx)
	if err != nil {
		return DumpReport{}, err
	}
	var run *dumpRun
	act := func(tx *data.Tx, changes *[]Change) error {
		run = &dumpRun{Imports: s, ctx: ctx, dump: d, options: o, settings: set, progress: p, tx: tx, today: date.Today(s.now()), at: tx.Now().UnixMilli()}
		if err := run.all(); err != nil {
			return err
		}
		for _, t := range []Topic{TopicClient, TopicGroups, TopicFields, TopicProducts, TopicInvoices, TopicTransactions, TopicServices, TopicMail} {
			*changes = append(*changes, Change{Topic: t})
		}
		return nil
	}
	if o.DryRun {
		err = known(s.store.LongSnapshot(ctx, func(tx *data.Tx) error { return act(tx, new([]Change)) }))
	} else {
		if err := s.backups.before(ctx, BackupImport, p); err != nil {
			return DumpReport{}, err
		}
		err = s.longWrite(ctx, act)
	}
	switch {
	case err == nil || errors.Is(err, errNothingStored):
		return run.report, nil
	case ctx.Err() != nil:
		return DumpReport{}, ctx.Err()
	case errors.Is(err, data.ErrDuplicate):
		return DumpReport{}, &Error{Code: Conflict, Err: err, Message: i18n.T("Somebody else added the same meanwhile. Nothing was imported: start the import again.")}
	case ProblemsOf(err) == nil:
		return DumpReport{}, readError(d.Path, err)
	}
	return DumpReport{}, err
}

// passes are the steps of an import, in the order in which one thing hangs on another. Some tables are gone through twice: what an invoice comes to is known from its
// lines, and what was paid on it from the transactions, and both must be known before it is stored.
func (r *dumpRun) passes() []dumpPass {
	return []dumpPass{
		{"", "", r.lists},
		{tblClients, i18n.T("Clients"), r.readClients},
		{tblContacts, i18n.T("Contacts"), r.readContacts},
		{tblValues, i18n.T("Values of custom fields"), r.readValues},
		{tblNotes, i18n.T("Notes"), r.readNotes},
		{tblServices, i18n.T("Services"), r.readServices},
		{tblInvoices, i18n.T("Invoices"), r.learnInvoices},
		{tblItems, i18n.T("Invoices"), r.learnItems},
		{tblTransactions, i18n.T("Invoices"), r.learnPayments},
		{tblInvoices, i18n.T("Invoices"), r.readInvoices},
		{tblItems, i18n.T("Lines of invoices"), r.readItems},
		{tblTransactions, i18n.T("Transactions"), r.readTransactions},
		{tblCredit, i18n.T("Credit log"), r.readCredit},
		{tblMails, i18n.T("Mails"), r.readMails},
		{tblFiles, i18n.T("Files"), r.readFiles},
		{tblCards, i18n.T("Cards"), r.readCards},
	}
}

type dumpPass struct {
	table, name string
	run         func() error
}

func (r *dumpRun) all() error {
	r.begin()
	origin, err := r.alreadyHere()
	if err != nil {
		return err
	}
	passes := r.passes()
	total := int64(0)
	for _, p := range passes {
		total += r.rows(p.table)
	}
	if !r.options.DryRun {
		r.record = data.Import{Source: sourceWHMCS, FileName: filepath.Base(r.dump.Path), Who: r.who(), Origin: origin}
		if r.in, err = r.tx.Intake(&r.record, r.rows(tblClients)); err != nil {
			return err
		}
	}
	r.progress.SetTotal(total)
	for _, p := range passes {
		if p.name != "" {
			r.progress.Step(p.name)
		}
		if err := p.run(); err != nil {
			return err
		}
	}
	return r.end()
}

func (r *dumpRun) begin() {
	r.report = DumpReport{DryRun: r.options.DryRun, File: filepath.Base(r.dump.Path), Company: r.dump.Company, Left: r.dump.Left}
	r.tallies, r.sums = map[string]*DumpTally{}, map[sumKey]*DumpSum{}
	for _, t := range dumpTables() {
		tally := &DumpTally{Table: t.Name, What: t.What}
		r.tallies[t.Name] = tally
		if r.dump.dump.Table(t.Name) != nil {
			r.report.Tables = append(r.report.Tables, tally)
		}
	}
	r.groups, r.products, r.fields = map[int64]int64{}, map[int64]dumpProduct{}, map[int64]data.CustomField{}
	r.admins, r.gateways, r.addresses, r.numbers = map[int64]string{}, map[string]string{}, map[string]bool{}, map[string]bool{}
	r.invoicesHere = map[int64]bool{}
	r.billed, r.refunded, r.over = map[int64]int{}, map[int64]int64{}, map[int64][]overpaid{}
}

// rows is how many rows a table of the dump has.
func (r *dumpRun) rows(table string) int64 {
	if t := r.dump.dump.Table(table); t != nil {
		return t.Rows
	}
	return 0
}

// alreadyHere reads which clients an earlier import of the same WHMCS brought. They are left as they are, with all that belongs to them.
func (r *dumpRun) alreadyHere() (origin string, err error) {
	here, err := r.tx.KnownRefs(sourceWHMCS, r.dump.Origin, data.RefClient, "clients")
	for source, id := range here {
		r.clients = append(r.clients, dumpClient{source: source, id: id, here: true})
	}
	if err != nil {
		return "", err
	}
	r.known = here
	r.numbered, err = r.tx.AnyInvoices()
	return r.dump.Origin, err
}

// each reads the rows of a table.
func (r *dumpRun) each(table string, f func(*whmcs.Row) error) error {
	rows := r.dump.dump.Read(r.ctx, table)
	row := whmcs.Row{AsStored: r.options.TextsAsStored}
	const tell = 256
	for n := int64(0); ; n++ {
		switch err := rows.Next(&row.Row); {
		case errors.Is(err, io.EOF):
			r.progress.Add(n % tell)
			return nil
		case err != nil:
			return err
		}
		if n%tell == tell-1 {
			r.progress.Add(tell)
		}
		if err := f(&row); err != nil {
			return err
		}
	}
}

// gather reads the rows of a table, makes something of each, and stores some at a time. take tells whether there is anything to be stored.
func gather[T any](r *dumpRun, table string, take func(*whmcs.Row) (T, bool), store func([]T) error) error {
	var batch []T
	err := r.each(table, func(row *whmcs.Row) error {
		v, ok := take(row)
		if !ok {
			return nil
		}
		if batch = append(batch, v); len(batch) < importBatch {
			return nil
		}
		err := store(batch)
		batch = batch[:0]
		return err
	})
	if err != nil || len(batch) == 0 {
		return err
	}
	return store(batch)
}

// some stores what there is to be stored for n things, a few at a time.
func some[T any](n int, take func(i int) (T, bool), store func([]T) error) error {
	var batch []T
	for i := range n {
		v, ok := take(i)
		if !ok {
			continue
		}
		if batch = append(batch, v); len(batch) < importBatch {
			continue
		}
		if err := store(batch); err != nil {
			return err
		}
		batch = batch[:0]
	}
	if len(batch) == 0 {
		return nil
	}
	return store(batch)
}

// number gives a row a made-up number in a dry run.
func (r *dumpRun) number(id *int64) {
	r.made--
	*id = r.made
}

// end settles what came in and closes the report.
func (r *dumpRun) end() error {
	if r.in == nil {
		r.close()
		return nil
	}
	if r.report.Clients == 0 && r.tallies[tblTransactions].Imported == 0 {
		r.close()
		return errNothingStored
	}
	if r.highest > 0 {
		next, err := r.tx.PeekNumber(invoiceNumbers, firstInvoice)
		if err != nil {
			return err
		}
		if next <= r.highest {
			if err := r.tx.SetNextNumber(invoiceNumbers, r.highest+1); err != nil {
				return err
			}
		}
	}
	for _, t := range r.report.Tables {
		r.record.RowsRead += t.Rows
	}
	r.record.Imported, r.record.Rejected = r.report.Clients, r.tallies[tblClients].Skipped
	r.report.ImportID = r.record.ID
	r.progress.Step(i18n.T("Making the clients searchable"))
	r.progress.SetTotal(r.report.Clients)
	if err := r.in.Settle(func(n int) { r.progress.Add(int64(n)) }); err != nil {
		return err
	}
	stored, err := r.in.Sums()
	if err != nil {
		return err
	}
	r.compare(stored)
	r.close()
	kept, err := json.Marshal(r.report.brief())
	if err != nil {
		return err
	}
	if err := r.tx.SetImportReport(r.record.ID, string(kept)); err != nil {
		return err
	}
	return r.tx.AddActivity(r.entry(actImported, 0, r.record.FileName, i18n.N(r.report.Clients, "One client came in", "%d clients came in")+"; "+
		i18n.N(r.report.Held, "one service waits to be billed", "%d services wait to be billed")))
}

// dumpCurrency is a currency of WHMCS. Of one that is not in use anywhere, code is empty, and name is what WHMCS calls it.
type dumpCurrency struct {
	source int64
	code   money.Currency
	name   string
}

// currency is the place of a currency by its number in WHMCS. The first one is WHMCS's default.
func (r *dumpRun) currency(source int64) int {
	i := slices.IndexFunc(r.currencies, func(c dumpCurrency) bool { return c.source == source })
	return max(i, 0)
}

// find is the place of the client with a number in WHMCS, or -1.
func (r *dumpRun) find(source int64) int {
	i, ok := slices.BinarySearchFunc(r.clients, source, func(c dumpClient, n int64) int { return int(min(max(c.source-n, -1), 1)) })
	if !ok {
		return -1
	}
	return i
}

// service is the number here of the service with a number in WHMCS.
func (r *dumpRun) service(source int64) (int64, bool) {
	i, ok := slices.BinarySearchFunc(r.services, source, func(s reference, n int64) int { return int(min(max(s.source-n, -1), 1)) })
	if !ok {
		return 0, false
	}
	return r.services[i].id, true
}

// invoice is what is known of the invoice with a number in WHMCS; nil where it does not come in.
func (r *dumpRun) invoice(source int64) *dumpInvoice {
	i, ok := slices.BinarySearchFunc(r.invoices, source, func(v dumpInvoice, n int64) int { return int(min(max(v.source-n, -1), 1)) })
	if !ok {
		return nil
	}
	return &r.invoices[i]
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
