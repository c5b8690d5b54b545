package app

import (
	"cmp"
	"slices"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// DumpReport is what an import of a dump came to, or would come to: what came in of each table, and the sums of money there and here, of which each difference has its
// reason among the problems.
type DumpReport struct {
	ImportID int64 // 0 for a dry run, or where nothing came in
	File     string
	Company  string
	DryRun   bool
	Clients  int64 // that came in, or would
	Here     int64 // clients that an earlier import of the same WHMCS brought; they and all that is theirs were left alone
	Held     int64 // services that are not billed before somebody says so
	Cards    int64 // whose type, last digits and expiry came in
	Tables   []*DumpTally
	Left     []DumpTable // tables that cannot come in
	Sums     []DumpSum
	Problems []DumpProblem
	More     int64 // problems beyond those listed
}

// DumpTally is what became of the rows of a table.
type DumpTally struct {
	Table    string
	What     string
	Rows     int64
	Imported int64
	Skipped  int64 // left out; each is among the problems
	Here     int64 // of clients that were here already
}

// DumpSum is one sum of money. Source − Here − Named is 0 where each difference is named.
type DumpSum struct {
	Currency string
	What     SumOf
	Source   int64 // in the dump
	Stored   int64 // what came in, as it is stored; of a dry run, what would
	Named    int64 // of the difference, what problems name
}

// Unexplained is the part of the difference that no problem names.
func (s DumpSum) Unexplained() int64 { return s.Source - s.Stored - s.Named }

// SumOf is what a sum is of: the credit of clients, money in, fees, money out, or the invoices of a status.
type SumOf string

// The sums besides those of invoices, which are called as the status.
const (
	SumCredit SumOf = "credit"
	SumIn     SumOf = "in"
	SumFees   SumOf = "fees"
	SumOut    SumOf = "out"
)

// Name is the sum in words.
func (s SumOf) Name() string {
	switch s {
	case SumCredit:
		return i18n.T("Credit of clients")
	case SumIn:
		return i18n.T("Money in")
	case SumFees:
		return i18n.T("Fees")
	case SumOut:
		return i18n.T("Money out")
	}
	return i18n.T("Invoices: %s", billing.InvoiceStatus(s).Name())
}

// order is where a sum stands in a report.
func (s SumOf) order() int {
	if i := slices.Index([]SumOf{SumIn, SumFees, SumOut}, s); i >= 0 {
		return i + 100
	}
	return slices.Index(billing.InvoiceStatuses(), billing.InvoiceStatus(s)) + 1
}

// DumpProblem is something about one row that a person should know.
type DumpProblem struct {
	Table   string
	ID      int64 // the row's number in WHMCS, or 0
	Reason  string
	Skipped bool // the row did not come in
	// The amount by which a sum is other than in WHMCS because of this; no Currency where none is.
	Currency string
	Of       SumOf
	Amount   int64
}

// String is the problem as one line of a report.
func (p DumpProblem) String() string {
	words := p.Table
	if p.ID != 0 {
		words += " " + itoa(p.ID)
	}
	words += ": " + p.Reason
	if p.Currency != "" {
		words += " [" + p.Of.Name() + " −" + money.New(p.Amount, money.Currency(p.Currency)).String() + "]"
	}
	return words
}

// Sound tells whether each difference in money is named.
func (r *DumpReport) Sound() bool {
	return !slices.ContainsFunc(r.Sums, func(s DumpSum) bool { return s.Unexplained() != 0 })
}

// Faults is how many problems there are.
func (r *DumpReport) Faults() int64 { return int64(len(r.Problems)) + r.More }

// brief is the report as it is kept with the import: with the first problems alone.
func (r *DumpReport) brief() DumpReport {
	const some = 200
	b := *r
	if len(b.Problems) > some {
		b.More += int64(len(b.Problems) - some)
		b.Problems = b.Problems[:some]
	}
	return b
}

type sumKey struct {
	currency string
	of       SumOf
}

func (r *dumpRun) sum(c money.Currency, of SumOf) *DumpSum {
	k := sumKey{string(c), of}
	if r.sums[k] == nil {
		r.sums[k] = &DumpSum{Currency: k.currency, What: of}
	}
	return r.sums[k]
}

// problem lists something about a row that came in.
func (r *dumpRun) problem(table string, id int64, reason string) {
	r.list(DumpProblem{Table: table, ID: id, Reason: reason})
}

// skip lists that a row does not come in, and why.
func (r *dumpRun) skip(table string, id int64, reason string) {
	r.tallies[table].Skipped++
	r.list(DumpProblem{Table: table, ID: id, Reason: reason, Skipped: true})
}

// differ lists that a sum is less than in WHMCS by an amount, and why.
func (r *dumpRun) differ(table string, id int64, reason string, c money.Currency, of SumOf, amount int64) {
	if amount == 0 {
		return
	}
	r.sum(c, of).Named += amount
	r.list(DumpProblem{Table: table, ID: id, Reason: reason, Currency: string(c), Of: of, Amount: amount})
}

func (r *dumpRun) list(p DumpProblem) {
	if len(r.report.Problems) < maxProblems {
		r.report.Problems = append(r.report.Problems, p)
	} else {
		r.report.More++
	}
}

// compare takes what is stored, as the database adds it up, in the place of what the rows came to on the way in.
func (r *dumpRun) compare(stored map[string]*data.IntakeSum) {
	for _, s := range r.sums {
		s.Stored = 0
	}
	for currency, s := range stored {
		c := money.Currency(currency)
		for of, n := range map[SumOf]int64{SumCredit: s.Credit, SumIn: s.In, SumFees: s.Fees, SumOut: s.Out} {
			r.sum(c, of).Stored = n
		}
		for status, n := range s.Invoices {
			r.sum(c, SumOf(status)).Stored = n.Total
		}
	}
}

// close puts the sums in order.
func (r *dumpRun) close() {
	for _, s := range r.sums {
		if s.Source != 0 || s.Stored != 0 || s.Named != 0 {
			r.report.Sums = append(r.report.Sums, *s)
		}
	}
	slices.SortFunc(r.report.Sums, func(a, b DumpSum) int {
		return cmp.Or(cmp.Compare(a.Currency, b.Currency), cmp.Compare(a.What.order(), b.What.order()))
	})
}
