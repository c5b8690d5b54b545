package data

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"clientele/app/fold"
	"clientele/app/phone"

	"gorm.io/gorm"
)

// SearchCap is how far matches are counted.
const SearchCap = 1000

// searchEngine is the part of searching that the engines do differently.
type searchEngine interface {
	// index adds the search entries of new clients.
	index(db *gorm.DB, ds []docs) error
	// reindex replaces the text of one client's entry.
	reindex(db *gorm.DB, clientID int64, body string) error
	// unindex removes the entries of clients.
	unindex(db *gorm.DB, ids []int64) error
	// matches lists up to n clients whose entry holds all words of q. partial tells that the engine gave up before it had seen all
	// candidates, which happens for very short words alone.
	matches(db *gorm.DB, q search, n int) (ids []int64, partial bool, err error)
	// countsAtOnce tells that to list as many as are counted costs hardly more than to count them, so that one look into the index does for both.
	countsAtOnce() bool
	// countMatches counts them up to n.
	countMatches(db *gorm.DB, q search, n int) (int, error)
}

// search is what was typed, in the form in which it is looked up.
type search struct {
	whole string   // all of it, folded: what a name may begin with
	long  []string // words of three characters and more
	short []string // shorter ones
	// digits is the core of the whole text as one number, where it can be a telephone number: typed with blanks, or with what is dialled before it from elsewhere.
	digits string
	// client is the client number typed as "123" or "#123", or 0.
	client int64
}

func (q search) empty() bool { return len(q.long) == 0 && len(q.short) == 0 }

// trigram is how many characters a word needs to be found by the index in one step.
const trigram = 3

// parseSearch reads what was typed. Words beyond the eighth are ignored: each narrows, and eight name any client.
func parseSearch(text string) search {
	const maxWords = 8
	folded := fold.Text(text)
	q := search{whole: folded}
	if fold.Key(text) != folded {
		q.whole = "" // longer than the keys of names are kept: none can be said to begin with it
	}
	words := strings.Fields(folded)
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	for _, w := range words {
		if utf8.RuneCountInString(w) >= trigram {
			q.long = append(q.long, w)
		} else {
			q.short = append(q.short, w)
		}
	}
	if d := phone.Digits(q.whole); len(d) >= 5 && strings.Trim(q.whole, "0123456789+()-./ ") == "" {
		q.digits = phone.Core(q.whole)
	}
	number := strings.TrimPrefix(q.whole, "#")
	if n, err := strconv.ParseInt(number, 10, 64); err == nil && n > 0 && number == strconv.FormatInt(n, 10) {
		q.client = n
	}
	return q
}

// Found is the answer to a search.
type Found struct {
	Rows  []ClientRow
	Total int  // how many match, exact up to SearchCap
	More  bool // there are more than Total
}

// Search finds clients by what was typed: those whose name or company begins with it first, in the order of the name that
// matched, then all others that hold every word somewhere, in the order of their numbers. A client number comes before both. Closed clients are
// found too. It returns at most n rows.
func (tx *Tx) Search(text string, n int) (Found, error) {
	q := parseSearch(text)
	if q.empty() {
		return Found{}, nil
	}
	ids, full, err := tx.beginning(q, n)
	if err != nil {
		return Found{}, err
	}
	total, partial := 0, false
	if len(ids) < n {
		wanted := n + len(ids)
		if tx.engine.countsAtOnce() && len(full) == 0 {
			wanted = max(wanted, SearchCap+1)
		}
		rest, gaveUp, err := tx.engine.matches(tx.db, q, wanted)
		if err != nil {
			return Found{}, err
		}
		partial = gaveUp
		if (len(rest) < wanted || wanted > SearchCap) && !gaveUp {
			total = len(rest) // these are all, or more than are counted
		}
		ids = merge(ids, rest, n)
	}
	if len(full) > 0 {
		// Very many are often told by a few pages of the names' own index, which costs a tenth of counting in the index of all text.
		if total, err = tx.countBeginning(q, full, SearchCap+1); err != nil {
			return Found{}, err
		}
	}
	if total < len(ids) || len(full) > 0 && total <= SearchCap {
		if total, err = tx.engine.countMatches(tx.db, q, SearchCap+1); err != nil {
			return Found{}, err
		}
		total = max(total, len(ids))
	}
	rows, err := tx.ClientRows(ids)
	if err != nil {
		return Found{}, err
	}
	return Found{Rows: rows, Total: min(total, SearchCap), More: total > SearchCap || partial}, nil
}

