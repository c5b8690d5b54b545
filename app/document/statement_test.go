package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/date"
	"clientele/app/exporting"
	"clientele/app/money"
)

// IN-4: the statement of a range of days, with a running balance. Worked out by hand:
// 123.45 + 10.00 = 133.45, − 9.01 = 124.44, + 10.02 = 134.46.
func TestStatementContent(t *testing.T) {
	pages := pagesOf(t, made(t, statement(3), A4))
	text := fields(strings.Join(pages, "\n"))
	for _, want := range []string{
		"Account statement", "Date 01/04/2026", "Period 01/01/2026 – 31/03/2026", "Client number 1007", "Mary O’Neill",
		"Date Description Reference Charges Payments Balance (EUR)",
		"01/01/2026 Opening balance 123.45",
		"01/01/2026 Invoice 2026-00001 10.00 133.45",
		"02/01/2026 Payment by bank transfer TX-000001 9.01 124.44",
		"03/01/2026 Invoice 2026-00003 10.02 134.46",
		"Closing balance €134.46",
		"Open amounts by how long they are overdue", "Not yet due Up to 30 days Up to 60 days Up to 90 days Longer", "€1.00 €2.00 €0.00 €0.00 €0.99",
		"Page 1 of 1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, strings.Join(pages, "\n"))
		}
	}
}

// Each page but the last ends with the balance so far, and the next begins with it.
func TestStatementPages(t *testing.T) {
	s := statement(200)
	balances, err := s.Balances()
	if err != nil {
		t.Fatal(err)
	}
	pages := pagesOf(t, made(t, s, Letter))
	rows := 0
	for p, page := range pages {
		rows += strings.Count(page, "Invoice 2026-") + strings.Count(page, "Payment by")
		if p < len(pages)-1 {
			want := "Carried forward " + balances[rows-1].FormatNumber(s.locale())
			if !strings.Contains(fields(page), want) || !strings.Contains(fields(pages[p+1]), strings.Replace(want, "Carried", "Brought", 1)) {
				t.Errorf("page %d does not carry %q", p+1, want)
			}
		}
	}
	if rows != 200 || len(pages) < 3 {
		t.Errorf("%d rows on %d pages", rows, len(pages))
	}
}

// The closing balance is the opening balance, more all charges, less all payments; in the file for spreadsheets too.
func TestBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.Int64Range(-1_000_000_000, 1_000_000_000)
		s := Statement{Opening: eur(amounts.Draw(t, "opening"))}
		want := s.Opening.Minor
		for range rapid.IntRange(0, 40).Draw(t, "entries") {
			e := Entry{Date: day(1, 2), Description: "x"}
			if rapid.Bool().Draw(t, "charged") {
				e.Charge = eur(amounts.Draw(t, "charge"))
			}
			if rapid.Bool().Draw(t, "paid") {
				e.Payment = eur(amounts.Draw(t, "payment"))
			}
			want += e.Charge.Minor - e.Payment.Minor
			s.Entries = append(s.Entries, e)
		}
		closing, err := s.Closing()
		if err != nil || closing != eur(want) {
			t.Fatalf("%v, %v; want %d", closing, err, want)
		}
		var last []string
		n := 0
		for row, err := range s.Rows() {
			if err != nil || len(row) != len(s.Header()) {
				t.Fatalf("%v, %v", row, err)
			}
			last = row
			n++
		}
		if n != len(s.Entries)+2 || last[5] != closing.FormatPlain() {
			t.Fatalf("%d rows, the last %v", n, last)
		}
	})
}

func TestStatementRefused(t *testing.T) {
	s := statement(2)
	s.Entries[1].Payment = money.New(1, "USD")
	if err := s.PDF(io.Discard, A4); !errors.Is(err, money.ErrCurrencyMismatch) {
		t.Errorf("two currencies: %v", err)
	}
	for _, err := range s.Rows() {
		if !errors.Is(err, money.ErrCurrencyMismatch) {
			t.Errorf("rows in two currencies: %v", err)
		}
	}
	s = statement(1)
	s.Opening = eur(1<<63 - 1)
	if _, err := s.Closing(); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("a balance too large: %v", err)
	}
}

// The rows are what exporting writes as CSV.
func TestStatementCSV(t *testing.T) {
	s := statement(2)
	s.Language = "de"
	s.Entries[0].Description = "=1+1, \"quoted\""
	var b bytes.Buffer
	n, err := exporting.Write(t.Context(), &b, exporting.FormatCSV, s.Header(), s.Rows())
	if err != nil || n != 4 {
		t.Fatalf("%d rows, %v", n, err)
	}
	lines := strings.Split(strings.TrimSuffix(strings.TrimPrefix(b.String(), "\uFEFF"), "\r\n"), "\r\n")
	want := []string{
		"Datum,Bezeichnung,Referenz,Belastungen,Zahlungen,Saldo,Währung",
		"2026-01-01,Anfangssaldo,,,,123.45,EUR",
		`2026-01-01,"'=1+1, ""quoted""",,10.00,,133.45,EUR`,
		"2026-01-02,Payment by bank transfer,TX-000001,,9.01,124.44,EUR",
		"2026-03-31,Endsaldo,,,,124.44,EUR",
	}
	if !slices.Equal(lines, want) {
		t.Errorf("%s", b.String())
	}
}

// What is not known is left out.
func TestBareStatement(t *testing.T) {
	s := &Statement{Opening: eur(0)}
	text := fields(strings.Join(pagesOf(t, made(t, s, A4)), ""))
	if strings.Contains(text, "Period") || strings.Contains(text, "overdue") || !strings.Contains(text, "Closing balance €0.00") {
		t.Errorf("%s", text)
	}
	s.From = date.MustNew(2026, 1, 31)
	if text := fields(pagesOf(t, made(t, s, A4))[0]); !strings.Contains(text, "Period 01/31/2026 –") {
		t.Errorf("%s", text)
	}
	if got := fmt.Sprint(s.period(newSheet(A4, Style{Language: "de"}, "", "", date.Date{}))); got != "31.01.2026 –" {
		t.Errorf("%q", got)
	}
}
