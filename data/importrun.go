package data

import "database/sql"

// Import is one import of clients, which can be undone as a whole.
type Import struct {
	ID       int64
	Source   string // what kind of file
	FileName string
	RowsRead int64
	Imported int64
	Rejected int64
	FirstID  int64 // the numbers of the clients that came in
	LastID   int64
	At       int64
	Who      string
	UndoneAt *int64
	Origin   string // where the data came from, such as the address of the other program
	Report   string // what it came to, as JSON; empty for lists of clients
}

// TableName tells GORM the table.
func (Import) TableName() string { return "imports" }

// AddImport records an import.
func (tx *Tx) AddImport(i *Import) error {
	i.At = millis(tx.now)
	return tx.db.Create(i).Error
}

// FinishImport writes what an import came to.
func (tx *Tx) FinishImport(i *Import) error {
	return one(tx.db.Model(&Import{}).Where("id = ?", i.ID).Select("rows_read", "imported", "rejected", "first_id", "last_id").Updates(i))
}

// Imports lists the newest imports first.
func (tx *Tx) Imports(n int) ([]Import, error) {
	var is []Import
	err := tx.db.Order("id DESC").Limit(n).Find(&is).Error
	return is, err
}

// Import reads one.
func (tx *Tx) Import(id int64) (Import, error) {
	var i Import
	err := translate(tx.db.Take(&i, "id = ?", id).Error)
	return i, err
}

// ImportTouched tells how many clients of an import were changed since, or have anything that came later: they cannot be
// taken back unseen.
func (tx *Tx) ImportTouched(id int64) (int64, error) {
	i, err := tx.Import(id)
	if err != nil {
		return 0, err
	}
	at := i.At
	if i.Source == "csv" {
		at = -1 // it brought clients alone, so that whatever belongs to them came later
	}
	var n int64
	err = tx.db.Raw(`SELECT count(*) FROM clients c WHERE import_id = @id AND (version > 1 OR password_hash <> ''
		OR EXISTS (SELECT 1 FROM mails m WHERE m.client_id = c.id AND m.created_at > @at)
		OR EXISTS (SELECT 1 FROM contacts k WHERE k.client_id = c.id AND (k.created_at > @at OR k.version > 1))
		OR EXISTS (SELECT 1 FROM notes n WHERE n.client_id = c.id AND (n.created_at > @at OR n.version > 1))
		OR EXISTS (SELECT 1 FROM files f WHERE f.client_id = c.id AND (f.uploaded_at > @at OR f.version > 1))
		OR EXISTS (SELECT 1 FROM cards d WHERE d.client_id = c.id AND (d.created_at > @at OR d.version > 1))
		OR EXISTS (SELECT 1 FROM services s WHERE s.client_id = c.id AND (s.created_at > @at OR s.version > 1))
		OR EXISTS (SELECT 1 FROM invoices i WHERE i.client_id = c.id AND (i.created_at > @at OR i.version > 1))
		OR EXISTS (SELECT 1 FROM transactions t WHERE t.client_id = c.id AND (t.created_at > @at OR t.version > 1))
		OR EXISTS (SELECT 1 FROM credit_moves m WHERE m.client_id = c.id AND m.at > @moved))`, sql.Named("id", id), sql.Named("at", at), sql.Named("moved", i.At)).Scan(&n).Error
	return n, err
}

