package data

import (
	"strings"

	"gorm.io/gorm"
)

func (e *postgresEngine) index(db *gorm.DB, ds []docs) error {
	bodies := make([]string, len(ds))
	for i, d := range ds {
		bodies[i] = d.Body
	}
	if err := learnTriples(db, bodies); err != nil {
		return err
	}
	return db.Create(&ds).Error
}

func (e *postgresEngine) reindex(db *gorm.DB, id int64, body string) error {
	if err := learnTriples(db, []string{body}); err != nil {
		return err
	}
	return one(db.Exec("UPDATE search_docs SET body = ? WHERE client_id = ?", body, id))
}

func (e *postgresEngine) unindex(db *gorm.DB, ids []int64) error {
	return db.Exec("DELETE FROM search_docs WHERE client_id IN ?", ids).Error
}

func (e *postgresEngine) matches(db *gorm.DB, q search, n int) ([]int64, bool, error) {
	where, args, err := e.holdsAll(db, q)
	if err != nil {
		return nil, false, err
	}
	found, err := scan(db.Raw("SELECT client_id FROM search_docs WHERE "+where+" LIMIT ?", append(args, n)...), func(id *int64) []any { return []any{id} })
	return found, false, err
}

// countsAtOnce: the index is read to its end for the first match as for the last, so a second statement for the count took as long again.
func (e *postgresEngine) countsAtOnce() bool { return true }

func (e *postgresEngine) countMatches(db *gorm.DB, q search, n int) (int, error) {
	where, args, err := e.holdsAll(db, q)
	if err != nil {
		return 0, err
	}
	var count int
	err = db.Raw("SELECT count(*) FROM (SELECT 1 FROM search_docs WHERE "+where+" LIMIT ?) t", append(args, n)...).Scan(&count).Error
	return count, err
}

// holdsAll is the condition that every word is in the text. The trigram index answers it for words of three characters and more. Where there is none of those it has to
// for the shorter ones.
func (e *postgresEngine) holdsAll(db *gorm.DB, q search) (where string, args []any, err error) {
	var conditions []string
	for _, w := range q.long {
		conditions = append(conditions, "body LIKE ?")
		args = append(args, contains(w))
	}
	for _, w := range q.short {
		condition, with := "body LIKE ?", []any{contains(w)}
		if len(q.long) == 0 {
			if condition, with, err = holdsShort(db, w); err != nil {
				return "", nil, err
			}
		}
		conditions = append(conditions, condition)
		args = append(args, with...)
	}
	where = strings.Join(conditions, " AND ")
	if q.digits != "" && len(q.short) == 0 {
		where = "(" + where + ") OR body LIKE ?"
		args = append(args, contains(q.digits))
	}
	return where, args, nil
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func contains(w string) string { return "%" + likeEscapes.Replace(w) + "%" }
