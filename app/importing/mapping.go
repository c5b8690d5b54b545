package importing

import (
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"clientele/app/fold"
	"clientele/app/i18n"
)

// Mapping says for each column of a file, from the left, which field it holds; None is a column that is left out.
// A field may be held by one column only: see Check.
type Mapping []Field

// byName finds a field by each of its names in plain form.
var byName = func() map[string]Field {
	names := make(map[string]Field)
	for f := None + 1; f < fieldCount; f++ {
		names[plain(fields[f].key)] = f
		for _, alias := range fields[f].aliases {
			names[alias] = f
		}
	}
	return names
}()

// plain brings a column name into the form in which names are compared: letters and digits alone, without case and accents.
func plain(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, fold.Text(cut(name, 200)))
}

// FieldByName finds the field of that column name, in any of the spellings that are known.
func FieldByName(name string) (Field, bool) {
	f, ok := byName[plain(name)]
	return f, ok
}

// Guess maps the columns whose names are known. Where two columns mean the same field, one with the field's own name wins,
// then the leftmost. A column called just "Name" is the last name if there is a first name and no last name, and one called "Name" or "Customer" is the whole
// name where no other column has a name of a person, and the company otherwise. First and last name of their own come before a column with both.
func Guess(header []string) Mapping {
	m := make(Mapping, len(header))
	taken := [fieldCount]bool{}
	claim := func(matches func(name string) Field) {
		for i, column := range header {
			if m[i] != None {
				continue
			}
			if f := matches(plain(column)); f != None && !taken[f] {
				m[i], taken[f] = f, true
			}
		}
	}
	claim(func(name string) Field {
		if f := byName[name]; plain(f.Key()) == name {
			return f
		}
		return None
	})
	claim(func(name string) Field {
		if f := byName[name]; f != FullName {
			return f
		}
		return None
	})
	claim(func(name string) Field {
		if !taken[FirstName] && !taken[LastName] {
			return byName[name]
		}
		return None
	})
	claim(func(name string) Field {
		switch {
		case !loose[name]:
			return None
		case name == "name" && taken[FirstName] && !taken[LastName]:
			return LastName
		case !taken[FirstName] && !taken[LastName] && !taken[FullName]:
			return FullName
		}
		return CompanyName
	})
	return m
}

// loose are names of columns that hold a person in one file and a company in another.
var loose = map[string]bool{"name": true, "customer": true, "customername": true, "client": true, "kunde": true, "kundenname": true}

// Column is the number of the column, from 0, that holds f, or -1.
func (m Mapping) Column(f Field) int {
	for i, g := range m {
		if g == f {
			return i
		}
	}
	return -1
}

// Set makes the column hold f, and takes f from the column that held it before.
func (m Mapping) Set(column int, f Field) {
	if old := m.Column(f); f != None && old >= 0 {
		m[old] = None
	}
	m[column] = f
}

// Check tells whether rows can be read by this mapping: each of the required fields has its column, and no field has two.
// Its error names everything that is missing.
func (m Mapping) Check(header []string, required ...Field) error {
	holder := [fieldCount]int{}
	var missing []string
	for i, f := range m {
		if f == None {
			continue
		}
		if holder[f] > 0 {
			return errors.New(i18n.T("The columns “%s” and “%s” are both mapped to %s. Map only one of them.",
				columnName(header, holder[f]-1), columnName(header, i), f))
		}
		holder[f] = i + 1
	}
	for _, f := range m.Missing(required...) {
		missing = append(missing, f.Key())
	}
	if len(missing) > 0 {
		return errors.New(i18n.T("No column of the file is mapped to: %s. Choose the columns that hold them.",
			strings.Join(missing, ", ")))
	}
	return nil
}

// Missing are those of the required fields that no column holds. A column with the whole name holds first and last name too.
func (m Mapping) Missing(required ...Field) []Field {
	var missing []Field
	whole := m.Column(FullName) >= 0
	for _, f := range required {
		if m.Column(f) < 0 && !(whole && (f == FirstName || f == LastName)) {
			missing = append(missing, f)
		}
	}
	return missing
}

// ParseMapping changes the guess for this header by a list such as
//
//	Mail=Email,Kunde=Company Name,Old ID=-,#3=City
//
// On the left of each pair is the name of a column of the file, or # and its number from 1; on the right the name of a field,
// or - for a column to be left out. A column name with a comma in it goes, with its pair, into quotation marks.
// An error says which pair is wrong and what there is to choose from.
func ParseMapping(header []string, list string) (Mapping, error) {
	m := Guess(header)
	if strings.TrimSpace(list) == "" {
		return m, nil
	}
	r := csv.NewReader(strings.NewReader(list))
	r.TrimLeadingSpace = true
	pairs, err := r.Read()
	if err != nil {
		return nil, errors.New(i18n.T("The mapping “%s” cannot be read. Write it as COLUMN=FIELD,COLUMN=FIELD.", cut(list, 200)))
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		return nil, errors.New(i18n.T("The mapping has more than one line. Write it as COLUMN=FIELD,COLUMN=FIELD."))
	}
	given := map[int]bool{}
	for _, pair := range pairs {
		eq := strings.LastIndexByte(pair, '=')
		if eq < 0 {
			return nil, errors.New(i18n.T("“%s” in the mapping is not of the form COLUMN=FIELD.", cut(pair, 200)))
		}
		column, err := findColumn(header, strings.TrimSpace(pair[:eq]))
		if err != nil {
			return nil, err
		}
		if given[column] {
			return nil, errors.New(i18n.T("The column “%s” is mapped twice.", columnName(header, column)))
		}
		given[column] = true
		name := strings.TrimSpace(pair[eq+1:])
		f, ok := FieldByName(name)
		if !ok && name != "-" {
			return nil, errors.New(i18n.T("There is no field “%s”. The fields are: %s; - leaves a column out.",
				cut(name, 200), keys()))
		}
		if old := m.Column(f); f != None && old >= 0 && old != column && given[old] {
			return nil, errors.New(i18n.T("The columns “%s” and “%s” are both mapped to %s. Map only one of them.",
				columnName(header, old), columnName(header, column), f))
		}
		m.Set(column, f)
	}
	return m, nil
}

// findColumn finds a column by its name as in the file, its name in another spelling, or # and its number.
func findColumn(header []string, name string) (int, error) {
	for i, column := range header {
		if column == name {
			return i, nil
		}
	}
	if number, ok := strings.CutPrefix(name, "#"); ok {
		n, err := strconv.Atoi(number)
		if err != nil || n < 1 || n > len(header) {
			return 0, errors.New(i18n.T("There is no column %s. The file has columns #1 to #%s.", cut(name, 50), strconv.Itoa(len(header))))
		}
		return n - 1, nil
	}
	if p := plain(name); p != "" {
		for i, column := range header {
			if plain(column) == p {
				return i, nil
			}
		}
	}
	return 0, errors.New(i18n.T("The file has no column “%s”. Its columns are: %s.", cut(name, 200), cut(strings.Join(header, ", "), 1000)))
}

// columnName is what the file calls a column, or its number where it has no name.
func columnName(header []string, column int) string {
	if column < len(header) && strings.TrimSpace(header[column]) != "" {
		return header[column]
	}
	return "#" + strconv.Itoa(column+1)
}

func keys() string {
	var names []string
	for _, f := range Fields() {
		names = append(names, f.Key())
	}
	return strings.Join(names, ", ")
}

// cut shortens text that is shown within a sentence, at a whole character.
func cut(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most] + "…"
}