// merge appends to ids those of rest that are not among them, up to n in all.
func merge(ids, rest []int64, n int) []int64 {
	have := make(map[int64]bool, len(ids))
	for _, id := range ids {
		have[id] = true
	}
	sort.Slice(rest, func(i, j int) bool { return rest[i] < rest[j] })
	for _, id := range rest {
		if len(ids) == n {
			break
		}
		if !have[id] {
			ids = append(ids, id)
		}
	}
	return ids
}

// nameKeys are the columns whose beginnings are looked up.
var nameKeys = []string{"sort_key", "first_key", "company_key"}

// beginning lists up to n clients with the number typed or whose first name, last name or company begins with what was typed, in the
// order of the name that does. full are those of nameKeys by which there are n or more.
func (tx *Tx) beginning(q search, n int) (ids []int64, full []string, err error) {
	type named struct {
		key  int // of nameKeys
		name string
		id   int64
	}
	if q.whole == "" {
		return nil, nil, nil
	}
	var sql strings.Builder
	var args []any
	for i, column := range nameKeys {
		if i > 0 {
			sql.WriteString(" UNION ALL ")
		}
		fmt.Fprintf(&sql, "SELECT * FROM (SELECT %[2]d AS name_key, %[1]s AS name, id FROM clients WHERE %[1]s >= ? AND %[1]s < ? ORDER BY %[1]s, id LIMIT ?) %[1]s", column, i)
		args = append(args, q.whole, q.whole+string(utf8.MaxRune), n)
	}
	all, err := scan(tx.db.Raw(sql.String(), args...), func(r *named) []any { return []any{&r.key, &r.name, &r.id} })
	if err != nil {
		return nil, nil, err
	}
	found := make([]int, len(nameKeys))
	for _, r := range all {
		if found[r.key]++; found[r.key] == n {
			full = append(full, nameKeys[r.key])
		}
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].name != all[j].name {
			return all[i].name < all[j].name
		}
		return all[i].id < all[j].id
	})
	seen := map[int64]bool{}
	if q.client != 0 {
		var found []int64
		if err := tx.db.Raw("SELECT id FROM clients WHERE id = ? UNION ALL SELECT kept_id FROM merged_clients WHERE old_id = ?", q.client, q.client).Scan(&found).Error; err != nil {
			return nil, nil, err
		}
		for _, id := range found {
			seen[id] = true
			ids = append(ids, id)
		}
	}
	for _, r := range all {
		if !seen[r.id] && len(ids) < n {
			seen[r.id] = true
			ids = append(ids, r.id)
		}
	}
	return ids, full, nil
}

// countBeginning tells the most clients, up to n, that begin with what was typed in any one of the columns. All of them hold every word, so there are at
// least as many matches.
func (tx *Tx) countBeginning(q search, columns []string, n int) (most int, err error) {
	var sql strings.Builder
	var args []any
	for i, column := range columns {
		if i > 0 {
			sql.WriteString(" UNION ALL ")
		}
		fmt.Fprintf(&sql, "SELECT count(*) FROM (SELECT 1 FROM clients WHERE %[1]s >= ? AND %[1]s < ? LIMIT ?) %[1]s", column)
		args = append(args, q.whole, q.whole+string(utf8.MaxRune), n)
	}
	counts, err := scan(tx.db.Raw(sql.String(), args...), func(c *int) []any { return []any{c} })
	for _, c := range counts {
		most = max(most, c)
	}
	return most, err
}
