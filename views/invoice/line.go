package invoice

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/theme"
)

// The cells of a line, in their order.
const (
	cellDescription = iota
	cellQuantity
	cellPrice
	cellDiscount
	cellCount
)

// cellFields are the keys of the cells, as errors name them.
var cellFields = [cellCount]string{app.FieldDescription, app.FieldQuantity, app.FieldUnitPrice, app.FieldDiscount}

func cellTitle(cell int) string {
	switch cell {
	case cellDescription:
		return i18n.T("Description")
	case cellQuantity:
		return i18n.T("Quantity")
	case cellPrice:
		return i18n.T("Unit price")
	}
	return i18n.T("Discount") + " %"
}

// typed is a line as it is typed.
type typed struct {
	Text  [cellCount]string
	Taxed bool
}

// line is a line of the editor: what is typed, what of it could be read, and what is wrong with it.
type line struct {
	typed
	of     app.InvoiceLine // what it was stored as: its kind and what it bills stay
	wrong  [cellCount]string
	amount string // what it comes to, in words; empty where it cannot be read
	box    *lineBox
}

// newLine is a line that nothing was typed in yet.
func newLine(t app.Taxing) *line {
	l := &line{typed: typed{Taxed: true}}
	l.Text[cellQuantity] = billing.One.Format(i18n.CurrentLocale())
	if t.Discount != 0 {
		l.Text[cellDiscount] = rateText(t.Discount)
	}
	return l
}

// lineOf is a stored line.
func lineOf(of app.InvoiceLine) *line {
	l := &line{of: of, typed: typed{Taxed: of.Taxed}}
	locale := i18n.CurrentLocale()
	l.Text = [cellCount]string{of.Description, of.Quantity.Format(locale), of.UnitPrice.FormatNumber(locale), ""}
	if of.Discount != 0 {
		l.Text[cellDiscount] = rateText(of.Discount)
	}
	return l
}

func rateText(r money.Rate) string {
	return r.Format(i18n.CurrentLocale())
}

// blank tells whether nothing was typed in a line, which is then no line of the invoice.
func (l *line) blank() bool {
	return strings.TrimSpace(l.Text[cellDescription]) == "" && strings.TrimSpace(l.Text[cellPrice]) == "" && l.of.Kind == ""
}

// read makes a line of an invoice of what is typed. wrong has a sentence for each cell that cannot be read.
func (l *line) read(c money.Currency) (read app.InvoiceLine, wrong [cellCount]string, good bool) {
	locale := i18n.CurrentLocale()
	read, good = l.of, true
	fail := func(cell int, err error) {
		if err != nil {
			wrong[cell], good = err.Error(), false
		}
	}
	var err error
	read.Description, read.Taxed = l.Text[cellDescription], l.Taxed
	read.Quantity, err = billing.ParseQuantity(l.Text[cellQuantity], locale)
	fail(cellQuantity, err)
	read.UnitPrice, err = money.Parse(l.Text[cellPrice], c, locale)
	fail(cellPrice, err)
	read.Discount = 0
	if strings.TrimSpace(l.Text[cellDiscount]) != "" {
		read.Discount, err = money.ParseRate(l.Text[cellDiscount], locale)
		fail(cellDiscount, err)
	}
	return read, wrong, good
}

// faults says below a line what is wrong with it, with the name of each cell; empty where nothing is.
func (l *line) faults() string {
	var all []string
	for cell, words := range l.wrong {
		if words != "" {
			all = append(all, cellTitle(cell)+": "+words)
		}
	}
	return strings.Join(all, "\n")
}

// cell is a field of a line. It hands on the keys that act on lines.
type cell struct {
	kit.Entry
	onAlt func(fyne.KeyName) bool
}

func newCell(limit int) *cell {
	c := &cell{}
	c.Wrapping = fyne.TextWrapOff
	c.AlwaysShowValidationError = true
	c.Limit = limit
	c.ExtendBaseWidget(c)
	return c
}

// TypedShortcut is for the toolkit.
func (c *cell) TypedShortcut(s fyne.Shortcut) {
	if k, ok := s.(*desktop.CustomShortcut); ok && k.Modifier == fyne.KeyModifierAlt && c.onAlt(k.KeyName) {
		return
	}
	c.Entry.TypedShortcut(s)
}

// lineBox draws one line.
type lineBox struct {
	widget.BaseWidget
	cells  [cellCount]*cell
	taxed  *kit.Tick
	amount *widget.Label
	more   *kit.Button
	fault  *kit.Para
}

// The limits of what can be typed; the rules say more exactly what is allowed.
var cellLimits = [cellCount]int{500, 20, 40, 12}

