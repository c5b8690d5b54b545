package money

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"clientele/app/i18n"
)

// Currency is a code of ISO 4217 in upper case: EUR.
type Currency string

// ParseCurrency reads a code in either case, with spaces around it or not.
func ParseCurrency(s string) (Currency, error) {
	c := Currency(strings.ToUpper(strings.TrimSpace(s)))
	if !c.Valid() {
		return "", &inputError{unknownCurrency, func() string {
			return i18n.T("“%s” is not a currency. Use a code of three letters, such as %s.", s, "EUR")
		}}
	}
	return c, nil
}

// Valid tells whether c is a currency in use.
func (c Currency) Valid() bool {
	_, ok := active[c]
	return ok
}

// Exponent is the number of decimals: 2 for EUR, 0 for JPY, 3 for KWD. Of a currency that is not Valid it is 2.
func (c Currency) Exponent() int {
	if known, ok := active[c]; ok {
		return known.exponent
	}
	return 2
}

// Name is the name in the current language, or the code where c is not Valid.
func (c Currency) Name() string {
	if known, ok := active[c]; ok {
		return i18n.Text(known.name)
	}
	return string(c)
}

// Currencies lists the codes of all currencies in use, in order of the alphabet.
func Currencies() []Currency {
	return slices.Clone(codes())
}

var codes = sync.OnceValue(func() []Currency {
	out := make([]Currency, 0, len(active))
	for c := range active {
		out = append(out, c)
	}
	slices.Sort(out)
	return out
})

// Symbol is what people of a language (a BCP 47 tag) write for the currency: $ for USD in en-US, US$ in
// en-CA. Where they have no symbol it is the code.
func (c Currency) Symbol(lang string) string { return c.symbol(lang, false) }

// narrowSymbol is the shortest symbol, which other currencies may share: $ for CAD everywhere.
func (c Currency) narrowSymbol(lang string) string { return c.symbol(lang, true) }

type symbolKey struct {
	currency Currency
	lang     string
	narrow   bool
}

// symbols remembers what symbol found, as lists ask for it in every row. There is a limit, as both the code and the
// language may come from outside.
var (
	symbols    sync.Map // symbolKey → string
	remembered atomic.Int64
)

const mostRemembered = 10_000

func (c Currency) symbol(lang string, narrow bool) string {
	key := symbolKey{c, lang, narrow}
	if s, ok := symbols.Load(key); ok {
		return s.(string)
	}
	s := string(c)
	// The tables of symbols may be older than the newest currencies.
	if unit, err := currency.ParseISO(s); err == nil {
		form := currency.Symbol
		if narrow {
			form = currency.NarrowSymbol
		}
		if found := message.NewPrinter(language.Make(lang)).Sprint(form(unit)); found != "" {
			s = found
		}
	}
	if remembered.Load() < mostRemembered {
		if _, had := symbols.LoadOrStore(key, s); !had {
			remembered.Add(1)
		}
	}
	return s
}
