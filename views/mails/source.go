package mails

import (
	"context"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
)

const (
	// pageSize is how many mails are read at once.
	pageSize = 200
	// reach is how many pages stay in memory on each side of those in sight.
	reach = 2
)

// list is a window onto the mails, newest first. They are read a page at a time, each page as the mails older than the last one of the page
// before it, so that a million of them cost no more than a hundred. A page that is far from what is in sight is let go of and read again
// when it is looked at: only its place is kept.
type list struct {
	mails  *app.Mails
	loader *task.Loader[read]
	came   func(error) // rows came, or could not be read

	filter app.MailFilter
	total  int
	places []int64 // places[k]: page k has the mails before this one; 0 is the newest
	pages  map[int]page
	ended  bool // the last page is known to its end
	tail   int  // and has so many mails

	seen       kit.Span // the pages that were wanted last
	reading    kit.Span // the pages that are being read
	refreshing bool     // all is being read anew; what is missing then is asked for afterwards
}

// page is some mails as they are drawn.
type page struct {
	mails []data.Mail
	rows  []*kit.Row
}

// read is what one reading brought.
type read struct {
	pages  kit.Span
	mails  []data.Mail
	counts map[data.MailState]int64 // nil where they were not asked for
}

func newList(m *app.Mails, run *task.Runner, came func(error)) *list {
	l := &list{mails: m, loader: task.NewLoader[read](run), came: came}
	l.clear()
	return l
}

// clear forgets everything that was read.
func (l *list) clear() {
	l.loader.Cancel()
	l.places, l.pages = []int64{0}, map[int]page{}
	l.ended, l.tail = false, 0
	l.seen, l.reading, l.refreshing = kit.Span{}, kit.Span{First: 0, Last: -1}, false
}

// Len tells how many rows can be scrolled to: those that were read, and the page after them. The bar grows while one scrolls on.
func (l *list) Len() int {
	whole := (len(l.places) - 1) * pageSize
	if l.ended {
		return whole + l.tail
	}
	return min(whole+pageSize, max(l.total, whole))
}

// Row answers a row, or nil while it is not there yet.
func (l *list) Row(i int) *kit.Row {
	if p := l.pages[i/pageSize]; i%pageSize < len(p.rows) {
		return p.rows[i%pageSize]
	}
	return nil
}

// mail answers the mail of a row.
func (l *list) mail(i int) (m data.Mail, ok bool) {
	if i < 0 {
		return m, false
	}
	if p := l.pages[i/pageSize]; i%pageSize < len(p.mails) {
		return p.mails[i%pageSize], true
	}
	return m, false
}

// find answers the row of a mail that is in memory, or -1.
func (l *list) find(id int64) int {
	for k, p := range l.pages {
		for i, m := range p.mails {
			if m.ID == id {
				return k*pageSize + i
			}
		}
	}
	return -1
}

// Want has the rows from first to last read.
func (l *list) Want(first, last int) {
	l.seen = kit.Span{First: first / pageSize, Last: min(last/pageSize, len(l.places)-1)}
	need := kit.Span{First: -1}
	for k := l.seen.First; k <= l.seen.Last; k++ {
		if _, ok := l.pages[k]; ok {
			continue
		}
		if need.First < 0 {
			need.First = k
		}
		need.Last = k
	}
	if need.First < 0 || l.refreshing || (l.loader.Busy() && l.reading == need) {
		return
	}
	l.load(need, nil)
}

// load reads some pages. With counted it is given the numbers of mails in each state too.
func (l *list) load(pages kit.Span, counted func(map[data.MailState]int64)) {
	l.reading = pages
	f, before, n := l.filter, l.places[pages.First], (pages.Last-pages.First+1)*pageSize
	l.loader.Load(func(ctx context.Context) (got read, err error) {
		got.pages = pages
		if counted != nil {
			if got.counts, err = l.mails.Counts(ctx); err != nil {
				return got, err
			}
		}
		got.mails, err = l.mails.List(ctx, f, before, n)
		return got, err
	}, func(got read, err error) {
		l.reading, l.refreshing = kit.Span{First: 0, Last: -1}, false
		if err == nil {
			if counted != nil {
				counted(got.counts)
			}
			l.take(got)
		}
		l.came(err)
	})
}

// refresh reads anew what is in sight. What is elsewhere may have changed too, so it is forgotten.
func (l *list) refresh(counted func(map[data.MailState]int64)) {
	at := l.seen
	at.Last = max(min(at.Last, len(l.places)-1), 0)
	at.First = min(at.First, at.Last)
	l.refreshing = true
	l.load(at, func(counts map[data.MailState]int64) {
		clear(l.pages)
		counted(counts)
	})
}

// take puts what was read into its pages. Where a page no longer ends at the place where the next one began, those after it are not what they
// were, and are read again when they are looked at.
func (l *list) take(got read) {
	for k := got.pages.First; k <= got.pages.Last; k++ {
		at := min((k-got.pages.First)*pageSize, len(got.mails))
		ms := got.mails[at:min(at+pageSize, len(got.mails))]
		p := page{mails: ms, rows: make([]*kit.Row, len(ms))}
		for i, m := range ms {
			p.rows[i] = mailview.Row(m)
		}
		l.pages[k] = p
		if len(ms) < pageSize {
			l.cut(k)
			l.ended, l.tail = true, len(ms)
			break
		}
		if next := ms[len(ms)-1].ID; k+1 >= len(l.places) || l.places[k+1] != next {
			l.cut(k)
			l.places = append(l.places, next)
		}
	}
	for k := range l.pages {
		if k < min(l.seen.First, got.pages.First)-reach || k > max(l.seen.Last, got.pages.Last)+reach {
			delete(l.pages, k)
		}
	}
}

// cut forgets the pages after page k.
func (l *list) cut(k int) {
	l.places = l.places[:k+1]
	l.ended, l.tail = false, 0
	for j := range l.pages {
		if j > k {
			delete(l.pages, j)
		}
	}
}
