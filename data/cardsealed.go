package data

import (
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// SealedSums are short names of all sealed numbers there are, by which those of two files can be compared.
func (tx *Tx) SealedSums() (map[string]bool, error) {
	rows, err := scan(tx.db.Raw("SELECT sealed FROM cards WHERE sealed IS NOT NULL"), func(b *[]byte) []any { return []any{b} })
	if err != nil {
		return nil, err
	}
	sums := make(map[string]bool, len(rows))
	for _, b := range rows {
		sum := sha256.Sum256(b)
		sums[hex.EncodeToString(sum[:16])] = true
	}
	return sums, nil
}

// SealedSumsIn are the SealedSums of a file that is not in use, such as a backup. It is not changed. One of a form that had no cards has none.
func SealedSumsIn(ctx context.Context, path string) (map[string]bool, error) {
	if err := prepareFile(path, true); err != nil {
		return nil, err
	}
	e := &sqliteEngine{path: path, asItIs: true}
	db, err := gorm.Open(sqlite.Open(e.looking()), config())
	if err != nil {
		return nil, openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	db = db.WithContext(ctx)
	var tables int
	if err := db.Raw("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'cards'").Scan(&tables).Error; err != nil {
		return nil, openError(err)
	}
	if tables == 0 {
		return nil, nil
	}
	return (&Tx{db: db, engine: e}).SealedSums()
}
