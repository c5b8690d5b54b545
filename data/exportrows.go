package data

// EachMail reads all mails in the order in which they were made, in batches, until f fails. The sealed secrets in them are left out.
func (tx *Tx) EachMail(f func([]Mail) error) error {
	return eachRow(tx, []string{"secrets"}, func(m Mail) int64 { return m.ID }, f)
}

// EachNote reads the notes of all clients in the order in which they were written, in batches, until f fails.
func (tx *Tx) EachNote(f func([]Note) error) error {
	return eachRow(tx, nil, func(n Note) int64 { return n.ID }, f)
}

// EachInvoiceLine reads the lines of all invoices in the order in which they were stored, in batches, until f fails.
func (tx *Tx) EachInvoiceLine(f func([]InvoiceLine) error) error {
	return eachRow(tx, nil, func(l InvoiceLine) int64 { return l.ID }, f)
}

// EachPayment reads what of all transactions went to invoices, in the order in which it was noted, in batches, until f fails.
func (tx *Tx) EachPayment(f func([]Payment) error) error {
	return eachRow(tx, nil, func(p Payment) int64 { return p.ID }, f)
}

// EachFile reads the files of all clients, without what is in them, in the order in which they were uploaded, in batches, until f fails.
func (tx *Tx) EachFile(f func([]File) error) error {
	return eachRow(tx, nil, func(f File) int64 { return f.ID }, f)
}

// eachRow reads all rows of T's table by their numbers.
func eachRow[T any](tx *Tx, without []string, id func(T) int64, f func([]T) error) error {
	for after := int64(0); ; {
		var rows []T
		if err := tx.db.Omit(without...).Where("id > ?", after).Order("id").Limit(eachSize).Find(&rows).Error; err != nil || len(rows) == 0 {
			return err
		}
		after = id(rows[len(rows)-1])
		if err := f(rows); err != nil {
			return err
		}
	}
}
