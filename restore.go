package main

import (
	"context"
	"errors"
	"log/slog"

	"clientele/app"
	"clientele/app/folder"
	"clientele/app/i18n"
	"clientele/app/instance"
	"clientele/data"
	"clientele/views/terminal"
)

// restorer restores backups into a data folder.
func restorer(f *folder.Folder) *app.Restorer {
	return &app.Restorer{Database: f.Database(), Backups: f.Backups(), Now: now}
}

// restoreForCommand puts a backup in the place of the data, which no window may have open meanwhile.
func restoreForCommand(ctx context.Context, w terminal.Where, path, passphrase string, p app.Progress) (done terminal.Restoration, err error) {
	f, err := openFolder(terminal.Where{Folder: w.Folder})
	if err != nil {
		return done, err
	}
	config, err := openConfiguration(f)
	if err != nil {
		return done, err
	}
	if w.Database != "" || config.DatabaseURL != "" {
		return done, &app.Error{Code: app.NotAllowed, Message: i18n.T("This data lies on a PostgreSQL server. It is restored there, and not by Clientele.")}
	}
	hold, err := instance.Take(f.Path())
	if errors.Is(err, instance.ErrTaken) {
		return done, &app.Error{Code: app.NotAllowed, Err: err, Message: i18n.T("A window has this data open. Close it, and restore then, or restore in the window itself: Settings, Backups.")}
	} else if err != nil {
		return done, err
	}
	defer func() { err = errors.Join(err, hold.Close()) }()
	if err := prepareRestore(ctx, f, path, passphrase, p); err != nil {
		return done, err
	}
	if err := restorer(f).Finish(ctx); err != nil {
		return done, errors.Join(err, restorer(f).Abandon())
	}
	o, err := open(ctx, f, terminal.Where{Folder: w.Folder}, f.CommandLog())
	if err != nil {
		return done, err
	}
	return terminal.Restoration{Restore: o.restored, Differences: o.differs}, o.Close()
}

// prepareRestore gets a restore ready, with what is there now backed up as far as it can be read.
func prepareRestore(ctx context.Context, f *folder.Folder, path, passphrase string, p app.Progress) error {
	r := restorer(f)
	if err := r.Finish(ctx); err != nil { // one that was stopped before
		return err
	}
	present, err := data.Open(ctx, data.Options{Path: f.Database(), Now: now, MustExist: true, BackupBefore: app.BackupBefore(f.Backups(), now)})
	if err != nil {
		if !errors.Is(err, data.ErrMissing) { // into a new folder there is nothing to put away
			slog.Warn("restore over data that cannot be opened", "error", err)
		}
		present = nil
	}
	_, err = r.Prepare(ctx, path, passphrase, present, p)
	if present != nil {
		err = errors.Join(err, present.Close())
	}
	return err
}
