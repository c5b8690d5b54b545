package data

import (
	"fmt"
	"strings"

	"clientele/app/date"
	"clientele/app/fold"
	"clientele/app/phone"

	"gorm.io/gorm"
)

// Status is a client's status (CL-10).
type Status string

// The three statuses.
const (
	Active   Status = "Active"   // can log in, has active services
	Inactive Status = "Inactive" // can log in, has none at present
	Closed   Status = "Closed"   // cannot log in
)

// Client is a customer: who they are, how to reach them, and how they are billed. It is the glossary's "client";
// a further person at one is a contact.
type Client struct {
	ID                 int64
	FirstName          string
	LastName           string
	Company            string
	Email              string
	Address1           string
	Address2           string
	City               string
	State              string
	Postcode           string
	Country            string // ISO 3166-1 alpha-2
	Phone              string
	TaxID              string
	Currency           string // ISO 4217
	GroupID            int64  // 0 is no group
	Language           string // a BCP 47 tag
	PaymentMethod      string
	Status             Status
	TaxExempt          bool
	SeparateInvoices   bool
	NoLateFees         bool // "Don't Apply Late Fees"
	NoOverdueEmails    bool // "Don't Send Overdue Emails"
	MarketingOptIn     bool
	MailGeneral        bool
	MailInvoice        bool
	MailSupport        bool
	MailProduct        bool
	MailDomain         bool
	Notes              string // for admins alone
	PasswordHash       string // Argon2id, or empty: nobody can log in until one is set
	PasswordMustChange bool
	PasswordExpiresAt  *int64 // milliseconds; set for a mailed password
	Credit             int64  // the sum of the credit ledger, in minor units
	Owed               int64  // what open invoices come to, in minor units
	ServicesActive     int64
	ServicesTotal      int64
	Created            date.Date
	CreatedAt          int64 `gorm:"autoCreateTime:false"`
	UpdatedAt          int64 `gorm:"autoUpdateTime:false"`
	Version            int64 // counts the changes, so that two admins do not overwrite each other
	ImportID           *int64
	AutoCredit         *bool  // whether credit is used for the next invoice by itself; nil is as the setting has it
	KeepStatus         bool   // the automatic status leaves it alone
	BillingContactID   *int64 // the contact whose name and address invoices carry; nil is the client's own
	SortKey            string
	FirstKey           string
	CompanyKey         string
	EmailKey           string
	PhoneDigits        string
}

// TableName tells GORM the table.
func (Client) TableName() string { return "clients" }

// setKeys fills the columns by which a client is sorted and found.
func (c *Client) setKeys(emailKey string) {
	c.SortKey = fold.Key(c.LastName, c.FirstName)
	c.FirstKey = fold.Key(c.FirstName, c.LastName)
	c.CompanyKey = fold.Key(c.Company)
	c.EmailKey = emailKey
	c.PhoneDigits = phone.Digits(c.Phone)
}

// columns by which a profile is changed; what other acts own (credit, services, password, import) is not among them.
var profileColumns = []string{
	"first_name", "last_name", "company", "email", "address1", "address2", "city", "state", "postcode", "country",
	"phone", "tax_id", "currency", "group_id", "language", "payment_method", "status", "tax_exempt",
	"separate_invoices", "no_late_fees", "no_overdue_emails", "marketing_opt_in", "mail_general", "mail_invoice",
	"mail_support", "mail_product", "mail_domain", "notes", "billing_contact_id", "auto_credit", "keep_status", "updated_at", "version",
	"sort_key", "first_key", "company_key", "email_key", "phone_digits",
}

// InsertClient adds a client with its search entry and gives it its number. EmailKey must be set by the caller, who
// knows what makes two addresses the same. ErrDuplicate: the address is taken.
func (tx *Tx) InsertClient(c *Client) error {
	one := []Client{*c}
	if err := tx.InsertClients(one); err != nil {
		return err
	}
	*c = one[0]
	return nil
}

// InsertClients adds many clients at once and gives them their numbers.
func (tx *Tx) InsertClients(cs []Client) error { return tx.InsertClientsWith(cs, nil) }

// InsertClientsWith adds many clients with their contacts, in one go, and gives all of them their numbers. contacts are those of the client at the same
// place; there may be fewer places, or none.
func (tx *Tx) InsertClientsWith(cs []Client, contacts [][]Contact) error {
	for i := range cs {
		c := &cs[i]
		c.setKeys(c.EmailKey)
		c.CreatedAt, c.UpdatedAt, c.Version = millis(tx.now), millis(tx.now), 1
		tx.count(c, 1)
	}
	for len(cs) > 0 {
		n := min(rowset, len(cs))
		if err := tx.engine.insert(tx.db, cs[:n]); err != nil {
			return err
		}
		with := contacts[:min(n, len(contacts))]
		if err := tx.engine.index(tx.db, docsOf(cs[:n], with)); err != nil {
			return err
		}
		if err := tx.insertContacts(cs, with); err != nil {
			return err
		}
		cs, contacts = cs[n:], contacts[len(with):]
	}
	return nil
}

