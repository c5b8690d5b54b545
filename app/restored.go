package app

import (
	"context"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
)

// Restored notes in data that was just restored where it came from, and returns what it noted; ok is false where nothing was restored. It is called each time the data was opened.
//
// Mails that waited when the backup was made are held: they may have been sent since, and a mail is never sent twice. The ledgers are added up, and what differs is
// returned in words. The activity log goes on from the line with which the backup ended, and says so.
func (s *Backups) Restored(ctx context.Context) (n Restore, wrong []string, ok bool, err error) {
	if n, ok, err = s.restorer.Pending(); err != nil || !ok {
		return n, nil, false, err
	}
	err = s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		wrong = nil
		for _, check := range []func() ([]string, error){tx.CheckCounts, tx.CheckMoney} {
			found, err := check()
			if err != nil {
				return err
			}
			wrong = append(wrong, found...)
		}
		if _, done, err := tx.Act(n.ID); done || err != nil {
			if err == nil {
				err = s.anchorAfter(tx) // the program was stopped before it could
			}
			return err
		}
		held, err := tx.HoldMails(i18n.T("This mail waited when the backup was made. It may have been sent since, so it was not sent again. Send it by Retry if it was not."))
		if err != nil {
			return err
		}
		gap, err := s.logGap(tx)
		if err != nil {
			return err
		}
		details := i18n.T("Made on %s.", date.Today(n.Made.Local()).String())
		if held > 0 {
			details += "\n" + i18n.N(held, "One mail that waited is held.", "%d mails that waited are held.")
		}
		if gap != "" {
			details += "\n" + gap
		}
		if err := tx.AddActivity(s.entry(actRestored, 0, n.From, details)); err != nil {
			return err
		}
		if err := s.anchorAfter(tx); err != nil {
			return err
		}
		return tx.RecordAct(n.ID, 0)
	})
	if err != nil {
		return n, wrong, true, err
	}
	return n, wrong, true, s.restorer.forget()
}

// anchorAfter notes how far the log is once the transaction is durable, whatever the older note says: the data is another one, and its log says so.
func (s *Backups) anchorAfter(tx *data.Tx) error {
	last, written, err := tx.ActivityEnd()
	if err != nil {
		return err
	}
	tx.AfterCommit(func() {
		if err := s.setAnchor(last, written); err != nil {
			s.log.Error("anchor", "error", err) // the gap is told of
		}
	})
	return nil
}
