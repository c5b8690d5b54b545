package data

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const (
	postgresName = "PostgreSQL"
	// migrationLock keeps two desktops from migrating at once.
	migrationLock = 0x436c6e74
)

// ErrUnreachable: the server of the shared database does not answer or refused the login.
var ErrUnreachable = errors.New("the database server cannot be reached")

type postgresEngine struct{ url string }

func (e *postgresEngine) name() string { return postgresName }

func (e *postgresEngine) open(ctx context.Context, o Options) (*gorm.DB, *gorm.DB, error) {
	w, err := gorm.Open(postgres.New(postgres.Config{DSN: o.URL, OptionOpenDB: []stdlib.OptionOpenDB{stdlib.OptionAfterConnect(planEach)}}), config())
	if err != nil {
		return nil, nil, fmt.Errorf("%w (%w)", ErrUnreachable, withoutPassword(err, o.URL))
	}
	// One pool serves both: the server itself lets readers and writers work side by side.
	setPool(w, readers*2)
	if err := w.WithContext(ctx).Exec("CREATE TABLE IF NOT EXISTS schema_version (n BIGINT NOT NULL)").Error; err != nil {
		// Two desktops that start at the same moment may both try; the loser finds the table there.
		if !strings.Contains(err.Error(), "SQLSTATE 23505") && !strings.Contains(err.Error(), "SQLSTATE 42P07") && !strings.Contains(err.Error(), "SQLSTATE 42710") {
			closePool(w)
			return nil, nil, withoutPassword(err, o.URL)
		}
	}
	return w, w, nil
}

// planEach has the server plan each statement for the values that come with it. After some uses it would keep one plan for all values, and for words that are
// looked for that is to read every text, as it cannot know how rare a word is. And it is told that a page that lies anywhere costs hardly more than the next
// one, as it is in memory or on a disk without moving parts: for one that turns the server would rather read every text than look into the index.
func planEach(ctx context.Context, c *pgx.Conn) error {
	_, err := c.Exec(ctx, "SET plan_cache_mode = force_custom_plan; SET random_page_cost = 1.1")
	return err
}

// withoutPassword keeps the address's password out of an error's text.
func withoutPassword(err error, url string) error {
	text := err.Error()
	if _, rest, ok := strings.Cut(url, "://"); ok {
		if user, _, ok := strings.Cut(rest, "@"); ok {
			if _, password, ok := strings.Cut(user, ":"); ok && password != "" {
				text = strings.ReplaceAll(text, password, "****")
			}
		}
	}
	return errors.New(text)
}

// again tells whether a transaction lost a race that it may win when run once more.
func (e *postgresEngine) again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01")
}

// connect leaves the choice of connections to the pool; the driver ends a statement as ctx ends.
func (e *postgresEngine) connect(ctx context.Context, pool *gorm.DB) (*gorm.DB, func(), error) {
	return pool.WithContext(ctx), func() {}, nil
}

func (e *postgresEngine) transaction(db *gorm.DB, f func(*gorm.DB) error) error {
	return whether(db, e, f)
}

func (e *postgresEngine) relax(*gorm.DB) {}

func (e *postgresEngine) version(ctx context.Context, db *gorm.DB) (int, error) {
	var n int
	err := db.WithContext(ctx).Raw("SELECT coalesce(max(n), 0) FROM schema_version").Scan(&n).Error
	return n, err
}

// migrate runs one script under a lock; whoever waited finds the work done and does nothing.
func (e *postgresEngine) migrate(ctx context.Context, db *gorm.DB, n int, script string) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	if _, err := tx.ExecContext(ctx, "SELECT pg_advisory_xact_lock($1)", migrationLock); err != nil {
		return err
	}
	var have int
	if err := tx.QueryRowContext(ctx, "SELECT coalesce(max(n), 0) FROM schema_version").Scan(&have); err != nil || have >= n {
		return err
	}
	// Without arguments the driver sends the script as one simple query, which may hold many statements.
	if _, err := tx.ExecContext(ctx, script); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO schema_version (n) VALUES ($1)", n); err != nil {
		return err
	}
	// Older programs that have the data open stop writing to it.
	if _, err := tx.ExecContext(ctx, "SELECT pg_notify($1, $2)", channel, fmt.Sprint(schemaWord, n)); err != nil {
		return err
	}
	return tx.Commit()
}
