package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"clientele/app/i18n"
	"clientele/app/money"
)

// IN-4: everything that the invoice is given stands on it.
func TestInvoiceContent(t *testing.T) {
	v := sample(3, "EUR")
	v.Discount = eur(100)
	v.Intro = "For our work in February."
	pages := pagesOf(t, made(t, v, A4))
	if len(pages) != 1 {
		t.Fatalf("three lines take %d pages", len(pages))
	}
	text := fields(pages[0])
	for _, want := range []string{
		"Harbour & Byrne Ltd", "12 Quay Street", "billing@harbour.example", "VAT number: IE1234567FA", "IBAN IE29 AIBK 9311 5212 3456 78",
		"Mary O’Neill", "Ægir Søren Ltd", "Łódź 90-001", "Your VAT number PL5260001246",
		"Invoice 2026-00042", "Invoice number 2026-00042", "Invoice date 01/03/2026", "Due date 15/03/2026", "Client number 1007",
		"For our work in February.",
		"Description Quantity Unit price Discount Tax Amount (EUR)",
		"Item 1: hosting of the web shop 1 10.00 23% 10.00",
		"Item 2: hosting of the web shop 1.5 10.01 10% 23% 15.02",
		"Item 3: hosting of the web shop 2 10.02 23% 20.04",
		"Subtotal €45.06", "Discount -€1.00", "VAT 23% on €45.06 €10.36", "Total €55.42", "Credit applied -€5.00",
		"Paid on 03/03/2026, Bank transfer -€2.50", "Balance due €47.92",
		"Thank you for your business.", "Payment within 14 days.", "Directors: A. Harbour", "Page 1 of 1",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, pages[0])
		}
	}
	if strings.Contains(text, "Carried forward") {
		t.Error("one page carries a sum forward")
	}
}

// What no line has gets no column, and what is zero no row.
func TestLeftOut(t *testing.T) {
	v := sample(1, "EUR")
	v.Lines[0] = Line{Description: "A fee", UnitPrice: eur(500), Amount: eur(500)}
	v.Credit, v.Payments, v.Taxes, v.Client.TaxID, v.Due = eur(0), nil, nil, "", v.Due.AddDays(-20000).AddDays(-40000)
	text := fields(strings.Join(pagesOf(t, made(t, v, A4)), "\n"))
	for _, unwanted := range []string{"Quantity", "Discount", "Tax Amount", "VAT 23%", "Credit applied", "Paid on", "Your tax ID", "Your VAT number"} {
		if strings.Contains(text, unwanted) {
			t.Errorf("%q stands on the page:\n%s", unwanted, text)
		}
	}
}

// Money is written with the decimals that its currency has.
func TestCurrencies(t *testing.T) {
	for code, want := range map[money.Currency]string{
		"JPY": "Item 2: hosting of the web shop 1.5 1,001 10% 23% 1,502",
		"KWD": "Item 2: hosting of the web shop 1.5 1.001 10% 23% 1.502",
	} {
		if text := fields(pagesOf(t, made(t, sample(2, code), Letter))[0]); !strings.Contains(text, want) || !strings.Contains(text, "Amount ("+string(code)+")") {
			t.Errorf("%s: %q is missing in\n%s", code, want, text)
		}
	}
}

var amount = regexp.MustCompile(`(Carried|Brought) forward +([0-9,.]+)`)

// The lines go over the pages in order and each once; each page ends with the sum of the lines up to it, and the next
// begins with the same.
func TestPageBreaks(t *testing.T) {
	for _, n := range []int{1, 19, 20, 21, 22, 23, 24, 25, 26, 60, 500} {
		for _, paper := range []Paper{A4, Letter} {
			v := sample(n, "EUR")
			pages := pagesOf(t, made(t, v, paper))
			next, sum := 0, eur(0)
			for p, page := range pages {
				if want := fmt.Sprintf("Page %d of %d", p+1, len(pages)); !strings.Contains(page, want) {
					t.Fatalf("%d lines: page %d does not say %q", n, p+1, want)
				}
				sums := amount.FindAllStringSubmatch(page, -1)
				if p > 0 {
					if len(sums) == 0 || sums[0][1] != "Brought" || sums[0][2] != sum.FormatNumber(v.Locale) {
						t.Fatalf("%d lines: page %d begins with %v, want %s", n, p+1, sums, sum)
					}
					sums = sums[1:]
				}
				for next < n && strings.Contains(page, fmt.Sprintf("Item %d:", next+1)) {
					var err error
					if sum, err = sum.Add(v.Lines[next].Amount); err != nil {
						t.Fatal(err)
					}
					next++
				}
				switch {
				case p < len(pages)-1 && (len(sums) != 1 || sums[0][1] != "Carried" || sums[0][2] != sum.FormatNumber(v.Locale)):
					t.Fatalf("%d lines: page %d ends with %v, want %s", n, p+1, sums, sum)
				case p == len(pages)-1 && len(sums) != 0:
					t.Fatalf("%d lines: the last page carries %v forward", n, sums)
				}
			}
			if next != n {
				t.Fatalf("%d lines: the first %d are there in order", n, next)
			}
			if last := pages[len(pages)-1]; !strings.Contains(last, v.Balance.Format(v.Locale)) {
				t.Fatalf("%d lines: the balance is not on the last page", n)
			}
			if n == 500 && len(pages) > 20 {
				t.Errorf("500 lines take %d pages", len(pages))
			}
		}
	}
}

