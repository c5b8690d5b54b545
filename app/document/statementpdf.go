package document

import (
	"io"
	"strings"

	"clientele/app/money"
)

func (s *Statement) write(w io.Writer, paper Paper, balances []money.Money) error {
	sheet := newSheet(paper, s.Style, "", s.Business.Name, s.Made)
	title := sheet.words.T("Account statement")
	sheet.pdf.SetTitle(describe(title), false)
	sheet.begin = func(page int) {
		if page > 1 {
			sheet.continued(title, s.Business.Name)
		}
	}
	sheet.newPage()
	facts := []Detail{
		{sheet.words.T("Date"), s.Made.Format(sheet.locale)},
		{sheet.words.T("Period"), s.period(sheet)},
	}
	sheet.letterhead(s.Business, s.Client, append(facts, s.Details...))
	l := single(title, heading)
	sheet.put(sheet.form.left, sheet.y, l)
	sheet.y += l.face.height() + 4
	s.table(sheet, balances)
	s.ageing(sheet)
	sheet.paragraph(s.Notes, body)
	return sheet.finish(w, func(page, pages int) { sheet.foot(s.Business, s.Footer, page, pages) })
}

// period is the days from and to, of which each may be missing.
func (s *Statement) period(sheet *sheet) string {
	if s.From.IsZero() && s.To.IsZero() {
		return ""
	}
	return strings.TrimSpace(s.From.Format(sheet.locale) + " – " + s.To.Format(sheet.locale))
}

// table draws the entries between the opening and the closing balance.
func (s *Statement) table(sheet *sheet, balances []money.Money) {
	words, closing := sheet.words, s.Opening
	if n := len(balances); n > 0 {
		closing = balances[n-1]
	}
	amount := func(m money.Money) string {
		if m.IsZero() {
			return ""
		}
		return m.FormatNumber(sheet.locale)
	}
	rows := make([][]string, len(s.Entries))
	for i, e := range s.Entries {
		rows[i] = []string{
			e.Date.Format(sheet.locale), e.Description, e.Reference, amount(e.Charge), amount(e.Payment),
			balances[i].FormatNumber(sheet.locale),
		}
	}
	t := &table{sheet: sheet, face: typeface{regular, 9}, wide: 1, columns: []column{
		{title: words.T("Date")},
		{title: words.T("Description")},
		{title: words.T("Reference")},
		{title: words.T("Charges"), figures: true},
		{title: words.T("Payments"), figures: true},
		{title: words.T("Balance (%s)", string(s.Opening.Currency)), figures: true},
	}}
	opening := []string{s.From.Format(sheet.locale), words.T("Opening balance"), "", "", "", s.Opening.FormatNumber(sheet.locale)}
	t.fit(append([][]string{opening}, rows...))
	balance := s.Opening
	t.carry = func() string { return balance.FormatNumber(sheet.locale) }
	t.head()
	t.row(opening, func() {})
	for i, row := range rows {
		t.row(row, func() { balance = balances[i] })
	}
	t.block([]total{{label: words.T("Closing balance"), amount: closing.Format(sheet.locale), bold: true, ruled: true}})
}

// ageing draws what is open by how long it has been so.
func (s *Statement) ageing(sheet *sheet) {
	if s.Ageing == nil {
		return
	}
	words := sheet.words
	columns := []struct {
		title  string
		amount money.Money
	}{
		{words.T("Not yet due"), s.Ageing.Current},
		{words.T("Up to 30 days"), s.Ageing.Days30},
		{words.T("Up to 60 days"), s.Ageing.Days60},
		{words.T("Up to 90 days"), s.Ageing.Days90},
		{words.T("Longer"), s.Ageing.Older},
	}
	if sheet.room() < 2*strong.height()+2*small.height()+6 {
		sheet.newPage()
	}
	sheet.y += 4
	sheet.put(sheet.form.left, sheet.y, single(words.T("Open amounts by how long they are overdue"), strong))
	sheet.y += strong.height() + 1
	width := (sheet.form.right - sheet.form.left) / float64(len(columns))
	sheet.shade(sheet.form.left, sheet.y, sheet.form.right-sheet.form.left, small.height()+2*padding, pale)
	for i, c := range columns {
		right := sheet.form.left + float64(i+1)*width - 1
		sheet.putRight(right, sheet.y+padding, single(c.title, smallBold))
		face := body
		amount := single(c.amount.Format(sheet.locale), face)
		for ; amount.width > width-2 && face.size > smallest; amount = single(c.amount.Format(sheet.locale), face) {
			face.size -= 0.5
		}
		sheet.putRight(right, sheet.y+small.height()+3*padding, amount)
	}
	sheet.y += small.height() + strong.height() + 4*padding
}