func newLineBox() *lineBox {
	b := &lineBox{amount: widget.NewLabel(""), fault: kit.NewPara("", theme.Danger), taxed: kit.NewTick("", nil)}
	b.amount.Alignment, b.amount.Truncation = fyne.TextAlignTrailing, fyne.TextTruncateEllipsis
	for i := range b.cells {
		b.cells[i] = newCell(cellLimits[i])
		b.cells[i].Whole = i != cellDescription
	}
	b.more = kit.NewQuiet("", icons.More, nil)
	b.ExtendBaseWidget(b)
	return b
}

// show puts a line into its box.
func (b *lineBox) show(l *line) {
	for i, c := range b.cells {
		if c.Text != l.Text[i] {
			c.SetText(l.Text[i])
		}
		c.Mark(l.wrong[i])
	}
	if b.taxed.Checked != l.Taxed {
		b.taxed.SetChecked(l.Taxed)
	}
	b.fault.Set(l.faults(), theme.Danger)
	b.tell(l)
}

// tell shows what a line comes to.
func (b *lineBox) tell(l *line) {
	if b.amount.Text != l.amount {
		b.amount.SetText(l.amount)
	}
}

// height is how high a line is at a width.
func (b *lineBox) height(width float32) float32 {
	h := rowsIn(width) * (b.cells[0].MinSize().Height + theme.Unit)
	if b.fault.Text() != "" {
		b.fault.Resize(fyne.NewSize(width, b.fault.Size().Height))
		h += b.fault.MinSize().Height + theme.Unit
	}
	return h
}

// CreateRenderer is for the toolkit.
func (b *lineBox) CreateRenderer() fyne.WidgetRenderer { return &lineBoxRenderer{b} }

type lineBoxRenderer struct{ b *lineBox }

func (r *lineBoxRenderer) Destroy() {}

// Objects is for the toolkit; its order is that of the Tab key.
func (r *lineBoxRenderer) Objects() []fyne.CanvasObject {
	b := r.b
	return []fyne.CanvasObject{
		b.cells[cellDescription], b.cells[cellQuantity], b.cells[cellPrice], b.cells[cellDiscount], b.taxed, b.amount, b.more, b.fault,
	}
}

func (r *lineBoxRenderer) MinSize() fyne.Size {
	return fyne.NewSize(columnsLeast, r.b.height(r.b.Size().Width))
}

func (r *lineBoxRenderer) Layout(size fyne.Size) {
	b := r.b
	h := b.cells[0].MinSize().Height
	for i, s := range spans(size.Width) {
		b.at(i).Move(fyne.NewPos(s.left, float32(s.row)*(h+theme.Unit)))
		b.at(i).Resize(fyne.NewSize(s.width, h))
	}
	under := rowsIn(size.Width) * (h + theme.Unit)
	b.fault.Move(fyne.NewPos(0, under))
	b.fault.Resize(fyne.NewSize(size.Width, max(size.Height-under, 0)))
}

func (r *lineBoxRenderer) Refresh() { r.Layout(r.b.Size()) }

// at is what stands in a column.
func (b *lineBox) at(column int) fyne.CanvasObject {
	return []fyne.CanvasObject{b.cells[0], b.cells[1], b.cells[2], b.cells[3], b.taxed, b.amount, b.more}[column]
}

// The widths of the columns after the description, which takes the rest: where all are in one row, and where those between the description and the menu are in
// a row of their own, as shares of it.
var (
	columnWidths = [...]float32{80, 104, 76, 48, 100, 36}
	columnShares = [...]float32{66, 76, 78, 42, 88}
)

// columnsLeast is the width that all columns need, and descriptionLeast the part of it without which a description stands above the other columns, as where the
// text is large.
const (
	columnsLeast     float32 = 600
	descriptionLeast float32 = 130
)

type column struct {
	left, width float32
	row         int
}

// rowsIn is how many rows a line has in a width.
func rowsIn(width float32) float32 {
	if s := spans(width); s[1].row > 0 {
		return 2
	}
	return 1
}

// spans are the places of the columns in a width.
func spans(width float32) []column {
	const gap = theme.Unit
	widths := columnWidths
	need := -gap
	for i, w := range widths {
		widths[i] = theme.Wider(w)
		need += widths[i] + gap
	}
	if rest := width - gap - need; width <= 0 || rest >= theme.Wider(descriptionLeast) {
		return beside([]column{{0, rest, 0}}, widths[:], rest+gap, 0)
	}
	shares := columnShares
	var sum float32
	for _, s := range shares {
		sum += s
	}
	for i := range shares {
		shares[i] *= (width - float32(len(shares)-1)*gap) / sum
	}
	menu := widths[len(widths)-1]
	all := beside([]column{{0, width - gap - menu, 0}}, shares[:], 0, 1)
	return append(all, column{width - menu, menu, 0})
}

// beside puts further columns into a row, the first at x.
func beside(all []column, widths []float32, x float32, row int) []column {
	for _, w := range widths {
		all = append(all, column{x, w, row})
		x += w + theme.Unit
	}
	return all
}
