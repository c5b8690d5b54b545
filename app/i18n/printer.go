package i18n

import (
	"fmt"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Printer translates into one fixed language, for texts that are not for the person at the screen: a
// client's mail, a page of the client area. It never changes after it was made.
type Printer struct {
	tag    language.Tag
	locale Locale
	// tables are the translations to ask, the most specific language first: de-AT, then de.
	tables []table
}

// For gives the printer of a language, with the locale of that language. An unknown tag gives English.
func For(tag string) *Printer {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		t = language.English
	}
	return newPrinter(t, LocaleFor(t.String()))
}

func newPrinter(t language.Tag, l Locale) *Printer {
	return &Printer{tag: t, locale: l, tables: tablesFor(t)}
}

// Locale is the locale in which this printer writes numbers.
func (p *Printer) Locale() Locale { return p.locale }

// Language is the BCP 47 tag of the printer's language.
func (p *Printer) Language() string { return p.tag.String() }

// T is like the function T, in this printer's language.
func (p *Printer) T(format string, args ...any) string {
	if false {
		_ = fmt.Sprintf(format, args...) // lets go vet check the verbs of every caller
	}
	return p.translate(format, args)
}

// Text is like the function Text, in this printer's language.
func (p *Printer) Text(s string) string {
	if m, ok := p.find(s); ok && m.forms == nil {
		return m.text
	}
	return s
}

// N is like the function N, in this printer's language.
func (p *Printer) N(n int64, one, other string, args ...any) string {
	return p.count(n, one, other, args)
}

// FormatInt writes n as the printer's locale groups it.
func (p *Printer) FormatInt(n int64) string { return p.locale.FormatInt(n) }

func (p *Printer) translate(format string, args []any) string {
	if m, ok := p.find(format); ok && m.forms == nil {
		format = m.text
	}
	return p.locale.printer().Sprintf(format, args...)
}

func (p *Printer) count(n int64, one, other string, args []any) string {
	form := other
	if m, ok := p.find(other); ok && m.forms != nil {
		form = m.forms[plural.Other]
		if f, ok := m.forms[category(p.tag, n)]; ok {
			form = f
		}
	} else if n == 1 || n == -1 {
		form = one
	}
	if v, ok := countVerb(form); ok {
		number := strings.ReplaceAll(p.FormatInt(n), "%", "%%")
		form = form[:v.start] + number + form[v.end:]
	}
	return p.locale.printer().Sprintf(form, args...)
}

func (p *Printer) find(key string) (entry, bool) {
	for _, t := range p.tables {
		if m, ok := t[key]; ok {
			return m, true
		}
	}
	return entry{}, false
}

// category is the CLDR plural category of a whole number.
func category(t language.Tag, n int64) plural.Form {
	u := magnitude(n)
	// The plural rules look at the last digits and at "is it zero", so a large number is cut to its last
	// seven digits with one digit kept in front.
	const cut = 10_000_000
	if u >= cut {
		u = u%cut + cut
	}
	return plural.Cardinal.MatchPlural(t, int(u), 0, 0, 0, 0)
}

// magnitude is |n|, right for the smallest int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}
