package data

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Probed is what a server and a database on it are like, before anything is made there.
type Probed struct {
	Server  int  // its version, such as 150004
	Letters bool // the database takes the letters of all languages (UTF8)
	Search  bool // the extension that finds clients as one types is there or can be had
	MayMake bool // the account may make tables
	Schema  int  // of Clientele's data; 0 where there is none
	Clients int64
	Admins  int64
	Foreign int64 // tables of something else, where there is none of ours
}

// Why a database could not be looked at; ErrUnreachable is another.
var (
	ErrLogin      = errors.New("the server refuses the name or the password")
	ErrNoDatabase = errors.New("there is no such database on the server")
)

// Probe looks at a database and changes nothing.
func Probe(ctx context.Context, address string) (p Probed, err error) {
	ctx, stop := context.WithTimeout(ctx, 2*linePing)
	defer stop()
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return p, probeError(err, address)
	}
	defer func() { _ = conn.Close(ctx) }()
	var ours bool
	var tables int64
	err = conn.QueryRow(ctx, `SELECT current_setting('server_version_num')::int, current_setting('server_encoding') = 'UTF8',
		EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'), has_schema_privilege(current_schema(), 'CREATE'),
		to_regclass('schema_version') IS NOT NULL AND to_regclass('client_counts') IS NOT NULL,
		(SELECT count(*) FROM information_schema.tables WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'schema_version')`).
		Scan(&p.Server, &p.Letters, &p.Search, &p.MayMake, &ours, &tables)
	if err != nil {
		return p, probeError(err, address)
	}
	if !ours {
		p.Foreign = tables
		return p, nil
	}
	if err := conn.QueryRow(ctx, "SELECT (SELECT coalesce(max(n), 0) FROM schema_version), (SELECT count(*) FROM clients)").Scan(&p.Schema, &p.Clients); err != nil {
		return p, probeError(err, address)
	}
	var admins bool
	if err := conn.QueryRow(ctx, "SELECT to_regclass('admins') IS NOT NULL").Scan(&admins); err != nil || !admins {
		return p, err
	}
	return p, conn.QueryRow(ctx, "SELECT count(*) FROM admins").Scan(&p.Admins)
}

func probeError(err error, address string) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case "28P01", "28000":
			return fmt.Errorf("%w (%w)", ErrLogin, withoutPassword(err, address))
		case "3D000":
			return fmt.Errorf("%w (%w)", ErrNoDatabase, withoutPassword(err, address))
		}
	}
	return fmt.Errorf("%w (%w)", ErrUnreachable, withoutPassword(err, address))
}
