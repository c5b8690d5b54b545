package data

import (
	"strings"

	"gorm.io/gorm"
)

func (e *postgresEngine) index(db *gorm.DB, ds []docs) error {
	return db.Create(&ds).Error
}

func (e *postgresEngine) reindex(db *gorm.DB, id int64, body string) error {
	return one(db.Exec("UPDATE search_docs SET body = ? WHERE client_id = ?", body, id))
}

func (e *postgresEngine) unindex(db *gorm.DB, ids []int64) error {
	return db.Exec("DELETE FROM search_docs WHERE client_id IN ?", ids).Error
}

func (e *postgresEngine) matches(db *gorm.DB, q search, n int) ([]int64, bool, error) {
	where, args := likeAll(q)
	found, err := scan(db.Raw("SELECT client_id FROM search_docs WHERE "+where+" LIMIT ?", append(args, n)...), func(id *int64) []any { return []any{id} })
	return found, false, err
}

// countsAtOnce: the index is read to its end for the first match as for the last, so a second statement for the count took as long again.
func (e *postgresEngine) countsAtOnce() bool { return true }

func (e *postgresEngine) countMatches(db *gorm.DB, q search, n int) (int, error) {
	where, args := likeAll(q)
	var count int
	err := db.Raw("SELECT count(*) FROM (SELECT 1 FROM search_docs WHERE "+where+" LIMIT ?) t", append(args, n)...).Scan(&count).Error
	return count, err
}

// likeAll has every word in the text; the trigram index answers it for words of three characters and more.
func likeAll(q search) (string, []any) {
	var conditions []string
	var args []any
	for _, w := range append(append([]string{}, q.long...), q.short...) {
		conditions = append(conditions, "body LIKE ?")
		args = append(args, contains(w))
	}
	where := strings.Join(conditions, " AND ")
	if q.digits != "" && len(q.short) == 0 {
		where = "(" + where + ") OR body LIKE ?"
		args = append(args, contains(q.digits))
	}
	return where, args
}

var likeEscapes = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func contains(w string) string { return "%" + likeEscapes.Replace(w) + "%" }
