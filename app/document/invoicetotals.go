package document

import "clientele/app/money"

// total is a row of the block of totals.
type total struct {
	label  string
	amount string
	bold   bool
	ruled  bool
}

func (v *Invoice) totalRows(s *sheet) []total {
	write := func(m money.Money) string { return m.Format(s.locale) }
	// less is an amount that is taken off, which is written with the sign that it has in the sum.
	less := func(m money.Money) string {
		if below, err := m.Neg(); err == nil {
			return write(below)
		}
		return write(m)
	}
	rows := []total{{label: s.words.T("Subtotal"), amount: write(v.Subtotal)}}
	if !v.Discount.IsZero() {
		rows = append(rows, total{label: s.words.T("Discount"), amount: less(v.Discount)})
	}
	for _, t := range v.Taxes {
		label := s.words.T("%[1]s %[2]s on %[3]s", oneLine(t.Name), s.percent(t.Rate), write(t.Base))
		if v.TaxIncluded {
			label = s.words.T("Includes %[1]s %[2]s on %[3]s", oneLine(t.Name), s.percent(t.Rate), write(t.Base))
		}
		rows = append(rows, total{label: label, amount: write(t.Amount)})
	}
	rows = append(rows, total{label: s.words.T("Total"), amount: write(v.Total), bold: true, ruled: true})
	if !v.Credit.IsZero() {
		rows = append(rows, total{label: s.words.T("Credit applied"), amount: less(v.Credit)})
	}
	for _, p := range v.Payments {
		rows = append(rows, total{label: s.paidOn(p), amount: less(p.Amount)})
	}
	switch {
	case v.Off.IsZero():
	case v.Mark == Cancelled:
		rows = append(rows, total{label: s.words.T("Cancelled"), amount: less(v.Off)})
	default:
		rows = append(rows, total{label: s.words.T("No longer charged"), amount: less(v.Off)})
	}
	return append(rows, total{label: s.words.T("Balance due"), amount: write(v.Balance), bold: true, ruled: true})
}

func (s *sheet) paidOn(p Payment) string {
	on, method := p.Date.Format(s.locale), oneLine(p.Method)
	switch {
	case p.Amount.Sign() < 0 && method == "":
		return s.words.T("Refunded on %s", on)
	case p.Amount.Sign() < 0:
		return s.words.T("Refunded on %[1]s, %[2]s", on, method)
	case method == "":
		return s.words.T("Paid on %s", on)
	default:
		return s.words.T("Paid on %[1]s, %[2]s", on, method)
	}
}

// totals draws the block of totals below the table: in one piece where a page can hold it.
func (v *Invoice) totals(t *table) { t.block(v.totalRows(t.sheet)) }

func (t *table) block(rows []total) {
	const air = 2.5
	left := t.form.left + (t.form.right-t.form.left)*0.38
	amounts := 0.0
	for _, r := range rows {
		amounts = max(amounts, single(r.amount, r.face()).width)
	}
	type set struct {
		total
		lines  []textLine
		height float64
	}
	var all []set
	height := air
	for _, r := range rows {
		lines := wrap(r.label, r.face(), max(t.form.right-left-amounts-gap, 30))
		h := float64(len(lines))*r.face().height() + 2*padding
		all = append(all, set{r, lines, h})
		height += h
	}
	if height > t.room() && height <= t.form.bottom-head-t.face.height()*3 {
		t.nextPage()
	}
	t.y += air
	for _, r := range all {
		if r.height > t.room() {
			t.newPage()
		}
		if r.ruled {
			t.hair(left, t.y, t.form.right-left, grey)
		}
		for i, l := range r.lines {
			t.put(left, t.y+padding+float64(i)*l.face.height(), l)
		}
		t.putRight(t.form.right, t.y+padding, single(r.amount, r.face()))
		t.y += r.height
	}
	t.hair(left, t.y, t.form.right-left, grey)
	t.y += air
}

func (r total) face() typeface {
	if r.bold {
		return typeface{semibold, 10}
	}
	return body
}
