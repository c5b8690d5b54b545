package data

// Role is what an admin of a shared office may do.
type Role string

// The roles. They are stored, so they are never renamed.
const (
	Owner Role = "Owner" // everything
	Staff Role = "Staff" // the daily work: no card numbers, no deleting, no settings
)

// Admin is somebody who works in a shared office.
type Admin struct {
	ID   int64
	Name string
	// NameKey is the folded name, by which two admins are told apart.
	NameKey string
	Role    Role
	// PasswordHash is the Argon2id hash of what they sign in with.
	PasswordHash string
	// Failures are wrong passwords in a row, and WaitUntil is when the next one is looked at.
	Failures  int64
	WaitUntil int64
	CreatedAt int64
}

// Admins reads all admins by name.
func (tx *Tx) Admins() (all []Admin, err error) {
	err = tx.db.Order("name_key, id").Find(&all).Error
	return all, err
}

// Admin reads one admin.
func (tx *Tx) Admin(id int64) (a Admin, err error) {
	err = translate(tx.db.Where("id = ?", id).Take(&a).Error)
	return a, err
}

// AdminToChange reads one admin and keeps others from changing them until the transaction ends.
func (tx *Tx) AdminToChange(id int64) (a Admin, err error) {
	err = translate(tx.db.Clauses(toChange).Where("id = ?", id).Take(&a).Error)
	return a, err
}

// AdminsToChange reads all admins and keeps others from changing them until the transaction ends.
func (tx *Tx) AdminsToChange() (all []Admin, err error) {
	err = tx.db.Clauses(toChange).Order("id").Find(&all).Error
	return all, err
}

// AdminNamedToChange reads the admin with a folded name and keeps others from changing them until the transaction ends.
func (tx *Tx) AdminNamedToChange(key string) (a Admin, err error) {
	err = translate(tx.db.Clauses(toChange).Where("name_key = ?", key).Take(&a).Error)
	return a, err
}

// AddAdmin stores a new admin.
func (tx *Tx) AddAdmin(a *Admin) error {
	a.CreatedAt = millis(tx.now)
	return tx.db.Create(a).Error
}

// SetAdmin stores name, role, password and the tries of an admin.
func (tx *Tx) SetAdmin(a Admin) error {
	return one(tx.db.Model(&Admin{}).Where("id = ?", a.ID).Updates(map[string]any{
		"name": a.Name, "name_key": a.NameKey, "role": a.Role, "password_hash": a.PasswordHash, "failures": a.Failures, "wait_until": a.WaitUntil,
	}))
}

// DeleteAdmin removes an admin. What they did stays in the log by their name.
func (tx *Tx) DeleteAdmin(id int64) error {
	return one(tx.db.Where("id = ?", id).Delete(&Admin{}))
}
