package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/task"
	"clientele/views/theme"
)

// barTime is how long a result stays: long enough to read it and to undo.
const barTime = 8 * time.Second

// Action is something a person can do from where they are told of it.
type Action struct {
	Label string
	Do    func()
}

// Bar is the quiet bar at the bottom: it tells what was done, with a way to undo
// or open it, and goes away by itself. What went wrong stays until it is read: until it is closed, something else is told, or another page comes. It
// floats over the page, so that nothing on that moves as it comes and goes.
type Bar struct {
	widget.BaseWidget
	run     *task.Runner
	stop    func()
	ground  *panel
	text    *Para
	actions *fyne.Container
	mark    *widget.Icon
	failed  bool      // it tells what went wrong
	since   time.Time // when it began to
	object  fyne.CanvasObject
	place   func() // where it floats over a page
}

// NewBar returns a bar that shows nothing yet.
func NewBar(run *task.Runner) *Bar {
	b := &Bar{run: run, text: newStripText(), actions: container.NewHBox(), mark: widget.NewIcon(icons.Error)}
	b.mark.Hide()
	b.ground = newPanel(theme.ColorNameStrip, "")
	row := Border(nil, nil, container.NewCenter(b.mark), b.actions, centred(b.text))
	b.object = container.NewStack(b.ground, padded(2*theme.Unit, row))
	b.ExtendBaseWidget(b)
	b.Hide()
	return b
}

// Say tells a result; the actions are offered beside it. It goes after some
// seconds, or when an action is taken.
func (b *Bar) Say(text string, actions ...Action) {
	b.show(text, false, actions)
	b.stop = b.run.After(barTime, b.Clear)
}

// Fail tells what went wrong; it stays until it is closed or replaced, or another page comes.
func (b *Bar) Fail(text string, actions ...Action) { b.show(text, true, actions) }

// Turned is called as another page comes: what went wrong on the one before goes, once there was time to read it. What offers something to do stays.
func (b *Bar) Turned() {
	if b.Visible() && b.failed && len(b.actions.Objects) == 1 && b.run.Now().Sub(b.since) >= barTime {
		b.Clear()
	}
}

// Clear shows nothing.
func (b *Bar) Clear() {
	if b.stop != nil {
		b.stop()
		b.stop = nil
	}
	if b.Visible() {
		b.Hide()
		b.run.OnUI(func() {}) // the keyboard may have been on one of its buttons; after each callback it is given a place
	}
}

// Text answers what is shown, or nothing.
func (b *Bar) Text() string {
	if !b.Visible() {
		return ""
	}
	return b.text.Text()
}

func (b *Bar) show(text string, failed bool, actions []Action) {
	b.Clear()
	b.failed, b.since = failed, b.run.Now()
	setVisible(b.mark, failed)
	b.ground.fill = theme.ColorNameStrip
	if failed {
		b.ground.fill = theme.Danger.Fill()
		b.text.Set(text, theme.Danger)
	} else {
		b.text.Set(text, stripTone)
	}
	b.actions.RemoveAll()
	for _, a := range actions {
		btn := NewButton(a.Label, nil, func() {
			b.Clear()
			a.Do()
		})
		b.actions.Add(btn)
	}
	closer := NewButton(i18n.T("Close"), icons.Close, b.Clear)
	closer.SetText("")
	b.actions.Add(closer)
	b.Show()
	b.Refresh()
	if b.place != nil {
		b.place()
	}
}

// roomFor is the width in which it takes one line.
func (b *Bar) roomFor() float32 {
	beside := b.actions.MinSize().Width + 8*theme.Unit
	if b.mark.Visible() {
		beside += b.mark.MinSize().Width + 2*theme.Unit
	}
	return beside + b.text.cutter().width(b.text.text)
}

// CreateRenderer is for the toolkit.
func (b *Bar) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(b.object) }

// taskDelay is how long work may take before a person is shown that it does.
const taskDelay = 500 * time.Millisecond

// TaskStrip shows the running tasks: what each is at, how many of how many, and
// a way to stop it. Work that is over at once is not shown at all.
type TaskStrip struct {
	widget.BaseWidget
	run  *task.Runner
	rows *fyne.Container
	show []*taskRow
	late func()
	stop func()
}

type taskRow struct {
	t      *task.Task
	what   *Para
	bar    *widget.ProgressBar
	cancel *Button
	object fyne.CanvasObject
}

// NewTaskStrip returns a strip for the tasks of a runner.
func NewTaskStrip(run *task.Runner) *TaskStrip {
	s := &TaskStrip{run: run, rows: container.NewVBox()}
	s.ExtendBaseWidget(s)
	s.stop = run.Watch(s.look)
	s.look()
	return s
}

// Close ends the watching, for a window that goes before the program does.
func (s *TaskStrip) Close() {
	s.stop()
	if s.late != nil {
		s.late()
	}
}

func (s *TaskStrip) look() {
	var due []*task.Task
	soonest := time.Duration(-1)
	for _, t := range s.run.Tasks() {
		age := s.run.Now().Sub(t.Started)
		if age >= taskDelay {
			due = append(due, t)
		} else if left := taskDelay - age; soonest < 0 || left < soonest {
			soonest = left
		}
	}
	if s.late != nil {
		s.late()
		s.late = nil
	}
	if soonest >= 0 {
		s.late = s.run.After(soonest, s.look)
	}
	same := len(due) == len(s.show)
	for i := 0; same && i < len(due); i++ {
		same = due[i] == s.show[i].t
	}
	if !same {
		s.rebuild(due)
	}
	for _, r := range s.show {
		r.update()
	}
}

func (s *TaskStrip) rebuild(due []*task.Task) {
	s.rows.RemoveAll()
	s.show = s.show[:0]
	for _, t := range due {
		r := newTaskRow(t)
		s.show = append(s.show, r)
		s.rows.Add(r.object)
	}
	setVisible(s, len(due) > 0)
	s.Refresh()
}

func newTaskRow(t *task.Task) *taskRow {
	r := &taskRow{t: t, what: NewLine("", theme.Plain), bar: widget.NewProgressBar()}
	r.bar.TextFormatter = func() string { return "" }
	r.cancel = NewButton(i18n.T("Cancel"), nil, t.Cancel)
	r.object = padded(2*theme.Unit, Border(nil, nil, nil, r.cancel,
		container.NewGridWithColumns(2, centred(r.what), centredHeight(r.bar, 3*theme.Unit))))
	return r
}

func (r *taskRow) update() {
	s := r.t.State()
	text := s.Title
	if s.What != "" {
		text += " · " + s.What
	}
	count := i18n.FormatInt
	if s.InBytes {
		count = i18n.FormatBytes
	}
	switch {
	case s.Cancelling:
		text += " · " + i18n.T("stopping…")
		r.cancel.Disable()
	case s.Total > 0:
		text += " · " + i18n.T("%s of %s", count(s.Done), count(s.Total))
	case s.Done > 0:
		text += " · " + count(s.Done)
	}
	r.what.Set(text, theme.Plain)
	if s.Total > 0 {
		r.bar.SetValue(min(float64(s.Done)/float64(s.Total), 1))
	}
}

// CreateRenderer is for the toolkit.
func (s *TaskStrip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.rows) }
