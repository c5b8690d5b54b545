package desk

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/task"
)

// SaveFile asks where to write a file and calls write with the answer. The file is not touched before write does so: the toolkit's own dialog would empty
// one that is there at once, which is lost then where writing fails.
type SaveFile struct {
	Title  string
	Text   string // what will be in it
	Name   string // proposed, without a folder
	Help   string // below the field; may be empty
	Action string // such as Export
	Folder bool   // a new folder is written, and no file
	Write  func(path string)
}

// longestPath is how long a path may be in characters.
const longestPath = 4096

// Ask opens the dialog.
func (s SaveFile) Ask(d *Desk) {
	path := kit.NewText(longestPath)
	path.SetValue(filepath.Join(homeFolder(), s.Name))
	what, may := i18n.T("File"), mayWrite
	if s.Folder {
		what, may = i18n.T("Folder"), func(path, _ string) error { return mayMake(path) }
	}
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: "path", Label: what, Help: s.Help, Wide: true, Input: path,
	}}})
	browse := kit.NewButton(i18n.T("Choose a Folder"), icons.Export, func() {
		OpenFile{Title: i18n.T("Choose a Folder"), Folder: true, Chosen: func(folder string) {
			path.SetValue(filepath.Join(folder, filepath.Base(path.Value())))
		}}.Ask(d)
	})
	replace := "" // the file that the person was told of and may be replaced
	kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: s.Title, Text: s.Text, Form: form, Body: browse, Action: s.Action, Width: 560,
		Do: func(done func(error)) {
			to := strings.TrimSpace(path.Value())
			d.Run.Task(s.Title, func(context.Context, *task.Progress) error { return may(to, replace) }, func(err error) {
				var there *existing
				if errors.As(err, &there) {
					replace = to
				}
				done(err)
				if err == nil {
					s.Write(to)
				}
			})
		},
	})
}

// existing says that a file is there already.
type existing struct{ name string }

func (e *existing) Error() string {
	return i18n.T("“%s” is there already. Press the button again to replace it, or choose another name.", e.name)
}

// mayMake tells whether a folder may be made: the one around it is there, and nothing of that name but an empty folder is.
func mayMake(path string) error {
	if err := inFolder(path); err != nil {
		return err
	}
	switch entries, err := os.ReadDir(path); {
	case errors.Is(err, fs.ErrNotExist), err == nil && len(entries) == 0:
		return nil
	case err == nil:
		return errors.New(i18n.T("The folder “%s” is not empty. Name a new one.", path))
	}
	return errors.New(i18n.T("“%s” is there already. Name a new folder.", filepath.Base(path)))
}

// inFolder tells whether a path names something in a folder that is there.
func inFolder(path string) error {
	if path == "" || !filepath.IsAbs(path) {
		return errors.New(i18n.T("Enter the whole path, beginning with its drive or folder."))
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || !info.IsDir() {
		return errors.New(i18n.T("The folder “%s” is not there. Choose another one.", filepath.Dir(path)))
	}
	return nil
}

// mayWrite tells whether a file may be written: its folder is there, and it is not, or the person knows that it is replaced.
func mayWrite(path, replace string) error {
	if err := inFolder(path); err != nil {
		return err
	}
	switch info, err := os.Stat(path); {
	case err == nil && info.IsDir():
		return errors.New(i18n.T("“%s” is a folder. Add the name of a file.", filepath.Base(path)))
	case err == nil && path != replace:
		return &existing{filepath.Base(path)}
	}
	return nil
}

// homeFolder is where a file is proposed to go.
func homeFolder() string {
	home, err := os.UserHomeDir()
	if err != nil {
		return os.TempDir()
	}
	if documents := filepath.Join(home, "Documents"); isFolder(documents) {
		return documents
	}
	return home
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
