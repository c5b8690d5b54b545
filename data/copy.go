package data

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"
)

// ErrOccupied: the store that should be filled holds an office already.
var ErrOccupied = errors.New("there is data already")

// ErrUnequal: what was copied is not what was read.
var ErrUnequal = errors.New("the copy differs from what was copied")

// copyEngine is how an engine lets go of its own rules while all its rows come from another store, where they were held.
type copyEngine interface {
	// tables are those with data, without what is derived from them.
	tables(db *gorm.DB) ([]string, error)
	// flags are the columns of a table that hold true or false.
	flags(db *gorm.DB, table string) (map[string]bool, error)
	// loosen switches triggers and references off; tighten switches them on again, checks the references and derives what is derived.
	loosen(db *gorm.DB) (tighten func() error, err error)
	// numbered is the highest number that a table gave to a row so far; 0 where it gives none.
	numbered(db *gorm.DB, table string) (int64, error)
	// number lets the next row of a table have the number after n.
	number(db *gorm.DB, table string, n int64) error
	// placeholder is how the n-th value of a statement is written, from 1.
	placeholder(n int) string
}

// Copied is what CopyTo copied.
type Copied struct {
	Tables int
	Rows   int64
}

// CopyTo copies everything into another store, on whichever engine, which must hold no clients and no admins: from one snapshot here, in one transaction
// there. Every row is compared afterwards, before the transaction ends. step is called with the number of rows done since the last call.
func (s *Store) CopyTo(ctx context.Context, to *Store, step func(table string, rows int64)) (done Copied, err error) {
	if s.schema != to.schema {
		return done, fmt.Errorf("data: schema %d cannot be copied into schema %d", s.schema, to.schema)
	}
	err = s.LongSnapshot(ctx, func(from *Tx) error {
		return to.LongWrite(ctx, func(into *Tx) error {
			c := copying{from: from, into: into, ctx: ctx, step: step}
			err := c.all()
			done = c.done
			return err
		})
	})
	return done, err
}

type copying struct {
	from, into *Tx
	ctx        context.Context //nolint:containedctx // it lives as long as the one copy
	step       func(table string, rows int64)
	done       Copied
}

func (c *copying) all() error {
	tables, err := c.from.engine.tables(c.from.db)
	if err != nil {
		return err
	}
	others, err := c.into.engine.tables(c.into.db)
	if err != nil {
		return err
	}
	slices.Sort(tables)
	slices.Sort(others)
	if !slices.Equal(tables, others) {
		return fmt.Errorf("data: the stores have other tables: %v and %v", tables, others)
	}
	for _, table := range []string{"clients", "admins", "invoices", "transactions"} {
		var n int64
		if err := c.into.db.Raw("SELECT count(*) FROM " + table).Scan(&n).Error; err != nil {
			return err
		}
		if n > 0 {
			return ErrOccupied
		}
	}
	tighten, err := c.into.engine.loosen(c.into.db)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if err := c.into.db.Exec("DELETE FROM " + table).Error; err != nil {
			return err
		}
		if err := c.table(table); err != nil {
			return fmt.Errorf("table %s: %w", table, err)
		}
	}
	return tighten()
}

// table copies one table and compares the copy.
func (c *copying) table(table string) error {
	flags, err := c.into.engine.flags(c.into.db, table)
	if err != nil {
		return err
	}
	w := writing{copying: c, table: table, flags: flags}
	read, err := c.each(c.from, table, nil, w.row)
	if err != nil {
		return err
	}
	if err := w.flush(); err != nil {
		return err
	}
	written, err := c.each(c.into, table, w.columns, func([]string, []any) error { return nil })
	if err != nil {
		return err
	}
	if read != written {
		return fmt.Errorf("%w: %d rows read, %d written", ErrUnequal, read.rows, written.rows)
	}
	c.done.Tables++
	c.done.Rows += read.rows
	n, err := c.from.engine.numbered(c.from.db, table)
	if err != nil || n == 0 {
		return err
	}
	return c.into.engine.number(c.into.db, table, n)
}

// digest is the number of rows of a table and the sum of their hashes, whatever order they are read in.
type digest struct {
	rows int64
	sum  [4]uint64
}

func (d *digest) add(values []any) {
	h := sha256.New()
	var length [8]byte
	for _, v := range values {
		var text string
		switch v := v.(type) {
		case nil:
			text = "n"
		case bool:
			text = "i0"
			if v {
				text = "i1"
			}
		case []byte:
			text = "b" + string(v)
		case string:
			text = "b" + v
		default:
			text = "i" + fmt.Sprint(v)
		}
		binary.LittleEndian.PutUint64(length[:], uint64(len(text)))
		h.Write(length[:])
		h.Write([]byte(text))
	}
	sum := h.Sum(nil)
	for i := range d.sum {
		d.sum[i] += binary.LittleEndian.Uint64(sum[8*i:])
	}
	d.rows++
}

// each reads a table row by row, with the columns in that order, or as the table has them.
func (c *copying) each(tx *Tx, table string, columns []string, row func(columns []string, values []any) error) (d digest, err error) {
	list := "*"
	if columns != nil {
		list = strings.Join(columns, ", ")
	}
	rows, err := tx.db.Raw("SELECT " + list + " FROM " + table).Rows()
	if err != nil {
		return d, err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return d, err
	}
	dest := make([]any, len(names))
	for rows.Next() {
		values := make([]any, len(names))
		for i := range values {
			dest[i] = &values[i]
		}
		if err := rows.Scan(dest...); err != nil {
			return d, err
		}
		d.add(values)
		if err := row(names, values); err != nil {
			return d, err
		}
	}
	return d, rows.Err()
}

// How much one statement writes at most.
const (
	copyRows   = 500
	copyValues = 30000
	copyBytes  = 4 << 20
)

// writing gathers rows for one statement.
type writing struct {
	*copying
	table   string
	columns []string
	flags   map[string]bool
	values  []any
	rows    int
	bytes   int
}

func (w *writing) row(columns []string, values []any) error {
	w.columns = columns
	for i, v := range values {
		switch v := v.(type) {
		case int64:
			if w.flags[columns[i]] {
				values[i] = v != 0
			}
		case bool:
			if !w.flags[columns[i]] {
				values[i] = int64(0)
				if v {
					values[i] = int64(1)
				}
			}
		case string:
			w.bytes += len(v)
		case []byte:
			w.bytes += len(v)
		}
	}
	w.values = append(w.values, values...)
	w.rows++
	if w.rows >= copyRows || len(w.values)+len(columns) > copyValues || w.bytes > copyBytes {
		return w.flush()
	}
	return nil
}

func (w *writing) flush() error {
	if w.rows == 0 {
		return w.ctx.Err()
	}
	var b strings.Builder
	b.WriteString("INSERT INTO " + w.table + " (" + strings.Join(w.columns, ", ") + ") VALUES ")
	n := 0
	for r := range w.rows {
		for i := range w.columns {
			n++
			switch {
			case i > 0:
				b.WriteString(",")
			case r > 0:
				b.WriteString("),(")
			default:
				b.WriteString("(")
			}
			b.WriteString(w.into.engine.placeholder(n))
		}
	}
	b.WriteString(")")
	// Past GORM, which would look into each of the values.
	if _, err := w.into.db.Statement.ConnPool.ExecContext(w.ctx, b.String(), w.values...); err != nil {
		return err
	}
	w.step(w.table, int64(w.rows))
	w.values, w.rows, w.bytes = w.values[:0], 0, 0
	return w.ctx.Err()
}
