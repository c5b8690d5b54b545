package data

import (
	"slices"
	"strings"

	"clientele/app/fold"
)

// Likeness is why two clients may be one and the same.
type Likeness string

// The likenesses, the surest first.
const (
	SameEmail   Likeness = "email"   // the address of one is that of a contact of the other
	SamePhone   Likeness = "phone"   // the same digits
	SameName    Likeness = "name"    // the same name and postcode
	LikeCompany Likeness = "company" // companies that differ in their legal form or in signs only
)

// Likenesses are all of them in the order in which they are looked for.
var Likenesses = []Likeness{SameEmail, SamePhone, SameName, LikeCompany}

// Duplicate is a group of clients that may be one and the same: their numbers, ascending.
type Duplicate struct {
	Why Likeness
	IDs []int64
}

// duplicatesWindow is how many clients are looked at in one step.
const duplicatesWindow = 20_000

// DuplicatePlace is how far the search for duplicates of one kind is. The zero value is the beginning.
type DuplicatePlace struct {
	Key string
	ID  int64
}

// Duplicates looks for duplicates of a kind in the next few thousand clients after a place, by walking the index of what they have in common. It returns what it found, how
// many it looked at, and the place to go on from; more is false at the end.
func (tx *Tx) Duplicates(why Likeness, at DuplicatePlace) (found []Duplicate, seen int, next DuplicatePlace, more bool, err error) {
	switch why {
	case SameEmail:
		return tx.duplicateEmails(at)
	case SamePhone:
		return tx.duplicateRuns(why, "phone_digits", " AND phone_digits <> ''", at, samePhone)
	case SameName:
		return tx.duplicateRuns(why, "sort_key", "", at, sameName)
	}
	return tx.duplicateRuns(why, "company_key", " AND company_key <> ''", at, likeCompany)
}

// keyed is a client in the order of one of its keys.
type keyed struct {
	key string
	id  int64
}

// duplicateRuns walks an index and hands each run of clients whose keys have the same beginning to pick, which groups them. The last run of a window is looked at again
// in the next one, since it may go on there.
func (tx *Tx) duplicateRuns(why Likeness, column, where string, at DuplicatePlace, kind runs) (found []Duplicate, seen int, next DuplicatePlace, more bool, err error) {
	// The postcode is read only of those whose key another one has, which are few.
	rows, err := scan(tx.db.Raw("SELECT "+column+", id FROM clients WHERE ("+column+", id) > (?, ?)"+where+" ORDER BY "+column+", id LIMIT ?", at.Key, at.ID, duplicatesWindow),
		func(k *keyed) []any { return []any{&k.key, &k.id} })
	if err != nil || len(rows) == 0 {
		return nil, 0, at, false, err
	}
	more = len(rows) == duplicatesWindow
	end := len(rows)
	if more { // up to where the last run begins, unless one run fills the whole window
		for end > 1 && kind.run(rows[end-1].key) == kind.run(rows[len(rows)-1].key) {
			end--
		}
		if end == 1 {
			end = len(rows)
		}
	}
	for from := 0; from < end; {
		to := from + 1
		for to < end && kind.run(rows[to].key) == kind.run(rows[from].key) {
			to++
		}
		if to-from > 1 {
			groups, err := kind.group(tx, rows[from:to])
			if err != nil {
				return nil, 0, at, false, err
			}
			for _, ids := range groups {
				found = append(found, Duplicate{why, ids})
			}
		}
		from = to
	}
	last := rows[end-1]
	return found, end, DuplicatePlace{last.key, last.id}, more, nil
}

// runs is how clients in the order of a key are compared: those of one run are grouped among themselves.
type runs struct {
	run   func(key string) string
	group func(*Tx, []keyed) ([][]int64, error)
}

// alone has clients with the same key alone compared.
func alone(key string) string { return key }

var samePhone = runs{run: alone, group: func(_ *Tx, run []keyed) ([][]int64, error) {
	const shortest = 6 // digits; fewer are an extension, or made up
	if len(run[0].key) < shortest {
		return nil, nil
	}
	return [][]int64{idsOf(run)}, nil
}}

