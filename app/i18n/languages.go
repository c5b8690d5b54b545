package i18n

import (
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// A LanguageName is a language that a client can be written to in.
type LanguageName struct {
	Tag  string // BCP 47
	Name string // in the current language
}

// offered are the languages to choose from.
var offered = strings.Fields(`
ar bg bn bs ca cs da de el en en-GB es es-419 et fa fi fr fr-CA ga he hi hr hu hy id is it ja ka kk ko lt lv
mk ms nb nl pl pt pt-BR ro ru sk sl sq sr sv sw ta th tr uk ur vi zh zh-Hant`)

// Languages lists the languages to choose from, by name in the current language.
func Languages() []LanguageName {
	p := current.Load()
	out := make([]LanguageName, 0, len(offered))
	for _, tag := range offered {
		out = append(out, LanguageName{tag, languageName(p.tag, language.MustParse(tag))})
	}
	compare := byName(p.tag)
	slices.SortStableFunc(out, func(a, b LanguageName) int { return compare(a.Name, b.Name) })
	return out
}

// Translated lists the languages of which there are texts, the source's own first, each by its own name: whoever looks for theirs may not read the present one.
func Translated() []LanguageName {
	own := func(tag string) LanguageName { return LanguageName{tag, nameOfItself(language.MustParse(tag))} }
	out := []LanguageName{own("en")}
	for _, tag := range slices.Sorted(maps.Keys(known())) {
		if tag != "en" {
			out = append(out, own(tag))
		}
	}
	return out
}

// HasTexts tells whether there are texts in a language, or in one that stands for it: those of de serve de-AT. English always has.
func HasTexts(tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	base, _ := t.Base()
	return base.String() == "en" || len(tablesFor(t)) > 0
}

// nameOfItself is what a language calls itself, written as a name of its own in a list.
func nameOfItself(t language.Tag) string {
	name := display.Self.Name(t)
	if name == "" {
		return t.String()
	}
	first, size := utf8.DecodeRuneInString(name)
	return string(unicode.ToTitle(first)) + name[size:]
}

// ValidLanguage tells whether tag is one of Languages.
func ValidLanguage(tag string) bool { return slices.Contains(offered, tag) }

func languageName(in, of language.Tag) string {
	for t := in; t != language.Und; t = t.Parent() {
		if n := display.Tags(t); n != nil {
			if s := n.Name(of); s != "" {
				return s
			}
		}
	}
	return display.English.Tags().Name(of)
}
