// Package folder knows where the data lies and what is in the folder: the database of a single seat, the configuration, the log,
// the backups, the lock. It holds the folder closed to other accounts.
package folder

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"clientele/app/configuration"
	"clientele/app/i18n"
)

// Problem is why a folder cannot be used, in whole sentences for a person.
type Problem struct {
	Words string
	Err   error // the cause, for the log; nil where a rule says no
}

func (p *Problem) Error() string { return p.Words }

func (p *Problem) Unwrap() error { return p.Err }

// ErrNone is the cause of a Problem where a folder that must be there is not.
var ErrNone = errors.New("there is no such folder")

// Usual is where the data of this account lies unless another folder is named. getenv is os.Getenv, or a test's own.
func Usual(getenv func(string) string) (string, error) { return usual(runtime.GOOS, getenv) }

func usual(system string, getenv func(string) string) (string, error) {
	from := func(variable, below string) (string, error) {
		if root := getenv(variable); filepath.IsAbs(root) {
			return filepath.Join(root, filepath.FromSlash(below)), nil
		}
		return "", &Problem{Words: i18n.T("The usual data folder cannot be told, because %s is not set. Name a folder with --data.", variable)}
	}
	switch system {
	case "windows":
		return from("LocalAppData", "Clientele")
	case "darwin":
		return from("HOME", "Library/Application Support/Clientele")
	}
	// A relative path in this variable is to be ignored, says the standard that brought it.
	if path, err := from("XDG_DATA_HOME", "clientele"); err == nil {
		return path, nil
	}
	return from("HOME", ".local/share/clientele")
}

// Folder is an opened data folder.
type Folder struct{ path string }

// Open opens a data folder. It is made, for this account alone, unless mustExist says that only one that is there will do. A folder that others may
// write to is refused: whoever can put a file in the place of the database or of the keys owns the program.
func Open(path string, mustExist bool) (*Folder, error) {
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, &Problem{Words: i18n.T("“%s” is no folder that can be opened.", path), Err: err}
	}
	info, err := os.Stat(full)
	if err != nil && !mustExist {
		if err := os.MkdirAll(full, 0o700); err != nil {
			return nil, cannotMake(full, err)
		}
		info, err = os.Stat(full)
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, &Problem{Words: i18n.T("There is no data folder “%s”. Check the name, or begin there with the window, an import or sample data.", full), Err: ErrNone}
	case err != nil:
		return nil, &Problem{Words: i18n.T("The data folder “%s” cannot be opened. Check who may read it, or choose another one.", full), Err: err}
	case !info.IsDir():
		return nil, &Problem{Words: i18n.T("“%s” is a file, and the data needs a folder. It was left as it is. Choose another name.", full)}
	}
	if open := info.Mode().Perm() & 0o022; open != 0 && runtime.GOOS != "windows" { // on Windows the bits mean nothing
		return nil, &Problem{Words: i18n.T("Other accounts of this computer may write to the data folder, so it was not opened. Close it to them: chmod go-w %s", quoted(full))}
	}
	return &Folder{path: full}, nil
}

func cannotMake(path string, err error) error {
	var inTheWay *fs.PathError
	if errors.As(err, &inTheWay) && !errors.Is(err, fs.ErrPermission) {
		return &Problem{Words: i18n.T("The data folder “%s” cannot be made (%s). Choose another one.", path, inTheWay.Err), Err: err}
	}
	return &Problem{Words: i18n.T("The data folder “%s” cannot be made, because this account may not write there. Choose another one.", path), Err: err}
}

// quoted is a path as a shell takes it.
func quoted(path string) string { return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'" }

// DatabaseName is the name of the database file.
const DatabaseName = "clientele.db"

// Path is the folder itself, as an absolute path.
func (f *Folder) Path() string { return f.path }

// Database is the SQLite file.
func (f *Folder) Database() string { return filepath.Join(f.path, DatabaseName) }

// Backups is the folder of the backups.
func (f *Folder) Backups() string { return filepath.Join(f.path, "backups") }

// Languages is where translations of the windows lie that are not shipped, one file for each language.
func (f *Folder) Languages() string { return filepath.Join(f.path, "languages") }

// Scratch is where the window puts copies of the files that are opened, until it is closed.
func (f *Folder) Scratch() string { return filepath.Join(f.path, "opened") }

// Unsaved is where the window keeps what is being typed. Data on a server has a file of its own there, so that two offices that are opened from one folder do not
// mix; it is named by the server and the database, without who signs in there.
func (f *Folder) Unsaved(address string) string {
	name := "unsaved"
	if address != "" {
		if u, err := url.Parse(address); err == nil {
			address = u.Host + u.Path
		}
		name += fmt.Sprintf("-%x", sha256.Sum256([]byte(address)))[:9]
	}
	return filepath.Join(f.path, name+".json")
}

// WindowLog is where the window writes what happened. Commands have a log of their own, since two programs cannot rotate one file.
func (f *Folder) WindowLog() string { return filepath.Join(f.path, "clientele.log") }

// CommandLog is where headless commands write what happened.
func (f *Folder) CommandLog() string { return filepath.Join(f.path, "commands.log") }

// Crash is where the last words of a program that broke down go.
func (f *Folder) Crash() string { return filepath.Join(f.path, "crash.log") }

// Empty tells whether the folder holds neither a database nor a configuration: nobody began anything there.
func (f *Folder) Empty() bool {
	for _, path := range []string{f.Database(), f.marker(), filepath.Join(f.path, configuration.Name)} {
		if _, err := os.Lstat(path); err == nil {
			return false
		}
	}
	return true
}

// marker is there once a database was made in the folder.
func (f *Folder) marker() string { return filepath.Join(f.path, DatabaseName+".made") }

// HadDatabase tells whether a database was made here before. Where it is gone since, nobody may begin an empty one in its place unasked.
func (f *Folder) HadDatabase() bool {
	_, err := os.Lstat(f.marker())
	return err == nil
}

// NoteDatabase remembers that the database was made.
func (f *Folder) NoteDatabase() error {
	if f.HadDatabase() {
		return nil
	}
	words := fmt.Sprintf("%s was made in this folder. Should it be missing, Clientele says so instead of beginning an empty one; delete this file to begin anew.\n", DatabaseName)
	return os.WriteFile(f.marker(), []byte(words), 0o600)
}
