package whmcs_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/importing/sqldump"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
)

// read gives the one row that an INSERT writes into the columns a, b, c and d.
func read(t *testing.T, values string) *whmcs.Row {
	t.Helper()
	text := "CREATE TABLE t (a text, b text, c text, d text);INSERT INTO t VALUES (" + values + ");"
	d, err := sqldump.Open(context.Background(), strings.NewReader(text), int64(len(text)), func(int64) {})
	if err != nil {
		t.Fatal(err)
	}
	var row whmcs.Row
	if err := d.Read(context.Background(), "t").Next(&row.Row); err != nil {
		t.Fatal(err)
	}
	return &row
}

func TestTexts(t *testing.T) {
	for stored, want := range map[string]string{
		"'plain'":                           "plain",
		"' Smith &amp; Sons &quot;x&quot;'": `Smith & Sons "x"`,
		"'O&#039;Neill'":                    "O'Neill",
		"'Zoë'":                             "Zoë",
		"0x5A6FEB":                          "Zoë", // Latin-1
		"'Zo\u00c3\u00ab'":                  "Zoë", // encoded twice
		"'â‚¬ 5'":                           "€ 5",
		"'日本'":                              "日本",
		"'Ã'":                               "Ã",
		"'a\\0b\\r\\nc'":                    "ab\nc",
		"NULL":                              "",
	} {
		if got := read(t, stored+",1,1,1").Text("a"); got != want {
			t.Errorf("%s is %q, want %q", stored, got, want)
		}
	}
	row := read(t, "'Zo\u00c3\u00ab',1,1,1")
	if row.AsStored = true; row.Text("a") != "Zo\u00c3\u00ab" {
		t.Errorf("as stored: %q", row.Text("a"))
	}
}

// A text of Western letters that was encoded twice comes back.
func TestMend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`[a-zäöüßéèñçÄÖÜ€–“” ]*[äöüé][a-z ]*`).Draw(t, "text")
		twice := ""
		for _, b := range []byte(want) {
			twice += string(windows1252(b))
		}
		if got, ok := whmcs.Mend(twice); !ok || got != want {
			t.Fatalf("%q encoded twice came back as %q", want, got)
		}
	})
}

func windows1252(b byte) rune {
	const high = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ"
	if b >= 0x80 && b < 0xA0 {
		return []rune(high)[b-0x80]
	}
	return rune(b)
}

func TestDatesAndTicks(t *testing.T) {
	row := read(t, "'2019-02-28','0000-00-00 00:00:00','on','2020-01-02 03:04:05'")
	if row.Date("a").String() != "2019-02-28" || !row.Date("b").IsZero() || row.Instant("b") != 0 || !row.Bool("c") || row.Bool("a") {
		t.Error(row.Date("a"), row.Date("b"), row.Instant("b"), row.Bool("c"))
	}
	if row.Instant("d") != 1577934245000 || row.Date("d").String() != "2020-01-02" || row.Date("none").String() != "" {
		t.Error(row.Instant("d"), row.Date("d"))
	}
	row = read(t, "'2019-02-30','',1,'2020-01-02 99:99:99'")
	if !row.Date("a").IsZero() || row.Bool("b") || !row.Bool("c") || row.Instant("d") != 1577923200000 {
		t.Error(row.Date("a"), row.Bool("b"), row.Bool("c"), row.Instant("d"))
	}
}

func TestAmounts(t *testing.T) {
	for _, test := range []struct {
		text      string
		currency  money.Currency
		want      int64
		exact, ok bool
	}{
		{"12.34", "EUR", 1234, true, true},
		{"-0.05", "EUR", -5, true, true},
		{"", "EUR", 0, true, true},
		{"7", "EUR", 700, true, true},
		{"1.239900", "EUR", 124, false, true},
		{"-1.235", "EUR", -124, false, true},
		{"100.00", "JPY", 100, true, true},
		{"100.50", "JPY", 101, false, true},
		{"1.50", "KWD", 1500, true, true},
		{"99999999999999.99", "EUR", 9999999999999999, true, true},
		{"9999999999999999.00", "EUR", 0, false, false},
		{"1,50", "EUR", 0, false, false},
		{"x", "EUR", 0, false, false},
	} {
		got, exact, ok := whmcs.Amount(test.text, test.currency)
		if got != test.want || exact != test.exact || ok != test.ok {
			t.Errorf("%s %s is %d %v %v", test.text, test.currency, got, exact, ok)
		}
	}
}

// Whatever an amount of a currency is, a database's way of writing it is read as it.
func TestAmountRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom([]money.Currency{"EUR", "JPY", "KWD"}).Draw(t, "currency")
		want := rapid.Int64Range(-1_000_000_000, 1_000_000_000).Draw(t, "minor")
		text := money.New(want, c).FormatPlain()
		if got, exact, ok := whmcs.Amount(text, c); got != want || !exact || !ok {
			t.Fatalf("%s came back as %d", text, got)
		}
	})
}

func TestTextOfHTML(t *testing.T) {
	for source, want := range map[string]string{
		"no markup":                             "no markup",
		"<p>Dear Ann,</p><p>a &amp; b<br>c</p>": "Dear Ann,\n\na & b\nc",
		"<style>p{}</style><script>x()</script>Hi <b>you</b> <a href=\"x\">there</a>": "Hi you there",
		"<ul><li>one</li><li>two</li></ul>":                                           "– one\n– two",
		"<div>a</div><div>b</div>":                                                    "a\n\nb",
	} {
		if got := whmcs.TextOf(source); got != want {
			t.Errorf("%q is %q, want %q", source, got, want)
		}
	}
}

// R11: no HTML makes it panic or grow without end.
func FuzzTextOf(f *testing.F) {
	f.Add("<p>a<br/>&nbsp;<script>")
	f.Fuzz(func(t *testing.T, s string) {
		if got := whmcs.TextOf(s); len(got) > 8*len(s)+16 {
			t.Fatal(fmt.Sprint(len(got), " bytes of ", len(s)))
		}
	})
}
