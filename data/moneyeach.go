package data

// eachSize is how many rows are read at a time where all are wanted.
const eachSize = 500

// EachInvoice reads the invoices that a filter leaves in the order in which they were made, in batches, until f fails. ErrBroad where the filter's text finds more
// clients than are looked at: a part must not be taken for all.
func (tx *Tx) EachInvoice(f InvoiceFilter, each func([]InvoiceRow) error) error {
	if err := tx.whole(f.Text, &f.named); err != nil {
		return err
	}
	return eachPage(func(at Cursor) ([]InvoiceRow, []Cursor, error) {
		return tx.Invoices(InvoiceQuery{Filter: f}, at, false, eachSize)
	}, each)
}

// whole looks up what a text stands for, and refuses where a list of it is not whole.
func (tx *Tx) whole(text string, to **named) error {
	if err := tx.look(text, to); err != nil {
		return err
	}
	if !(*to).all() {
		return ErrBroad
	}
	return nil
}

// EachTransaction reads the transactions that a filter leaves by date, in batches, until f fails. ErrBroad is as with EachInvoice.
func (tx *Tx) EachTransaction(f TransactionFilter, each func([]Transaction) error) error {
	if err := tx.whole(f.Text, &f.named); err != nil {
		return err
	}
	return eachPage(func(at Cursor) ([]Transaction, []Cursor, error) {
		return tx.Transactions(TransactionQuery{Filter: f}, at, false, eachSize)
	}, each)
}

// EachService reads the services that a filter leaves in the order in which they were entered, in batches, until f fails. ErrBroad is as with
// EachInvoice.
func (tx *Tx) EachService(f ServiceFilter, each func([]ServiceRow) error) error {
	if err := tx.whole(f.Text, &f.named); err != nil {
		return err
	}
	return eachPage(func(at Cursor) ([]ServiceRow, []Cursor, error) {
		return tx.Services(ServiceQuery{Filter: f}, at, false, eachSize)
	}, each)
}

// EachCreditMove reads the whole ledger of all clients in the order in which it was written, in batches, until f fails.
func (tx *Tx) EachCreditMove(each func([]CreditMove) error) error {
	after := int64(0)
	for {
		var ms []CreditMove
		if err := tx.db.Where("id > ?", after).Order("id").Limit(eachSize).Find(&ms).Error; err != nil || len(ms) == 0 {
			return err
		}
		after = ms[len(ms)-1].ID
		if err := each(ms); err != nil {
			return err
		}
	}
}

func eachPage[T any](read func(Cursor) ([]T, []Cursor, error), each func([]T) error) error {
	var at Cursor
	for {
		rows, places, err := read(at)
		if err != nil || len(rows) == 0 {
			return err
		}
		if err := each(rows); err != nil {
			return err
		}
		at = places[len(places)-1]
	}
}
