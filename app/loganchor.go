package app

import (
	"context"
	"encoding/hex"
	"errors"

	"clientele/app/configuration"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// The chain of the log's lines shows whatever was done to lines that others follow. That its end is missing shows in nothing that lies in the data, so how
// far the log was is noted beside it: the anchor. It is a safeguard against slips and against people who have the data alone; whoever owns the machine
// can change both.

// Anchor notes how far the log is, as the program ends. Where lines are missing that were there, it leaves the older note, so that the next start tells of
// it too.
func (s *Log) Anchor(ctx context.Context) error {
	return s.read(ctx, func(tx *data.Tx) error { return s.anchor(tx) })
}

// anchor is Anchor within a transaction.
func (c *core) anchor(tx *data.Tx) error {
	gap, err := c.logGap(tx)
	if err != nil || gap != "" {
		return err
	}
	last, _, err := tx.ActivityEnd()
	if err != nil {
		return err
	}
	return c.setAnchor(last, 0)
}

// setAnchor notes that a line is the last one. Up to the number accepted, lines that are missing after it are not told of any more.
func (c *core) setAnchor(last data.Activity, accepted int64) error {
	was, ok, err := c.config.Anchor(c.store.Address())
	if err != nil {
		return err
	}
	hash := hex.EncodeToString(last.Chain)
	accepted = max(accepted, was.Accepted)
	if ok && was.Lines == last.ID && was.Hash == hash && was.Accepted == accepted {
		return nil
	}
	return c.config.SetAnchor(c.store.Address(), configuration.Anchor{Lines: last.ID, Hash: hash, Seen: c.now().UTC(), Accepted: accepted})
}

// logGap says what is missing at the end of the log, or "".
func (c *core) logGap(tx *data.Tx) (string, error) {
	last, written, err := tx.ActivityEnd()
	if err != nil {
		return "", err
	}
	a, anchored, err := c.config.Anchor(c.store.Address())
	if errors.Is(err, configuration.ErrUnreadable) {
		return i18n.T("The file %s beside the data cannot be read, so nobody can tell whether the end of the activity log is missing.", configuration.AnchorsName), nil
	} else if err != nil {
		return "", err
	}
	if written > max(last.ID, a.Accepted) {
		return i18n.T("The end of the activity log was cut off: its lines %s to %s were there and are gone.", lineNumber(last.ID+1), lineNumber(written)), nil
	}
	if !anchored || a.Lines == 0 {
		return "", nil
	}
	seen := date.Today(a.Seen.Local()).Format(i18n.CurrentLocale())
	if last.ID < a.Lines {
		return i18n.T("This is an older copy of the data: its activity log ends with line %s, and had %s lines on %s. What was done in between is not in it.",
			lineNumber(last.ID), lineNumber(a.Lines), seen), nil
	}
	line, err := tx.ActivityLine(a.Lines)
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return "", err
	}
	if hex.EncodeToString(line.Chain) != a.Hash {
		return i18n.T("Line %s of the activity log is not the one that was there on %s: an older copy of the data was put in its place and went on, or the log was written anew.",
			lineNumber(a.Lines), seen), nil
	}
	return "", nil
}

func lineNumber(n int64) string { return i18n.FormatInt(n) }

// Accept lets the log go on from where it ends now, after lines went missing at its end, as they do where a backup was put back. That, and what was
// missing, becomes a line of the log itself.
func (s *Log) Accept(ctx context.Context) error {
	if err := s.may(Configuring); err != nil {
		return err
	}
	return s.write(ctx, func(tx *data.Tx, _ *[]Change) error {
		gap, err := s.logGap(tx)
		if err != nil || gap == "" {
			return err
		}
		_, written, err := tx.ActivityEnd()
		if err != nil {
			return err
		}
		if err := tx.AddActivity(s.entry(actLogAccepted, 0, "", gap)); err != nil {
			return err
		}
		last, _, err := tx.ActivityEnd()
		if err != nil {
			return err
		}
		tx.AfterCommit(func() {
			if err := s.setAnchor(last, written); err != nil {
				s.log.Error("anchor", "error", err) // the gap is told of again
			}
		})
		return nil
	})
}

// LogReport is what a look over the whole log found.
type LogReport struct {
	Lines int64
	// Broken says what was done to the lines, or is empty. It cannot be mended.
	Broken string
	// Gap says what is missing at the end, or is empty. See Log.Accept.
	Gap string
}

// Log looks over the whole activity log, as the program does in the background when it starts. Where all is well it notes how far the log is.
func (s *Checks) Log(ctx context.Context) (r LogReport, err error) {
	err = s.store.LongSnapshot(ctx, func(tx *data.Tx) (err error) {
		r, err = s.checkLog(tx)
		return err
	})
	return r, known(err)
}

func (s *Checks) checkLog(tx *data.Tx) (r LogReport, err error) {
	if r.Broken, r.Lines, _, err = tx.CheckActivity(func(int) {}); err != nil {
		return r, err
	}
	if r.Gap, err = s.logGap(tx); err != nil {
		return r, err
	}
	if r.Broken == "" {
		if err := s.anchor(tx); err != nil {
			s.log.Warn("anchor", "error", err) // what was found does not depend on it
		}
	}
	return r, nil
}
