package data

import (
	"context"
	"fmt"
	"strings"

	"github.com/glebarez/sqlite"
	"gorm.io/gorm"
)

// checkEngine is what only one engine can say of its files.
type checkEngine interface {
	// integrity lists what is wrong with file and references, in the engine's words.
	integrity(ctx context.Context, s *Store, quick bool) ([]string, error)
	// searchIndex lists what is wrong between the search texts and the index on them.
	searchIndex(ctx context.Context, s *Store) ([]string, error)
	// activityWritten is the number of the newest line that the activity log ever had, or 0 where the engine does not keep that.
	activityWritten(db *gorm.DB) (int64, error)
	// scrub empties what the engine keeps beside the file of what was removed. done is false where readers are in the way.
	scrub(ctx context.Context, pool *gorm.DB) (done bool, err error)
	// backup writes all data to a new file.
	backup(ctx context.Context, path string) error
}

// Integrity lists what is wrong with the file and the references in it; none means it is sound. quick leaves out the
// comparison of indexes with their tables.
func (s *Store) Integrity(ctx context.Context, quick bool) ([]string, error) {
	return s.engine.integrity(ctx, s, quick)
}

// CheckCounts compares what is kept ready with what it stands for: clients in the list's counts, the credit ledgers, the
// states of mails. It lists the differences.
func (tx *Tx) CheckCounts() ([]string, error) {
	var wrong []string
	for _, c := range []struct{ sql, words string }{
		{`SELECT count(*) FROM (
			SELECT status, country, group_id, CASE WHEN credit > 0 THEN 1 ELSE 0 END AS has_credit, CASE WHEN owed > 0 THEN 1 ELSE 0 END AS owes, count(*) AS n
				FROM clients GROUP BY 1, 2, 3, 4, 5
			EXCEPT SELECT status, country, group_id, has_credit, owes, n FROM client_counts WHERE n <> 0) t`, "counts of clients differ from the clients: %d"},
		{`SELECT count(*) FROM (
			SELECT status, country, group_id, has_credit, owes, n FROM client_counts WHERE n <> 0
			EXCEPT SELECT status, country, group_id, CASE WHEN credit > 0 THEN 1 ELSE 0 END, CASE WHEN owed > 0 THEN 1 ELSE 0 END, count(*)
				FROM clients GROUP BY 1, 2, 3, 4, 5) t`, "counts of clients without such clients: %d"},
		{`SELECT count(*) FROM clients c LEFT JOIN (SELECT client_id, sum(amount) AS s FROM credit_moves GROUP BY client_id) m ON m.client_id = c.id
			WHERE c.credit <> coalesce(m.s, 0)`, "clients whose credit is not the sum of their ledger: %d"},
		{`SELECT count(*) FROM credit_moves m JOIN clients c ON c.id = m.client_id WHERE c.currency <> m.currency`, "ledger rows in another currency than their client: %d"},
		{`SELECT count(*) FROM (SELECT state, count(*) AS n FROM mails GROUP BY state EXCEPT SELECT state, n FROM mail_counts WHERE n <> 0) t`, "counts of mails differ from the mails: %d"},
		{`SELECT count(*) FROM mail_attachments a JOIN blobs b ON b.id = a.blob_id WHERE b.sha256 IS NULL OR a.size <> b.size`, "attachments of mails that are not as large as their contents: %d"},
		{`SELECT count(*) FROM clients c WHERE group_id <> 0 AND NOT EXISTS (SELECT 1 FROM client_groups g WHERE g.id = c.group_id)`, "clients in a group that is not there: %d"},
		{`SELECT count(*) FROM clients c WHERE billing_contact_id IS NOT NULL
			AND NOT EXISTS (SELECT 1 FROM contacts k WHERE k.id = c.billing_contact_id AND k.client_id = c.id)`, "clients whose invoices go to a contact that they do not have: %d"},
	} {
		var n int64
		if err := tx.db.Raw(c.sql).Scan(&n).Error; err != nil {
			return nil, err
		}
		if n != 0 {
			wrong = append(wrong, fmt.Sprintf(c.words, n))
		}
	}
	return wrong, nil
}

