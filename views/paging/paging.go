// Package paging fills a grid from a long list page by page, as somebody scrolls on, so that a million rows open as fast as ten.
package paging

import (
	"context"
	"slices"

	"clientele/data"
	"clientele/views/kit"
	"clientele/views/task"
)

const (
	// Size is how many rows are read at once.
	Size = 200
	// mostKept is how many are read anew in place after a change; who scrolled on further finds the rest by scrolling again.
	mostKept = 5000
)

// Reader reads up to n rows after a place, with the place of each.
type Reader[T any] func(ctx context.Context, after data.Cursor, n int) ([]T, []data.Cursor, error)

// Spec says what a list is of.
type Spec[T any] struct {
	// Reader answers how the list is read as it is to be shown now. It is called on the UI thread, so that it can note the filter.
	Reader func() Reader[T]
	// Row is how one is drawn, and ID tells it from the others.
	Row func(T) *kit.Row
	ID  func(T) int64
	// Came is called after each reading from the top, also where it failed; the grid shows what was read already.
	Came func(err error)
}

// List is a source of a grid's rows.
type List[T any] struct {
	spec   Spec[T]
	grid   *kit.Grid
	loader *task.Loader[page[T]]
	all    []T
	rows   []*kit.Row
	end    data.Cursor // the place of the last row
	more   bool        // there may be others after it
}

type page[T any] struct {
	rows   []T
	places []data.Cursor
}

// New gives a grid a list that has read nothing yet.
func New[T any](run *task.Runner, grid *kit.Grid, spec Spec[T]) *List[T] {
	l := &List[T]{spec: spec, grid: grid, loader: task.NewLoader[page[T]](run)}
	grid.SetSource(l)
	return l
}

// Restart shows the list from its beginning.
func (l *List[T]) Restart() { l.top(Size, true) }

// Refresh reads the list anew where it is. The cursor stays on what it was on: what is done next must not hit another.
func (l *List[T]) Refresh() { l.top(min(max(len(l.all), Size), mostKept), false) }

func (l *List[T]) top(n int, reset bool) {
	l.read(nil, n, func(p page[T]) {
		at, chosen := l.Chosen()
		l.all, l.rows, l.end = nil, nil, nil
		l.add(p)
		switch i := slices.IndexFunc(l.all, func(x T) bool { return l.spec.ID(x) == l.spec.ID(at) }); {
		case reset:
			l.grid.Reset()
		case chosen:
			l.grid.Update()
			if i != l.grid.Cursor() {
				l.grid.Select(i)
			}
		default:
			l.grid.Update()
		}
		l.spec.Came(nil)
	})
}

func (l *List[T]) read(after data.Cursor, n int, came func(page[T])) {
	read := l.spec.Reader()
	l.loader.Load(func(ctx context.Context) (p page[T], err error) {
		p.rows, p.places, err = read(ctx, after, n)
		return p, err
	}, func(p page[T], err error) {
		if err != nil {
			l.spec.Came(err)
			return
		}
		l.more = len(p.rows) == n
		came(p)
	})
}

func (l *List[T]) add(p page[T]) {
	for _, x := range p.rows {
		l.all = append(l.all, x)
		l.rows = append(l.rows, l.spec.Row(x))
	}
	if n := len(p.places); n > 0 {
		l.end = p.places[n-1]
	}
}

// At answers what a row shows; ok is false where there is no such row.
func (l *List[T]) At(i int) (x T, ok bool) {
	if i < 0 || i >= len(l.all) {
		return x, false
	}
	return l.all[i], true
}

// Chosen answers what the row under the cursor shows.
func (l *List[T]) Chosen() (x T, ok bool) { return l.At(l.grid.Cursor()) }

// Len is for the grid.
func (l *List[T]) Len() int { return len(l.rows) }

// Row is for the grid.
func (l *List[T]) Row(i int) *kit.Row { return l.rows[i] }

// Want is for the grid; nearing the end reads on.
func (l *List[T]) Want(_, last int) {
	if last < len(l.rows)-1 || !l.more || l.loader.Busy() {
		return
	}
	l.read(l.end, Size, func(p page[T]) {
		l.add(p)
		l.grid.Update()
	})
}
