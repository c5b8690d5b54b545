package data

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

const (
	// channel is what the desktops of an office call and listen on.
	channel = "clientele"
	// schemaWord begins the announcement of a migration.
	schemaWord = "schema "
	// How long the line may be silent before it is tried, how long that may take, and how soon a broken one is mended.
	lineSilence = 15 * time.Second
	linePing    = 5 * time.Second
	lineFirst   = 250 * time.Millisecond
	lineMost    = 5 * time.Second
)

// finish is one round trip: the announcements, which the server delivers as the transaction commits, and the question for the schema.
func (e *postgresEngine) finish(db *gorm.DB, schema int, texts []string) error {
	query := "SELECT coalesce(max(n), 0) FROM schema_version"
	args := make([]any, 0, 2*len(texts))
	if len(texts) > 0 {
		query = "SELECT (" + query + ")" + strings.Repeat(", pg_notify(?, ?)", len(texts))
		for _, text := range texts {
			args = append(args, channel, text)
		}
	}
	rows, err := db.Raw(query, args...).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	var have int
	dest := make([]any, 1, 1+len(texts))
	dest[0] = &have
	for range texts {
		dest = append(dest, new(any))
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if have > schema {
		return fmt.Errorf("%w: it has schema %d, this program knows %d", ErrNewer, have, schema)
	}
	return nil
}

// listen has a connection of its own, since the pool's are anybody's.
func (e *postgresEngine) listen(ctx context.Context, s *Store, ear Ear) {
	pause, up := lineFirst, true // so that the first failure is told
	for ctx.Err() == nil {
		connected, err := e.line(ctx, s, ear)
		if ctx.Err() != nil {
			return
		}
		if connected {
			pause, up = lineFirst, true
		}
		if up {
			up = false
			ear.Line(false)
		}
		_ = err // the window says that the line is lost; why is the server's business
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
		pause = min(2*pause, lineMost)
	}
}

// line listens on one connection until it breaks or ctx ends.
func (e *postgresEngine) line(ctx context.Context, s *Store, ear Ear) (connected bool, err error) {
	conn, err := e.call(ctx)
	if err != nil {
		return false, err
	}
	defer func() {
		end, stop := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer stop()
		_ = conn.Close(end)
	}()
	if err := e.compare(ctx, conn, s, ear); err != nil {
		return false, err
	}
	ear.Line(true)
	for {
		wait, stop := context.WithTimeout(ctx, lineSilence)
		n, err := conn.WaitForNotification(wait)
		quiet := err != nil && wait.Err() != nil && ctx.Err() == nil && !conn.IsClosed()
		stop()
		switch {
		case quiet:
			ping, stop := context.WithTimeout(ctx, linePing)
			err = conn.Ping(ping)
			stop()
			if err != nil {
				return true, err
			}
		case err != nil:
			return true, err
		case strings.HasPrefix(n.Payload, schemaWord):
			if err := e.compare(ctx, conn, s, ear); err != nil {
				return true, err
			}
		default:
			if from, text, ok := strings.Cut(n.Payload, " "); ok && from != s.origin {
				ear.Heard(text)
			}
		}
	}
}

func (e *postgresEngine) call(ctx context.Context) (*pgx.Conn, error) {
	ctx, stop := context.WithTimeout(ctx, 2*linePing)
	defer stop()
	conn, err := pgx.Connect(ctx, e.url)
	if err != nil {
		return nil, err
	}
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		_ = conn.Close(ctx)
		return nil, err
	}
	return conn, nil
}

// compare looks whether a newer program changed the form of the data.
func (e *postgresEngine) compare(ctx context.Context, conn *pgx.Conn, s *Store, ear Ear) error {
	ctx, stop := context.WithTimeout(ctx, linePing)
	defer stop()
	var have int
	if err := conn.QueryRow(ctx, "SELECT coalesce(max(n), 0) FROM schema_version").Scan(&have); err != nil {
		return err
	}
	if have > s.schema && !s.outdated.Swap(true) {
		ear.Outdated()
	}
	return nil
}

// lost knows a broken connection by what the driver, the network and a server that is being stopped say.
func (e *postgresEngine) lost(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "08") || pg.Code == "57P01" || pg.Code == "57P02" || pg.Code == "57P03"
	}
	var network net.Error
	var refused *pgconn.ConnectError
	if errors.As(err, &network) || errors.As(err, &refused) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded) {
		return true
	}
	text := err.Error()
	return strings.Contains(text, "conn closed") || strings.Contains(text, "unexpected EOF") || strings.Contains(text, "broken pipe") || strings.Contains(text, "connection reset")
}
