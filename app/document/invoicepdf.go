package document

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"clientele/app/i18n"
	"clientele/app/money"
)

// PDF writes the invoice. Nothing is written where it cannot be made: where the amounts of the lines are in several
// currencies or too large to be added up.
func (v *Invoice) PDF(w io.Writer, paper Paper) error {
	carried, err := v.carried()
	if err != nil {
		return err
	}
	title := v.title()
	s := newSheet(paper, v.Style, title, v.Business.Name, v.Issued)
	s.begin = func(page int) {
		switch v.Mark {
		case Draft:
			s.across(s.words.T("Draft"))
		case Cancelled:
			s.across(s.words.T("Cancelled"))
		}
		if page > 1 {
			s.continued(title, v.Business.Name)
		}
	}
	s.newPage()
	s.letterhead(v.Business, v.Client, v.facts(s))
	v.heading(s, title)
	t := v.lines(s, carried)
	v.totals(t)
	s.paragraph(v.Notes, body)
	s.paragraph(v.Terms, body)
	return s.finish(w, func(page, pages int) { s.foot(v.Business, v.Footer, page, pages) })
}

// title is what the invoice is called: in its heading, on later pages, and as the file's title.
func (v *Invoice) title() string {
	words := i18n.For(v.Language)
	if v.Number == "" {
		return words.T("Invoice")
	}
	return words.T("Invoice %s", oneLine(v.Number))
}

// carried is the sum of the lines up to each of them.
func (v *Invoice) carried() ([]money.Money, error) {
	sums := make([]money.Money, 0, len(v.Lines))
	sum := money.New(0, v.Total.Currency)
	for i, l := range v.Lines {
		var err error
		if sum, err = sum.Add(l.Amount); err != nil {
			return nil, fmt.Errorf("document: line %d: %w", i+1, err)
		}
		sums = append(sums, sum)
	}
	return sums, nil
}

func (v *Invoice) facts(s *sheet) []Detail {
	taxID := s.words.T("Your tax ID")
	if vatNumber(v.Client.TaxID) {
		taxID = s.words.T("Your VAT number")
	}
	facts := []Detail{
		{s.words.T("Invoice number"), v.Number},
		{s.words.T("Invoice date"), v.Issued.Format(s.locale)},
		{s.words.T("Due date"), v.Due.Format(s.locale)},
		{taxID, v.Client.TaxID},
	}
	return append(facts, v.Details...)
}

func (v *Invoice) heading(s *sheet, title string) {
	width := s.form.right - s.form.left
	top := s.y
	switch v.Mark {
	case Paid:
		s.stamp(s.words.T("Paid"), top)
		width -= 60
	case Refunded:
		s.stamp(s.words.T("Refunded"), top)
		width -= 60
	}
	for _, l := range wrap(title, heading, width) {
		s.put(s.form.left, s.y, l)
		s.y += l.face.height()
	}
	s.y += 2
	s.paragraph(v.Intro, body)
	s.y += 2
}

// lines draws the table of lines. Columns that no line has anything in are left out.
func (v *Invoice) lines(s *sheet, carried []money.Money) *table {
	code := string(v.Total.Currency)
	type kind struct {
		column
		text func(l Line) string
	}
	kinds := []kind{
		{column{title: s.words.T("Description")}, func(l Line) string { return l.Description }},
		{column{title: s.words.T("Quantity"), figures: true}, func(l Line) string { return quantity(l.Quantity, s.locale) }},
		{column{title: s.words.T("Unit price"), figures: true}, func(l Line) string { return l.UnitPrice.FormatNumber(s.locale) }},
		{column{title: s.words.T("Discount"), figures: true}, func(l Line) string {
			if l.Discount == 0 {
				return ""
			}
			return s.percent(l.Discount)
		}},
		{column{title: s.words.T("Tax"), figures: true}, func(l Line) string {
			rates := make([]string, len(l.TaxRates))
			for i, r := range l.TaxRates {
				rates[i] = s.percent(r)
			}
			return strings.Join(rates, " + ")
		}},
		{column{title: s.words.T("Amount (%s)", code), figures: true}, func(l Line) string { return l.Amount.FormatNumber(s.locale) }},
	}
	none := func(k kind) bool {
		return !slices.ContainsFunc(v.Lines, func(l Line) bool { return k.text(l) != "" })
	}
	kinds = slices.Concat(kinds[:1], slices.DeleteFunc(slices.Clone(kinds[1:5]), none), kinds[5:])
	t := &table{sheet: s, face: typeface{regular, 9}}
	for _, k := range kinds {
		t.columns = append(t.columns, k.column)
	}
	rows := make([][]string, len(v.Lines))
	for i, l := range v.Lines {
		rows[i] = make([]string, len(kinds))
		for c, k := range kinds {
			rows[i][c] = k.text(l)
		}
	}
	t.fit(rows)
	done := money.New(0, v.Total.Currency)
	t.carry = func() string { return done.FormatNumber(s.locale) }
	t.head()
	for i, row := range rows {
		t.row(row, func() { done = carried[i] })
	}
	return t
}

// percent writes a rate with its sign.
func (s *sheet) percent(r money.Rate) string { return s.words.T("%s%%", r.Format(s.locale)) }

// paragraph draws a text over the whole width, going on to the next page where it must.
func (s *sheet) paragraph(text string, face typeface) {
	if text = strings.TrimSpace(clean(text)); text == "" {
		return
	}
	s.y += 3
	for _, l := range wrap(text, face, s.form.right-s.form.left) {
		if s.room() < face.height() {
			s.newPage()
		}
		if l.backwards {
			s.putRight(s.form.right, s.y, l)
		} else {
			s.put(s.form.left, s.y, l)
		}
		s.y += face.height()
	}
}
