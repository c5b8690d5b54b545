package data

import "clientele/app/fold"

// Group is a set of clients that are billed alike (CL-13).
type Group struct {
	ID               int64
	Name             string
	NameKey          string
	Colour           string // "#rrggbb"
	DiscountBP       int64  // hundredths of a percent, 0 to 10000
	SeparateInvoices bool
}

// TableName tells GORM the table.
func (Group) TableName() string { return "client_groups" }

// Groups lists all groups by name.
func (tx *Tx) Groups() ([]Group, error) {
	var gs []Group
	err := tx.db.Order("name_key").Find(&gs).Error
	return gs, err
}

// Group reads one group.
func (tx *Tx) Group(id int64) (Group, error) {
	var g Group
	err := translate(tx.db.Take(&g, "id = ?", id).Error)
	return g, err
}

// SaveGroup adds a group whose ID is 0 or changes the one that has it. ErrDuplicate: the name is taken.
func (tx *Tx) SaveGroup(g *Group) error {
	g.NameKey = fold.Key(g.Name)
	if g.ID == 0 {
		return tx.db.Create(g).Error
	}
	return one(tx.db.Model(&Group{}).Where("id = ?", g.ID).Select("name", "name_key", "colour", "discount_bp", "separate_invoices").Updates(g))
}

// DeleteGroup removes a group. Clients in it must have been taken out before.
func (tx *Tx) DeleteGroup(id int64) error {
	return one(tx.db.Delete(&Group{}, "id = ?", id))
}

// GroupSize tells how many clients are in a group.
func (tx *Tx) GroupSize(id int64) (int64, error) {
	n, _, err := tx.CountClients(ClientFilter{Group: id})
	return n, err
}

// LeaveGroup takes up to n clients out of a group and returns them as they were.
func (tx *Tx) LeaveGroup(id int64) ([]Client, error) {
	var ids []int64
	if err := tx.db.Raw("SELECT id FROM clients WHERE group_id = ? ORDER BY id", id).Scan(&ids).Error; err != nil {
		return nil, err
	}
	return tx.SetGroup(ids, 0)
}
