package i18n

import (
	"os"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
)

// english puts language and locale back after a test that changes them; such tests do not run in parallel.
func english(t *testing.T) {
	t.Helper()
	known()
	before := catalogs.Load()
	t.Cleanup(func() {
		catalogs.Store(before)
		changing.Lock()
		chosenLocale = nil
		changing.Unlock()
		if err := SetLanguage("en"); err != nil {
			t.Error(err)
		}
	})
}

func load(t *testing.T, tag, file string) {
	t.Helper()
	if err := Load(tag, strings.NewReader(file)); err != nil {
		t.Fatal(err)
	}
}

func TestEnglishNeedsNoTranslation(t *testing.T) {
	english(t)
	if Language() != "en" {
		t.Errorf("the first language is %s", Language())
	}
	for _, c := range []struct{ got, want string }{
		{T("Save"), "Save"},
		{T("100%% of %s", "it"), "100% of it"},
		{T("%d rows", 1234567), "1,234,567 rows"},
		{T("Year %s", "2026"), "Year 2026"},
		{T("%[2]s before %[1]s", "a", "b"), "b before a"},
		{Text("50%"), "50%"},
		{FormatInt(-1234567), "-1,234,567"},
		{FormatInt(-9223372036854775808), "-9,223,372,036,854,775,808"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestCountInEnglish(t *testing.T) {
	english(t)
	for _, c := range []struct{ got, want string }{
		{N(0, "one client", "%d clients"), "0 clients"},
		{N(1, "one client", "%d clients"), "one client"},
		{N(2, "one client", "%d clients"), "2 clients"},
		{N(12345, "one client", "%d clients"), "12,345 clients"},
		{N(1, "%s has one client", "%s has %d clients", "Ann"), "Ann has one client"},
		{N(2, "%s has one client", "%s has %d clients", "Ann"), "Ann has 2 clients"},
		{N(2, "one of %d", "%d of %d", 7), "2 of 7"},
		{N(3, "%[1]s: one", "%[1]s: %d%%", "share"), "share: 3%"},
		{N(2, "%%d one", "%%d %d"), "%d 2"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// AP-5: languages by translation files.
func TestLanguageChoosesTheWords(t *testing.T) {
	english(t)
	load(t, "de", `{"%s owes %d": "%[2]d schuldet %[1]s", "Only German": "Nur Deutsch", "Street": "Straße"}`)
	load(t, "de-CH", `{"Street": "Strasse"}`)
	if err := SetLanguage("de-CH"); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want string }{
		{T("%s owes %d", "Ann", 1234), "1’234 schuldet Ann"},
		{T("Street"), "Strasse"},
		{T("Only German"), "Nur Deutsch"}, // from the parent language
		{T("Nobody translated this"), "Nobody translated this"},
		{Text("Only German"), "Nur Deutsch"},
		{T("Save"), "Speichern"}, // shipped
		{N(1, "one client came in", "%d clients came in"), "Ein Kunde kam herein"},
		{N(2000, "one client came in", "%d clients came in"), "2’000 Kunden kamen herein"},
		{Language(), "de-CH"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if err := SetLanguage("no such language"); err == nil || Language() != "de-CH" {
		t.Errorf("a wrong tag gave %v and the language %s", err, Language())
	}
}

// The categories are those of CLDR, worked out by hand from its rules for Polish and Arabic.
func TestPluralForms(t *testing.T) {
	english(t)
	load(t, "pl", `{"%d clients": {"one": "%d klient", "few": "%d klienci", "many": "%d klientów", "other": "%d klienta"}}`)
	load(t, "ar", `{"%d clients": {"zero": "Z", "one": "O", "two": "T", "few": "F", "many": "M", "other": "X"}}`)
	pl, ar := For("pl"), For("ar")
	for n, want := range map[int64]string{
		1: "1 klient", 2: "2 klienci", 4: "4 klienci", 5: "5 klientów", 0: "0 klientów", 12: "12 klientów",
		22: "22 klienci", 21: "21 klientów", 112: "112 klientów",
	} {
		if got := pl.N(n, "one client", "%d clients"); got != want {
			t.Errorf("pl %d: %q, want %q", n, got, want)
		}
	}
	for n, want := range map[int64]string{
		0: "Z", 1: "O", 2: "T", 3: "F", 10: "F", 11: "M", 99: "M", 100: "X", 103: "F", 10_000_000: "X", 10_000_003: "F",
	} {
		if got := ar.N(n, "one client", "%d clients"); got != want {
			t.Errorf("ar %d: %q, want %q", n, got, want)
		}
	}
}

func TestLocaleIsApartFromLanguage(t *testing.T) {
	english(t)
	SetLocale(LocaleFor("de-DE"))
	if got := T("%d rows", 1234); got != "1.234 rows" {
		t.Errorf("English in Germany: %q", got)
	}
	if err := SetLanguage("fr"); err != nil {
		t.Fatal(err)
	}
	if got := CurrentLocale().Tag; got != "de-DE" {
		t.Errorf("changing the language changed the locale to %s", got)
	}
}

func TestPrinterKeepsItsLanguage(t *testing.T) {
	english(t)
	p := For("de")
	if err := SetLanguage("fr"); err != nil {
		t.Fatal(err)
	}
	if got := p.T("Save") + p.Text("Cancel") + p.FormatInt(1000) + p.CountryName("AT"); got != "SpeichernAbbrechen1.000Österreich" {
		t.Errorf("%q", got)
	}
	if For("%").Language() != "en" {
		t.Error("an unknown language must give English")
	}
}

func TestLoadRefusesFaultyFiles(t *testing.T) {
	english(t)
	for name, file := range map[string]string{
		"not JSON":             `{`,
		"not an object":        `[]`,
		"something behind":     `{} {}`,
		"a number":             `{"Save": 1}`,
		"a verb lost":          `{"Hello %s": "Hallo"}`,
		"a verb too many":      `{"Hello": "Hallo %s"}`,
		"another verb":         `{"Hello %s": "Hallo %d"}`,
		"an argument twice":    `{"%s and %s": "%[1]s und %[1]s"}`,
		"a width by argument":  `{"%s": "%*s"}`,
		"ends inside a verb":   `{"%s": "%"}`,
		"unknown form":         `{"%d clients": {"several": "x", "other": "%d Kunden"}}`,
		"no form other":        `{"%d clients": {"one": "ein Kunde"}}`,
		"a form loses a verb":  `{"%s has %d clients": {"one": "ein Kunde", "other": "%s hat %d Kunden"}}`,
		"a form has two verbs": `{"%d clients": {"other": "%d von %d Kunden"}}`,
	} {
		if err := Load("de", strings.NewReader(file)); err == nil {
			t.Errorf("%s: %s was loaded", name, file)
		}
	}
	if err := Load("no such language", strings.NewReader(`{}`)); err == nil {
		t.Error("a wrong tag was loaded")
	}
	if got := For("de").T("Save"); got != "Speichern" {
		t.Errorf("a refused file changed the translation to %q", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	english(t)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := T("Save"); got != "Save" && got != "Speichern" {
					t.Errorf("%q", got)
				}
				if got := N(1000, "one client came in", "%d clients came in"); got != "1,000 clients came in" && got != "1.000 Kunden kamen herein" {
					t.Errorf("%q", got)
				}
			}
		})
	}
	for range 20 {
		for _, tag := range []string{"de", "en"} {
			if err := SetLanguage(tag); err != nil {
				t.Error(err)
			}
			load(t, "de", `{"Other": "Andere"}`)
		}
	}
	wg.Wait()
}

func FuzzVerbs(f *testing.F) {
	for _, s := range []string{"%", "%%", "%[1]d", "%[", "%[]s", "%-5.2f", "100% sure", "%é"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		end := 0
		for _, v := range verbs(s) {
			if v.start < end || v.end <= v.start || v.end > len(s) || s[v.start] != '%' {
				t.Fatalf("%q: verb at %d to %d after %d", s, v.start, v.end, end)
			}
			end = v.end
		}
	})
}

func TestLoadFolder(t *testing.T) {
	english(t)
	faults := LoadFolder(fstest.MapFS{
		"fr.json":    {Data: []byte(`{"Save": "Enregistrer"}`)},
		"es.json":    {Data: []byte(`{"%s of %s": "%s"}`)},
		"notes.txt":  {Data: []byte("not a language")},
		"xx-!!.json": {Data: []byte(`{}`)},
	})
	if len(faults) != 2 || faults["es.json"] == nil || faults["xx-!!.json"] == nil {
		t.Errorf("refused %v", faults)
	}
	if got := For("fr").T("Save"); got != "Enregistrer" {
		t.Errorf("%q", got)
	}
	var names []string
	for _, l := range Translated() {
		names = append(names, l.Tag+" "+l.Name)
	}
	if got := strings.Join(names, ", "); got != "en English, de Deutsch, fr Français" {
		t.Errorf("offered %s", got)
	}
	for tag, want := range map[string]bool{"en-GB": true, "de-AT": true, "fr-CA": true, "it": false, "!!": false} {
		if HasTexts(tag) != want {
			t.Errorf("HasTexts(%q) is %v", tag, !want)
		}
	}
	if faults := LoadFolder(os.DirFS(t.TempDir() + "/none")); len(faults) != 0 {
		t.Errorf("a folder that is not there: %v", faults)
	}
}
