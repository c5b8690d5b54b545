package views

import (
	"sync"

	"clientele/app"
	"clientele/views/task"
)

// inbox brings changes to the UI thread. Changes that come while the thread is busy are brought in one turn, each once: a run over ten thousand
// mails must not queue ten thousand turns.
type inbox struct {
	run     *task.Runner
	deliver func(app.Change)

	mu      sync.Mutex
	pending map[app.Change]struct{}
}

// put may be called on any goroutine.
func (i *inbox) put(c app.Change) {
	i.mu.Lock()
	first := i.pending == nil
	if first {
		i.pending = map[app.Change]struct{}{}
	}
	i.pending[c] = struct{}{}
	i.mu.Unlock()
	if first {
		i.run.OnUI(i.empty)
	}
}

func (i *inbox) empty() {
	i.mu.Lock()
	all := i.pending
	i.pending = nil
	i.mu.Unlock()
	for c := range all {
		i.deliver(c)
	}
}
