package task

import "sync/atomic"

// Progress is how far a piece of work is. The work counts, the window looks:
// counting costs an atomic operation, so it may be done for every row. The zero
// value is ready.
type Progress struct {
	done, total atomic.Int64
	inBytes     atomic.Bool
	what        atomic.Pointer[string]
}

// Step begins a new step and says in a few words what is being done in it. It
// counts from nought: nothing is done yet, and how much there is to do is not
// known until [Progress.SetTotal].
func (p *Progress) Step(what string) {
	p.done.Store(0)
	p.total.Store(0)
	p.what.Store(&what)
}

// InBytes says that what is counted are bytes, which people read in larger units.
func (p *Progress) InBytes() { p.inBytes.Store(true) }

// SetTotal says how many there are to do in this step; 0 means that it is not known.
func (p *Progress) SetTotal(n int64) { p.total.Store(n) }

// Add counts n more of this step as done.
func (p *Progress) Add(n int64) { p.done.Add(n) }

// What answers the last step's words, or nothing.
func (p *Progress) What() string {
	if s := p.what.Load(); s != nil {
		return *s
	}
	return ""
}

// Done answers how many of this step are done.
func (p *Progress) Done() int64 { return p.done.Load() }

// Total answers how many there are to do in this step, or 0 if that is not known.
func (p *Progress) Total() int64 { return p.total.Load() }
