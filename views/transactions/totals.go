package transactions

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// inSight is how many currencies are summed beside the list; a dialog has all.
const inSight = 3

// totals is what the transactions come to, a line a currency: amounts of two currencies are never added up (IN-7).
type totals struct {
	d      *desk.Desk
	sums   []app.TransactionSum // by currency
	words  *kit.Para
	all    *kit.Button
	object *fyne.Container
}

func newTotals(d *desk.Desk) *totals {
	t := &totals{d: d, words: kit.NewPara("", theme.Muted)}
	t.all = kit.NewQuiet("", nil, t.open)
	t.all.Hide()
	t.object = kit.Border(nil, nil, nil, t.all, t.words)
	return t
}

// show has a line for each of the currencies with most transactions.
func (t *totals) show(sums []app.TransactionSum) {
	t.sums = sums
	most := slices.Clone(sums)
	if len(sums) > inSight {
		slices.SortStableFunc(most, func(a, b app.TransactionSum) int { return cmp.Compare(b.N, a.N) })
		most = most[:inSight]
	}
	lines := make([]string, len(most))
	for i, s := range most {
		lines[i] = sumWords(s)
	}
	t.words.Set(strings.Join(lines, "\n"), theme.Muted)
	t.all.SetText(i18n.T("Sums of All %d Currencies…", len(sums)))
	show(t.all, len(sums) > inSight)
	t.object.Refresh()
}

func (t *totals) fail(err error) {
	t.all.Hide()
	t.words.Set(i18n.T("The sums could not be read: %s", app.Explain(err)), theme.Danger)
}

func sumWords(s app.TransactionSum) string {
	f := i18n.CurrentLocale()
	return i18n.T("%s:  in %s  ·  fees %s  ·  out %s  ·  net %s", string(s.In.Currency), s.In.Format(f), s.Fees.Format(f), s.Out.Format(f), s.Net.Format(f))
}

// rows are the lines of the dialog.
func (t *totals) rows() kit.Rows {
	f := i18n.CurrentLocale()
	rows := make(kit.Rows, len(t.sums))
	for i, s := range t.sums {
		rows[i] = &kit.Row{Cells: []string{string(s.In.Currency), i18n.FormatInt(s.N), s.In.Format(f), s.Fees.Format(f), s.Out.Format(f), s.Net.Format(f)}}
	}
	return rows
}

// open shows the sums of all currencies.
func (t *totals) open() {
	number := func(key, title string, width float32) kit.Column {
		return kit.Column{Key: key, Title: title, Kind: kit.NumberColumn, Width: width, Grow: true}
	}
	grid := kit.NewGrid(t.d.Run, kit.Column{Key: "currency", Title: i18n.T("Currency"), Width: 84}, number("n", i18n.T("Transactions"), 100),
		number("in", i18n.T("In"), 120), number("fees", i18n.T("Fees"), 100), number("out", i18n.T("Out"), 120), number("net", i18n.T("Net"), 120))
	grid.SetSource(t.rows())
	kit.ShowDialog(t.d.Canvas(), kit.Dialog{
		Title: i18n.T("Sums by currency"), Body: container.New(&sized{fyne.NewSize(680, 360)}, grid), Close: i18n.T("Close"), Width: 728,
	})
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
