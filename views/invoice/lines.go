package invoice

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// lines is the form of an invoice's lines. Only those in sight are drawn, so that an invoice of many lines opens as fast as one of few.
type lines struct {
	taxing  app.Taxing
	changed func()
	canvas  func() fyne.Canvas // of the window: the toolkit does not know it by widgets that have not been drawn yet

	all    []*line
	head   *fyne.Container
	scroll *container.Scroll
	body   *linesBody
	object fyne.CanvasObject
}

func newLines(t app.Taxing, canvas func() fyne.Canvas, changed func()) *lines {
	l := &lines{taxing: t, canvas: canvas, changed: changed}
	l.body = &linesBody{l: l}
	l.body.ExtendBaseWidget(l.body)
	l.scroll = container.NewVScroll(l.body)
	l.scroll.OnScrolled = func(fyne.Position) { l.body.Refresh() }
	l.head = container.New(&headLayout{})
	for _, word := range []string{
		cellTitle(cellDescription), cellTitle(cellQuantity), cellTitle(cellPrice), cellTitle(cellDiscount), i18n.T("Tax"),
	} {
		l.head.Add(kit.NewLine(word, theme.Muted))
	}
	amount := widget.NewLabel(i18n.T("Amount"))
	amount.Alignment, amount.Importance = fyne.TextAlignTrailing, widget.LowImportance
	l.head.Add(amount)
	l.object = kit.Border(l.head, nil, nil, nil, l.scroll)
	return l
}

// begin shows stored lines, or one that is blank where there is none.
func (l *lines) begin(stored []app.InvoiceLine) {
	at, cell, caret := l.keyboard()
	l.all = nil
	for _, s := range stored {
		l.all = append(l.all, lineOf(s))
	}
	if len(l.all) == 0 {
		l.all = append(l.all, newLine(l.taxing))
	}
	l.scroll.Offset = fyne.Position{}
	l.tell()
	l.body.grown()
	if at >= 0 && at < len(l.all) {
		back := l.body.boxOf(l.all[at]).cells[cell]
		back.CursorColumn = min(caret, len([]rune(back.Text)))
		l.canvas().Focus(back)
	}
}

// keyboard is the cell that the keyboard is in, and before which letter, or the line -1.
func (l *lines) keyboard() (at, cell, caret int) {
	for i, row := range l.all {
		if row.box == nil {
			continue
		}
		for n, c := range row.box.cells {
			if l.canvas().Focused() == fyne.Focusable(c) {
				return i, n, c.CursorColumn
			}
		}
	}
	return -1, 0, 0
}

// typed is what is in all lines, to be compared.
func (l *lines) typed() []typed {
	all := make([]typed, len(l.all))
	for i, row := range l.all {
		all[i] = row.typed
	}
	return all
}

// read makes the lines of an invoice of what is typed. rows tells for each the line of the form that it is, as blank ones are left out; good is false where
// some cannot be read, which are marked then.
func (l *lines) read() (read []app.InvoiceLine, rows []int, good bool) {
	good = true
	for i, row := range l.all {
		row.wrong = [cellCount]string{}
		if row.blank() {
			continue
		}
		line, wrong, ok := row.read(l.taxing.Currency)
		row.wrong = wrong
		good = good && ok
		read, rows = append(read, line), append(rows, i)
	}
	l.body.grown()
	return read, rows, good
}

// totals works out what the lines that can be read come to. left counts those that cannot.
func (l *lines) totals() (t billing.Totals, left int, err error) {
	var values []billing.Line
	var of []*line
	for _, row := range l.all {
		row.amount = ""
		if row.blank() {
			continue
		}
		read, _, ok := row.read(l.taxing.Currency)
		if ok {
			_, err := l.taxing.Totals([]billing.Line{read.Line})
			ok = err == nil
		}
		if !ok {
			left++
			continue
		}
		values, of = append(values, read.Line), append(of, row)
	}
	t, err = l.taxing.Totals(values)
	if err != nil {
		return t, left, err
	}
	for i, row := range of {
		row.amount = lineAmount(t.Lines[i], l.taxing.Tax.Mode).FormatNumber(i18n.CurrentLocale())
	}
	return t, left, nil
}

// tell is called after anything was typed.
func (l *lines) tell() {
	l.changed()
	for _, row := range l.all {
		if row.box != nil {
			row.box.tell(row)
		}
	}
}

