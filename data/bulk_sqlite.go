package data

import (
	"math"

	"gorm.io/gorm"
)

// insert adds clients. There is one writer, so the numbers that the engine would give are known beforehand.
func (e *sqliteEngine) insert(db *gorm.DB, cs []Client) (err error) {
	if len(cs) == 1 {
		cs[0].ID, err = insertNew(db, &cs[0])
		return err
	}
	last, err := lastNumber(db, Client{}.TableName())
	if err != nil {
		return err
	}
	for i := range cs {
		if cs[i].ID == 0 {
			cs[i].ID = last + 1
		}
		last = max(last, cs[i].ID)
	}
	return insertRows(db, cs)
}

// lastNumber is the highest number that a table gave so far.
func lastNumber(db *gorm.DB, table string) (last int64, err error) {
	err = db.Raw("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", table).Scan(&last).Error
	return last, err
}

// insertActivity adds lines, which have their numbers.
func (e *sqliteEngine) insertActivity(db *gorm.DB, lines []Activity) error {
	return insertRows(db, lines)
}

// sqliteBulk is the engine while very many clients come in: it writes their search texts but leaves the trigram index for the end.
type sqliteBulk struct{ *sqliteEngine }

func (b sqliteBulk) index(db *gorm.DB, ds []docs) error { return insertRows(db, ds) }

// ftsStep is how many clients go into the trigram index in one statement: enough to be fast, few enough to be stopped in between.
const ftsStep = 10_000

func (e *sqliteEngine) beginBulk(db *gorm.DB, n int64) (engine, func(*gorm.DB, func(int)) error, error) {
	var have, last int64
	if err := db.Raw("SELECT coalesce(sum(n), 0) FROM client_counts").Scan(&have).Error; err != nil {
		return nil, nil, err
	}
	if err := db.Raw("SELECT coalesce(max(client_id), 0) FROM search_docs").Scan(&last).Error; err != nil {
		return nil, nil, err
	}
	var rebuild []string
	most := n > 1000 && n >= have/2 // of the clients that there will be
	if most {
		var err error
		if rebuild, err = dropSortIndexes(db); err != nil {
			return nil, nil, err
		}
		if err = mergeAt(db, 0, 1000); err != nil {
			return nil, nil, err
		}
	}
	return sqliteBulk{e}, func(db *gorm.DB, step func(int)) error {
		for _, s := range rebuild {
			if err := db.Exec(s).Error; err != nil {
				return err
			}
		}
		if err := indexAfter(db, last, step); err != nil || !most {
			return err
		}
		if err := mergeIndex(db); err != nil {
			return err
		}
		return mergeAt(db, 4, 16) // as the engine has it by itself
	}, nil
}

// mergeAt tells at how many parts of one size the trigram index merges them, some at each write or, in a crisis, all at once. With 0 and very many it
// does not before the end, so that each entry is written once more and not again for each size of parts.
func mergeAt(db *gorm.DB, parts, crisis int) error {
	for _, s := range []struct {
		name string
		n    int
	}{{"automerge", parts}, {"crisismerge", crisis}} {
		if err := db.Exec("INSERT INTO search_fts (search_fts, rank) VALUES (?, ?)", s.name, s.n).Error; err != nil {
			return err
		}
	}
	return nil
}

// dropSortIndexes removes the indexes of clients that are cheaper to build anew than to keep in step while very many come in, and
// returns the statements that do so. The unique index stays: it is what tells that an address is taken.
func dropSortIndexes(db *gorm.DB) ([]string, error) {
	var indexes []struct{ Name, SQL string }
	err := db.Raw("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'clients' AND sql LIKE 'CREATE INDEX%'").Scan(&indexes).Error
	if err != nil {
		return nil, err
	}
	statements := make([]string, len(indexes))
	for i, x := range indexes {
		if err := db.Exec("DROP INDEX " + x.Name).Error; err != nil {
			return nil, err
		}
		statements[i] = x.SQL
	}
	return statements, nil
}

// indexAfter puts the search texts of the clients after a number into the trigram index.
func indexAfter(db *gorm.DB, last int64, step func(int)) error {
	for {
		var next []int64
		err := db.Raw("SELECT client_id FROM search_docs WHERE client_id > ? ORDER BY client_id LIMIT 1 OFFSET ?", last, ftsStep-1).Scan(&next).Error
		if err != nil {
			return err
		}
		until := int64(math.MaxInt64)
		if len(next) > 0 {
			until = next[0]
		}
		r := db.Exec("INSERT INTO search_fts (rowid, body) SELECT client_id, body FROM search_docs WHERE client_id > ? AND client_id <= ?", last, until)
		if r.Error != nil {
			return r.Error
		}
		step(int(r.RowsAffected))
		if len(next) == 0 {
			return nil
		}
		if err := db.Statement.Context.Err(); err != nil {
			return err
		}
		last = until
	}
}

// mergeIndex makes one part of the parts that the trigram index was written in. A search looks into each part, and the engine would
// otherwise merge them piece by piece in the transactions that come after, each of which would wait for it.
func mergeIndex(db *gorm.DB) error {
	const pages = 2000 // in one statement: few enough to be stopped in between
	var before, after int64
	for work := -pages; ; work = pages { // a negative number begins the merging of all parts
		if err := db.Raw("SELECT total_changes()").Scan(&before).Error; err != nil {
			return err
		}
		if err := db.Exec("INSERT INTO search_fts (search_fts, rank) VALUES ('merge', ?)", work).Error; err != nil {
			return err
		}
		if err := db.Raw("SELECT total_changes()").Scan(&after).Error; err != nil {
			return err
		}
		if after-before < 2 { // the command itself counts as one
			return nil
		}
		if err := db.Statement.Context.Err(); err != nil {
			return err
		}
	}
}
