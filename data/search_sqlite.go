package data

import (
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
)

// index writes text and trigrams. The index does not keep the text itself, so both are written here, always together.
func (e *sqliteEngine) index(db *gorm.DB, ds []docs) error {
	if err := insertRows(db, ds); err != nil {
		return err
	}
	if len(ds) == 1 {
		_, err := run(db, "INSERT INTO search_fts (rowid, body) VALUES (?, ?)", ds[0].ClientID, ds[0].Body)
		return err
	}
	ids := make([]int64, len(ds))
	for i, d := range ds {
		ids[i] = d.ClientID
	}
	return db.Exec("INSERT INTO search_fts (rowid, body) SELECT client_id, body FROM search_docs WHERE client_id IN ?", ids).Error
}

// reindex takes what the index holds of the client from the text that it was made of.
func (e *sqliteEngine) reindex(db *gorm.DB, id int64, body string) error {
	for _, s := range []struct {
		sql  string
		args []any
	}{
		{"INSERT INTO search_fts (search_fts, rowid, body) SELECT 'delete', client_id, body FROM search_docs WHERE client_id = ?", []any{id}},
		{"UPDATE search_docs SET body = ? WHERE client_id = ?", []any{body, id}},
		{"INSERT INTO search_fts (rowid, body) VALUES (?, ?)", []any{id, body}},
	} {
		if err := db.Exec(s.sql, s.args...).Error; err != nil {
			return err
		}
	}
	return nil
}

func (e *sqliteEngine) unindex(db *gorm.DB, ids []int64) error {
	if err := db.Exec("INSERT INTO search_fts (search_fts, rowid, body) SELECT 'delete', client_id, body FROM search_docs WHERE client_id IN ?", ids).Error; err != nil {
		return err
	}
	return db.Exec("DELETE FROM search_docs WHERE client_id IN ?", ids).Error
}

// candidates is how many clients with one short word are looked at for the others.
const candidates = 2000

func (e *sqliteEngine) matches(db *gorm.DB, q search, n int) ([]int64, bool, error) {
	sql, args, bounded := ftsQuery(q, n)
	ids, err := scan(db.Raw(sql, args...), func(id *int64) []any { return []any{id} })
	if err != nil || !bounded || len(ids) == n {
		return ids, false, err
	}
	var seen int
	first := q.short[0]
	err = db.Raw("SELECT count(*) FROM (SELECT DISTINCT doc FROM search_terms WHERE term >= ? AND term < ? LIMIT ?)", first, first+string(utf8.MaxRune), candidates).Scan(&seen).Error
	return ids, seen == candidates, err
}

func (e *sqliteEngine) countsAtOnce() bool { return false }

func (e *sqliteEngine) countMatches(db *gorm.DB, q search, n int) (int, error) {
	sql, args, _ := ftsQuery(q, n)
	var count int
	err := db.Raw("SELECT count(*) FROM ("+sql+")", args...).Scan(&count).Error
	return count, err
}

// ftsQuery builds the statement that lists matching clients. Words of three characters and more are looked up in the trigram
// index. Shorter ones are not words of that index, but each is the beginning of some trigrams, so a range of the index's vocabulary
// finds them; of several short words one is looked up so and the others are looked for in the text, which is bounded, since nearly every
// client may hold one letter.
func ftsQuery(q search, n int) (sql string, args []any, bounded bool) {
	var b strings.Builder
	if len(q.long) > 0 {
		b.WriteString("SELECT f.rowid FROM search_fts f")
		if len(q.short) > 0 {
			b.WriteString(" CROSS JOIN search_docs d ON d.client_id = f.rowid")
		}
		b.WriteString(" WHERE search_fts MATCH ?")
		args = append(args, matchExpression(q))
		for _, w := range q.short {
			b.WriteString(" AND instr(d.body, ?) > 0")
			args = append(args, w)
		}
		b.WriteString(" LIMIT ?")
		return b.String(), append(args, n), false
	}
	first, others := q.short[0], q.short[1:]
	if len(others) == 0 {
		return "SELECT DISTINCT doc FROM search_terms WHERE term >= ? AND term < ? LIMIT ?", []any{first, first + string(utf8.MaxRune), n}, false
	}
	b.WriteString("SELECT t.doc FROM (SELECT DISTINCT doc FROM search_terms WHERE term >= ? AND term < ? LIMIT ?) t CROSS JOIN search_docs d ON d.client_id = t.doc WHERE 1")
	args = append(args, first, first+string(utf8.MaxRune), candidates)
	for _, w := range others {
		b.WriteString(" AND instr(d.body, ?) > 0")
		args = append(args, w)
	}
	b.WriteString(" LIMIT ?")
	return b.String(), append(args, n), true
}

// matchExpression quotes the words for the index, so that nothing typed is taken for an operator.
func matchExpression(q search) string {
	quoted := make([]string, len(q.long))
	for i, w := range q.long {
		quoted[i] = quote(w)
	}
	all := strings.Join(quoted, " AND ")
	if q.digits != "" && len(q.short) == 0 {
		all = "(" + all + ") OR " + quote(q.digits)
	}
	return all
}

func quote(w string) string { return `"` + strings.ReplaceAll(w, `"`, `""`) + `"` }

func ids(cs []Client) []int64 {
	all := make([]int64, len(cs))
	for i, c := range cs {
		all[i] = c.ID
	}
	return all
}
