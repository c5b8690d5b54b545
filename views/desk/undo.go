package desk

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
)

// Deleted tells that something was deleted, with the way to take it back.
func (d *Desk) Deleted(words string, undo int64) {
	d.Say(words, kit.Action{Label: i18n.T("Undo"), Do: func() { d.Undo(undo) }})
}

// Undo takes back the deletion with this number in the journal and tells how that went.
func (d *Desk) Undo(id int64) {
	var subject string
	d.Act(i18n.T("Undo"), func(ctx context.Context) (err error) {
		subject, err = d.App.Undos.Undo(ctx, id)
		return err
	}, func() { d.Say(i18n.T("“%s” is back in its place.", subject)) })
}

// UndoLast takes back the newest deletion by the admin at this desktop, as Ctrl+Z outside of a field does.
func (d *Desk) UndoLast() {
	var last data.Undo
	var ok bool
	d.Act(i18n.T("Undo"), func(ctx context.Context) (err error) {
		last, ok, err = d.App.Undos.Last(ctx)
		return err
	}, func() {
		if ok {
			d.Undo(last.ID)
		} else {
			d.Say(i18n.T("There is nothing to undo. Contacts, notes, files, credit entries, services and drafts that were deleted can be put back for %d days. A deleted client comes back with the backup that was made before: Settings, Backups.", int(app.UndoLife.Hours()/24)))
		}
	})
}
