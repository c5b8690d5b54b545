package importing

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	csvfile "clientele/app/importing"
	"clientele/views/kit"
	"clientele/views/theme"
)

// columnPanel is the table of the file's columns with what each one holds, and the field in which that is changed. It has any number of columns.
type columnPanel struct {
	page   *Page
	grid   *kit.Grid
	rows   kit.Rows
	label  *kit.Para
	holds  *kit.SearchSelect
	form   *kit.Form
	object fyne.CanvasObject
}

func newColumnPanel(p *Page) *columnPanel {
	c := &columnPanel{page: p, label: kit.NewLine("", theme.Plain), holds: kit.NewSearchSelect(i18n.T("Not imported"), fieldChoices()...)}
	c.grid = kit.NewGrid(
		p.desk.Run,
		kit.Column{Key: "column", Title: i18n.T("Column of the file"), Width: 150, Grow: true},
		kit.Column{Key: "holds", Title: i18n.T("Holds"), Width: 150},
		kit.Column{Key: "first", Title: i18n.T("First row"), Width: 130, Grow: true},
		kit.Column{Key: "second", Title: i18n.T("Second row"), Width: 130, Grow: true},
		kit.Column{Key: "third", Title: i18n.T("Third row"), Width: 130, Grow: true},
	)
	c.form = kit.NewForm(kit.Group{Fields: []kit.Field{{Key: "holds", Wide: true, Input: c.holds}}})
	each(c.form, func(v map[string]string) { c.choose(fieldOf(v["holds"])) })
	c.grid.OnSelect = c.edit
	c.grid.OnOpen = func(int) { c.open(' ') }
	c.grid.OnType = c.open
	label := container.NewVBox(layout.NewSpacer(), c.label, layout.NewSpacer())
	row := container.New(&side{width: 300}, c.form)
	editor := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), kit.Border(nil, nil, nil, row, label))
	c.object = container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), kit.Border(nil, editor, nil, nil, c.grid))
	return c
}

// set shows the columns of a file.
func (c *columnPanel) set(f *found) {
	rows := make(kit.Rows, len(f.header))
	for i, name := range f.header {
		row := &kit.Row{Cells: []string{name, fieldName(f.mapping[i])}, Tones: []theme.Tone{theme.Plain, theme.Info}}
		if f.mapping[i] == csvfile.None {
			row.Muted, row.Tones = true, nil
		}
		if i < len(f.examples) {
			row.Cells = append(row.Cells, f.examples[i]...)
		}
		rows[i] = row
	}
	at := max(min(c.grid.Cursor(), len(rows)-1), 0)
	if len(rows) == len(c.rows) {
		copy(c.rows, rows) // the place in the table stays
		c.grid.Update()
	} else {
		c.rows = rows
		c.grid.SetSource(rows)
	}
	if c.grid.Cursor() < 0 {
		c.grid.Select(at)
	}
	c.edit(c.grid.Cursor())
}

// edit shows the column of a row in the field below the table.
func (c *columnPanel) edit(row int) {
	f := c.page.found
	if f == nil || row < 0 || row >= len(f.header) {
		return
	}
	key := f.mapping[row].Key()
	if key == "" {
		key = notImported
	}
	c.label.Set(i18n.T("The column “%s” holds", f.header[row]), theme.Plain)
	c.form.SetValues(map[string]string{"holds": key})
}

// open opens the choice of fields for the chosen column, at what was typed.
func (c *columnPanel) open(r rune) {
	if c.page.outcome.running() {
		return
	}
	canvas := c.page.desk.Canvas()
	canvas.Focus(c.holds.Focus())
	c.holds.Focus().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if search := canvas.Focused(); r != ' ' && search != nil {
		search.TypedRune(r)
	}
}

// choose has the chosen column hold a field. A column that held it before holds nothing then.
func (c *columnPanel) choose(field csvfile.Field) {
	column := c.grid.Cursor()
	if column < 0 || c.page.outcome.running() {
		return
	}
	c.page.reform(func(_ context.Context, form *app.ImportForm) error {
		if column < len(form.Mapping) {
			form.Mapping = slices.Clone(form.Mapping)
			form.Mapping.Set(column, field)
		}
		return nil
	})
	c.page.desk.Canvas().Focus(c.grid.FocusTarget())
}
