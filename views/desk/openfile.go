package desk

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// OpenFile asks for a file on this computer, or for a folder. The toolkit's own dialog is not used: Escape does not leave it, no path can be typed or pasted into it, and what the
// menu starts would start behind it.
type OpenFile struct {
	Title string
	// Endings are how the names of the files end that are listed, such as ".csv"; none lists all. A file of another name can be typed.
	Endings []string
	// Folder asks for a folder.
	Folder bool
	// Chosen is called with the whole path.
	Chosen func(path string)
	// Left is called where nothing was chosen; may be nil.
	Left func()
}

// prefFolder remembers the folder that was chosen from last.
const prefFolder = "files.folder"

// Ask opens the dialog.
func (o OpenFile) Ask(d *Desk) {
	c := &chooser{OpenFile: o, d: d, loader: task.NewLoader[listing](d.Run), path: kit.NewEntry(), middle: container.NewStack()}
	c.path.Limit = longestPath
	c.path.OnReturn = func() { c.open.Act() }
	c.grid = kit.NewGrid(d.Run,
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 300, Grow: true},
		kit.Column{Key: "size", Title: i18n.T("Size"), Kind: kit.NumberColumn, Width: 96},
		kit.Column{Key: "changed", Title: i18n.T("Changed"), Width: 150})
	c.grid.OnSelect = c.point
	c.grid.OnOpen = func(row int) { c.enter(row) }
	c.grid.OnType = c.jump
	c.middle.Add(c.grid)
	places := kit.NewMenuChip(i18n.T("Places"), c.places)
	top := kit.Border(nil, nil, nil, places, c.path)
	whole := container.New(&sized{fyne.NewSize(720, 380)}, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, container.New(layout.NewCustomPaddedLayout(theme.Gap, 0, 0, 0), c.middle)))
	action := i18n.T("Open")
	if o.Folder {
		action = i18n.T("Choose This Folder")
	}
	c.open = kit.ShowDialog(d.Canvas(), kit.Dialog{Title: o.Title, Body: whole, Width: 768, Action: action, OnClose: func() {
		c.loader.Cancel()
		if o.Left != nil {
			o.Left()
		}
	}, Do: c.act})
	last := d.Prefs.String(prefFolder)
	c.visit(last, func(err error) {
		if err != nil && last != "" { // it is gone meanwhile
			c.visit("", c.said)
			return
		}
		c.said(err)
	})
	task.NewLoader[[]place](d.Run).Load(func(context.Context) ([]place, error) { return usualFolders(), nil }, func(all []place, _ error) { c.usual = all })
}

// chooser is the dialog.
type chooser struct {
	OpenFile
	d      *Desk
	loader *task.Loader[listing]
	folder string // that is listed
	listed []fileEntry
	usual  []place
	path   *kit.Entry
	grid   *kit.Grid
	middle *fyne.Container
	open   *kit.OpenDialog
}

// said says why a folder could not be listed.
func (c *chooser) said(err error) {
	if err != nil {
		c.open.Fail(err.Error())
	}
}

// visit lists a folder, or the person's own where it is empty, brings the keyboard to the list, and calls then.
func (c *chooser) visit(folder string, then func(error)) {
	c.loader.Load(func(ctx context.Context) (listing, error) { return readFolder(ctx, folder, c.OpenFile) }, func(l listing, err error) {
		if err == nil && l.file {
			err = errors.New(i18n.T("“%s” is a file. Choose a folder.", filepath.Base(l.path)))
		}
		if err == nil {
			c.show(l)
		}
		then(err)
	})
}

// show lists what is in a folder.
func (c *chooser) show(l listing) {
	c.folder, c.listed = l.path, l.entries
	rows := make(kit.Rows, len(l.entries))
	for i, e := range l.entries {
		rows[i] = e.row()
	}
	c.grid.SetSource(rows)
	c.path.SetText(l.path)
	if len(rows) > 0 {
		c.grid.Select(0)
	}
	c.path.SetText(l.path) // after the first row was chosen, which is the way up
	if c.open.Open() {
		c.d.Canvas().Focus(c.grid.FocusTarget())
	}
}

// point writes the path of a row into the field.
func (c *chooser) point(row int) {
	if row >= 0 && row < len(c.listed) {
		c.path.SetText(c.listed[row].path)
	}
}

// enter opens a row: a folder is listed, a file is chosen.
func (c *chooser) enter(row int) {
	if row < 0 || row >= len(c.listed) || c.open.Busy() {
		return
	}
	e := c.listed[row]
	if !e.folder {
		c.point(row)
		c.open.Act()
		return
	}
	c.visit(e.path, c.said)
}

// act chooses what the field says. A folder is listed where a file is asked for.
func (c *chooser) act(done func(error)) {
	path := strings.Trim(strings.TrimSpace(c.path.Text), `"`)
	if !filepath.IsAbs(path) {
		path = filepath.Join(c.folder, path)
	}
	c.loader.Load(func(ctx context.Context) (listing, error) { return readFolder(ctx, path, c.OpenFile) }, func(l listing, err error) {
		if err == nil && l.file && c.Folder {
			err = errors.New(i18n.T("“%s” is a file. Choose a folder.", filepath.Base(l.path)))
		}
		switch {
		case err != nil:
			done(err)
			c.d.Canvas().Focus(c.path) // where it can be mended
		case !l.file && !c.Folder:
			done(errors.New(""))
			c.show(l)
		default:
			folder := l.path
			if l.file {
				folder = filepath.Dir(l.path)
			}
			c.d.Prefs.SetString(prefFolder, folder)
			done(nil)
			c.Chosen(l.path)
		}
	})
}

// jump goes to the next row whose name begins with a letter. A slash begins a path, which is written above the list.
func (c *chooser) jump(r rune) {
	if r == '/' || r == filepath.Separator {
		c.path.SetText("")
		c.d.Canvas().Focus(c.path)
		c.path.TypedRune(r)
		return
	}
	letter := fold.Text(string(r))
	for n := range c.listed {
		i := (c.grid.Cursor() + 1 + n) % len(c.listed)
		if letter != "" && strings.HasPrefix(fold.Text(c.listed[i].name), letter) {
			c.grid.Select(i)
			return
		}
	}
}

// places are folders that most people look in.
func (c *chooser) places() *fyne.Menu {
	m := fyne.NewMenu("")
	for _, p := range c.usual {
		m.Items = append(m.Items, fyne.NewMenuItem(p.name, func() { c.visit(p.path, c.said) }))
	}
	return m
}

// sized gives what it holds a size of its own.
type sized struct{ size fyne.Size }

// MinSize is for the toolkit.
func (s *sized) MinSize([]fyne.CanvasObject) fyne.Size { return s.size }

// Layout is for the toolkit.
func (s *sized) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Move(fyne.Position{})
	o[0].Resize(size)
}
