package i18n

import (
	"strings"
	"sync"
	"sync/atomic"
	"unicode"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// Locale says how numbers and dates are written. The zero Locale is that of en-US. Locales are comparable.
type Locale struct {
	// Tag is the BCP 47 tag that the rest was found from.
	Tag string
	// Decimal stands between whole and fraction, Group between groups of digits, Minus before a negative number.
	Decimal, Group, Minus string
	// Zero is the digit nought; the other nine follow it.
	Zero rune
	// Indian is true where digits are grouped 12,34,567.
	Indian bool
	// Date is how a date is written in digits.
	Date DatePattern
}

// LocaleFor is the locale of a BCP 47 tag ("de-AT"). An unknown tag gives that of en-US.
func LocaleFor(tag string) Locale {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		t = language.AmericanEnglish
	}
	tag = t.String()
	if l, ok := locales.Load(tag); ok {
		return l.(Locale)
	}
	l := describe(t)
	if remembered.Load() < mostRemembered {
		locales.Store(tag, l)
	}
	return l
}

// ParseLocale reads the name of a locale as operating systems give it: "de_DE.UTF-8", "sr_RS@latin",
// "pt-BR". "C", "POSIX", nothing, and anything unknown give that of en-US.
func ParseLocale(name string) Locale {
	name, _, _ = strings.Cut(name, ".")
	name, modifier, _ := strings.Cut(name, "@")
	name = strings.ReplaceAll(strings.TrimSpace(name), "_", "-")
	if lang, region, ok := strings.Cut(name, "-"); ok && strings.EqualFold(modifier, "latin") {
		name = lang + "-Latn-" + region
	}
	if name == "C" || strings.EqualFold(name, "POSIX") {
		name = ""
	}
	return LocaleFor(name)
}

// describe asks the number formatter how it writes numbers, so that reading and writing cannot differ.
func describe(t language.Tag) Locale {
	l := Locale{Tag: t.String(), Date: datePattern(t)}
	p := l.printer()
	zero := p.Sprint(number.Decimal(0))
	l.Zero = []rune(zero)[0]
	l.Minus = strings.TrimSuffix(p.Sprint(number.Decimal(-1)), p.Sprint(number.Decimal(1)))
	l.Decimal = between(p.Sprint(number.Decimal(1.5)))
	// Seven digits, as some languages do not group four.
	grouped := p.Sprint(number.Decimal(1234567))
	l.Group = between(grouped)
	l.Indian = len(strings.Split(grouped, l.Group)[0]) == 2*len(zero)
	return l
}

// between is the first run of a written number that is not a digit.
func between(s string) string {
	start := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) })
	if start < 0 {
		return ""
	}
	end := strings.IndexFunc(s[start:], unicode.IsDigit)
	return s[start : start+end]
}

// Locales and their number formatters are kept once made, as they are costly. There is a limit, as a tag may come
// from outside, such as the header of a web request; beyond it they are made anew each time.
var (
	locales    sync.Map // tag → Locale
	printers   sync.Map // tag → *message.Printer
	remembered atomic.Int64
)

const mostRemembered = 500

// printer is the number formatter of the locale. It is safe to share.
func (l Locale) printer() *message.Printer {
	if l.Tag == "" {
		l.Tag = "en-US"
	}
	if p, ok := printers.Load(l.Tag); ok {
		return p.(*message.Printer)
	}
	p := message.NewPrinter(language.Make(l.Tag))
	if remembered.Load() < mostRemembered {
		if _, had := printers.LoadOrStore(l.Tag, p); !had {
			remembered.Add(1)
		}
	}
	return p
}

// OrDefault is the locale itself, or that of en-US for the zero Locale.
func (l Locale) OrDefault() Locale {
	if l.Tag == "" {
		return LocaleFor("en-US")
	}
	return l
}

// FormatInt writes n with the locale's digits, grouped: 1,234,567.
func (l Locale) FormatInt(n int64) string {
	s := l.FormatUint(magnitude(n))
	if n < 0 {
		s = l.OrDefault().Minus + s
	}
	return s
}

// FormatUint writes n with the locale's digits, grouped: 1,234,567.
func (l Locale) FormatUint(n uint64) string {
	return l.printer().Sprint(number.Decimal(n))
}

// Digits writes the digits 0 to 9 of s with the locale's own.
func (l Locale) Digits(s string) string {
	zero := l.OrDefault().Zero
	if zero == '0' {
		return s
	}
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return zero + r - '0'
		}
		return r
	}, s)
}

// PlainDigits writes the decimal digits of every script (Arabic-Indic, full-width, Devanagari …) as 0 to 9.
func PlainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x80 || !unicode.Is(unicode.Nd, r) {
			return r
		}
		// Unicode keeps the ten digits of a script together and in order, in blocks of ten from the zero.
		for _, rng := range unicode.Nd.R16 {
			if rune(rng.Lo) <= r && r <= rune(rng.Hi) {
				return '0' + (r-rune(rng.Lo))%10
			}
		}
		for _, rng := range unicode.Nd.R32 {
			if rune(rng.Lo) <= r && r <= rune(rng.Hi) {
				return '0' + (r-rune(rng.Lo))%10
			}
		}
		return r
	}, s)
}
