//go:build unix

package main

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	_ "github.com/jackc/pgx/v5/stdlib" // what is written by hand runs on it

	"clientele/data"
	"clientele/data/datatest"
)

// onServer is the goal that is measured on a PostgreSQL, and needs no file with clients.
const onServer = 22

// server is a PostgreSQL with the clients in it, and pgbench beside it.
type server struct {
	*bench
	store   *data.Store
	db      *sql.DB
	address string
	pgbench string
}

// sharedOffice is goal 22: the first page and the search on PostgreSQL, beside pgbench with the same statements. Times are by the wall, as most of them is the server's.
func sharedOffice(ctx context.Context, b *bench) (err error) {
	at, program := os.Getenv(datatest.PostgresVariable), pgbench()
	if at == "" || program == "" {
		fmt.Fprintln(os.Stderr, "goal 22 is left out: there is no PostgreSQL with pgbench")
		return nil
	}
	admin, err := sql.Open("pgx", at)
	if err != nil {
		return err
	}
	defer admin.Close()
	u, err := url.Parse(at)
	if err != nil {
		return err
	}
	name := fmt.Sprintf("bench%d_%d", os.Getpid(), b.n)
	if _, err := admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return err
	}
	defer admin.ExecContext(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") // where that fails: the server goes with the bench
	u.Path = "/" + name
	s := &server{bench: b, address: u.String(), pgbench: program}
	if s.store, err = data.Open(ctx, data.Options{URL: s.address, Now: time.Now}); err != nil {
		return err
	}
	defer s.store.Close()
	if s.db, err = sql.Open("pgx", s.address); err != nil {
		return err
	}
	defer s.db.Close()
	if _, err := fill(ctx, s.store, b.n); err != nil {
		return err
	}
	// What a server does by itself within minutes.
	if _, err := s.db.ExecContext(ctx, "VACUUM ANALYZE"); err != nil {
		return err
	}
	if err := s.firstPage(ctx); err != nil {
		return err
	}
	return s.search(ctx)
}

// pgbench is the program, or "" where there is none. Debian keeps it beside the server.
func pgbench() string {
	if path, err := exec.LookPath("pgbench"); err == nil {
		return path
	}
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/pgbench")
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1]
}

func (s *server) firstPage(ctx context.Context) error {
	script := "SELECT " + columns + ", sort_key, id FROM clients ORDER BY sort_key, id LIMIT 50;\n"
	f, err := s.compare("first page, PostgreSQL (wall)", 500, func(int) error { return readPage(ctx, s.store, data.ClientQuery{}, nil) }, script, 1)
	if err != nil {
		return err
	}
	f.ratio(3).flat(2)
	return nil
}

func (s *server) search(ctx context.Context) error {
	var typed []string
	for letters := 1; letters <= 6; letters++ {
		typed = append(typed, s.typed(letters)[:40]...)
	}
	typed = append(typed, s.misses()[:20]...)
	var script strings.Builder
	for _, word := range typed {
		all, err := s.byHand(ctx, word)
		if err != nil {
			return err
		}
		for _, statement := range all {
			script.WriteString(statement + ";\n")
		}
	}
	f, err := s.compare("search, PostgreSQL (wall)", len(typed), func(i int) error {
		return s.store.Read(ctx, func(tx *data.Tx) error {
			_, err := tx.Search(typed[i], page)
			return err
		})
	}, script.String(), len(typed))
	if err != nil {
		return err
	}
	f.ratio(3).flat(3)
	return nil
}

