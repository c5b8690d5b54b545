package data

import (
	"slices"

	"clientele/app/fold"

	"gorm.io/gorm/clause"
)

// FieldKind is what a custom field holds.
type FieldKind string

// The kinds of CL-13.
const (
	FieldText   FieldKind = "text"
	FieldNumber FieldKind = "number"
	FieldDate   FieldKind = "date"
	FieldTick   FieldKind = "tick"
	FieldChoice FieldKind = "choice"
	FieldLink   FieldKind = "link"
	FieldLong   FieldKind = "long"
)

// CustomField is a field that the office added to its clients.
type CustomField struct {
	ID            int64
	Name          string
	NameKey       string
	Kind          FieldKind
	Options       string // the choices of a FieldChoice, one a line
	Help          string
	Required      bool
	ClientVisible bool
	Position      int64
}

// TableName tells GORM the table.
func (CustomField) TableName() string { return "custom_fields" }

// CustomFields lists the fields in the order in which they are shown.
func (tx *Tx) CustomFields() ([]CustomField, error) {
	if tx.fields == nil {
		fs, err := scan(tx.db.Raw("SELECT id, name, name_key, kind, options, help, required, client_visible, position FROM custom_fields ORDER BY position, id"), (*CustomField).dest)
		if err != nil {
			return nil, err
		}
		tx.fields = &fs
	}
	return slices.Clone(*tx.fields), nil
}

func (f *CustomField) dest() []any {
	return []any{&f.ID, &f.Name, &f.NameKey, &f.Kind, &f.Options, &f.Help, &f.Required, &f.ClientVisible, &f.Position}
}

// SaveCustomField adds a field whose ID is 0, at the end, or changes the one that has it. ErrDuplicate: the name is taken.
func (tx *Tx) SaveCustomField(f *CustomField) error {
	tx.fields = nil
	f.NameKey = fold.Key(f.Name)
	if f.ID == 0 {
		if err := tx.db.Raw("SELECT coalesce(max(position), 0) + 1 FROM custom_fields").Scan(&f.Position).Error; err != nil {
			return err
		}
		return tx.db.Create(f).Error
	}
	return one(tx.db.Model(&CustomField{}).Where("id = ?", f.ID).
		Select("name", "name_key", "kind", "options", "help", "required", "client_visible", "position").Updates(f))
}

// CustomFieldUses tells for how many clients a field has a value.
func (tx *Tx) CustomFieldUses(id int64) (int64, error) {
	var n int64
	err := tx.db.Table("custom_values").Where("field_id = ?", id).Count(&n).Error
	return n, err
}

// DeleteCustomField removes a field and its values.
func (tx *Tx) DeleteCustomField(id int64) error {
	tx.fields = nil
	if err := tx.db.Exec("DELETE FROM custom_values WHERE field_id = ?", id).Error; err != nil {
		return err
	}
	return one(tx.db.Delete(&CustomField{}, "id = ?", id))
}

// customValue is what one client has in one custom field.
type customValue struct {
	ClientID int64 `gorm:"primaryKey;autoIncrement:false"`
	FieldID  int64 `gorm:"primaryKey;autoIncrement:false"`
	Value    string
}

func (customValue) TableName() string { return "custom_values" }

// CustomValues reads what a client has in the custom fields, by the fields' numbers.
func (tx *Tx) CustomValues(clientID int64) (map[int64]string, error) {
	var rows []customValue
	if err := tx.db.Where("client_id = ?", clientID).Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make(map[int64]string, len(rows))
	for _, r := range rows {
		all[r.FieldID] = r.Value
	}
	return all, nil
}

// SetCustomValue stores what a client has in a custom field; an empty value removes it.
func (tx *Tx) SetCustomValue(clientID, fieldID int64, value string) error {
	if value == "" {
		return tx.db.Where("client_id = ? AND field_id = ?", clientID, fieldID).Delete(&customValue{}).Error
	}
	return tx.db.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "client_id"}, {Name: "field_id"}}, DoUpdates: clause.AssignmentColumns([]string{"value"}),
	}).Create(&customValue{clientID, fieldID, value}).Error
}