// UndoImport removes the clients that an import brought with all that came with them, the groups, products and custom fields that it added and nobody else
// uses, and marks it undone. It tells how many clients went.
func (tx *Tx) UndoImport(id int64, step func(int)) (int64, error) {
	var gone int64
	for {
		var cs []Client
		if err := tx.db.Clauses(toChange).Where("import_id = ?", id).Order("id").Limit(500).Find(&cs).Error; err != nil {
			return gone, err
		}
		if len(cs) == 0 {
			break
		}
		list := ids(cs)
		if err := tx.engine.unindex(tx.db, list); err != nil {
			return gone, err
		}
		if err := tx.undoMoney("client_id IN ?", list); err != nil {
			return gone, err
		}
		for _, table := range []string{"custom_values", "credit_moves", "contacts", "notes", "files", "cards", "services", "invoice_totals", "transaction_totals"} {
			if err := tx.db.Exec("DELETE FROM "+table+" WHERE client_id IN ?", list).Error; err != nil {
				return gone, err
			}
		}
		if err := tx.db.Exec("DELETE FROM mails WHERE client_id IN ?", list).Error; err != nil {
			return gone, err
		}
		if err := tx.db.Exec("DELETE FROM clients WHERE id IN ?", list).Error; err != nil {
			return gone, err
		}
		for i := range cs {
			tx.count(&cs[i], -1)
		}
		gone += int64(len(cs))
		step(len(cs))
	}
	if err := tx.undoMoney("client_id IS NULL AND id IN (SELECT target_id FROM import_refs WHERE import_id = ? AND kind = 'transaction')", id); err != nil {
		return gone, err
	}
	if err := tx.undoLists(id); err != nil {
		return gone, err
	}
	return gone, one(tx.db.Exec("UPDATE imports SET undone_at = ? WHERE id = ? AND undone_at IS NULL", millis(tx.now), id))
}

// undoMoney removes invoices and transactions, by a condition on the client's number, and takes them out of the sums of all clients.
func (tx *Tx) undoMoney(where string, arg any) error {
	if _, clients := arg.([]int64); clients {
		var is []Invoice
		if err := tx.db.Where(where, arg).Find(&is).Error; err != nil {
			return err
		}
		for i := range is {
			tx.tallyInvoice(&is[i], nil)
		}
	}
	var ts []Transaction
	if err := tx.db.Where(where, arg).Find(&ts).Error; err != nil {
		return err
	}
	for i := range ts {
		tx.tallyTransaction(&ts[i], nil)
	}
	// The sums of each client go with the client.
	tx.tally.clients, tx.tally.invoices, tx.tally.accounts = nil, nil, nil
	statements := []string{"DELETE FROM payments WHERE transaction_id IN (SELECT id FROM transactions WHERE " + where + ")"}
	if _, clients := arg.([]int64); clients {
		mine := "(SELECT id FROM invoices WHERE " + where + ")"
		for _, table := range []string{"payments", "invoice_lines", "invoice_taxes"} {
			statements = append(statements, "DELETE FROM "+table+" WHERE invoice_id IN "+mine)
		}
		statements = append(statements, "DELETE FROM invoices WHERE "+where)
	}
	for _, s := range append(statements, "DELETE FROM transactions WHERE "+where) {
		if err := tx.db.Exec(s, arg).Error; err != nil {
			return err
		}
	}
	return nil
}

// undoLists removes the groups, products and custom fields that an import added and nobody uses any more, and what it noted of its rows.
func (tx *Tx) undoLists(id int64) error {
	tx.fields = nil
	const of = " (SELECT target_id FROM import_refs WHERE import_id = ? AND kind = "
	for _, sql := range []string{
		"DELETE FROM custom_fields WHERE id IN" + of + "'field') AND NOT EXISTS (SELECT 1 FROM custom_values v WHERE v.field_id = custom_fields.id)",
		"DELETE FROM client_groups WHERE id IN" + of + "'group') AND NOT EXISTS (SELECT 1 FROM clients c WHERE c.group_id = client_groups.id)",
		"DELETE FROM product_prices WHERE product_id IN" + of + "'product') AND NOT EXISTS (SELECT 1 FROM services s WHERE s.product_id = product_prices.product_id)",
		"DELETE FROM products WHERE id IN" + of + "'product') AND NOT EXISTS (SELECT 1 FROM services s WHERE s.product_id = products.id)",
		"DELETE FROM import_refs WHERE import_id = ?",
	} {
		if err := tx.db.Exec(sql, id).Error; err != nil {
			return err
		}
	}
	return nil
}

// SetImportReport keeps what an import came to.
func (tx *Tx) SetImportReport(id int64, report string) error {
	return one(tx.db.Exec("UPDATE imports SET report = ? WHERE id = ?", report, id))
}
