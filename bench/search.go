//go:build unix

package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
	"unicode/utf8"

	"clientele/app/fold"
	"clientele/app/sample"
	"clientele/data"
)

// search is goal 3: what is typed, of one to six letters, with the first 50 rows and the count.
func search(ctx context.Context, b *bench) error {
	var mixed []string
	for letters := 1; letters <= 6; letters++ {
		mixed = append(mixed, b.typed(letters)[:50]...)
		if err := b.searchFor(ctx, fmt.Sprintf("search, %d typed", letters), b.typed(letters)); err != nil {
			return err
		}
	}
	if err := b.searchFor(ctx, "search, no match", b.misses()); err != nil {
		return err
	}
	// Growth is that of what people type, taken together: six letters find few at ten thousand clients and fill a page at a million.
	if err := b.searchFor(ctx, "search, 1 to 6 letters", mixed); err != nil {
		return err
	}
	b.table.last().flat(2.5)
	return nil
}

func (b *bench) searchFor(ctx context.Context, name string, typed []string) error {
	p, err := newPlain(b.fixture.path)
	if err != nil {
		return err
	}
	defer p.close()
	byHand := make([][]statement, len(typed))
	for i, text := range typed {
		if byHand[i], err = p.searchByHand(ctx, text); err != nil {
			return err
		}
	}
	f, err := b.compare(ctx, act{
		goal: 3, name: name, samples: len(typed),
		ours: func(i int) error {
			return b.fixture.store.Read(ctx, func(tx *data.Tx) error {
				_, err := tx.Search(typed[i], page)
				return err
			})
		},
		plain: func(i int) []statement { return byHand[i] },
	})
	if err != nil {
		return err
	}
	f.ratio(6).within(16 * time.Millisecond)
	return nil
}

// typed are 200 searches as people type them: four of five are the beginning of a word, the others its middle, and one in twenty has a letter wrong.
func (b *bench) typed(letters int) []string {
	random := rand.New(rand.NewPCG(2, uint64(letters)))
	made := sample.New(1, day)
	var all []string
	for len(all) < 200 {
		c := made.Client(random.IntN(b.n))
		words := strings.Fields(fold.Text(c.FirstName + " " + c.LastName + " " + c.Company + " " + c.City))
		word := []rune(words[random.IntN(len(words))])
		if len(word) < letters {
			continue
		}
		from := 0
		if random.IntN(5) == 0 {
			from = random.IntN(len(word) - letters + 1)
		}
		cut := append([]rune{}, word[from:from+letters]...)
		if random.IntN(20) == 0 {
			cut[random.IntN(letters)] = 'a' + rune(random.IntN(26))
		}
		all = append(all, string(cut))
	}
	return all
}

// misses are 200 searches that find nothing: beginnings of names with letters after them that do not follow there.
func (b *bench) misses() []string {
	typed := b.typed(4)
	for i := range typed {
		typed[i] += []string{"qxj", "zqk", "xxv", "jqz"}[i%4]
	}
	return typed
}

// searchByHand are the statements that answer a search of one word: the clients whose names begin with it in the order of the
// names, the others by the trigram index, the count up to a thousand and one, and the rows.
func (p *plain) searchByHand(ctx context.Context, word string) ([]statement, error) {
	until := word + string(utf8.MaxRune)
	names := statement{`SELECT id FROM (
		SELECT * FROM (SELECT sort_key AS name, id FROM clients WHERE sort_key >= ? AND sort_key < ? ORDER BY sort_key, id LIMIT 50)
		UNION ALL SELECT * FROM (SELECT first_key, id FROM clients WHERE first_key >= ? AND first_key < ? ORDER BY first_key, id LIMIT 50)
		UNION ALL SELECT * FROM (SELECT company_key, id FROM clients WHERE company_key >= ? AND company_key < ? ORDER BY company_key, id LIMIT 50)
	) GROUP BY id ORDER BY min(name), id LIMIT 50`, []any{word, until, word, until, word, until}}
	some := statement{"SELECT rowid FROM search_fts WHERE search_fts MATCH ? LIMIT 50", []any{`"` + word + `"`}}
	count := statement{"SELECT count(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH ? LIMIT 1001)", some.args}
	if utf8.RuneCountInString(word) < 3 {
		some = statement{"SELECT DISTINCT doc FROM search_terms WHERE term >= ? AND term < ? LIMIT 50", []any{word, until}}
		count = statement{"SELECT count(*) FROM (SELECT DISTINCT doc FROM search_terms WHERE term >= ? AND term < ? LIMIT 1001)", some.args}
	}
	ids, err := p.ids(ctx, names)
	if err != nil {
		return nil, err
	}
	all := []statement{names}
	if len(ids) < page {
		more, err := p.ids(ctx, some)
		if err != nil {
			return nil, err
		}
		all = append(all, some)
		ids = append(ids, more...)
		ids = ids[:min(page, len(ids))]
	}
	many, err := p.namesByHand(ctx, word, until, &all)
	if err != nil {
		return nil, err
	}
	if !many {
		all = append(all, count)
	}
	if len(ids) > 0 {
		all = append(all, statement{"SELECT " + columns + " FROM clients WHERE id IN (" + strings.TrimSuffix(strings.Repeat("?,", len(ids)), ",") + ")", ids})
	}
	return all, nil
}

// namesByHand counts those whose names begin with the word by the indexes of the names that filled a page, as that tells for less that there are very
// many.
func (p *plain) namesByHand(ctx context.Context, word, until string, all *[]statement) (many bool, err error) {
	var counts []string
	var args []any
	for _, column := range []string{"sort_key", "first_key", "company_key"} {
		found, err := p.ids(ctx, statement{"SELECT id FROM clients WHERE " + column + " >= ? AND " + column + " < ? LIMIT 1001", []any{word, until}})
		if err != nil {
			return false, err
		}
		many = many || len(found) > 1000
		if len(found) >= page {
			counts = append(counts, "SELECT count(*) FROM (SELECT 1 FROM clients WHERE "+column+" >= ? AND "+column+" < ? LIMIT 1001)")
			args = append(args, word, until)
		}
	}
	if len(counts) > 0 {
		*all = append(*all, statement{strings.Join(counts, " UNION ALL "), args})
	}
	return many, nil
}

// ids runs a statement and returns its first column.
func (p *plain) ids(ctx context.Context, s statement) ([]any, error) {
	rows, err := p.db.QueryContext(ctx, s.sql, s.args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	dest := make([]any, len(columns))
	for i := range dest {
		dest[i] = new(any)
	}
	var ids []any
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return nil, err
		}
		ids = append(ids, *dest[0].(*any))
	}
	return ids, rows.Err()
}
