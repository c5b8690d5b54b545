package importing

import (
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"clientele/app/i18n"
)

// yesAndNo are the words for a tick box, as plain writes them. A box that is ticked in some spreadsheets comes out as ☑ or ✓.
var yesAndNo = map[string]bool{
	"1": true, "yes": true, "y": true, "true": true, "on": true, "x": true, "ticked": true, "checked": true, "enabled": true,
	"ja": true, "j": true, "wahr": true, "ein": true, "an": true, "oui": true, "vrai": true, "si": true, "sim": true, "да": true,
	"☑": true, "✓": true, "✔": true, "☒": true,
	"0": false, "no": false, "n": false, "false": false, "off": false, "unticked": false, "unchecked": false, "disabled": false,
	"nein": false, "falsch": false, "aus": false, "non": false, "faux": false, "nao": false, "нет": false, "nee": false,
	"☐": false, "✗": false, "-": false,
}

// statuses are the words for a status, as plain writes them. Programs that know "suspended" mean a client whose services
// are stopped for now, and by "canceled" one who is gone.
var statuses = map[string]string{
	"active": Active, "aktiv": Active, "actif": Active, "activo": Active, "attivo": Active, "actief": Active, "enabled": Active,
	"inactive": Inactive, "inaktiv": Inactive, "inactif": Inactive, "inactivo": Inactive, "inattivo": Inactive, "suspended": Inactive,
	"disabled": Inactive, "gesperrt": Inactive, "ruhend": Inactive,
	"closed": Closed, "canceled": Closed, "cancelled": Closed, "terminated": Closed, "archived": Closed, "deleted": Closed,
	"geschlossen": Closed, "gekundigt": Closed, "beendet": Closed, "ferme": Closed, "cerrado": Closed, "chiuso": Closed,
}

func (c *Converter) flag(f Field) bool {
	value := c.sound(f)
	switch value {
	case "", "0", "no":
		return false
	case "1", "yes":
		return true
	}
	if yes, ok := yesAndNo[strings.ToLower(value)]; ok {
		return yes
	}
	yes, ok := yesAndNo[plain(value)]
	if !ok {
		c.wrong(f, i18n.T("“%s” is neither yes nor no.", cut(value, 60)))
	}
	return yes
}

func (c *Converter) status() string {
	value := c.sound(Status)
	switch value {
	case "":
		return Active
	case Active, Inactive, Closed:
		return value
	}
	status, ok := statuses[plain(value)]
	if !ok {
		c.wrong(Status, i18n.T("“%s” is no status. Write Active, Inactive or Closed.", cut(value, 60)))
	}
	return status
}

// languageNames finds the tag of a language by its tag, its English name and its own name, as plain writes them. WHMCS writes
// English names in lower case.
var languageNames = sync.OnceValue(func() map[string]string {
	names := map[string]string{
		"farsi": "fa", "norwegian": "nb", "portuguesebr": "pt-BR", "portuguesept": "pt", "chinesecn": "zh", "chinesetw": "zh-Hant",
		"no": "nb", "zhtw": "zh-Hant", "zhcn": "zh",
	}
	english := display.English.Tags()
	offered := i18n.Languages()
	// Portuguese alone is meant by its name, not that of Brazil: shorter tags first.
	slices.SortStableFunc(offered, func(a, b i18n.LanguageName) int { return len(a.Tag) - len(b.Tag) })
	for _, l := range offered {
		tag := language.MustParse(l.Tag)
		for _, name := range []string{l.Tag, english.Name(tag), display.Self.Name(tag)} {
			if p := plain(name); p != "" && names[p] == "" {
				names[p] = l.Tag
			}
		}
	}
	return names
})

func (c *Converter) language() string {
	value := c.sound(Language)
	if value == "" {
		return ""
	}
	if tag, ok := LanguageByName(value); ok {
		return tag
	}
	c.wrong(Language, i18n.T("“%s” is no language that can be chosen. Write its English name or its code, such as de.", cut(value, 60)))
	return ""
}

// LanguageByName finds the tag of a language that can be chosen, by its tag or its name in English or in itself.
func LanguageByName(name string) (tag string, ok bool) {
	if i18n.ValidLanguage(name) {
		return name, true
	}
	if tag, ok := languageNames()[plain(name)]; ok {
		return tag, true
	}
	// de_AT is German for us.
	base, _, _ := strings.Cut(strings.ReplaceAll(name, "_", "-"), "-")
	tag, ok = languageNames()[plain(base)]
	return tag, ok && len(base) == 2 && base != name
}