// UpdateProfile writes a client's profile. before is the row as it was read; ErrChanged: somebody changed it meanwhile and
// nothing was written. ErrDuplicate: the address is taken.
func (tx *Tx) UpdateProfile(before Client, c *Client) error {
	c.ID, c.Version, c.UpdatedAt = before.ID, before.Version+1, millis(tx.now)
	c.Credit, c.Owed = before.Credit, before.Owed // other acts own them, but the client is counted by them
	c.setKeys(c.EmailKey)
	r := tx.db.Model(&Client{}).Where("id = ? AND version = ?", before.ID, before.Version).Select(profileColumns).Updates(c)
	if err := changedOne(r); err != nil {
		return err
	}
	tx.count(&before, -1)
	tx.count(c, 1)
	if searchBody(before, nil) == searchBody(*c, nil) {
		return nil
	}
	return tx.reindexAs(*c)
}

// SetPassword stores the hash of a client's new password. expires is 0 for a password that does not run out.
func (tx *Tx) SetPassword(clientID int64, hash string, mustChange bool, expires int64) error {
	var until *int64
	if expires != 0 {
		until = &expires
	}
	return one(tx.db.Model(&Client{}).Where("id = ?", clientID).Updates(map[string]any{
		"password_hash": hash, "password_must_change": mustChange, "password_expires_at": until,
	}))
}

// Client reads one client. ErrNotFound where there is none.
func (tx *Tx) Client(id int64) (Client, error) {
	var c Client
	err := translate(tx.db.Take(&c, "id = ?", id).Error)
	return c, err
}

// ClientToChange reads a client and keeps others from changing it, and what belongs to it, until the transaction ends.
func (tx *Tx) ClientToChange(id int64) (Client, error) {
	var c Client
	err := translate(tx.db.Clauses(toChange).Take(&c, "id = ?", id).Error)
	return c, err
}

// ClientByEmail finds the client with the address, by its comparison key. ErrNotFound where there is none.
func (tx *Tx) ClientByEmail(key string) (Client, error) {
	var c Client
	err := translate(tx.db.Take(&c, "email_key = ?", key).Error)
	return c, err
}

// TakenEmails tells which of the keys belong to clients already, with their numbers.
func (tx *Tx) TakenEmails(keys []string) (map[string]int64, error) {
	taken := map[string]int64{}
	for len(keys) > 0 {
		n := min(500, len(keys))
		var rows []struct {
			ID       int64
			EmailKey string
		}
		if err := tx.db.Model(&Client{}).Select("id", "email_key").Where("email_key IN ?", keys[:n]).Find(&rows).Error; err != nil {
			return nil, err
		}
		for _, r := range rows {
			taken[r.EmailKey] = r.ID
		}
		keys = keys[n:]
	}
	return taken, nil
}

// Alike finds up to limit clients that may be the same person: same telephone digits, or same name and postcode. except is left out.
func (tx *Tx) Alike(phoneDigits, first, last, postcode string, except int64, limit int) ([]ClientRow, error) {
	var found []ClientRow
	seen := map[int64]bool{except: true}
	add := func(where string, args ...any) error {
		rows, err := scan(tx.db.Raw("SELECT "+rowColumns+" FROM clients WHERE "+where+fmt.Sprintf(" LIMIT %d", limit+1), args...), (*ClientRow).dest)
		for _, r := range rows {
			if !seen[r.ID] && len(found) < limit {
				seen[r.ID] = true
				found = append(found, r)
			}
		}
		return err
	}
	if len(phoneDigits) >= 6 {
		if err := add("phone_digits = ? AND phone_digits <> ''", phoneDigits); err != nil {
			return nil, err
		}
	}
	if key := fold.Key(last, first); strings.TrimSpace(first) != "" && strings.TrimSpace(last) != "" && strings.TrimSpace(postcode) != "" {
		if err := add("sort_key = ? AND lower(replace(postcode, ' ', '')) = ?", key, strings.ToLower(strings.ReplaceAll(postcode, " ", ""))); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// SetStatus changes the status of clients and tells how many it changed; those who have it already are not counted.
func (tx *Tx) SetStatus(ids []int64, s Status) ([]Client, error) {
	return tx.setOne(ids, "status", s, func(c *Client) bool { same := c.Status == s; c.Status = s; return !same })
}

// SetGroup puts clients into a group, or out of any with 0, and returns those that changed as they were.
func (tx *Tx) SetGroup(ids []int64, group int64) ([]Client, error) {
	return tx.setOne(ids, "group_id", group, func(c *Client) bool { same := c.GroupID == group; c.GroupID = group; return !same })
}

// setOne changes one counted column of many clients and returns those that changed, as they were.
func (tx *Tx) setOne(ids []int64, column string, value any, change func(*Client) bool) ([]Client, error) {
	var changed []Client
	for len(ids) > 0 {
		n := min(500, len(ids))
		var cs []Client
		if err := tx.db.Clauses(toChange).Where("id IN ?", ids[:n]).Order("id").Find(&cs).Error; err != nil {
			return nil, err
		}
		var hit []int64
		for _, before := range cs {
			after := before
			if !change(&after) {
				continue
			}
			tx.count(&before, -1)
			tx.count(&after, 1)
			hit = append(hit, before.ID)
			changed = append(changed, before)
		}
		if len(hit) > 0 {
			r := tx.db.Model(&Client{}).Where("id IN ?", hit).Updates(map[string]any{
				column: value, "updated_at": millis(tx.now), "version": gorm.Expr("version + 1"),
			})
			if r.Error != nil {
				return nil, r.Error
			}
		}
		ids = ids[n:]
	}
	return changed, nil
}
