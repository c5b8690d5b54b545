package data

import (
	"errors"

	"gorm.io/gorm"
)

// Contact is a further person at a client, who gets copies of the mail that is ticked (CO-1 to CO-3).
type Contact struct {
	ID          int64
	ClientID    int64
	FirstName   string
	LastName    string
	Company     string
	Email       string
	Address1    string
	Address2    string
	City        string
	State       string
	Postcode    string
	Country     string // ISO 3166-1 alpha-2
	Phone       string
	TaxID       string
	MailGeneral bool
	MailInvoice bool
	MailSupport bool
	MailProduct bool
	MailDomain  bool
	CreatedAt   int64 `gorm:"autoCreateTime:false"` // milliseconds
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"` // milliseconds
	Version     int64 // counts the changes, so that two admins do not overwrite each other
}

// TableName tells GORM the table.
func (Contact) TableName() string { return "contacts" }

// contactColumns are what an edit of a contact changes.
var contactColumns = []string{
	"first_name", "last_name", "company", "email", "address1", "address2", "city", "state", "postcode", "country", "phone", "tax_id",
	"mail_general", "mail_invoice", "mail_support", "mail_product", "mail_domain", "updated_at", "version",
}

// Contact reads one contact. ErrNotFound where there is none.
func (tx *Tx) Contact(id int64) (Contact, error) {
	var c Contact
	err := translate(tx.db.Take(&c, "id = ?", id).Error)
	return c, err
}

// Contacts lists all contacts of a client, the oldest first.
func (tx *Tx) Contacts(clientID int64) ([]Contact, error) {
	var cs []Contact
	err := tx.db.Where("client_id = ?", clientID).Order("id").Find(&cs).Error
	return cs, err
}

// InsertContact adds a contact, by which its client is found from now on, and gives it its number. The client must be there.
func (tx *Tx) InsertContact(c *Contact) error {
	c.begin(tx)
	if err := tx.db.Create(c).Error; err != nil {
		return err
	}
	return tx.reindex(c.ClientID)
}

// begin fills in what a new contact has.
func (c *Contact) begin(tx *Tx) {
	c.ID, c.CreatedAt, c.UpdatedAt, c.Version = 0, millis(tx.now), millis(tx.now), 1
}

// UpdateContact writes what was edited of a contact. before is the row as it was read; ErrChanged: somebody changed or removed it meanwhile, and nothing
// was written.
func (tx *Tx) UpdateContact(before Contact, c *Contact) error {
	c.ID, c.ClientID, c.CreatedAt, c.UpdatedAt, c.Version = before.ID, before.ClientID, before.CreatedAt, millis(tx.now), before.Version+1
	r := tx.db.Model(&Contact{}).Where("id = ? AND version = ?", before.ID, before.Version).Select(contactColumns).Updates(c)
	if err := changedOne(r); err != nil {
		return err
	}
	if before.searchLine() == c.searchLine() {
		return nil
	}
	return tx.reindex(c.ClientID)
}

// DeleteContact removes a contact, which must be no client's billing contact any more. ErrChanged: somebody changed or removed it since it was read.
func (tx *Tx) DeleteContact(c Contact) error {
	if err := changedOne(tx.db.Delete(&Contact{}, "id = ? AND version = ?", c.ID, c.Version)); err != nil {
		return err
	}
	return tx.reindex(c.ClientID)
}

// RestoreContact puts a contact that was removed back under the number that it had.
func (tx *Tx) RestoreContact(c Contact) error {
	if err := tx.db.Create(&c).Error; err != nil {
		return err
	}
	return tx.reindex(c.ClientID)
}

// SetBillingContact has a client's invoices carry the name and address of one of its contacts, or, with nil, the client's own. It counts as a change of
// the profile.
func (tx *Tx) SetBillingContact(clientID int64, contactID *int64) error {
	return one(tx.db.Model(&Client{}).Where("id = ?", clientID).Updates(map[string]any{
		"billing_contact_id": contactID, "updated_at": millis(tx.now), "version": gorm.Expr("version + 1"),
	}))
}

// ContactRow is a contact with what an export says of its client.
type ContactRow struct {
	Contact    `gorm:"embedded"`
	ClientName string // first and last name
	Billing    bool   // its client's invoices carry this contact's name and address
}

// EachContact calls f with all contacts in the order of clients and of contacts, some at a time.
func (tx *Tx) EachContact(f func([]ContactRow) error) error {
	const some = 500
	var client, contact int64
	for {
		var rows []ContactRow
		err := tx.db.Raw(`SELECT k.*, c.first_name || ' ' || c.last_name AS client_name, coalesce(c.billing_contact_id = k.id, false) AS billing
			FROM contacts k JOIN clients c ON c.id = k.client_id WHERE (k.client_id, k.id) > (?, ?) ORDER BY k.client_id, k.id LIMIT ?`,
			client, contact, some).Scan(&rows).Error
		if err != nil || len(rows) == 0 {
			return err
		}
		if err := f(rows); err != nil {
			return err
		}
		last := rows[len(rows)-1]
		client, contact = last.ClientID, last.ID
	}
}

// CountContacts tells how many contacts all clients have together.
func (tx *Tx) CountContacts() (int64, error) {
	var n int64
	err := tx.db.Model(&Contact{}).Count(&n).Error
	return n, err
}

// insertContacts adds the contacts of new clients, whose search texts hold them already. contacts are those of the client at the same place.
func (tx *Tx) insertContacts(cs []Client, contacts [][]Contact) error {
	var all []Contact
	for i := range contacts {
		for _, k := range contacts[i] {
			k.begin(tx)
			k.ClientID = cs[i].ID
			all = append(all, k)
		}
	}
	if len(all) == 0 {
		return nil
	}
	if err := tx.engine.insertContacts(tx.db, all); err != nil {
		return err
	}
	for i := range contacts {
		all = all[copy(contacts[i], all):]
	}
	return nil
}

// insertContacts numbers them itself: there is one writer.
func (e *sqliteEngine) insertContacts(db *gorm.DB, cs []Contact) error {
	last, err := lastNumber(db, Contact{}.TableName())
	if err != nil {
		return err
	}
	for i := range cs {
		cs[i].ID = last + int64(i) + 1
	}
	return insertRows(db, cs)
}

func (e *postgresEngine) insertContacts(db *gorm.DB, cs []Contact) error {
	return db.CreateInBatches(cs, batch).Error
}

// changedOne turns "no row was changed" into ErrChanged, for rows that are changed as they were read.
func changedOne(r *gorm.DB) error {
	if err := one(r); errors.Is(err, ErrNotFound) {
		return ErrChanged
	} else if err != nil {
		return err
	}
	return nil
}
