package data

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"sort"
	"strconv"
	"strings"
)

//go:embed migrations
var embedded embed.FS

// migrations are the program's own; tests put others in their place.
var migrations fs.FS = embedded

// ErrNewer: the data was written by a newer version of the program.
var ErrNewer = errors.New("the data was written by a newer version")

type migration struct {
	number int
	script string
}

// migrationsFor lists an engine's migrations in order and refuses gaps.
func migrationsFor(engine string) ([]migration, error) {
	dir := path.Join("migrations", strings.ToLower(engine))
	if engine == postgresName {
		dir = "migrations/postgres"
	}
	files, err := fs.Glob(migrations, dir+"/*.sql")
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	var all []migration
	for i, f := range files {
		n, err := strconv.Atoi(path.Base(f)[:4])
		if err != nil || n != i+1 {
			return nil, fmt.Errorf("data: migration %s is out of order", f)
		}
		script, err := fs.ReadFile(migrations, f)
		if err != nil {
			return nil, err
		}
		all = append(all, migration{n, string(script)})
	}
	return all, nil
}

// SchemaVersion is the number of the newest migration that this program knows.
func SchemaVersion() int {
	all, err := migrationsFor(sqliteName)
	if err != nil {
		panic(err) // the files are part of the program
	}
	return len(all)
}

// bringUp runs the migrations that are missing, each in one transaction with its record.
func (s *Store) bringUp(ctx context.Context, o Options) error {
	all, err := migrationsFor(s.engine.name())
	if err != nil {
		return err
	}
	s.schema = len(all)
	have, err := s.engine.version(ctx, s.writer)
	if err != nil {
		return translate(err)
	}
	if have > len(all) {
		return fmt.Errorf("%w: it has schema %d, this program knows %d", ErrNewer, have, len(all))
	}
	if have > 0 && have < len(all) && o.BackupBefore != nil {
		if err := o.BackupBefore(ctx, s, have); err != nil {
			return fmt.Errorf("backup before migration: %w", err)
		}
	}
	if have == 0 {
		all = whole(all)
	} else {
		all = all[have:]
	}
	for _, m := range all {
		if err := s.engine.migrate(ctx, s.writer, m.number, m.script); err != nil {
			return fmt.Errorf("migration %d: %w", m.number, translate(err))
		}
	}
	return nil
}

// whole is all migrations as one, for a new store: whoever opens it at the same moment finds nothing or all, and never takes it for an old one.
func whole(all []migration) []migration {
	var scripts []string
	for _, m := range all {
		scripts = append(scripts, m.script)
	}
	return []migration{{number: len(all), script: strings.Join(scripts, "\n")}}
}
