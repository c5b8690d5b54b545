package document

import (
	"fmt"
	"io"
	"iter"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

// Statement is what was charged to a client and paid by them in a range of days, with the balance after each entry.
// A balance above zero is owed by the client. All amounts are in one currency.
type Statement struct {
	Style
	Business Business
	Client   Party
	// From and To are the first and the last day. Each may be left out.
	From, To date.Date
	// Made is the day of the statement.
	Made    date.Date
	Details []Detail
	Opening money.Money
	Entries []Entry
	// Ageing is left out where it is nil.
	Ageing *Ageing
	Notes  string
}

// Entry is one thing that changed the balance. Charge adds to what is owed and Payment takes off it; one of them is
// usually zero, and is then not printed.
type Entry struct {
	Date            date.Date
	Description     string
	Reference       string
	Charge, Payment money.Money
}

// Ageing is what is still open on the day of the statement, by how long it has been overdue.
type Ageing struct {
	// Current is not yet due, Days30 up to 30 days overdue, Days60 up to 60, Days90 up to 90, Older longer.
	Current, Days30, Days60, Days90, Older money.Money
}

// Balances are the balances after each entry. Amounts in another currency than the opening balance's, and sums too
// large to be kept, are errors.
func (s *Statement) Balances() ([]money.Money, error) {
	balance := s.Opening
	out := make([]money.Money, 0, len(s.Entries))
	for i, e := range s.Entries {
		var err error
		if balance, err = e.after(balance); err != nil {
			return nil, fmt.Errorf("document: entry %d: %w", i+1, err)
		}
		out = append(out, balance)
	}
	return out, nil
}

// after is the balance after the entry. An amount that was not given counts as none.
func (e Entry) after(balance money.Money) (money.Money, error) {
	var err error
	if e.Charge != (money.Money{}) {
		if balance, err = balance.Add(e.Charge); err != nil {
			return money.Money{}, err
		}
	}
	if e.Payment != (money.Money{}) {
		return balance.Sub(e.Payment)
	}
	return balance, nil
}

// Closing is the balance after the last entry.
func (s *Statement) Closing() (money.Money, error) {
	balances, err := s.Balances()
	if err != nil || len(balances) == 0 {
		return s.Opening, err
	}
	return balances[len(balances)-1], nil
}

// Header is the names of the columns of Rows.
func (s *Statement) Header() []string {
	words := i18n.For(s.Language)
	return []string{
		words.T("Date"), words.T("Description"), words.T("Reference"), words.T("Charges"), words.T("Payments"),
		words.T("Balance"), words.T("Currency"),
	}
}

// Rows is the statement as the rows of a file for spreadsheets: the opening balance, the entries, the closing balance.
// Dates and amounts are as machines read them.
func (s *Statement) Rows() iter.Seq2[[]string, error] {
	return func(yield func([]string, error) bool) {
		words, code := i18n.For(s.Language), string(s.Opening.Currency)
		balances, err := s.Balances()
		if err != nil {
			yield(nil, err)
			return
		}
		if !yield([]string{s.From.String(), words.T("Opening balance"), "", "", "", s.Opening.FormatPlain(), code}, nil) {
			return
		}
		closing := s.Opening
		for i, e := range s.Entries {
			closing = balances[i]
			row := []string{
				e.Date.String(), clean(e.Description), oneLine(e.Reference), plainAmount(e.Charge), plainAmount(e.Payment),
				closing.FormatPlain(), code,
			}
			if !yield(row, nil) {
				return
			}
		}
		yield([]string{s.To.String(), words.T("Closing balance"), "", "", "", closing.FormatPlain(), code}, nil)
	}
}

func plainAmount(m money.Money) string {
	if m.IsZero() {
		return ""
	}
	return m.FormatPlain()
}

// PDF writes the statement. Nothing is written where its balances cannot be worked out; see Balances.
func (s *Statement) PDF(w io.Writer, paper Paper) error {
	balances, err := s.Balances()
	if err != nil {
		return err
	}
	return s.write(w, paper, balances)
}
