package i18n

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"clientele/assets/translations"
)

// table holds the translations of one language by their English text.
type table map[string]entry

// entry is one translation: a text, or one text for each plural form.
type entry struct {
	text  string
	forms map[plural.Form]string
}

// catalogs holds the loaded tables by language tag, once they are wanted. Neither the map nor a table is changed once it
// is in here: Load puts a new map in its place, so that printers may go on reading the old one.
var catalogs atomic.Pointer[map[string]table]

// read has what is shipped read only once, and not at all where nothing but English is spoken: it costs each start of the
// program as much as opening its data.
var read sync.Once

// known are the tables of all languages.
func known() map[string]table {
	read.Do(func() {
		all := shipped()
		catalogs.Store(&all)
	})
	return *catalogs.Load()
}

// tablesFor lists the tables that serve a language: its own and then those of its parents, up to English,
// which is the text of the source itself.
func tablesFor(t language.Tag) []table {
	if base, _ := t.Base(); base.String() == "en" && catalogs.Load() == nil {
		return nil // nothing is shipped for it
	}
	all := known()
	var out []table
	for ; t != language.Und; t = t.Parent() {
		if found, ok := all[t.String()]; ok {
			out = append(out, found)
		}
	}
	return out
}

// shipped reads the embedded files. They are part of the program, so a broken one is a programming error.
func shipped() map[string]table {
	all := map[string]table{}
	names, err := translations.Files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	for _, n := range names {
		tag := strings.TrimSuffix(n.Name(), path.Ext(n.Name()))
		f, err := translations.Files.Open(n.Name())
		if err != nil {
			panic(err)
		}
		t, err := readTable(language.MustParse(tag), f)
		f.Close()
		if err != nil {
			panic(fmt.Sprintf("%s: %v", n.Name(), err))
		}
		all[language.MustParse(tag).String()] = t
	}
	return all
}

// Load adds the translations of one JSON file to a language; they win over those already there. The format
// is described in package translations. A file with any fault is refused whole, with the text at fault in
// the error: a translation whose verbs differ from those of its English text would garble what it says.
func Load(tag string, r io.Reader) error {
	t, err := language.Parse(tag)
	if err != nil || t == language.Und {
		return fmt.Errorf("%q is not a language tag", tag)
	}
	added, err := readTable(t, r)
	if err != nil {
		return fmt.Errorf("translation %s: %w", t, err)
	}
	changing.Lock()
	defer changing.Unlock()
	all := maps.Clone(known())
	merged := table{}
	maps.Copy(merged, all[t.String()])
	maps.Copy(merged, added)
	all[t.String()] = merged
	catalogs.Store(&all)
	install(current.Load().tag)
	return nil
}

// LoadFolder adds the translations of a folder, one file for each language, named by it: fr.json, pt-BR.json. It gives what is wrong with those that were
// refused, by their names; the others are added all the same. A folder that is not there holds none.
func LoadFolder(files fs.FS) map[string]error {
	entries, err := fs.ReadDir(files, ".")
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return map[string]error{".": err}
	}
	faults := map[string]error{}
	for _, e := range entries {
		tag, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok || e.IsDir() {
			continue
		}
		if err := loadFile(files, e.Name(), tag); err != nil {
			faults[e.Name()] = err
		}
	}
	return faults
}

func loadFile(files fs.FS, name, tag string) error {
	f, err := files.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return Load(tag, io.LimitReader(f, mostBytes))
}

// mostBytes is how much of a file is read: what is shipped has less than half a megabyte.
const mostBytes = 8 << 20

// readTable reads and checks one translation file.
func readTable(t language.Tag, r io.Reader) (table, error) {
	var raw map[string]json.RawMessage
	dec := json.NewDecoder(r)
	if err := dec.Decode(&raw); err != nil {
		return nil, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return nil, fmt.Errorf("there is text after the end of the object")
	}
	out := make(table, len(raw))
	for key, value := range raw {
		e, err := readEntry(t, key, value)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", key, err)
		}
		out[key] = e
	}
	return out, nil
}

func readEntry(t language.Tag, key string, value json.RawMessage) (entry, error) {
	var text string
	if json.Unmarshal(value, &text) == nil {
		return entry{text: text}, sameVerbs(key, text)
	}
	var forms map[string]string
	if err := json.Unmarshal(value, &forms); err != nil {
		return entry{}, fmt.Errorf("a translation is a text, or an object of plural forms")
	}
	e := entry{forms: map[plural.Form]string{}}
	for name, form := range forms {
		f, ok := formNames[name]
		if !ok {
			return entry{}, fmt.Errorf("%q is not a plural form", name)
		}
		if err := sameVerbs(withoutCount(key), withoutCount(form)); err != nil {
			return entry{}, err
		}
		e.forms[f] = form
	}
	if _, ok := e.forms[plural.Other]; !ok {
		return entry{}, fmt.Errorf("the plural form %q is missing", "other")
	}
	return e, nil
}

var formNames = map[string]plural.Form{
	"zero": plural.Zero, "one": plural.One, "two": plural.Two,
	"few": plural.Few, "many": plural.Many, "other": plural.Other,
}
