package data

import (
	"fmt"

	"gorm.io/gorm"
)

// MergedClient remembers of a client that was merged into another one under which number, name and address it was known, so that whoever looks for it finds the one
// that was kept.
type MergedClient struct {
	OldID  int64 `gorm:"primaryKey;autoIncrement:false"`
	KeptID int64
	Name   string
	Email  string
	At     int64 // milliseconds
	Who    string
}

// TableName tells GORM the table.
func (MergedClient) TableName() string { return "merged_clients" }

// MergedInto tells into which client one was merged that is no longer there. ErrNotFound: it never was, or the one that was kept is gone too.
func (tx *Tx) MergedInto(oldID int64) (MergedClient, error) {
	var m MergedClient
	err := translate(tx.db.Take(&m, "old_id = ?", oldID).Error)
	return m, err
}

// MergedFrom lists the clients that were merged into one, the oldest number first.
func (tx *Tx) MergedFrom(keptID int64) ([]MergedClient, error) {
	var all []MergedClient
	err := tx.db.Where("kept_id = ?", keptID).Order("old_id").Find(&all).Error
	return all, err
}

// MergeClients gives everything of a client to another one and removes it. Both were read for changing and have the same currency. What the kept one's profile says is
// not touched; its search text is to be brought in step by Reindex once all else is done.
func (tx *Tx) MergeClients(kept, gone Client, m MergedClient) error {
	for _, b := range belongings {
		if err := b.mergeOf(tx, kept.ID, gone.ID); err != nil {
			return fmt.Errorf("%s: %w", b.table, err)
		}
	}
	if err := tx.moveCardNotices(kept.ID, gone.ID); err != nil {
		return err
	}
	if err := tx.addTotals(kept.ID, gone.ID); err != nil {
		return err
	}
	if err := tx.engine.unindex(tx.db, []int64{gone.ID}); err != nil {
		return err
	}
	if err := one(tx.db.Exec("DELETE FROM clients WHERE id = ?", gone.ID)); err != nil {
		return err
	}
	r := tx.db.Model(&Client{}).Where("id = ? AND version = ?", kept.ID, kept.Version).Updates(map[string]any{
		"credit": gorm.Expr("credit + ?", gone.Credit), "owed": gorm.Expr("owed + ?", gone.Owed), "services_active": gorm.Expr("services_active + ?", gone.ServicesActive),
		"services_total": gorm.Expr("services_total + ?", gone.ServicesTotal), "updated_at": millis(tx.now), "version": gorm.Expr("version + 1"),
	})
	if err := changedOne(r); err != nil {
		return err
	}
	tx.count(&gone, -1)
	tx.count(&kept, -1)
	kept.Credit, kept.Owed = kept.Credit+gone.Credit, kept.Owed+gone.Owed
	tx.count(&kept, 1)
	m.OldID, m.KeptID, m.At = gone.ID, kept.ID, millis(tx.now)
	return tx.db.Create(&m).Error
}

// moveCardNotices has the kept client be told no second time of a card that expires, whichever of the two was told.
func (tx *Tx) moveCardNotices(kept, gone int64) error {
	if err := tx.db.Exec(`INSERT INTO card_notices (client_id, expires, at, mail_id) SELECT ?, expires, at, mail_id FROM card_notices WHERE client_id = ? ON CONFLICT DO NOTHING`, kept, gone).Error; err != nil {
		return err
	}
	return tx.db.Exec("DELETE FROM card_notices WHERE client_id = ?", gone).Error
}

// addTotals adds what is summed up of one client to the sums of another.
func (tx *Tx) addTotals(kept, gone int64) error {
	for _, sql := range []string{
		`INSERT INTO invoice_totals AS t (client_id, status, n, total, balance) SELECT ?, status, n, total, balance FROM invoice_totals WHERE client_id = ?
			ON CONFLICT (client_id, status) DO UPDATE SET n = t.n + excluded.n, total = t.total + excluded.total, balance = t.balance + excluded.balance`,
		`INSERT INTO transaction_totals AS t (client_id, currency, n, amount_in, fees, amount_out) SELECT ?, currency, n, amount_in, fees, amount_out FROM transaction_totals WHERE client_id = ?
			ON CONFLICT (client_id, currency) DO UPDATE SET n = t.n + excluded.n, amount_in = t.amount_in + excluded.amount_in, fees = t.fees + excluded.fees,
			amount_out = t.amount_out + excluded.amount_out`,
	} {
		if err := tx.db.Exec(sql, kept, gone).Error; err != nil {
			return err
		}
	}
	for _, table := range []string{"invoice_totals", "transaction_totals"} {
		if err := tx.db.Exec("DELETE FROM "+table+" WHERE client_id = ?", gone).Error; err != nil {
			return err
		}
	}
	return nil
}

// Reindex brings the search text of a client in step with all that is stored.
func (tx *Tx) Reindex(clientID int64) error { return tx.reindex(clientID) }

// MoveUndos has the journal's rows of a client hold what rewrite makes of what they hold.
func (tx *Tx) MoveUndos(clientID int64, rewrite func(content string) (string, error)) error {
	var all []Undo
	if err := tx.db.Where("client_id = ? AND undone_at IS NULL", clientID).Order("id").Find(&all).Error; err != nil {
		return err
	}
	for _, u := range all {
		content, err := rewrite(u.Content)
		if err != nil {
			return err
		}
		if err := one(tx.db.Model(&Undo{}).Where("id = ?", u.ID).Updates(map[string]any{"content": content})); err != nil {
			return err
		}
	}
	return nil
}