// CheckSearch compares each client's search text with what it should be. It lists the first differences and tells how many
// texts it compared.
func (tx *Tx) CheckSearch(step func(int)) (wrong []string, compared int64, err error) {
	const most = 20
	err = tx.EachClient(ClientFilter{}, func(cs []Client) error {
		var ds []docs
		if err := tx.db.Where("client_id IN ?", ids(cs)).Find(&ds).Error; err != nil {
			return err
		}
		extras, err := tx.searchExtras(cs[0].ID, cs[len(cs)-1].ID)
		if err != nil {
			return err
		}
		have := make(map[int64]string, len(ds))
		for _, d := range ds {
			have[d.ClientID] = d.Body
		}
		for _, c := range cs {
			keys := c
			keys.setKeys(c.EmailKey)
			switch body, ok := have[c.ID]; {
			case len(wrong) >= most:
			case !ok:
				wrong = append(wrong, fmt.Sprintf("client #%d cannot be found by searching", c.ID))
			case body != searchBody(c, extras[c.ID]):
				wrong = append(wrong, fmt.Sprintf("client #%d is found by text that is out of date", c.ID))
			case keys != c:
				wrong = append(wrong, fmt.Sprintf("client #%d is sorted by text that is out of date", c.ID))
			}
		}
		compared += int64(len(cs))
		step(len(cs))
		return nil
	})
	if err != nil {
		return nil, compared, err
	}
	var orphans int64
	err = tx.db.Raw("SELECT count(*) FROM search_docs d WHERE NOT EXISTS (SELECT 1 FROM clients c WHERE c.id = d.client_id)").Scan(&orphans).Error
	if orphans > 0 {
		wrong = append(wrong, fmt.Sprintf("search texts without a client: %d", orphans))
	}
	return wrong, compared, err
}

// CheckSearchIndex compares the trigram index with the search texts.
func (s *Store) CheckSearchIndex(ctx context.Context) ([]string, error) {
	return s.engine.searchIndex(ctx, s)
}

// Backup writes a consistent copy of the data to a new file, while work goes on. The file must not exist, or be empty.
func (s *Store) Backup(ctx context.Context, path string) error {
	return translate(s.engine.backup(ctx, path))
}

// integrity looks on a connection of its own: one that has searched before may hold the search index as it was then, for which a check alone does not look
// again, and would call a sound index broken.
func (e *sqliteEngine) integrity(ctx context.Context, _ *Store, quick bool) ([]string, error) {
	db, err := gorm.Open(sqlite.Open(e.looking()), config())
	if err != nil {
		return nil, openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	check := "PRAGMA integrity_check(20)"
	if quick {
		check = "PRAGMA quick_check(20)"
	}
	var wrong []string
	if err := db.WithContext(ctx).Raw(check).Scan(&wrong).Error; err != nil {
		if strings.Contains(err.Error(), "malformed") {
			return []string{err.Error()}, nil
		}
		return nil, translate(err)
	}
	if len(wrong) == 1 && wrong[0] == "ok" {
		wrong = nil
	}
	if quick {
		return wrong, nil
	}
	var orphans []struct{ Table, Parent string }
	if err := db.WithContext(ctx).Raw("PRAGMA foreign_key_check").Scan(&orphans).Error; err != nil {
		return nil, translate(err)
	}
	for _, o := range orphans {
		wrong = append(wrong, fmt.Sprintf("a row of %s belongs to no row of %s", o.Table, o.Parent))
	}
	return wrong, nil
}

// searchIndex has the index compare itself with the texts. The command looks like a write, so it goes to the writer; it changes nothing.
func (e *sqliteEngine) searchIndex(ctx context.Context, s *Store) ([]string, error) {
	err := s.writer.WithContext(ctx).Exec("INSERT INTO search_fts (search_fts, rank) VALUES ('integrity-check', 1)").Error
	if err != nil && strings.Contains(err.Error(), "malformed") {
		return []string{"the search index differs from the texts it stands on"}, nil
	}
	return nil, translate(err)
}

// backup copies on a connection of its own, so that the writer goes on meanwhile.
func (e *sqliteEngine) backup(ctx context.Context, path string) error {
	db, err := gorm.Open(sqlite.Open(dsn(e.path, true)), config())
	if err != nil {
		return openError(err)
	}
	defer closePool(db)
	setPool(db, 1)
	// Pages are read and written once and in order, so keeping more of them gains nothing, and each that is kept costs a call of the system for its memory:
	// with the writer's cache a copy takes three times the processor time.
	if err := db.WithContext(ctx).Exec("PRAGMA cache_size = -1000").Error; err != nil {
		return err
	}
	return db.WithContext(ctx).Exec("VACUUM INTO ?", path).Error
}

// integrity on PostgreSQL: the server keeps references and pages itself.
func (e *postgresEngine) integrity(context.Context, *Store, bool) ([]string, error) { return nil, nil }

// searchIndex on PostgreSQL: the server keeps the index in step with its column, but not what it is told of short words.
func (e *postgresEngine) searchIndex(ctx context.Context, s *Store) ([]string, error) {
	var missing int64
	err := s.reader.WithContext(ctx).Raw("SELECT count(*) FROM (SELECT pair, last FROM search_triples_wanted EXCEPT SELECT pair, last FROM search_triples) AS m").Scan(&missing).Error
	if err != nil || missing == 0 {
		return nil, translate(err)
	}
	return []string{fmt.Sprintf("the search of one or two letters does not know %d surroundings in which they are", missing)}, nil
}

// ErrNoBackup: the server's own tools back a shared database up.
var ErrNoBackup = fmt.Errorf("a shared database is backed up on its server")

func (e *postgresEngine) backup(context.Context, string) error { return ErrNoBackup }
