package client

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// filePage is how many files are read at once.
const filePage = 200

// files is the tab with all files of a client (FI-1, FI-2), newest first. They are read when the tab is first looked at.
type files struct {
	d     *desk.Desk
	id    int64
	load  *task.Loader[fileList]
	seen  bool
	focus fyne.Canvas // where the list takes the keyboard once it is there
	more  bool        // there may be older ones
	all   []data.File
	rows  []*kit.Row

	grid    *kit.Grid
	openB   *kit.Button
	saveB   *kit.Button
	renameB *kit.Button
	adminB  *kit.Button
	deleteB *kit.Button
	buttons *fyne.Container
	totals  *kit.Para
	list    fyne.CanvasObject
	body    *fyne.Container
}

// fileList is a part of the list as it was read.
type fileList struct {
	files       []data.File
	count, size int64 // of all files of the client
}

func newFiles(d *desk.Desk, id int64) *files {
	f := &files{d: d, id: id, load: task.NewLoader[fileList](d.Run), body: container.NewStack(), totals: kit.NewLine("", theme.Muted)}
	f.grid = kit.NewGrid(
		d.Run,
		kit.Column{Key: "title", Title: i18n.T("Title"), Width: 200, Grow: true},
		kit.Column{Key: "name", Title: i18n.T("Name"), Width: 180, Grow: true},
		kit.Column{Key: "size", Title: i18n.T("Size"), Kind: kit.NumberColumn, Width: 88},
		kit.Column{Key: "seen", Title: i18n.T("Client area"), Kind: kit.PillColumn, Width: 116},
		kit.Column{Key: "at", Title: i18n.T("Uploaded"), Width: 136},
		kit.Column{Key: "by", Title: i18n.T("By"), Width: 112},
	)
	f.grid.Multi = true
	f.grid.OnOpen = func(int) { f.open() }
	f.grid.OnMarks = f.offer
	f.grid.OnDelete = f.remove
	f.grid.Menu = func(int) *fyne.Menu { return f.menu() }
	f.openB = kit.NewButton(i18n.T("Open"), nil, f.open)
	f.saveB = kit.NewButton(i18n.T("Save As…"), icons.Export, f.saveAs)
	f.renameB = kit.NewButton(i18n.T("Rename…"), icons.Edit, f.rename)
	f.adminB = kit.NewButton(i18n.T("Show to Client"), nil, f.toggle)
	f.deleteB = kit.NewButton(i18n.T("Delete"), icons.Delete, f.remove)
	upload := kit.NewPrimary(i18n.T("Upload…"), icons.Add, f.choose)
	f.buttons = kit.NewTrailing(f.openB, f.saveB, f.renameB, f.adminB, f.deleteB, upload)
	f.grid.SetSource(f)
	f.offer()
	bar := container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), f.buttons)
	foot := container.New(layout.NewCustomPaddedLayout(theme.Unit, 0, 0, 0), f.totals)
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset)
	f.list = container.New(pad, kit.Border(bar, foot, nil, nil, f.grid))
	return f
}

func (f *files) title() string             { return i18n.T("Files") }
func (f *files) object() fyne.CanvasObject { return f.body }
func (f *files) show(loaded)               {}

func (f *files) front(c fyne.Canvas) {
	f.focus = c
	if !f.seen {
		f.seen = true
		f.read(filePage)
		return
	}
	f.takeFocus()
}

func (f *files) takeFocus() {
	switch {
	case f.focus == nil:
	case len(f.all) > 0:
		f.focus.Focus(f.grid.FocusTarget())
	default:
		kit.Begin(f.focus, f.body)
	}
	f.focus = nil
}

func (f *files) changed(c app.Change) {
	if f.seen && c.Topic == app.TopicFiles && (c.ClientID == 0 || c.ClientID == f.id) {
		f.read(max(len(f.all), filePage))
	}
}

// fetch reads up to n files that are older than the one with the number before, or the newest.
func (f *files) fetch(before int64, n int) func(context.Context) (fileList, error) {
	return func(ctx context.Context) (l fileList, err error) {
		if l.count, l.size, err = f.d.App.Files.Totals(ctx, f.id); err != nil {
			return l, err
		}
		l.files, err = f.d.App.Files.List(ctx, f.id, before, n)
		return l, err
	}
}

