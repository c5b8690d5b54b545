package terminal

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"time"

	"clientele/app"
	"clientele/app/i18n"
)

// tell writes the result of a command: the object for programs, or the words for people.
func (c *commandLine) tell(object any, words string) error {
	if c.json {
		return c.object(object)
	}
	_, err := fmt.Fprintln(c.Out, words)
	return err
}

func (c *commandLine) object(v any) error {
	e := json.NewEncoder(c.Out)
	e.SetEscapeHTML(false)
	return e.Encode(v)
}

// progress shows how far work is on one line of the terminal, or nothing where nobody looks. done takes the line away.
func (c *commandLine) progress() (p app.Progress, done func()) {
	if !c.Watched {
		return app.Quiet{}, func() {}
	}
	l := &progressLine{}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		width := 0
		for {
			select {
			case <-stop:
				if width > 0 {
					fmt.Fprint(c.Err, "\r", strings.Repeat(" ", width), "\r")
				}
				return
			case <-tick.C:
				text := l.text()
				n := len([]rune(text))
				fmt.Fprint(c.Err, "\r", text, strings.Repeat(" ", max(0, width-n)))
				width = n
			}
		}
	}()
	return l, func() { close(stop); <-stopped }
}

// progressLine is an app.Progress that is looked at ten times a second.
type progressLine struct {
	step        atomic.Pointer[string]
	total, done atomic.Int64
}

// Step begins a part of the work.
func (l *progressLine) Step(what string) {
	l.done.Store(0)
	l.step.Store(&what)
}

// SetTotal tells how much the part is.
func (l *progressLine) SetTotal(n int64) { l.total.Store(n) }

// Add tells that more of it is done.
func (l *progressLine) Add(n int64) { l.done.Add(n) }

func (l *progressLine) text() string {
	what := i18n.T("Working")
	if s := l.step.Load(); s != nil {
		what = *s
	}
	if total := l.total.Load(); total > 0 {
		return fmt.Sprintf("%s … %d %%", what, min(100, l.done.Load()*100/total))
	}
	return what + " …"
}
