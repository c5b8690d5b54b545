package app

import (
	"context"
	"errors"
	"math"
	"time"

	"clientele/data"
)

const (
	// abandonedAfter is how long contents that nothing names are left alone: they may be an upload that is under way, here or on another desktop.
	abandonedAfter = 15 * time.Minute
	// sweepLook is how many contents are looked at at once.
	sweepLook = 5000
)

// Sweep removes contents that nothing names any more: of uploads that were cut off, of files whose deletion can no longer be undone, of mails that are gone. It
// works in short transactions; stopping it leaves nothing half done, and what is left goes the next time.
func (s *Files) Sweep(ctx context.Context) error {
	s.mu.Lock()
	abandoned := s.abandoned
	s.abandoned = nil
	s.mu.Unlock()
	for i, id := range abandoned {
		if err := s.drop(ctx, id, math.MaxInt64); err != nil {
			s.mu.Lock()
			s.abandoned = append(s.abandoned, abandoned[i:]...)
			s.mu.Unlock()
			return err
		}
	}
	before := s.now().Add(-abandonedAfter).UnixMilli()
	for after, more := int64(0), true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var free []int64
		err := s.read(ctx, func(tx *data.Tx) (err error) {
			free, after, more, err = tx.UnnamedBlobs(after, before, sweepLook)
			return err
		})
		if err != nil {
			return err
		}
		for _, id := range free {
			if err := s.drop(ctx, id, before); err != nil {
				return err
			}
		}
	}
	return nil
}

// drop removes contents that nothing names and that were not written to since an instant in milliseconds.
func (s *Files) drop(ctx context.Context, blob, before int64) error {
	for gone := false; !gone; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.write(ctx, func(tx *data.Tx, _ *[]Change) (err error) {
			gone, err = tx.DropBlob(blob, before)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// tidyEvery is how often what is no longer needed is removed.
const tidyEvery = time.Hour

// Tidy removes what is no longer needed, now and then until ctx ends: deletions that can no longer be undone, and contents that nothing names.
func (a *App) Tidy(ctx context.Context) {
	tick := time.NewTicker(tidyEvery)
	defer tick.Stop()
	for {
		err := a.Undos.Forget(ctx)
		if err == nil {
			err = a.Files.Sweep(ctx)
		}
		if err != nil && ctx.Err() == nil && !errors.Is(err, data.ErrReadOnly) {
			a.log.Warn("tidy", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
