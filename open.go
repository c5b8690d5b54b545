package main

import (
	"cmp"
	"context"
	"errors"
	"io"
	"log/slog"
	"os"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/app/folder"
	"clientele/app/i18n"
	"clientele/app/instance"
	"clientele/data"
	"clientele/views/terminal"
)

// openFolder opens the data folder. Even where the data lies on a server, the folder holds the configuration, the keys and the log.
func openFolder(w terminal.Where) (*folder.Folder, error) {
	path := w.Folder
	if path == "" {
		var err error
		if path, err = folder.Usual(os.Getenv); err != nil {
			return nil, sentence(err)
		}
	}
	mustExist := w.MustExist && w.Database == ""
	f, err := folder.Open(path, mustExist)
	if err == nil && mustExist && f.Empty() {
		return nil, nothingThere(f)
	}
	return f, sentence(err)
}

// sentence makes an error of package folder, which says all there is to say, one that is shown as it is.
func sentence(err error) error {
	var p *folder.Problem
	if errors.As(err, &p) {
		return &app.Error{Code: app.Unavailable, Message: p.Words, Err: p.Err}
	}
	return err
}

func nothingThere(f *folder.Folder) error {
	return &app.Error{Code: app.NotFound, Message: i18n.T("There is no data in the folder “%s” yet. Check the name, or begin there with the window, an import or sample data.", f.Path())}
}

// opened is data with everything wired to it.
type opened struct {
	app   *app.App
	store *data.Store
	log   io.Closer
	// restored is the backup that was put in the place of the data just now, if one was, and differs what is wrong with its sums.
	restored app.Restore
	differs  []string
}

// Close notes how far the activity log is, and ends the store, then the log.
func (o *opened) Close() error {
	if err := o.app.Log.Anchor(context.Background()); err != nil {
		slog.Warn("anchor", "error", err) // nothing is lost: the next end of a program notes it
	}
	return errors.Join(o.store.Close(), o.log.Close())
}

// open reads the configuration, opens the store and wires the services.
func open(ctx context.Context, f *folder.Folder, w terminal.Where, logPath string) (*opened, error) {
	config, err := openConfiguration(f)
	if err != nil {
		return nil, err
	}
	log := startLog(f, logPath)
	keyring := app.NewSystemKeyring(config)
	store, err := openStore(ctx, f, w, config, keyring)
	if err != nil {
		slog.Error("open", "error", err)
		return nil, errors.Join(err, log.Close())
	}
	slog.Info("opened", "version", version, "engine", store.Engine())
	o := &opened{store: store, log: log, app: app.New(app.Params{
		Store: store, Configuration: config, Mailer: newMailer(), Keyring: keyring, File: f.Database(), Scratch: f.Scratch(), Backups: f.Backups(), Unsaved: f.Unsaved(address(w, config)), Now: now, Who: who(), Log: slog.Default(),
	})}
	restored := false
	if o.restored, o.differs, restored, err = o.app.Backups.Restored(ctx); err != nil {
		return nil, errors.Join(err, o.Close())
	}
	if restored {
		o.app.Unsaved.Sweep() // it was typed for other data
	}
	for _, words := range o.differs {
		slog.Error("restored", "differs", words)
	}
	if err := o.app.Cards.Start(ctx); err != nil {
		slog.Warn("cards", "error", err) // all but cards works without
	}
	return o, nil
}

// address is the server that the data lies on; empty where it lies in the folder.
func address(w terminal.Where, config *configuration.Configuration) string {
	return cmp.Or(w.Database, config.DatabaseURL)
}

func openConfiguration(f *folder.Folder) (*configuration.Configuration, error) {
	config, err := configuration.Open(f.Path())
	switch {
	case err == nil:
		return config, nil
	case errors.Is(err, configuration.ErrUnreadable):
		return nil, &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The file %s in the data folder cannot be read, so the data was not opened. Put a copy of it back: it holds keys that nothing else has.", configuration.Name)}
	}
	return nil, &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("The data folder “%s” cannot be written to, so it was not opened. Check who may write there and whether its disk is full, or choose another one.", f.Path())}
}

func openStore(ctx context.Context, f *folder.Folder, w terminal.Where, config *configuration.Configuration, keyring app.Keyring) (*data.Store, error) {
	o := data.Options{Now: now, URL: w.Database}
	if o.URL == "" {
		var err error
		if o.URL, err = app.DatabaseAddress(config, keyring); err != nil {
			return nil, err
		}
	}
	if o.URL != "" {
		return data.Open(ctx, o)
	}
	if err := restorer(f).Finish(ctx); err != nil {
		return nil, err
	}
	o.Path, o.MustExist, o.BackupBefore = f.Database(), w.MustExist || f.HadDatabase(), backupBefore(f)
	store, err := data.Open(ctx, o)
	if errors.Is(err, data.ErrMissing) && !f.HadDatabase() {
		return nil, nothingThere(f)
	}
	if err != nil {
		return nil, err
	}
	if err := f.NoteDatabase(); err != nil {
		slog.Warn("note the database", "error", err)
	}
	return store, nil
}

// backupBefore backs up before the form of the data changes, which it may not do below a window of an older version.
func backupBefore(f *folder.Folder) func(context.Context, *data.Store, int) error {
	backup := app.BackupBefore(f.Backups(), now)
	return func(ctx context.Context, s *data.Store, version int) error {
		if who, ok, err := instance.Running(f.Path()); err == nil && ok && who.PID != os.Getpid() {
			return &app.Error{Code: app.NotAllowed, Message: i18n.T("An older version of Clientele has this data open, and this version has to change its form first. Nothing was changed: close the window and try again.")}
		}
		return backup(ctx, s, version)
	}
}
