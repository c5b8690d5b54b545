package task

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// The answer to an earlier question must never be shown, and its work must be
// told to stop.
func TestLoaderDropsStaleAnswers(t *testing.T) {
	r := NewInline()
	l := NewLoader[string](r)
	var shown []string
	var outer context.Context
	l.Load(func(ctx context.Context) (string, error) {
		outer = ctx
		// A newer question comes while this one is being answered.
		l.Load(
			func(context.Context) (string, error) { return "new", nil },
			func(s string, err error) { shown = append(shown, s) },
		)
		if ctx.Err() == nil {
			t.Error("the earlier fetch was not told to stop")
		}
		return "old", nil
	}, func(s string, err error) { shown = append(shown, s) })
	if outer.Err() == nil {
		t.Error("the context of an ended load is still open")
	}
	if len(shown) != 1 || shown[0] != "new" {
		t.Errorf("shown %q, want only the newer answer", shown)
	}
	if l.Busy() {
		t.Error("nothing is awaited any more")
	}
}

func TestLoaderCancelDropsTheAnswer(t *testing.T) {
	r := NewInline()
	l := NewLoader[int](r)
	l.Load(func(context.Context) (int, error) {
		l.Cancel()
		return 1, nil
	}, func(int, error) { t.Error("a cancelled load was shown") })
}

func TestLoaderPassesErrorsAndPanics(t *testing.T) {
	r := NewInline()
	l := NewLoader[int](r)
	want := errors.New("no")
	l.Load(func(context.Context) (int, error) { return 0, want }, func(_ int, err error) {
		if !errors.Is(err, want) {
			t.Errorf("got %v", err)
		}
	})
	var got error
	l.Load(func(context.Context) (int, error) { panic("boom") }, func(_ int, err error) { got = err })
	var p *PanicError
	if !errors.As(got, &p) || p.Value != "boom" || !strings.Contains(string(p.Stack), "task_test.go") {
		t.Errorf("the panic arrived as %v", got)
	}
}

func TestTaskReportsAndEnds(t *testing.T) {
	r := NewInline()
	looks := 0
	defer r.Watch(func() { looks++ })()
	var during State
	ended := false
	r.Task("Import clients", func(_ context.Context, p *Progress) error {
		p.Step("reading")
		p.SetTotal(10)
		p.Add(4)
		if ts := r.Tasks(); len(ts) == 1 {
			during = ts[0].State()
		}
		return nil
	}, func(err error) {
		ended = true
		if err != nil {
			t.Error(err)
		}
		if n := len(r.Tasks()); n != 0 {
			t.Errorf("%d tasks are still listed when done is called", n)
		}
	})
	if !ended {
		t.Error("done was not called")
	}
	if during.Title != "Import clients" || during.What != "reading" || during.Done != 4 || during.Total != 10 {
		t.Errorf("state while it ran: %+v", during)
	}
	if looks == 0 {
		t.Error("the watcher was not called")
	}
}

// A second step never shows what the first one counted, so nothing is more than
// done.
func TestStepCountsAnew(t *testing.T) {
	var p Progress
	p.Step("Reading the file")
	p.SetTotal(100)
	p.Add(100)
	p.Step("Making the clients searchable")
	if p.What() != "Making the clients searchable" || p.Done() != 0 || p.Total() != 0 {
		t.Errorf("a new step begins with %q, %d of %d", p.What(), p.Done(), p.Total())
	}
	p.SetTotal(5)
	p.Add(2)
	if p.Done() != 2 || p.Total() != 5 {
		t.Errorf("the second step counts %d of %d", p.Done(), p.Total())
	}
}

func TestTaskTurnsAPanicIntoAnError(t *testing.T) {
	r := NewInline()
	var got error
	r.Task("x", func(context.Context, *Progress) error { panic(errors.New("nil map")) }, func(err error) { got = err })
	var p *PanicError
	if !errors.As(got, &p) {
		t.Fatalf("got %v", got)
	}
}

// The real goroutines, without a window: Wait must see them end and refuse more.
func TestCancelAllAndWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(time.Now)
		var mu sync.Mutex
		stopped := 0
		for range 3 {
			r.spawn(func() {
				mu.Lock()
				defer mu.Unlock()
				stopped++
			})
		}
		if err := r.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		if stopped != 3 {
			t.Errorf("%d of 3 ended before Wait did", stopped)
		}
		var got error
		r.Task("late", func(context.Context, *Progress) error { t.Error("work began after Wait"); return nil },
			func(err error) { got = err })
		if !errors.Is(got, context.Canceled) {
			t.Errorf("a refused task answered %v", got)
		}
	})
}

func TestWaitGivesUpWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := New(time.Now)
		hold := make(chan struct{})
		r.spawn(func() { <-hold })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := r.Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		close(hold)
	})
}

func TestCancelReachesTheWork(t *testing.T) {
	r := NewInline()
	var got error
	r.Task("Billing run", func(ctx context.Context, _ *Progress) error {
		r.CancelAll()
		if !r.Tasks()[0].State().Cancelling {
			t.Error("the state does not say that it is being stopped")
		}
		return ctx.Err()
	}, func(err error) { got = err })
	if !errors.Is(got, context.Canceled) {
		t.Errorf("got %v", got)
	}
}

func TestInlineTimersFireInOrder(t *testing.T) {
	r := NewInline()
	var fired []string
	r.After(2*time.Second, func() { fired = append(fired, "b") })
	r.After(time.Second, func() {
		fired = append(fired, "a")
		r.After(500*time.Millisecond, func() { fired = append(fired, "a2") })
	})
	stop := r.After(1500*time.Millisecond, func() { fired = append(fired, "never") })
	stop()
	r.Advance(999 * time.Millisecond)
	if len(fired) != 0 {
		t.Fatalf("too early: %q", fired)
	}
	r.Advance(5 * time.Second)
	if got := strings.Join(fired, " "); got != "a a2 b" {
		t.Errorf("fired %q", got)
	}
}