var sameName = runs{run: alone, group: func(tx *Tx, run []keyed) ([][]int64, error) {
	if strings.TrimSpace(run[0].key) == "" {
		return nil, nil
	}
	type place struct {
		id       int64
		postcode string
	}
	groups := grouping{}
	for _, part := range slices.Collect(slices.Chunk(idsOf(run), 500)) {
		places, err := scan(tx.db.Raw("SELECT id, postcode FROM clients WHERE id IN ?", part), func(p *place) []any { return []any{&p.id, &p.postcode} })
		if err != nil {
			return nil, err
		}
		for _, p := range places {
			groups.put(strings.ReplaceAll(fold.Text(p.postcode), " ", ""), p.id)
		}
	}
	return groups.several(), nil
}}

// likeCompany compares companies that begin with the same word, since "Acme Ltd" and "Acme, Inc." need not follow each other.
var likeCompany = runs{run: firstWord, group: func(_ *Tx, run []keyed) ([][]int64, error) {
	groups := grouping{}
	for _, k := range run {
		groups.put(companyCore(k.key), k.id)
	}
	return groups.several(), nil
}}

func idsOf(run []keyed) []int64 {
	all := make([]int64, len(run))
	for i, k := range run {
		all[i] = k.id
	}
	return ascending(all)
}

func ascending(ids []int64) []int64 {
	slices.Sort(ids)
	return slices.Compact(ids)
}

// grouping gathers clients with the same text. No text is nothing in common.
type grouping map[string][]int64

func (g grouping) put(text string, id int64) {
	if text != "" {
		g[text] = append(g[text], id)
	}
}

func (g grouping) several() (all [][]int64) {
	for _, ids := range g {
		if len(ids) > 1 {
			all = append(all, ascending(ids))
		}
	}
	return all
}

func firstWord(key string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(strings.Map(signless, key), " "), " ")
	return word
}

// signless turns signs into blanks, and leaves letters and digits as they are.
func signless(r rune) rune {
	if strings.ContainsRune(`.,;:'"()&+-/_*!?`, r) {
		return ' '
	}
	return r
}

// legalForms are the words by which the names of companies end in many countries, folded.
var legalForms = map[string]bool{
	"ltd": true, "limited": true, "llc": true, "llp": true, "inc": true, "incorporated": true, "corp": true, "corporation": true, "co": true, "company": true, "plc": true,
	"gmbh": true, "mbh": true, "ag": true, "kg": true, "ohg": true, "ug": true, "ek": true, "gbr": true, "se": true, "sa": true, "sas": true, "sarl": true, "srl": true,
	"spa": true, "bv": true, "nv": true, "ab": true, "as": true, "aps": true, "oy": true, "oyj": true, "sl": true, "lda": true, "ltda": true, "pty": true, "pte": true,
	"kft": true, "sro": true, "doo": true, "kk": true, "und": true, "and": true, "the": true,
}

// companyCore is the name of a company without its legal form and signs.
func companyCore(key string) string {
	words := strings.Fields(strings.Map(signless, key))
	for len(words) > 1 && legalForms[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	return strings.Join(words, " ")
}

// duplicateEmails finds clients whose address is that of a contact of another client. No two clients have the same address themselves.
func (tx *Tx) duplicateEmails(at DuplicatePlace) (found []Duplicate, seen int, next DuplicatePlace, more bool, err error) {
	type hit struct{ contact, client, other int64 }
	hits, err := scan(tx.db.Raw(`SELECT k.id, k.client_id, coalesce(c.id, 0) FROM (SELECT id, client_id, lower(email) AS address FROM contacts WHERE id > ? ORDER BY id LIMIT ?) k
		LEFT JOIN clients c ON c.email_key = k.address AND c.id <> k.client_id AND k.address <> '' ORDER BY k.id`, at.ID, duplicatesWindow),
		func(h *hit) []any { return []any{&h.contact, &h.client, &h.other} })
	if err != nil || len(hits) == 0 {
		return nil, 0, at, false, err
	}
	for _, h := range hits {
		if h.other != 0 {
			found = append(found, Duplicate{SameEmail, ascending([]int64{h.client, h.other})})
		}
	}
	return found, len(hits), DuplicatePlace{ID: hits[len(hits)-1].contact}, len(hits) == duplicatesWindow, nil
}