// read shows the n newest files. The cursor stays on its file.
func (f *files) read(n int) {
	f.load.Load(f.fetch(0, n), func(l fileList, err error) {
		if err != nil {
			if len(f.all) > 0 {
				f.d.Fail(err)
			} else {
				f.fill(f.d.ErrorState(err, func() { f.read(n) }))
			}
			return
		}
		at := int64(0)
		if i := f.grid.Cursor(); i >= 0 {
			at = f.all[i].ID
		}
		f.more = len(l.files) == n
		f.all, f.rows = nil, nil
		f.add(l)
		if i := slices.IndexFunc(f.all, func(x data.File) bool { return x.ID == at }); i != f.grid.Cursor() {
			f.grid.Select(i)
		}
		f.offer()
		f.takeFocus()
	})
}

// older reads on where the list ends.
func (f *files) older() {
	if !f.more || f.load.Busy() {
		return
	}
	f.load.Load(f.fetch(f.all[len(f.all)-1].ID, filePage), func(l fileList, err error) {
		if err != nil {
			f.d.Fail(err)
			return
		}
		f.more = len(l.files) == filePage
		f.add(l)
	})
}

func (f *files) add(l fileList) {
	for _, x := range l.files {
		f.all = append(f.all, x)
		f.rows = append(f.rows, fileRow(x))
	}
	f.totals.Set(i18n.N(l.count, "One file, %s", "%d files, %s", i18n.FormatBytes(l.size)), theme.Muted)
	f.grid.Update()
	if len(f.all) == 0 {
		f.fill(kit.NewEmptyState(icons.File, i18n.T("No files yet"), i18n.T("Drop files anywhere on this page, or choose one."),
			kit.NewPrimary(i18n.T("Upload…"), icons.Add, f.choose)))
		return
	}
	f.fill(f.list)
}

func fileRow(x data.File) *kit.Row {
	word, tone := seenBy(x)
	return &kit.Row{
		Cells: []string{x.Title, x.Name, i18n.FormatBytes(x.Size), word, mailview.When(x.UploadedAt), x.UploadedBy},
		Tones: []theme.Tone{theme.Plain, theme.Muted, theme.Plain, tone, theme.Muted, theme.Muted},
	}
}

// seenBy says who sees a file.
func seenBy(x data.File) (word string, tone theme.Tone) {
	if x.AdminOnly {
		return i18n.T("Admin Only"), theme.Muted
	}
	return i18n.T("Client sees it"), theme.Good
}

func (f *files) fill(o fyne.CanvasObject) {
	kit.Swap(f.d.Canvas(), f.body, o)
}

// chosen are the selected files.
func (f *files) chosen() (some []data.File) {
	for _, s := range f.grid.Selected() {
		some = append(some, f.all[s.First:min(s.Last+1, len(f.all))]...)
	}
	return some
}

// offer enables what can be done with the selected files.
func (f *files) offer() {
	some := f.chosen()
	for _, b := range []*kit.Button{f.openB, f.saveB, f.renameB} {
		enable(b, len(some) == 1)
	}
	for _, b := range []*kit.Button{f.adminB, f.deleteB} {
		enable(b, len(some) > 0)
	}
	words := toggleWords(some)
	if f.adminB.Text != words {
		f.adminB.SetText(words)
		f.buttons.Refresh() // whose places depend on the words' widths
	}
}

// hidden tells whether the client sees none of these files.
func hidden(some []data.File) bool {
	return !slices.ContainsFunc(some, func(x data.File) bool { return !x.AdminOnly })
}

func toggleWords(some []data.File) string {
	if hidden(some) {
		return i18n.T("Show to Client")
	}
	return i18n.T("Make Admin Only")
}

// menu is what can be done with the selected files.
func (f *files) menu() *fyne.Menu {
	some := f.chosen()
	var items []*fyne.MenuItem
	if len(some) == 1 {
		items = append(items, fyne.NewMenuItem(i18n.T("Open"), f.open), fyne.NewMenuItem(i18n.T("Save As…"), f.saveAs), fyne.NewMenuItem(i18n.T("Rename…"), f.rename))
	}
	items = append(items, fyne.NewMenuItem(toggleWords(some), f.toggle), fyne.NewMenuItemSeparator(), fyne.NewMenuItem(i18n.T("Delete"), f.remove))
	return fyne.NewMenu("", items...)
}

// Len is for the grid.
func (f *files) Len() int { return len(f.rows) }

// Row is for the grid.
func (f *files) Row(i int) *kit.Row { return f.rows[i] }

// Want is for the grid; nearing the end reads on.
func (f *files) Want(_, last int) {
	if last >= len(f.rows)-1 {
		f.older()
	}
}
