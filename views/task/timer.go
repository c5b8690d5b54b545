package task

import (
	"slices"
	"sync/atomic"
	"time"
)

// After calls f once on the UI thread when d has passed, unless stop was called
// before. It may be called, and stop too, on the UI thread only.
func (r *Runner) After(d time.Duration, f func()) (stop func()) {
	if r.inline != nil {
		return r.inline.after(d, f)
	}
	var stopped atomic.Bool
	t := time.AfterFunc(d, func() {
		r.onUI(func() {
			if !stopped.Load() {
				f()
			}
		})
	})
	return func() {
		stopped.Store(true)
		t.Stop()
	}
}

// inlineClock is the clock of a test's runner: it moves only when told to.
type inlineClock struct {
	at     time.Time
	timers []*inlineTimer
}

type inlineTimer struct {
	due  time.Time
	f    func()
	dead bool
}

func (c *inlineClock) after(d time.Duration, f func()) func() {
	t := &inlineTimer{due: c.at.Add(d), f: f}
	c.timers = append(c.timers, t)
	return func() { t.dead = true }
}

// NewInline returns a Runner for tests: everything runs at once on the calling
// goroutine, and time passes only by Advance.
func NewInline() *Runner {
	c := &inlineClock{at: time.Date(2026, 1, 2, 9, 0, 0, 0, time.UTC)}
	r := New(func() time.Time { return c.at })
	r.inline = c
	return r
}

// Advance moves the clock of an inline runner and fires the timers that are due
// by then, in the order of their times. Running tasks are looked at once.
func (r *Runner) Advance(d time.Duration) {
	c := r.inline
	end := c.at.Add(d)
	for {
		c.timers = slices.DeleteFunc(c.timers, func(t *inlineTimer) bool { return t.dead })
		slices.SortStableFunc(c.timers, func(a, b *inlineTimer) int { return a.due.Compare(b.due) })
		if len(c.timers) == 0 || c.timers[0].due.After(end) {
			break
		}
		t := c.timers[0]
		c.timers = c.timers[1:]
		c.at = t.due
		t.f()
	}
	c.at = end
	if len(r.Tasks()) > 0 {
		r.notify()
	}
}

// Hold makes an inline runner keep a task in its list without doing any work,
// so that a test or the gallery can show a running task. It ends by done.
func (r *Runner) Hold(title string, fill func(*Progress)) (t *Task, done func()) {
	t = &Task{Title: title, Started: r.now(), cancel: func() {}}
	fill(&t.progress)
	r.mu.Lock()
	t.id = r.nextID
	r.nextID++
	r.tasks = append(r.tasks, t)
	r.mu.Unlock()
	r.notify()
	return t, func() { r.remove(t) }
}