// fail marks a cell of a line as wrong.
func (l *lines) fail(row int, field, words string) {
	cell := slices.Index(cellFields[:], field)
	l.all[row].wrong[max(cell, 0)] = words
}

// toFault leads to the first cell that is wrong, if there is one.
func (l *lines) toFault() {
	l.body.grown()
	for i, row := range l.all {
		for cell, words := range row.wrong {
			if words != "" {
				l.focus(i, cell)
				return
			}
		}
	}
}

// add puts a blank line after one and leads to it.
func (l *lines) add(after int) {
	l.all = slices.Insert(l.all, after+1, newLine(l.taxing))
	l.tell()
	l.body.grown()
	l.focus(after+1, cellDescription)
}

// remove takes a line away. There is one always, be it blank.
func (l *lines) remove(i int) {
	l.all = slices.Delete(l.all, i, i+1)
	if len(l.all) == 0 {
		l.all = append(l.all, newLine(l.taxing))
	}
	l.tell()
	l.body.grown()
	l.focus(min(i, len(l.all)-1), cellDescription)
}

// move puts a line up (-1) or down (1).
func (l *lines) move(i, by, cell int) {
	to := i + by
	if to < 0 || to >= len(l.all) {
		return
	}
	l.all[i], l.all[to] = l.all[to], l.all[i]
	l.tell()
	l.body.grown()
	l.focus(to, cell)
}

// focus gives the keyboard to a cell, with its text selected, and brings it into sight.
func (l *lines) focus(i, cell int) {
	if i < 0 || i >= len(l.all) {
		return
	}
	l.body.reveal(i)
	at := l.body.boxOf(l.all[i]).cells[cell]
	l.canvas().Focus(at)
	at.TypedShortcut(&fyne.ShortcutSelectAll{}) // what is typed next takes the place of what is there, as in a table
}

// menu is what can be done with a line.
func (l *lines) menu(row *line) {
	i := slices.Index(l.all, row)
	up := fyne.NewMenuItem(i18n.T("Move Up"), func() { l.move(i, -1, cellDescription) })
	down := fyne.NewMenuItem(i18n.T("Move Down"), func() { l.move(i, 1, cellDescription) })
	up.Disabled, down.Disabled = i == 0, i == len(l.all)-1
	m := fyne.NewMenu("", up, down,
		fyne.NewMenuItem(i18n.T("Insert a Line Below"), func() { l.add(i) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(i18n.T("Remove Line"), func() { l.remove(i) }))
	kit.ShowMenu(m, row.box.more)
}

// key acts on lines from within a cell; true means that the key is done with.
func (l *lines) key(row *line, cell int, k fyne.KeyName) bool {
	i := slices.Index(l.all, row)
	switch k {
	case fyne.KeyUp:
		l.focus(i-1, cell)
	case fyne.KeyDown:
		l.focus(i+1, cell)
	default:
		return false
	}
	return true
}

// alt acts on lines for a key with Alt.
func (l *lines) alt(row *line, cell int, k fyne.KeyName) bool {
	i := slices.Index(l.all, row)
	switch k {
	case fyne.KeyUp:
		l.move(i, -1, cell)
	case fyne.KeyDown:
		l.move(i, 1, cell)
	case fyne.KeyDelete, fyne.KeyBackspace:
		l.remove(i)
	case fyne.KeyInsert:
		l.add(i)
	default:
		return false
	}
	return true
}

// enter goes on to the next line, and makes one at the end.
func (l *lines) enter(row *line) {
	i := slices.Index(l.all, row)
	switch {
	case i < len(l.all)-1:
		l.focus(i+1, cellDescription)
	case !row.blank():
		l.add(i)
	}
}

// headLayout puts the titles over the columns.
type headLayout struct{ width float32 }

func (l *headLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(columnsLeast, rowsIn(l.width)*o[0].MinSize().Height+theme.Unit)
}

func (l *headLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	high := (size.Height - theme.Unit) / rowsIn(size.Width)
	for i, s := range spans(size.Width)[:len(o)] {
		h := o[i].MinSize().Height
		o[i].Move(fyne.NewPos(s.left, theme.Unit/2+float32(s.row)*high+(high-h)/2))
		o[i].Resize(fyne.NewSize(s.width, h))
	}
}
