package task

import (
	"context"
	"sync/atomic"
)

// Loader fills one place of a window: a list, a summary, a card. Each Load
// makes the one before it void: its context is cancelled and its answer, should
// it still come, is dropped. So what is shown always answers the last question.
//
// A Loader is used from the UI thread only.
type Loader[T any] struct {
	r      *Runner
	last   atomic.Uint64
	cancel context.CancelFunc
	busy   bool
}

// NewLoader returns a Loader for one place.
func NewLoader[T any](r *Runner) *Loader[T] { return &Loader[T]{r: r} }

// Load calls fetch off the UI thread and show with its answer on the UI thread,
// unless another Load or a Cancel came in between. A panic of fetch arrives at
// show as a [*PanicError].
func (l *Loader[T]) Load(fetch func(context.Context) (T, error), show func(T, error)) {
	l.Cancel()
	seq := l.last.Load()
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	l.busy = true
	started := l.r.spawn(func() {
		var got T
		err := guard(func() (err error) {
			got, err = fetch(ctx)
			return err
		})
		cancel()
		if l.last.Load() != seq {
			return // not worth a turn of the UI thread
		}
		l.r.onUI(func() {
			if l.last.Load() != seq {
				return
			}
			l.busy = false
			show(got, err)
		})
	})
	if !started {
		cancel()
		l.busy = false
	}
}

// Cancel makes the running Load void, if there is one.
func (l *Loader[T]) Cancel() {
	l.last.Add(1)
	if l.cancel != nil {
		l.cancel()
		l.cancel = nil
	}
	l.busy = false
}

// Busy tells whether an answer is still awaited.
func (l *Loader[T]) Busy() bool { return l.busy }
