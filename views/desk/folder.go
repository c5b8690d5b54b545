package desk

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// listing is what is at a path.
type listing struct {
	path    string
	file    bool // it is a file; else entries are what is in the folder
	entries []fileEntry
}

// fileEntry is a file or a folder in a list of them.
type fileEntry struct {
	name, path string
	folder     bool
	size       int64
	changed    time.Time
}

// upwards is the name of the row that leads to the folder above.
const upwards = ".."

func (e fileEntry) row() *kit.Row {
	if e.name == upwards {
		return &kit.Row{Cells: []string{i18n.T("One folder up")}, Tones: []theme.Tone{theme.Muted}}
	}
	changed := ""
	if !e.changed.IsZero() {
		changed = Moment(e.changed)
	}
	name, size := e.name, i18n.FormatBytes(e.size)
	if e.folder {
		name, size = name+"/", ""
	}
	return &kit.Row{Cells: []string{name, size, changed}, Tones: []theme.Tone{theme.Plain, theme.Muted, theme.Muted}}
}

// readFolder looks at a path: at a file, or at what of a folder is to be listed. Hidden files are left out, and files of other endings.
func readFolder(ctx context.Context, path string, o OpenFile) (l listing, err error) {
	if path == "" {
		path = homeFolder()
	}
	l.path = filepath.Clean(path)
	info, err := os.Stat(l.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return l, errors.New(i18n.T("“%s” is not there.", l.path))
	case err != nil:
		return l, errors.New(i18n.T("“%s” cannot be opened: %s", l.path, why(err)))
	case !info.IsDir():
		l.file = true
		return l, nil
	}
	found, err := os.ReadDir(l.path)
	if err != nil {
		return l, errors.New(i18n.T("“%s” cannot be opened: %s", l.path, why(err)))
	}
	for _, f := range found {
		if err := ctx.Err(); err != nil {
			return l, err
		}
		if e, ok := entryOf(l.path, f, o); ok {
			l.entries = append(l.entries, e)
		}
	}
	slices.SortFunc(l.entries, func(a, b fileEntry) int {
		if a.folder != b.folder {
			if a.folder {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(fold.Text(a.name), fold.Text(b.name)), cmp.Compare(a.name, b.name))
	})
	if up := filepath.Dir(l.path); up != l.path {
		l.entries = slices.Insert(l.entries, 0, fileEntry{name: upwards, path: up, folder: true})
	}
	return l, nil
}

// why is the bare reason of an error of the file system, whose path is said already.
func why(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// entryOf looks at one name in a folder; ok is false where it is not to be listed.
func entryOf(folder string, f fs.DirEntry, o OpenFile) (e fileEntry, ok bool) {
	if strings.HasPrefix(f.Name(), ".") {
		return e, false
	}
	e = fileEntry{name: f.Name(), path: filepath.Join(folder, f.Name())}
	info, err := os.Stat(e.path) // which follows links
	if err != nil {
		return e, false
	}
	e.folder, e.size, e.changed = info.IsDir(), info.Size(), info.ModTime()
	switch {
	case e.folder:
		return e, true
	case o.Folder || !info.Mode().IsRegular():
		return e, false
	}
	lower := strings.ToLower(e.name)
	return e, len(o.Endings) == 0 || slices.ContainsFunc(o.Endings, func(ending string) bool { return strings.HasSuffix(lower, ending) })
}

// place is a folder under a name that people know.
type place struct{ name, path string }

// usualFolders are the person's own folder with what is usually in it, and the drives of Windows, as far as they are there.
func usualFolders() []place {
	var all []place
	if home, err := os.UserHomeDir(); err == nil {
		all = append(all, place{i18n.T("Home folder"), home})
		all = append(all,
			place{i18n.T("Desktop"), filepath.Join(home, "Desktop")},
			place{i18n.T("Documents"), filepath.Join(home, "Documents")},
			place{i18n.T("Downloads"), filepath.Join(home, "Downloads")})
	}
	if runtime.GOOS == "windows" {
		for drive := 'A'; drive <= 'Z'; drive++ {
			all = append(all, place{string(drive) + ":", string(drive) + `:\`})
		}
	} else {
		all = append(all, place{i18n.T("This computer"), "/"})
	}
	return slices.DeleteFunc(all, func(p place) bool { return !isFolder(p.path) })
}