// compare measures an act in turn with pgbench, which runs a script that does each of the act's samples once.
func (s *server) compare(name string, samples int, ours func(i int) error, script string, inScript int) (*figure, error) {
	path := filepath.Join(s.dir, "pgbench.sql")
	if err := os.WriteFile(path, []byte(script), 0o600); err != nil {
		return nil, err
	}
	f := &figure{goal: onServer, act: name, n: s.n, against: "pgbench"}
	var mean, p99, theirs []int64
	for round := range s.rounds + 1 {
		own, err := repeat(samples, ours)
		if err != nil {
			return nil, err
		}
		hand, err := s.runScript(path, samples/inScript)
		if err != nil {
			return nil, err
		}
		if round == 0 {
			continue // the first one fills caches
		}
		var sum time.Duration
		for _, t := range own {
			sum += t.wall
		}
		each, byHand := sum/time.Duration(samples), hand/time.Duration(inScript)
		mean, p99, theirs = append(mean, int64(each)), append(p99, int64(wallOf(own).p99())), append(theirs, int64(byHand))
		f.ratios = append(f.ratios, float64(each)/float64(byHand))
	}
	f.ours, f.p99, f.beside = duration(mean), duration(p99), duration(theirs)
	return s.table.add(f), nil
}

var latency = regexp.MustCompile(`latency average = ([0-9.]+) ms`)

// runScript runs a script several times on one connection, each statement prepared once, and returns how long it took at the mean.
func (s *server) runScript(path string, times int) (time.Duration, error) {
	out, err := exec.Command(s.pgbench, "-n", "-M", "prepared", "-c", "1", "-t", strconv.Itoa(max(3, times)), "-f", path, s.address).CombinedOutput()
	m := latency.FindSubmatch(out)
	if err != nil || m == nil {
		return 0, fmt.Errorf("pgbench: %w: %s", err, out)
	}
	ms, err := strconv.ParseFloat(string(m[1]), 64)
	return time.Duration(ms * float64(time.Millisecond)), err
}

// byHand are the statements that answer a search of one word on PostgreSQL; see searchByHand.
func (s *server) byHand(ctx context.Context, word string) ([]string, error) {
	from, until, like := literal(word), literal(word+string(utf8.MaxRune)), literal("%"+word+"%")
	var beginning, counts []string
	many := false
	for _, column := range []string{"sort_key", "first_key", "company_key"} {
		where := fmt.Sprintf("FROM clients WHERE %[1]s >= %[2]s AND %[1]s < %[3]s", column, from, until)
		beginning = append(beginning, fmt.Sprintf("SELECT * FROM (SELECT %[1]s AS name, id %[2]s ORDER BY %[1]s, id LIMIT 50) %[1]s", column, where))
		found, err := s.ids(ctx, "SELECT id "+where+" LIMIT 1001")
		if err != nil {
			return nil, err
		}
		many = many || len(found) > 1000
		if len(found) >= page {
			counts = append(counts, "SELECT count(*) FROM (SELECT 1 "+where+" LIMIT 1001) "+column)
		}
	}
	all := []string{"SELECT id FROM (" + strings.Join(beginning, " UNION ALL ") + ") t GROUP BY id ORDER BY min(name), id LIMIT 50"}
	ids, err := s.ids(ctx, all[0])
	if err != nil {
		return nil, err
	}
	if len(ids) < page {
		all = append(all, "SELECT client_id FROM search_docs WHERE body LIKE "+like+" LIMIT 50")
		more, err := s.ids(ctx, all[1])
		if err != nil {
			return nil, err
		}
		ids = append(ids, more...)
		ids = ids[:min(page, len(ids))]
	}
	if len(counts) > 0 {
		all = append(all, strings.Join(counts, " UNION ALL "))
	}
	if !many {
		all = append(all, "SELECT count(*) FROM (SELECT 1 FROM search_docs WHERE body LIKE "+like+" LIMIT 1001) t")
	}
	if len(ids) > 0 {
		all = append(all, "SELECT "+columns+" FROM clients WHERE id IN ("+strings.Join(ids, ",")+")")
	}
	return all, nil
}

func (s *server) ids(ctx context.Context, statement string) (ids []string, err error) {
	rows, err := s.db.QueryContext(ctx, statement)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

// literal is a text in a statement. pgbench takes a colon before a name for one of its variables; the words that are typed have none.
func literal(text string) string { return "'" + strings.ReplaceAll(text, "'", "''") + "'" }
