package data

import "gorm.io/gorm/clause"

// MailTemplate is a template of the office's own, or what it changed of a shipped one.
type MailTemplate struct {
	Kind      string `gorm:"primaryKey"` // the name of a shipped one, or "own-" and a number
	Name      string // of one of its own
	Category  string // of one of its own
	Disabled  bool
	UpdatedAt int64 `gorm:"autoUpdateTime:false"`
	Version   int64
}

// TableName tells GORM the table.
func (MailTemplate) TableName() string { return "mail_templates" }

// MailText is the text of a template in a language.
type MailText struct {
	Kind     string `gorm:"primaryKey"`
	Language string `gorm:"primaryKey"`
	Subject  string
	Body     string
	Plain    string // the plain text; empty where it is made from Body
}

// TableName tells GORM the table.
func (MailText) TableName() string { return "mail_texts" }

// MailTemplates lists all templates that the office changed or added, by their kinds.
func (tx *Tx) MailTemplates() ([]MailTemplate, error) {
	var ts []MailTemplate
	err := tx.db.Order("kind").Find(&ts).Error
	return ts, err
}

// MailTemplate reads one. ErrNotFound where nothing of it was changed.
func (tx *Tx) MailTemplate(kind string) (MailTemplate, error) {
	var t MailTemplate
	err := translate(tx.db.Take(&t, "kind = ?", kind).Error)
	return t, err
}

// MailTexts lists the texts of a template, by their languages; of all templates where kind is empty.
func (tx *Tx) MailTexts(kind string) ([]MailText, error) {
	db := tx.db.Order("kind, language")
	if kind != "" {
		db = db.Where("kind = ?", kind)
	}
	var ts []MailText
	err := db.Find(&ts).Error
	return ts, err
}

// SaveMailTemplate adds a template or changes it. ErrChanged: it is not what had the version any more; 0 is one that was not there.
func (tx *Tx) SaveMailTemplate(t *MailTemplate, version int64) error {
	t.UpdatedAt, t.Version = millis(tx.now), version+1
	if version == 0 {
		return translate(tx.db.Create(t).Error)
	}
	r := tx.db.Model(&MailTemplate{}).Where("kind = ? AND version = ?", t.Kind, version).Updates(map[string]any{
		"name": t.Name, "category": t.Category, "disabled": t.Disabled, "updated_at": t.UpdatedAt, "version": t.Version,
	})
	if r.Error == nil && r.RowsAffected == 0 {
		return ErrChanged
	}
	return translate(r.Error)
}

// SetMailText stores the text of a template in a language.
func (tx *Tx) SetMailText(t MailText) error {
	return tx.db.Clauses(clause.OnConflict{UpdateAll: true}).Create(&t).Error
}

// DeleteMailText removes the text of a template in a language; an empty language removes all.
func (tx *Tx) DeleteMailText(kind, language string) error {
	db := tx.db.Where("kind = ?", kind)
	if language != "" {
		db = db.Where("language = ?", language)
	}
	return db.Delete(&MailText{}).Error
}

// DeleteMailTemplate removes a template whose texts were removed.
func (tx *Tx) DeleteMailTemplate(kind string) error {
	return one(tx.db.Where("kind = ?", kind).Delete(&MailTemplate{}))
}
