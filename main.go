// Clientele keeps the clients of a small business: their profiles, their credit and the mail that goes to them. This file owns the process: it opens what
// there is, wires it together, and hands it to the window or to one command.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"os/user"
	"runtime"
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"clientele/app"
	"clientele/app/folder"
	"clientele/app/hardened"
	"clientele/app/i18n"
	"clientele/app/instance"
	"clientele/app/logfile"
	"clientele/mail"
	"clientele/views"
	"clientele/views/terminal"
)

// version is set when the program is built.
var version = "development"

// now is the clock of the whole program; nothing else reads the system's.
var now = time.Now

// windowParams are what the window is made of.
type windowParams struct {
	App     *app.App
	Folder  *folder.Folder
	Version string
	// Show has a value each time that another start asked the window to come to the front.
	Show <-chan struct{}
	// Restart has the program start anew on this data folder once the window is closed and the data with it.
	Restart func()
	// Restored is the backup that was just put in the place of the data, if one was.
	Restored app.Restore
}

// window shows the window and returns when it is closed. Tests put another one in its place.
var window = showWindow

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	speak()
	if err := hardened.NoCore(); err != nil {
		slog.Warn("core files", "error", err)
	}
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	program := terminal.Program{
		Version: version, In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Watched: term.IsTerminal(int(os.Stderr.Fd())),
		Open: openForCommand, Window: openWindow, Restore: restoreForCommand,
	}
	if term.IsTerminal(int(os.Stdin.Fd())) {
		program.AskSecret = askSecret
	}
	return program.Run(ctx, os.Args[1:])
}

// openForCommand opens the data beside a window that may have it open too: there is one writer at a time, and each act is one transaction.
func openForCommand(ctx context.Context, w terminal.Where) (*terminal.Session, error) {
	collectOften()
	f, err := openFolder(w)
	if err != nil {
		return nil, err
	}
	speakAlso(f)
	o, err := open(ctx, f, w, f.CommandLog())
	if err != nil {
		return nil, err
	}
	return &terminal.Session{App: o.app, Close: o.Close}, nil
}

// openWindow opens the data for one window. Where it has one already, that one is brought to the front.
func openWindow(ctx context.Context, w terminal.Where) (err error) {
	if !hasDisplay() {
		return &app.Error{Code: app.Unavailable, Message: i18n.T("There is no display to open a window on. “clientele help” lists what can be done without one.")}
	}
	collectLater()
	restart := false
	defer func() {
		if restart && err == nil {
			err = startAgain(ctx, w)
		}
	}()
	f, hold, o, err := openAlone(ctx, w)
	if err != nil && ctx.Err() == nil {
		failure(app.Explain(err) + "\n" + place(w)) // whoever started it with a click sees no terminal
	}
	if err != nil || hold == nil {
		return err
	}
	defer func() { err = errors.Join(err, o.Close(), hold.Close()) }()
	o.app.Files.ForgetOpened() // of a window that was not closed but killed
	defer o.app.Files.ForgetOpened()
	return window(ctx, windowParams{App: o.app, Folder: f, Version: version, Show: hold.Show(), Restart: func() { restart = true }, Restored: o.restored})
}

// place says which data was to be opened. The address of a server is left out, since it may hold a password.
func place(w terminal.Where) string {
	path := w.Folder
	if path == "" {
		path, _ = folder.Usual(os.Getenv)
	}
	return i18n.T("The data folder is %s.", path)
}

// failure tells in a window why the program cannot start. Tests put another one in its place.
var failure = views.ShowFailure

// openAlone holds the data folder for one window and opens what is in it. It holds nothing where another window has it, which is then in front.
func openAlone(ctx context.Context, w terminal.Where) (*folder.Folder, *instance.Instance, *opened, error) {
	f, err := openFolder(w)
	if err != nil {
		return nil, nil, nil, err
	}
	hold, err := instance.Take(f.Path())
	if errors.Is(err, instance.ErrTaken) {
		return nil, nil, nil, raise(ctx, f)
	} else if err != nil {
		return nil, nil, nil, err
	}
	o, err := open(ctx, f, w, f.WindowLog())
	if err != nil {
		return nil, nil, nil, errors.Join(err, hold.Close())
	}
	return f, hold, o, nil
}

// raise brings the window that is open to the front.
func raise(ctx context.Context, f *folder.Folder) error {
	who, err := instance.Raise(ctx, f.Path())
	if err == nil {
		slog.Info("raised", "pid", who.PID)
		fmt.Fprintln(os.Stderr, i18n.T("Clientele is running already; its window was brought to the front."))
		return nil
	}
	where := who.Host
	if where == "" {
		where = i18n.T("another computer")
	}
	return &app.Error{Code: app.Unavailable, Err: err, Message: i18n.T("Clientele has this data folder open already, on %s, and does not answer. Close it there first.", where)}
}

// hasDisplay tells whether a window can open. Windows and macOS always have a display.
func hasDisplay() bool {
	switch runtime.GOOS {
	case "windows", "darwin":
		return true
	}
	return os.Getenv("DISPLAY") != "" || os.Getenv("WAYLAND_DISPLAY") != ""
}

// who is the admin at this desktop, for the activity log.
func who() string {
	u, err := user.Current()
	if err != nil {
		return "admin"
	}
	return u.Username[strings.LastIndexByte(u.Username, '\\')+1:] // without the domain that Windows puts in front
}

// askSecret reads a line from the terminal without showing it, and leaves the terminal as it was when ctx ends.
func askSecret(ctx context.Context, prompt string) (string, error) {
	fd := int(os.Stdin.Fd())
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	defer context.AfterFunc(ctx, func() { _ = term.Restore(fd, before); _ = os.Stdin.Close() })()
	fmt.Fprint(os.Stderr, prompt, " ")
	defer fmt.Fprintln(os.Stderr)
	secret, err := term.ReadPassword(fd)
	return string(secret), errors.Join(err, ctx.Err())
}

// newMailer is how mails go out.
func newMailer() app.Mailer { return mail.New(mail.Options{Now: now}) }

// startLog has everything logged to a file from now on, and a breakdown to another.
func startLog(f *folder.Folder, path string) io.Closer {
	log, file := logfile.Open(path)
	slog.SetDefault(log)
	if err := logfile.Crashes(f.Crash()); err != nil {
		log.Warn("crash file", "error", err)
	}
	return file
}
