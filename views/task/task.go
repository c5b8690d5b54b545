// Package task is the only way off the UI thread and back.
//
// Views never start goroutines and never call fyne.Do themselves. They ask a
// [Loader] for something to show, or start a [Task] for work that a person
// should see progress of and be able to stop. Everything a view gives to this
// package as a callback (show, done, a timer's function) is called on the UI
// thread; everything that works (fetch, work) is called off it.
package task

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
)

// SampleEvery is how often the progress of running tasks is shown: progress is
// counted in atomics and looked at, never pushed, as a flood of calls onto the
// UI thread freezes the window.
const SampleEvery = 100 * time.Millisecond

// Runner starts background work and brings its answers back to the UI thread.
// One Runner serves the whole program. Use [New] for a real window and
// [NewInline] in tests.
type Runner struct {
	// AfterEach is called on the UI thread after each callback that was called there; may be nil. It is set before anything is started.
	AfterEach func()

	now    func() time.Time
	inline *inlineClock

	mu       sync.Mutex
	tasks    []*Task
	watchers map[int]func()
	nextID   int
	sampling bool
	closed   bool
	wg       sync.WaitGroup
}

// New returns the Runner of a real window. The clock is the program's one
// clock; it says when a task began and how far apart two clicks were.
func New(now func() time.Time) *Runner {
	return &Runner{now: now, watchers: map[int]func(){}}
}

// Now answers the time of the runner's clock.
func (r *Runner) Now() time.Time { return r.now() }

// onUI runs f on the UI thread, soon.
func (r *Runner) onUI(f func()) {
	if r.inline != nil {
		f()
		return
	}
	fyne.Do(func() {
		f()
		if r.AfterEach != nil {
			r.AfterEach()
		}
	})
}

// spawn runs f off the UI thread and keeps count of it for Wait. It answers
// false, without running f, once the runner is closing.
func (r *Runner) spawn(f func()) bool {
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return false
	}
	r.wg.Add(1)
	r.mu.Unlock()
	if r.inline != nil {
		defer r.wg.Done()
		f()
		return true
	}
	go func() {
		defer r.wg.Done()
		f()
	}()
	return true
}

// Task is one piece of background work that people can see and stop.
type Task struct {
	// Title says what is being done, in words for people.
	Title string
	// Started is when the work was started.
	Started time.Time

	id       int
	cancel   context.CancelFunc
	progress Progress
	stopping atomic.Bool
}

// State is what a task looked like at one moment.
type State struct {
	Title      string
	What       string // the step it is at; may be empty
	Done       int64  // how many are done
	Total      int64  // of how many; 0 means not known yet
	InBytes    bool   // both are bytes
	Started    time.Time
	Cancelling bool // asked to stop, but not ended yet
}

// Cancel asks the task to stop. It ends when its work has noticed.
func (t *Task) Cancel() {
	t.stopping.Store(true)
	t.cancel()
}

// State answers how far the task is.
func (t *Task) State() State {
	return State{
		Title: t.Title, Started: t.Started, Cancelling: t.stopping.Load(),
		What: t.progress.What(), Done: t.progress.Done(), Total: t.progress.Total(), InBytes: t.progress.inBytes.Load(),
	}
}

// Task starts work off the UI thread and calls done on the UI thread when it
// has ended. The error is the one that work returned, a [*PanicError] when it
// panicked, or context.Canceled when it was stopped before it could begin.
// Work must return soon after its context is cancelled.
func (r *Runner) Task(title string, work func(context.Context, *Progress) error, done func(error)) *Task {
	ctx, cancel := context.WithCancel(context.Background())
	t := &Task{Title: title, Started: r.now(), cancel: cancel}
	r.mu.Lock()
	t.id = r.nextID
	r.nextID++
	r.tasks = append(r.tasks, t)
	r.mu.Unlock()
	started := r.spawn(func() {
		err := guard(func() error { return work(ctx, &t.progress) })
		cancel()
		r.onUI(func() {
			r.remove(t)
			if done != nil {
				done(err)
			}
		})
	})
	if !started {
		cancel()
		r.remove(t)
		if done != nil {
			done(context.Canceled)
		}
		return t
	}
	r.notify()
	r.sample()
	return t
}

