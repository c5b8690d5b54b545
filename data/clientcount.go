package data

import (
	"slices"
	"sort"
	"strings"

	"gorm.io/gorm"
)

// clientCountKey is what the list of clients can be filtered by and still be counted without looking at each client.
type clientCountKey struct {
	Status    Status
	Country   string
	GroupID   int64
	HasCredit int
	Owes      int
}

func countKey(c *Client) clientCountKey {
	k := clientCountKey{Status: c.Status, Country: c.Country, GroupID: c.GroupID}
	if c.Credit > 0 {
		k.HasCredit = 1
	}
	if c.Owed > 0 {
		k.Owes = 1
	}
	return k
}

// count notes that a client was added (1) or taken away (-1); the sums are written once, as the transaction ends.
func (tx *Tx) count(c *Client, by int64) {
	if tx.counts == nil {
		tx.counts = map[clientCountKey]int64{}
	}
	tx.counts[countKey(c)] += by
}

// flushCounts writes what the transaction changed in the counts, in one order, so that two transactions cannot block each
// other for good.
func (tx *Tx) flushCounts() error {
	keys := make([]clientCountKey, 0, len(tx.counts))
	for k, n := range tx.counts {
		if n != 0 {
			keys = append(keys, k)
		}
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i].less(keys[j]) })
	const most = 50
	for part := range slices.Chunk(keys, most) {
		args := make([]any, 0, len(part)*6)
		for _, k := range part {
			args = append(args, k.Status, k.Country, k.GroupID, k.HasCredit, k.Owes, tx.counts[k])
		}
		err := tx.db.Exec("INSERT INTO client_counts AS c (status, country, group_id, has_credit, owes, n) VALUES "+
			strings.TrimSuffix(strings.Repeat("(?, ?, ?, ?, ?, ?), ", len(part)), ", ")+
			" ON CONFLICT (status, country, group_id, has_credit, owes) DO UPDATE SET n = c.n + excluded.n", args...).Error
		if err != nil {
			return err
		}
	}
	tx.counts = nil
	return nil
}

func (k clientCountKey) less(o clientCountKey) bool {
	switch {
	case k.Status != o.Status:
		return k.Status < o.Status
	case k.Country != o.Country:
		return k.Country < o.Country
	case k.GroupID != o.GroupID:
		return k.GroupID < o.GroupID
	case k.HasCredit != o.HasCredit:
		return k.HasCredit < o.HasCredit
	}
	return k.Owes < o.Owes
}

// Countries lists the countries that clients are in, most clients first.
func (tx *Tx) Countries() ([]string, error) {
	var codes []string
	err := tx.db.Raw("SELECT country FROM client_counts GROUP BY country HAVING sum(n) > 0 ORDER BY sum(n) DESC, country").Scan(&codes).Error
	return codes, err
}

// counted is the part of a filter that the counts know.
func (f ClientFilter) counted(db *gorm.DB) *gorm.DB {
	if len(f.Statuses) > 0 {
		db = db.Where("status IN ?", f.Statuses)
	}
	if f.Country != "" {
		db = db.Where("country = ?", f.Country)
	}
	if f.Group != 0 {
		db = db.Where("group_id = ?", f.Group)
	}
	return db
}
