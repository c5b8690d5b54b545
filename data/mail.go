package data

import (
	"encoding/json"
	"time"

	"gorm.io/gorm"
)

// MailState is where a mail of the outbox stands (ML-2).
type MailState string

// The states. Uncertain: the connection broke while the server took the mail; it is repeated once, with the same Message-ID.
const (
	MailQueued     MailState = "queued"
	MailSending    MailState = "sending"
	MailSent       MailState = "sent"
	MailFailed     MailState = "failed"
	MailUncertain  MailState = "uncertain"
	MailSuppressed MailState = "suppressed"
	MailCancelled  MailState = "cancelled"
)

// Recipient is an address of a mail; copies go to those whose Copy is set.
type Recipient struct {
	Name  string `json:"name,omitempty"`
	Email string `json:"email"`
	Copy  bool   `json:"copy,omitempty"`
}

// Mail is a message in the outbox or the history. Where it holds a secret, such as a new password, the bodies have a
// mark in its place and Secrets holds it sealed, until the mail is sent.
type Mail struct {
	ID         int64
	MessageID  string
	Kind       string
	Category   string
	ClientID   *int64
	Recipients string // JSON of []Recipient
	ToLine     string // the recipients as a line to show
	Subject    string
	BodyText   string
	BodyHTML   string `gorm:"column:body_html"`
	Secrets    []byte
	State      MailState
	Attempts   int64
	NextAt     int64
	Answer     string // the server's last words, or why the mail was suppressed
	SealedBy   string // the installation whose key opens Secrets, or empty
	ClaimedBy  string // the installation that is sending it
	Who        string
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	SentAt     *int64
	// InvoiceID and TransactionID are what the mail tells of; it is withdrawn where they are gone before it went.
	InvoiceID     *int64
	TransactionID *int64
	CampaignID    *int64
	Encloses      bool // the invoice goes with it as PDF, made as the mail is sent
}

// TableName tells GORM the table.
func (Mail) TableName() string { return "mails" }

// RecipientList decodes Recipients.
func (m *Mail) RecipientList() ([]Recipient, error) {
	var rs []Recipient
	err := json.Unmarshal([]byte(m.Recipients), &rs)
	return rs, err
}

// QueueMail adds a mail to the outbox.
func (tx *Tx) QueueMail(m *Mail) error {
	m.CreatedAt = millis(tx.now)
	if m.NextAt == 0 {
		m.NextAt = m.CreatedAt
	}
	return tx.db.Create(m).Error
}

// Mail reads one mail.
func (tx *Tx) Mail(id int64) (Mail, error) {
	var m Mail
	err := translate(tx.db.Take(&m, "id = ?", id).Error)
	return m, err
}

// MailToChange reads one mail and keeps others from changing it until the transaction ends.
func (tx *Tx) MailToChange(id int64) (Mail, error) {
	var m Mail
	err := translate(tx.db.Clauses(toChange).Take(&m, "id = ?", id).Error)
	return m, err
}

// due are mails that wait and that this installation can send: those with a secret need the key that sealed it.
func (tx *Tx) due(install string) *gorm.DB {
	return tx.db.Model(&Mail{}).Where("state IN ('queued', 'uncertain') AND (sealed_by = '' OR sealed_by = ?)", install)
}

// NextDueAt is when the next mail becomes due; the zero time where none waits.
func (tx *Tx) NextDueAt(install string) (time.Time, error) {
	var at []int64
	err := tx.due(install).Select("next_at").Order("next_at, id").Limit(1).Scan(&at).Error
	if err != nil || len(at) == 0 {
		return time.Time{}, err
	}
	return Instant(at[0]), nil
}

// ClaimDue marks up to n mails whose time has come as being sent by this installation and returns them as they were before. Mails
// that another program takes at the same moment are left to it.
func (tx *Tx) ClaimDue(install string, n int) ([]Mail, error) {
	var ms []Mail
	if err := tx.due(install).Where("next_at <= ?", millis(tx.now)).Order("next_at, id").Limit(n).Find(&ms).Error; err != nil {
		return nil, err
	}
	mine := ms[:0]
	for _, m := range ms {
		r := tx.db.Model(&Mail{}).Where("id = ? AND state = ? AND attempts = ?", m.ID, m.State, m.Attempts).
			Updates(map[string]any{"state": MailSending, "attempts": gorm.Expr("attempts + 1"), "claimed_by": install})
		if r.Error != nil {
			return nil, r.Error
		}
		if r.RowsAffected == 1 {
			mine = append(mine, m)
		}
	}
	return mine, nil
}

// SettleMail writes what became of a mail. wipe removes the sealed secret, which a mail no longer needs once it is sent.
func (tx *Tx) SettleMail(id int64, state MailState, next time.Time, answer string, wipe bool) error {
	set := map[string]any{"state": state, "answer": answer}
	if state == MailSent {
		set["sent_at"] = millis(tx.now)
	}
	if !next.IsZero() {
		set["next_at"] = millis(next)
	}
	if wipe {
		set["secrets"] = nil
	}
	return one(tx.db.Model(&Mail{}).Where("id = ?", id).Updates(set))
}

// MailCounts tells how many mails are in each state.
func (tx *Tx) MailCounts() (map[MailState]int64, error) {
	var rows []struct {
		State MailState
		N     int64
	}
	if err := tx.db.Table("mail_counts").Find(&rows).Error; err != nil {
		return nil, err
	}
	counts := make(map[MailState]int64, len(rows))
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, nil
}

// Unsettled lists the mails that this installation was sending when it ended.
func (tx *Tx) Unsettled(install string) ([]Mail, error) {
	var ms []Mail
	err := tx.db.Omit("body_text", "body_html", "secrets").Where("state = ? AND claimed_by = ?", MailSending, install).Order("id").Find(&ms).Error
	return ms, err
}

// ClampDue brings mails that a wrong clock parked far ahead back to the latest time that is reasonable.
func (tx *Tx) ClampDue(latest time.Time) error {
	return tx.db.Exec("UPDATE mails SET next_at = ? WHERE state IN ('queued', 'uncertain') AND next_at > ?", millis(latest), millis(latest)).Error
}

// CountDue tells how many mails are due for this installation.
func (tx *Tx) CountDue(install string) (int64, error) {
	var n int64
	err := tx.due(install).Where("next_at <= ?", millis(tx.now)).Count(&n).Error
	return n, err
}

// GiveUp marks mails that wait since before a time as failed and returns them.
func (tx *Tx) GiveUp(install string, before time.Time, answer string) ([]Mail, error) {
	var ms []Mail
	if err := tx.due(install).Omit("body_text", "body_html", "secrets").Where("created_at < ? AND next_at <= ?", millis(before), millis(tx.now)).Find(&ms).Error; err != nil {
		return nil, err
	}
	for _, m := range ms {
		if err := tx.SettleMail(m.ID, MailFailed, time.Time{}, answer, false); err != nil {
			return nil, err
		}
	}
	return ms, nil
}

// HoldMails marks all mails that wait, or were being sent, as failed with an answer, and tells how many there were. Their secrets stay, so that they can be sent by hand.
func (tx *Tx) HoldMails(answer string) (int64, error) {
	r := tx.db.Model(&Mail{}).Where("state IN ('queued', 'uncertain', 'sending')").Updates(map[string]any{"state": MailFailed, "answer": answer})
	return r.RowsAffected, r.Error
}
