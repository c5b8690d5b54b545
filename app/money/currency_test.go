package money

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestCurrencies(t *testing.T) {
	all := Currencies()
	if !slices.IsSorted(all) || len(all) != len(active) || len(all) < 150 {
		t.Errorf("%d currencies, in order: %v", len(all), slices.IsSorted(all))
	}
	names := map[string]Currency{}
	for _, c := range all {
		if len(c) != 3 || string(c) != strings.ToUpper(string(c)) || !c.Valid() || c.Name() == "" || c.Name() == string(c) {
			t.Errorf("%q is called %q", string(c), c.Name())
		}
		if other, twice := names[c.Name()]; twice {
			t.Errorf("%s and %s have one name", c, other)
		}
		names[c.Name()] = c
		if c.Symbol("en") == "" {
			t.Errorf("%s has no symbol", c)
		}
	}
}

// The decimals of ISO 4217, where they are not 2. Some differ from what is used in shops; the standard rules.
func TestExponents(t *testing.T) {
	other := map[Currency]int{
		"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0, "RWF": 0, "UGX": 0, "UYI": 0,
		"VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
		"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
		"CLF": 4, "UYW": 4,
	}
	for _, c := range Currencies() {
		want, ok := other[c]
		if !ok {
			want = 2
		}
		if c.Exponent() != want {
			t.Errorf("%s has %d decimals, want %d", c, c.Exponent(), want)
		}
	}
	if Currency("XYZ").Exponent() != 2 || Currency("XYZ").Name() != "XYZ" || Currency("XYZ").Valid() || Currency("eur").Valid() {
		t.Error("an unknown currency is treated as known")
	}
}

func TestSymbols(t *testing.T) {
	for _, c := range []struct {
		currency Currency
		lang     string
		want     string
	}{
		{"USD", "en-US", "$"},
		{"USD", "de-DE", "$"},
		{"CAD", "en-US", "CA$"},
		{"CAD", "en-CA", "$"},
		{"USD", "en-CA", "US$"},
		{"EUR", "de", "€"},
		{"SEK", "sv", "kr"},
		{"CHF", "de-CH", "CHF"},
		{"SLE", "en", "SLE"},
		{"", "en", ""},
	} {
		if got := c.currency.Symbol(c.lang); got != c.want {
			t.Errorf("%s in %s is %q, want %q", c.currency, c.lang, got, c.want)
		}
	}
}

func TestParseCurrency(t *testing.T) {
	if c, err := ParseCurrency(" eur "); err != nil || c != "EUR" {
		t.Errorf("%q, %v", c, err)
	}
	for _, s := range []string{"", "€", "EURO", "XYZ", "XAU"} {
		if c, err := ParseCurrency(s); err == nil || c != "" {
			t.Errorf("%q is %q", s, c)
		}
	}
}

// CR-2: money is integers. No binary fraction and none of the packages that bring one may come in.
func TestNoFloats(t *testing.T) {
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		checked++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if strings.Contains(strings.ToLower(n.Name), "float") {
					t.Errorf("%s: %s", set.Position(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: %s", set.Position(n.Pos()), n.Value)
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "math" && n.Sel.Name != "MinInt64" &&
					n.Sel.Name != "MaxInt64" && n.Sel.Name != "MaxUint64" {
					t.Errorf("%s: math.%s", set.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	}
	if checked < 5 {
		t.Errorf("only %d files were looked at", checked)
	}
}
