package app

import (
	"context"
	"time"

	"clientele/data"
)

// scrubber sees to it that of what was removed no byte is left in the files (CC-5). It tries at once after the commit, and where somebody who reads just then is in the way, again
// and again until it is done: that there is something to do is in the data, so it outlives the program.
type scrubber struct{ kick chan struct{} }

// How long the scrubber waits between two tries.
const (
	firstScrubPause   = 500 * time.Millisecond
	longestScrubPause = time.Minute
)

// scrubAfter notes in a transaction that something is removed of which no byte may be left, and does that once it is durable.
func (c *core) scrubAfter(tx *data.Tx) error {
	tx.AfterCommit(func() {
		if done, err := c.store.Scrub(context.Background()); err != nil {
			c.log.Warn("scrub", "error", err)
		} else if done {
			return
		}
		select {
		case c.scrubs.kick <- struct{}{}:
		default: // it knows already
		}
	})
	return tx.ToScrub()
}

// Scrub removes what earlier transactions left of what they removed, if anything. done is false where somebody who reads is in the way.
func (s *Cards) Scrub(ctx context.Context) (done bool, err error) {
	pending := false
	err = s.read(ctx, func(tx *data.Tx) (err error) {
		pending, err = tx.ScrubPending()
		return err
	})
	if err != nil || !pending {
		return err == nil, err
	}
	done, err = s.store.Scrub(ctx)
	return done, known(err)
}

// Run scrubs until ctx ends, whenever something was removed.
func (s *Cards) Run(ctx context.Context) {
	for {
		for pause := firstScrubPause; ; pause = min(2*pause, longestScrubPause) {
			done, err := s.Scrub(ctx)
			if err != nil && ctx.Err() == nil {
				s.log.Warn("scrub", "error", err)
			}
			if done {
				break
			}
			if !sleep(ctx, pause) {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-s.scrubs.kick:
		}
	}
}

// sleep waits and tells whether ctx is still good.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
