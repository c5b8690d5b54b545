package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/debug"
	"time"

	"clientele/app"
	"clientele/app/folder"
	"clientele/app/hardened"
	"clientele/app/i18n"
	"clientele/views"
	"clientele/views/terminal"
)

// sampleFolder is where sample data lies: beside the office's own, never in it.
const sampleFolder = "sample"

// sampleClients is how many clients are made up for trying things out, always the same ones.
const (
	sampleClients = 2000
	sampleSeed    = 1
)

// collectAt is by how much, in percent, the window's memory may grow before what is no longer used is given back. Most of what it holds is fonts, which
// are cheap to look through: to do so more often saves some 20 MB. While the window starts nearly nothing is there to be given back, and to look for it would
// take an eighth of the time until there is something to see.
const (
	collectAtFirst = 400
	collectAt      = 30
	collectFrom    = 5 * time.Second
)

// collectForCommand is the same for a command, which may read all of a large office and ends soon.
const collectForCommand = 50

// collectOften has a command keep less memory: a daily run of 100,000 invoices holds a tenth less by it, and takes no longer.
func collectOften() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectForCommand)
	}
}

// collectLater has memory given back seldom while the window starts, and often from then on.
func collectLater() {
	if os.Getenv("GOGC") != "" {
		return
	}
	debug.SetGCPercent(collectAtFirst)
	time.AfterFunc(collectFrom, func() {
		debug.SetGCPercent(collectAt)
		debug.FreeOSMemory()
	})
}

// privateFrom is when other programs are no longer let into the memory of this one: the toolkit has then asked the desktop whether it is dark.
const privateFrom = 5 * time.Second

// showWindow shows the window until it is closed.
func showWindow(ctx context.Context, p windowParams) error {
	time.AfterFunc(privateFrom, func() {
		if err := hardened.Private(); err != nil {
			slog.Warn("memory of the process", "error", err)
		}
	})
	where := p.Folder.Path()
	faults := loadLanguages(p.Folder)
	return views.Run(ctx, views.Params{
		App: p.App, Version: p.Version, Folder: where, Sample: filepath.Base(where) == sampleFolder, Show: p.Show, Now: now, Restart: p.Restart,
		Spoken: spoken(), Locale: i18n.ParseLocale(fromEnvironment("LC_ALL", "LC_NUMERIC", "LANG")),
		Faults: faults, Restored: p.Restored,
		OpenSample: func(ctx context.Context, progress app.Progress) error { return openSample(ctx, p.Folder, progress) },
	})
}

// startAgain starts the program anew on the same folder. A database that was named on the command line is left out: the configuration names one now, or
// none.
func startAgain(ctx context.Context, w terminal.Where) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	var args []string
	if w.Folder != "" {
		args = []string{"--data", w.Folder}
	}
	return exec.CommandContext(context.WithoutCancel(ctx), self, args...).Start() //nolint:gosec // the program starts itself
}

// openSample makes sample data where there is none yet and starts the program on it.
func openSample(ctx context.Context, f *folder.Folder, progress app.Progress) error {
	path := filepath.Join(f.Path(), sampleFolder)
	if err := fillSample(ctx, path, progress); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	// It outlives this window, so it is not bound to its context.
	return exec.CommandContext(context.WithoutCancel(ctx), self, "--data", path).Start() //nolint:gosec // the program starts itself
}

func fillSample(ctx context.Context, path string, progress app.Progress) error {
	where := terminal.Where{Folder: path}
	f, err := openFolder(where)
	if err != nil {
		return err
	}
	o, err := open(ctx, f, where, f.CommandLog())
	if err != nil {
		return err
	}
	err = o.app.Demo(ctx, sampleClients, sampleSeed, progress)
	if app.CodeOf(err) == app.NotAllowed {
		err = nil // it was made before
	}
	return errors.Join(err, o.Close())
}
