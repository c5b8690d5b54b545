package clients

import (
	"context"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/task"
)

const (
	block   = 100  // rows are loaded in blocks of this size
	stride  = 2000 // places are noted this far apart on the way to the middle of a list
	keep    = 2000 // rows that stay in memory
	topRows = 50   // rows that a search brings at once
)

// list is a window onto the list of clients: it knows how many rows there are, keeps those in sight and around, and loads others as
// the grid wants them. A list that is searched has the rows that were found instead.
type list struct {
	app     *app.App
	loader  *task.Loader[loaded]
	changed func() // rows have come

	query  data.ClientQuery
	search string

	n       int
	rows    map[int]shownRow
	anchors map[int]data.Cursor // the place before the row of that index
	wanted  kit.Span
	short   kit.Span // rows that were asked for and are not all there any more
}

// shownRow is a row as it is drawn, with the client it is of.
type shownRow struct {
	id     int64
	status data.Status
	email  string
	row    *kit.Row
}

// loaded is what one read brought.
type loaded struct {
	first   int
	rows    []data.ClientRow
	anchors map[int]data.Cursor
}

func newList(a *app.App, run *task.Runner, changed func()) *list {
	l := &list{app: a, loader: task.NewLoader[loaded](run), changed: changed}
	l.clear()
	return l
}

func (l *list) clear() {
	l.rows = map[int]shownRow{}
	l.anchors = map[int]data.Cursor{0: nil}
	l.wanted, l.short = kit.Span{First: 0, Last: -1}, kit.Span{First: 0, Last: -1}
}

// Len tells how many rows there are, in memory or not.
func (l *list) Len() int { return l.n }

// Row answers a row, or nil while it is not there yet.
func (l *list) Row(i int) *kit.Row { return l.rows[i].row }

// Want has the rows from first to last loaded. What a search brought at once is enough until somebody scrolls: to round up to whole blocks would make
// each letter search twice.
func (l *list) Want(first, last int) {
	if l.search != "" && l.has(first, min(last, l.n-1)) {
		return
	}
	first, last = first/block*block, min(last/block*block+block, l.n)-1
	span := kit.Span{First: first, Last: last}
	if l.has(first, last) || l.short == span || l.loader.Busy() && l.wanted == span {
		return
	}
	l.wanted = span
	l.load(first, last)
}

func (l *list) has(first, last int) bool {
	for i := first; i <= last; i++ {
		if _, ok := l.rows[i]; !ok {
			return false
		}
	}
	return true
}

func (l *list) load(first, last int) {
	q, n, text := l.query, l.n, l.search
	near, at := 0, data.Cursor(nil)
	for i, c := range l.anchors {
		if i <= first && i > near {
			near, at = i, c
		}
	}
	l.loader.Load(func(ctx context.Context) (loaded, error) {
		if text != "" {
			found, err := l.app.Clients.Search(ctx, text, n)
			return loaded{rows: found.Rows}, err
		}
		return readRows(ctx, l.app.Clients, q, n, near, at, first, last)
	}, func(got loaded, err error) {
		l.wanted = kit.Span{First: 0, Last: -1}
		if err != nil {
			return // the count and the first page, read on each change, tell of a store that cannot be read
		}
		l.take(got)
		if !l.has(first, last) { // the list became shorter meanwhile: a change is on its way, and until it comes nobody asks again
			l.short = kit.Span{First: first, Last: last}
		}
		l.changed()
	})
}

// readRows reads the rows from first to last of a list of n, starting at a place that is known.
func readRows(ctx context.Context, s *app.Clients, q data.ClientQuery, n, near int, at data.Cursor, first, last int) (loaded, error) {
	got := loaded{first: first, anchors: map[int]data.Cursor{}}
	if n-first <= first-near && n-first <= stride {
		rows, places, err := s.Page(ctx, q, nil, true, n-first)
		if err != nil {
			return got, err
		}
		got.first, got.rows = n-len(rows), rows
		got.note(got.first, places)
		return got, nil
	}
	for near < first {
		step := min(stride, first-near)
		place, err := s.Mark(ctx, q, at, step)
		if err != nil || place == nil {
			return got, err // the list became shorter meanwhile: a change is on its way
		}
		near, at = near+step, place
		got.anchors[near] = at
		if err := ctx.Err(); err != nil {
			return got, err
		}
	}
	rows, places, err := s.Page(ctx, q, at, false, last-first+1)
	if err != nil {
		return got, err
	}
	got.rows = rows
	got.note(first, places)
	return got, nil
}

// note keeps the places at the beginnings of blocks.
func (g *loaded) note(first int, places []data.Cursor) {
	for i, p := range places {
		if (first+i+1)%block == 0 {
			g.anchors[first+i+1] = p
		}
	}
}

// take puts what was read into memory and lets go of rows that are far away.
func (l *list) take(got loaded) {
	if len(l.rows)+len(got.rows) > keep {
		l.rows = map[int]shownRow{}
	}
	for i, r := range got.rows {
		l.rows[got.first+i] = present(r)
	}
	for i, c := range got.anchors {
		l.anchors[i] = c
	}
}

// chosen is what is needed to tell the clients of some rows off the UI thread: the list as it was when they were chosen.
type chosen struct {
	runs   []kit.Span
	known  map[int]int64
	query  data.ClientQuery
	search string
	n      int
}

// choose notes the list as it is now.
func (l *list) choose(runs []kit.Span) chosen {
	c := chosen{runs: runs, known: make(map[int]int64, len(l.rows)), query: l.query, search: l.search, n: l.n}
	for i, r := range l.rows {
		c.known[i] = r.id
	}
	return c
}

// ids lists the clients of the chosen rows, reading those that were not in memory.
func (l *list) ids(ctx context.Context, c chosen) ([]int64, error) {
	known, q, n := c.known, c.query, c.n
	if c.search != "" {
		found, err := l.app.Clients.Search(ctx, c.search, n)
		if err != nil {
			return nil, err
		}
		for i, r := range found.Rows {
			if _, ok := known[i]; !ok {
				known[i] = r.ID
			}
		}
	}
	var all []int64
	for _, run := range c.runs {
		near, at := 0, data.Cursor(nil)
		for i := run.First; i <= run.Last; {
			if id, ok := known[i]; ok {
				all = append(all, id)
				i++
				continue
			}
			if c.search != "" {
				return all, nil // fewer are found than there were
			}
			last := min(i+stride-1, run.Last)
			got, err := readRows(ctx, l.app.Clients, q, n, near, at, i, last)
			if err != nil {
				return nil, err
			}
			before := i
			for j, r := range got.rows {
				if got.first+j == i && i <= run.Last {
					all = append(all, r.ID)
					i++
				}
			}
			if i == before {
				return all, nil // the list became shorter meanwhile
			}
			if c, ok := got.anchors[i]; ok {
				near, at = i, c
			}
		}
	}
	return all, nil
}
