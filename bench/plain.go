//go:build unix

package main

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"time"

	_ "github.com/glebarez/go-sqlite" // the engine that the program uses
)

// statement is a plain query with what it is asked for. An empty one opens the database anew.
type statement struct {
	sql  string
	args []any // int64 or string
}

// plain runs statements through database/sql on the program's engine.
type plain struct {
	db       *sql.DB
	prepared map[string]*sql.Stmt
}

// dsn is the program's connection string, for reading.
func dsn(path string) string {
	s := "file:" + (&url.URL{Path: path}).EscapedPath() + "?_pragma=query_only(1)"
	for _, p := range []string{
		"busy_timeout(10000)", "journal_mode(WAL)", "synchronous(FULL)", "foreign_keys(1)", "secure_delete(1)", "cell_size_check(1)",
		"trusted_schema(0)", "recursive_triggers(1)", "cache_size(-32000)",
	} {
		s += "&_pragma=" + p
	}
	return s
}

func newPlain(path string) (*plain, error) {
	db, err := sql.Open("sqlite", dsn(path))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return &plain{db, map[string]*sql.Stmt{}}, nil
}

func (p *plain) close() error { return p.db.Close() }

// run reads every column of every row.
func (p *plain) run(ctx context.Context, ss []statement) error {
	for _, s := range ss {
		if err := p.one(ctx, s); err != nil {
			return fmt.Errorf("%s: %w", s.sql, err)
		}
	}
	return nil
}

func (p *plain) one(ctx context.Context, s statement) error {
	st, ok := p.prepared[s.sql]
	if !ok {
		var err error
		if st, err = p.db.PrepareContext(ctx, s.sql); err != nil {
			return err
		}
		p.prepared[s.sql] = st
	}
	rows, err := st.QueryContext(ctx, s.args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	values := make([]any, len(columns))
	dest := make([]any, len(columns))
	for i := range values {
		dest[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(dest...); err != nil {
			return err
		}
	}
	return rows.Err()
}

// inC runs samples through SQLite in C, in a process of its own.
func (b *bench) inC(ctx context.Context, all [][]statement) ([]taken, error) {
	var script bytes.Buffer
	numbers := map[string]int{}
	for _, sample := range all {
		for _, s := range sample {
			if _, ok := numbers[s.sql]; !ok && s.sql != "" {
				numbers[s.sql] = len(numbers)
				fmt.Fprintf(&script, "s %d\n%s\n", len(s.sql), s.sql)
			}
		}
	}
	for _, sample := range all {
		script.WriteString("(\n")
		for _, s := range sample {
			if s.sql == "" {
				script.WriteString("o\n")
				continue
			}
			fmt.Fprintf(&script, "q %d %d\n", numbers[s.sql], len(s.args))
			for _, a := range s.args {
				switch a := a.(type) {
				case int64:
					fmt.Fprintf(&script, "i %d\n", a)
				case string:
					fmt.Fprintf(&script, "t %d\n%s\n", len(a), a)
				default:
					return nil, fmt.Errorf("a parameter of type %T", a)
				}
			}
		}
		script.WriteString(")\n")
	}
	out, err := b.runC(ctx, &script, "replay", b.fixture.path)
	if err != nil {
		return nil, err
	}
	var times []taken
	lines := bufio.NewScanner(bytes.NewReader(out))
	for lines.Scan() {
		var t taken
		if _, err := fmt.Sscan(lines.Text(), (*int64)(&t.cpu), (*int64)(&t.wall)); err != nil {
			return nil, err
		}
		times = append(times, t)
	}
	if len(times) != len(all) {
		return nil, fmt.Errorf("the program in C measured %d of %d samples", len(times), len(all))
	}
	return times, nil
}

func (b *bench) runC(ctx context.Context, stdin *bytes.Buffer, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, b.program, args...)
	c.Stderr = os.Stderr
	if stdin != nil {
		c.Stdin = stdin
	}
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("the program in C: %w", err)
	}
	return out, nil
}

// importInC tells the processor time in which C takes the fixture's clients into a new database.
func (b *bench) importInC(ctx context.Context) (time.Duration, error) {
	target := b.path("c-import.db")
	defer removeDatabase(target)
	out, err := b.runC(ctx, nil, "import", b.fixture.path, target)
	if err != nil {
		return 0, err
	}
	var ns int64
	_, err = fmt.Sscan(string(out), &ns)
	return time.Duration(ns), err
}