// A description longer than a page goes on on the next ones, and no word of it is lost.
func TestLongDescription(t *testing.T) {
	v := sample(2, "EUR")
	var words []string
	for i := range 1500 {
		words = append(words, fmt.Sprintf("word%04d", i))
	}
	v.Lines[0].Description = strings.Join(words, " ")
	pages := pagesOf(t, made(t, v, A4))
	found := regexp.MustCompile(`word\d{4}`).FindAllString(strings.Join(pages, "\n"), -1)
	if strings.Join(found, " ") != v.Lines[0].Description {
		t.Errorf("%d of 1500 words came out in order", len(found))
	}
	if len(pages) < 3 || strings.Count(strings.Join(pages, ""), "10.00 ") != 1 {
		t.Errorf("%d pages:\n%s", len(pages), pages[0])
	}
}

// The address stands where the envelope's window shows it, and nothing else does.
func TestWindow(t *testing.T) {
	const mm = 72 / 25.4
	for paper, window := range map[Paper]box{
		A4:     {20, 45, 85, 45},        // DIN 5008 form B
		Letter: {22.2, 51.8, 114.3, 29}, // #10, the letter at the bottom of the envelope
	} {
		for name, v := range map[string]*Invoice{"short": sample(1, "EUR"), "long": variants()["large"]} {
			inside, text := 0, ""
			for _, w := range wordsOf(t, made(t, v, paper))[0] {
				left, right, top, bottom := w.Left/mm, w.Right/mm, w.Top/mm, w.Bottom/mm
				if left >= window.x && right <= window.x+window.width && top >= window.y-1 && bottom <= window.y+window.height+1 {
					inside++
					text += " " + w.Text
				}
			}
			for _, line := range v.Client.Address {
				if !strings.Contains(text, fields(line)) && !strings.Contains(line, "Long") {
					t.Errorf("paper %d, %s: the window shows%s, not %s", paper, name, text, line)
				}
			}
			if paper == A4 && strings.Contains(text, "2026") {
				t.Errorf("%s: the window shows%s", name, text)
			}
		}
	}
}

func TestPapers(t *testing.T) {
	for paper, want := range map[Paper]string{A4: "/MediaBox [0 0 595.28 841.89]", Letter: "/MediaBox [0 0 612.00 792.00]"} {
		if file := made(t, sample(1, "EUR"), paper); !bytes.Contains(file, []byte(want)) {
			t.Errorf("%s is missing", want)
		}
	}
	for country, want := range map[string]Paper{"US": Letter, "CA": Letter, "DE": A4, "JP": A4, "": A4} {
		if got := PaperFor(country); got != want {
			t.Errorf("%s prints on %d", country, got)
		}
	}
}

// The same invoice gives the same bytes, on whatever day.
func TestSameBytes(t *testing.T) {
	for name, v := range variants() {
		first := made(t, v, A4)
		if again := made(t, v, A4); !bytes.Equal(first, again) {
			t.Errorf("%s: the second file differs", name)
		}
		v.Written = v.Written.AddDate(0, 0, 1)
		if other := made(t, v, A4); bytes.Equal(first, other) {
			t.Errorf("%s: the time of making is not in the file", name)
		}
	}
	v := sample(1, "EUR")
	v.Written = v.Written.AddDate(-3000, 0, 0)
	v.Style.Written = Style{}.Written
	if file := made(t, v, A4); !bytes.Contains(file, []byte("D:20260301000000")) {
		t.Error("without a time of making the file is not of the invoice's day")
	}
}

func TestDescriptionOfTheFile(t *testing.T) {
	v := sample(1, "EUR")
	v.Business.Name = "Hafen (Süd) \\ 海\U0001F6A2"
	v.Language = "de"
	file := made(t, v, A4)
	info := fields(poppler(t, file, "pdfinfo", "FILE"))
	for _, want := range []string{
		"Title: Rechnung 2026-00042", "Author: " + v.Business.Name, "Producer: Clientele", "Pages: 1", "Page size: 595.28 x 841.89 pts (A4)",
		"CreationDate: Sun Mar 1 09:30:00 2026",
	} {
		if !strings.Contains(info, want) {
			t.Errorf("%q is missing in %s", want, info)
		}
	}
	if !bytes.Contains(file, []byte("/Lang (de)")) {
		t.Error("the file does not tell its language")
	}
	// The font is in the file, as a part of it, and tells what its letters mean.
	for _, line := range strings.Split(strings.TrimSpace(poppler(t, file, "pdffonts", "FILE")), "\n")[2:] {
		if !regexp.MustCompile(`CID TrueType +Identity-H +yes +\w+ +yes`).MatchString(line) {
			t.Errorf("a font is not embedded: %s", line)
		}
	}
	if len(file) > 60_000 {
		t.Errorf("one page takes %d bytes", len(file))
	}
}

