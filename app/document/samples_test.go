package document

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

func day(m time.Month, d int) date.Date { return date.MustNew(2026, m, d) }

func eur(minor int64) money.Money { return money.New(minor, "EUR") }

// drawn is a logo with some transparency.
func drawn(width, height int) image.Image {
	p := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			if (x/20+y/20)%2 == 0 {
				p.Set(x, y, color.NRGBA{0x1A, 0x6E, 0x8E, 0xFF})
			}
		}
	}
	return p
}

func pngFile(width, height int) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, drawn(width, height)); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func jpegFile(width, height int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawn(width, height), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func business() Business {
	return Business{
		Name:    "Harbour & Byrne Ltd",
		Address: []string{"12 Quay Street", "Galway H91 AB12", "Ireland"},
		Contact: []string{"+353 91 555 0100", "billing@harbour.example", "www.harbour.example"},
		TaxID:   "IE1234567FA",
		Bank:    []string{"Bank of the West", "IBAN IE29 AIBK 9311 5212 3456 78", "BIC AIBKIE2D"},
		Logo:    pngFile(400, 120),
	}
}

// sample is an invoice of n lines whose totals are right.
func sample(n int, code money.Currency) *Invoice {
	v := &Invoice{
		Style:    Style{Language: "en", Locale: i18n.LocaleFor("en-IE"), Written: time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC), Footer: "Directors: A. Harbour, C. Byrne. Registered in Ireland no. 555123."},
		Business: business(),
		Client:   Party{Address: []string{"Mary O’Neill", "Ægir Søren Ltd", "5 Market Square", "Łódź 90-001", "Poland"}, TaxID: "PL5260001246"},
		Number:   "2026-00042",
		Issued:   day(time.March, 1), Due: day(time.March, 15),
		Details: []Detail{{"Client number", "1007"}, {"Service period", "1–28 February 2026"}},
		Notes:   "Thank you for your business.",
		Terms:   "Payment within 14 days. Late payments bear interest as the law allows.",
	}
	sub := money.New(0, code)
	for i := range n {
		l := Line{
			Description: fmt.Sprintf("Item %d: hosting of the web shop", i+1),
			Quantity:    int64(1000 + i%4*500), UnitPrice: money.New(int64(1000+i), code),
			TaxRates: []money.Rate{money.PercentOf(23)},
		}
		if i%3 == 1 {
			l.Discount = money.PercentOf(10)
		}
		l.Amount, _ = l.UnitPrice.MulRatio(l.Quantity, 1000)
		sub, _ = sub.Add(l.Amount)
		v.Lines = append(v.Lines, l)
	}
	v.Subtotal = sub
	v.Discount = money.New(0, code)
	tax, _ := sub.Percent(money.PercentOf(23))
	v.Taxes = []Tax{{"VAT", money.PercentOf(23), sub, tax}}
	v.Total, _ = sub.Add(tax)
	v.Credit = money.New(500, code)
	v.Payments = []Payment{{day(time.March, 3), "Bank transfer", money.New(250, code)}}
	v.Balance, _ = v.Total.Sub(money.New(750, code))
	return v
}

func statement(n int) *Statement {
	s := &Statement{
		Style:    Style{Language: "en", Locale: i18n.LocaleFor("en-IE")},
		Business: business(),
		Client:   Party{Address: []string{"Mary O’Neill", "5 Market Square", "Łódź 90-001"}},
		From:     day(time.January, 1), To: day(time.March, 31), Made: day(time.April, 1),
		Details: []Detail{{"Client number", "1007"}},
		Opening: eur(12345),
		Ageing:  &Ageing{eur(100), eur(200), eur(0), eur(0), eur(99)},
	}
	for i := range n {
		e := Entry{Date: day(time.January, 1).AddDays(i % 90), Description: fmt.Sprintf("Invoice 2026-%05d", i+1), Charge: eur(int64(1000 + i))}
		if i%2 == 1 {
			e = Entry{Date: e.Date, Description: "Payment by bank transfer", Reference: fmt.Sprintf("TX-%06d", i), Payment: eur(int64(900 + i))}
		}
		s.Entries = append(s.Entries, e)
	}
	return s
}

// variants are the documents that were looked at; see TestPictures.
func variants() map[string]*Invoice {
	all := map[string]*Invoice{
		"one": sample(1, "EUR"), "sixty": sample(60, "EUR"), "many": sample(500, "EUR"),
		"yen": sample(3, "JPY"), "dinar": sample(3, "KWD"), "none": sample(0, "EUR"),
	}
	german := sample(12, "EUR")
	german.Language, german.Locale = "de", i18n.LocaleFor("de-DE")
	german.Mark, german.TaxIncluded = Paid, true
	all["german"] = german
	draft := sample(40, "USD")
	draft.Mark, draft.Number, draft.Business.Logo = Draft, "", []byte("no picture")
	all["draft"] = draft
	long := sample(4, "EUR")
	long.Lines[1].Description = strings.Repeat("A description that goes on and on, with ) brackets ( and \\ in it. ", 150)
	long.Lines[2].Description = strings.Repeat("Unbroken", 60) + "\nsecond line\n\nfourth line"
	all["long"] = long
	scripts := sample(8, "EUR")
	scripts.Business.Name = "株式会社 ハーバー"
	scripts.Client.Address = []string{"شركة النور للتجارة", "北京市朝阳区建国路88号", "मुम्बई, महाराष्ट्र", "Nguyễn Văn Đức 😀", "서울특별시 강남구"}
	for i, d := range []string{
		"استضافة المتجر الإلكتروني — 12 شهرًا (Pro 2.0) بخصم ١٠٪", "网站托管服务，包含技术支持与每日备份。网站托管服务，包含技术支持与每日备份。",
		"वेब होस्टिंग सेवा — क्षेत्रीय कार्यालय", "אחסון אתרים Pro (שנה אחת)", "บริการเว็บโฮสติ้งรายปีสำหรับร้านค้าออนไลน์ขนาดใหญ่มากและยาวมากพอที่จะต้องตัดบรรทัดใหม่",
		"ウェブホスティング（年間）", "Emoji 😀👩‍💻🇩🇪 and Ελληνικά, Русский, Tiếng Việt", "A\u0304\u0308 Zalgo \u0915\u094d\u0937 and \U0001F9FF \U00013000",
	} {
		scripts.Lines[i].Description = d
	}
	scripts.Notes = "شكرا لتعاملكم معنا.\nThank you."
	all["scripts"] = scripts
	large := sample(2, "EUR")
	large.Lines[0].UnitPrice, large.Lines[0].Amount = eur(922337203685477), eur(922337203685477)
	large.Client.Address = append(large.Client.Address, "Line six", "Line seven", strings.Repeat("Long line ", 12))
	large.Business.Logo = jpegFile(1600, 300)
	all["large"] = large
	return all
}
