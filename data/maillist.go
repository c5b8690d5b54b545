package data

import (
	"slices"
	"strings"

	"gorm.io/gorm"
)

// MailFilter says which mails a list shows. The zero value shows all.
type MailFilter struct {
	States   []MailState
	Kinds    []string
	ClientID int64
	// From and To are instants in milliseconds at which they were written, To being the first one after what is wanted; 0 leaves that end open.
	From, To int64
	Text     string // a piece of the subject or of an address
}

// fewMails is how many mails are looked through rather than another index walked.
const fewMails = 20_000

// mailColumns are what lists show.
const mailColumns = "id, message_id, kind, category, client_id, recipients, to_line, subject, state, attempts, next_at, answer, sealed_by, claimed_by, who, created_at, sent_at, invoice_id, transaction_id, campaign_id, encloses"

// Mails lists mails, newest first: up to n older than the one with the number before, or the newest where it is 0. Their bodies are not read.
//
// Each combination walks one index in its order until the page is full: that of the client, of each state, of each kind, or of the mails themselves; what else is
// asked for is looked at on the way. Days narrow the walk to the mails between them. A text is looked for in an index that holds nothing but what can be asked
// for, so that no body is read.
func (tx *Tx) Mails(f MailFilter, before int64, n int) ([]Mail, error) {
	if f.Text != "" && f.ClientID == 0 {
		return tx.mailsWith(f, before, n)
	}
	walks, err := tx.mailWalks(f)
	if err != nil {
		return nil, err
	}
	low, high, none, err := tx.mailsBetween(f)
	if err != nil || none {
		return nil, err
	}
	if before != 0 && (high == 0 || before <= high) {
		high = before - 1
	}
	var sql strings.Builder
	var args []any
	for i := range walks {
		w := &walks[i]
		f.narrow(w)
		if low != 0 {
			w.and("id >= ?", low)
		}
		if high != 0 || before != 0 {
			w.and("id <= ?", high)
		}
		if i > 0 {
			sql.WriteString(" UNION ALL ")
		}
		sql.WriteString("SELECT * FROM (SELECT " + mailColumns + " FROM mails")
		if len(w.where) > 0 {
			sql.WriteString(" WHERE " + strings.Join(w.where, " AND "))
		}
		sql.WriteString(" ORDER BY id DESC LIMIT ?) w")
		args = append(append(args, w.args...), n)
	}
	var ms []Mail
	if err := tx.db.Raw(sql.String(), args...).Scan(&ms).Error; err != nil {
		return nil, err
	}
	if len(walks) > 1 {
		slices.SortFunc(ms, func(a, b Mail) int { return int(b.ID - a.ID) })
	}
	return ms[:min(n, len(ms))], nil
}

// mailWalks are the indexes to walk.
func (tx *Tx) mailWalks(f MailFilter) (walks []walkedActivity, err error) {
	byState := len(f.States) > 0
	if byState && len(f.Kinds) > 0 { // a state that few mails are in is walked rather than a kind that many are of
		counts, err := tx.MailCounts()
		if err != nil {
			return nil, err
		}
		some := int64(0)
		for _, s := range f.States {
			some += counts[s]
		}
		byState = some <= fewMails
	}
	switch {
	case f.ClientID != 0:
		return []walkedActivity{{where: []string{"client_id = ?"}, args: []any{f.ClientID}}}, nil
	case byState:
		for _, s := range f.States {
			walks = append(walks, walkedActivity{where: []string{"state = ?"}, args: []any{s}})
		}
	case len(f.Kinds) > 0:
		for _, k := range f.Kinds {
			walks = append(walks, walkedActivity{where: []string{"kind = ?"}, args: []any{k}})
		}
	default:
		walks = []walkedActivity{{}}
	}
	return walks, nil
}

// narrow adds what is looked at on the way. The columns are hidden in expressions, or the engine might take their index, and sort.
func (f MailFilter) narrow(w *walkedActivity) {
	if len(f.States) > 0 {
		w.and("state || '' IN ?", f.States)
	}
	if len(f.Kinds) > 0 {
		w.and("kind || '' IN ?", f.Kinds)
	}
	if f.From != 0 {
		w.and("created_at + 0 >= ?", f.From)
	}
	if f.To != 0 {
		w.and("created_at + 0 < ?", f.To)
	}
	if f.Text != "" {
		pattern := "%" + escapeLike(f.Text) + "%"
		w.and(`(lower(subject) LIKE ? ESCAPE '\' OR lower(to_line) LIKE ? ESCAPE '\')`, pattern, pattern)
	}
}

// mailsBetween are the first and the last mail between the days that are asked for; 0 is an open end. Mails are numbered in the order in which they are written.
func (tx *Tx) mailsBetween(f MailFilter) (low, high int64, none bool, err error) {
	end := func(db *gorm.DB, order string) (id int64, err error) {
		var ids []int64
		err = db.Model(&Mail{}).Order(order).Limit(1).Pluck("id", &ids).Error
		if len(ids) == 0 {
			none = true
			return 0, err
		}
		return ids[0], err
	}
	if f.From != 0 {
		if low, err = end(tx.db.Where("created_at >= ?", f.From), "created_at, id"); err != nil || none {
			return low, high, none, err
		}
	}
	if f.To != 0 {
		high, err = end(tx.db.Where("created_at < ?", f.To), "created_at DESC, id DESC")
	}
	return low, high, none, err
}

// mailsWith looks for a text.
func (tx *Tx) mailsWith(f MailFilter, before int64, n int) ([]Mail, error) {
	var w walkedActivity
	f.narrow(&w)
	// The plain column lets the engine take the range of the index; what narrow added is looked at besides.
	if f.From != 0 {
		w.and("created_at >= ?", f.From)
	}
	if f.To != 0 {
		w.and("created_at < ?", f.To)
	}
	if before != 0 {
		w.and("id + 0 < ?", before)
	}
	var ids []int64
	err := tx.db.Raw("SELECT id FROM mails WHERE "+strings.Join(w.where, " AND ")+" ORDER BY id + 0 DESC LIMIT ?", append(w.args, n)...).Scan(&ids).Error
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	var ms []Mail
	err = tx.db.Select(mailColumns).Where("id IN ?", ids).Order("id DESC").Find(&ms).Error
	return ms, err
}

// escapeLike has a text stand for itself in a LIKE, in small letters.
func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(strings.ToLower(s))
}