func (r *Runner) remove(t *Task) {
	r.mu.Lock()
	for i, o := range r.tasks {
		if o == t {
			r.tasks = append(r.tasks[:i:i], r.tasks[i+1:]...)
			break
		}
	}
	r.mu.Unlock()
	r.notify()
}

// Tasks answers the running tasks, oldest first.
func (r *Runner) Tasks() []*Task {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]*Task(nil), r.tasks...)
}

// Watch calls f on the UI thread whenever a task starts or ends, and ten times
// a second while any runs. Nothing is called while nothing runs. The function
// that it answers ends the watching.
func (r *Runner) Watch(f func()) (stop func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.nextID
	r.nextID++
	r.watchers[id] = f
	return func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		delete(r.watchers, id)
	}
}

// notify calls the watchers; it must be called on the UI thread.
func (r *Runner) notify() {
	r.mu.Lock()
	fs := make([]func(), 0, len(r.watchers))
	for id := range r.nextID {
		if f, ok := r.watchers[id]; ok {
			fs = append(fs, f)
		}
	}
	r.mu.Unlock()
	for _, f := range fs {
		f()
	}
}

// sample shows progress while tasks run; it ends with the last of them, so an
// idle window does nothing.
func (r *Runner) sample() {
	if r.inline != nil {
		return // Advance samples
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.sampling {
		return
	}
	r.sampling = true
	go func() {
		tick := time.NewTicker(SampleEvery)
		defer tick.Stop()
		var waiting atomic.Bool // at most one look is queued on the UI thread
		for range tick.C {
			r.mu.Lock()
			if len(r.tasks) == 0 || r.closed {
				r.sampling = false
				r.mu.Unlock()
				return
			}
			r.mu.Unlock()
			if waiting.CompareAndSwap(false, true) {
				r.onUI(func() {
					waiting.Store(false)
					r.notify()
				})
			}
		}
	}()
}

// CancelAll asks every running task to stop.
func (r *Runner) CancelAll() {
	for _, t := range r.Tasks() {
		t.Cancel()
	}
}

// Wait waits until all background work has ended and refuses new work, for the
// end of the program. It answers the context's error when that ends first; the
// work then still runs. The done callbacks of tasks that end now may never be
// called, as the window's loop drops what it has not yet run when it quits: so
// what must be kept is kept by the work itself.
func (r *Runner) Wait(ctx context.Context) error {
	r.mu.Lock()
	r.closed = true
	r.mu.Unlock()
	ended := make(chan struct{})
	go func() {
		r.wg.Wait()
		close(ended)
	}()
	select {
	case <-ended:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// PanicError is what background work that panicked answers instead of taking
// the program down.
type PanicError struct {
	Value any    // what was given to panic
	Stack []byte // where, for the log
}

// Error says what happened, for people; the stack is for the log only.
func (e *PanicError) Error() string {
	return fmt.Sprintf("an unexpected fault stopped this: %v", e.Value)
}

// guard turns a panic of f into an error.
func guard(f func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = &PanicError{Value: v, Stack: debug.Stack()}
		}
	}()
	return f()
}

// OnUI runs f on the UI thread soon. It is for what happens elsewhere and must be shown, such as another desktop's changes; what a view asks for
// comes back by Load and Task.
func (r *Runner) OnUI(f func()) { r.onUI(f) }

// Background runs a worker that belongs to the program rather than to a person, until ctx ends. The answer waits for its end.
func (r *Runner) Background(ctx context.Context, work func(context.Context)) (wait func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		work(ctx)
	}()
	return func() { <-done }
}

// Follow calls f on the UI thread for each signal, until ctx ends.
func (r *Runner) Follow(ctx context.Context, signals <-chan struct{}, f func()) {
	if signals == nil {
		return
	}
	r.Background(ctx, func(ctx context.Context) {
		for {
			select {
			case <-ctx.Done():
				return
			case <-signals:
				r.onUI(f)
			}
		}
	})
}