func TestMarks(t *testing.T) {
	for mark, want := range map[Mark]string{Draft: "Draft", Paid: "Paid", Cancelled: "Cancelled", Refunded: "Refunded"} {
		v := sample(60, "EUR")
		v.Mark, v.Payments = mark, nil
		everywhere := mark == Draft || mark == Cancelled
		for p, page := range wordsOf(t, made(t, v, A4)) {
			letters := ""
			for _, w := range page {
				letters += w.Text
			}
			// A word that runs across the page is found letter by letter.
			if has := strings.Contains(letters, want); has != (everywhere || p == 0) && !everywhere {
				t.Errorf("page %d: %q is there: %v", p+1, want, has)
			}
		}
		unmarked := sample(60, "EUR")
		unmarked.Payments = nil
		if bytes.Equal(made(t, v, A4), made(t, unmarked, A4)) {
			t.Errorf("%s leaves no trace", want)
		}
	}
}

func TestRefused(t *testing.T) {
	v := sample(2, "EUR")
	v.Lines[1].Amount = money.New(1, "USD")
	if err := v.PDF(io.Discard, A4); !errors.Is(err, money.ErrCurrencyMismatch) {
		t.Errorf("two currencies: %v", err)
	}
	v = sample(2, "EUR")
	v.Lines[0].Amount = eur(1<<63 - 1)
	if err := v.PDF(io.Discard, A4); !errors.Is(err, money.ErrOverflow) {
		t.Errorf("a sum too large: %v", err)
	}
	full := errors.New("the disk is full")
	if err := sample(1, "EUR").PDF(failing{full}, A4); !errors.Is(err, full) {
		t.Errorf("a writer that fails: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestQuantity(t *testing.T) {
	for _, c := range []struct {
		thousandths int64
		tag, want   string
	}{
		{1000, "en", "1"},
		{1500, "de-DE", "1,5"},
		{1, "en", "0.001"},
		{-250, "en", "-0.25"},
		{0, "en", ""},
		{1234567000, "en", "1,234,567"},
		{-1 << 63, "en", "-9,223,372,036,854,775.808"},
		{2500, "fa", "۲٫۵"},
	} {
		if got := quantity(c.thousandths, i18n.LocaleFor(c.tag)); got != c.want {
			t.Errorf("%d in %s: %q, want %q", c.thousandths, c.tag, got, c.want)
		}
	}
}

var spoken = regexp.MustCompile(`(?:words|s\.words)\.T\("([^"]+)"`)

// Every label has its German, and the client's language chooses it.
func TestLabels(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	german, err := os.ReadFile("../../assets/translations/de.json")
	if err != nil {
		t.Fatal(err)
	}
	labels := 0
	for _, f := range files {
		source, err := os.ReadFile(f.Name())
		if err != nil || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		for _, m := range spoken.FindAllStringSubmatch(string(source), -1) {
			labels++
			if !strings.Contains(string(german), `"`+m[1]+`":`) {
				t.Errorf("%s: %q has no German", f.Name(), m[1])
			}
		}
	}
	if labels < 30 {
		t.Errorf("only %d labels were found", labels)
	}
	v := sample(30, "EUR")
	v.Language, v.Locale, v.TaxIncluded = "de-AT", i18n.Locale{}, true
	text := fields(strings.Join(pagesOf(t, made(t, v, A4)), "\n"))
	for _, want := range []string{
		"Rechnung 2026-00042", "Rechnungsdatum 01.03.2026", "Bezeichnung Menge Einzelpreis Rabatt Steuer Betrag (EUR)", "Übertrag", "Gesamtbetrag",
		"Darin VAT 23 % auf", "Bezahlt am 03.03.2026, Bank transfer", "Offener Betrag", "Seite 1 von 2",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

// A number is called what it is: one for value added tax has its country before it.
func TestTaxNumbersByTheirName(t *testing.T) {
	for id, want := range map[string]bool{
		"GB 123 4567 89": true, "DE123456789": true, "ATU12345678": true, "EL123456789": true, "NL123456789B01": true, "xi123456789": true, "IE1234567FA": true,
		"": false, "123/456/78901": false, "12-3456789": false, "US123456789": false, "DEUTSCHLAND": false, "DE1": false, "51 824 753 556": false,
	} {
		if vatNumber(id) != want {
			t.Errorf("%q: %v", id, !want)
		}
	}
}

// What is no longer asked for has a line of its own, so that the sums add up to the balance after a refund, and where the invoice was cancelled.
func TestNoLongerCharged(t *testing.T) {
	for mark, want := range map[Mark]string{Paid: "No longer charged -€47.92 Balance due €0.00", Cancelled: "Cancelled -€47.92 Balance due €0.00"} {
		v := sample(3, "EUR")
		v.Mark, v.Off, v.Balance = mark, v.Balance, eur(0)
		if text := fields(pagesOf(t, made(t, v, A4))[0]); !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}
