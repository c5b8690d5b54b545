package sample

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"clientele/app/fold"
)

//go:embed names.txt
var namesText string

//go:embed countries.txt
var countriesText string

// name is a name as its bearer writes it, in Latin letters, and as it can stand in a mail address.
type name struct{ native, latin, mail string }

// culture is a stock of names.
type culture struct {
	men, women        []name
	last, lastOfWomen []name
	feminine          [][2]string
	script            rune // the first letter of the first name, which tells scripts apart well enough here
}

// country is what a client's address, company and numbers look like there.
type country struct {
	code, currency, language string
	share                    int // in thousandths
	latin                    int // percent of names written in Latin letters
	people                   []people
	address, phone, tax      string
	companies                []string
	latinCompanies           bool
	trades, streets          []string
	cities                   []city
}

type people struct {
	culture *culture
	share   int // percent
}

type city struct{ name, state, postcode, area string }

// world reads the two tables once. They are part of the program, so a mistake in them is a mistake in the program.
var world = sync.OnceValue(func() []country {
	cultures := readCultures()
	var all []country
	for _, line := range lines(countriesText) {
		key, rest, _ := strings.Cut(line, " ")
		if key == "country" {
			f := strings.Fields(rest)
			all = append(all, country{code: f[0], currency: f[1], language: f[2], share: number(f[3])})
			continue
		}
		c := &all[len(all)-1]
		switch key {
		case "people":
			for _, p := range strings.Fields(rest) {
				culture, share, _ := strings.Cut(p, ":")
				if cultures[culture] == nil {
					panic("sample: no names for " + culture)
				}
				c.people = append(c.people, people{cultures[culture], number(share)})
			}
		case "latin":
			c.latin = number(rest)
		case "address":
			c.address = rest
		case "phone":
			c.phone = rest
		case "tax":
			c.tax = rest
		case "company":
			c.companies = strings.Split(rest, "|")
		case "trades":
			c.trades = strings.Split(rest, "|")
			c.latinCompanies = rest[0] < utf8.RuneSelf
		case "streets":
			c.streets = strings.Split(rest, "|")
		case "city":
			f := strings.Split(rest, "|")
			c.cities = append(c.cities, city{f[0], f[1], f[2], f[3]})
		default:
			panic("sample: " + line)
		}
	}
	return all
})

func readCultures() map[string]*culture {
	all := map[string]*culture{}
	var c *culture
	for _, line := range lines(namesText) {
		key, rest, _ := strings.Cut(line, " ")
		switch key {
		case "culture":
			c = &culture{}
			all[rest] = c
		case "men":
			c.men = readNames(rest)
			c.script, _ = utf8.DecodeRuneInString(c.men[0].native)
		case "women":
			c.women = readNames(rest)
		case "last":
			c.last = readNames(rest)
		case "feminine":
			for _, pair := range strings.Fields(rest) {
				man, woman, _ := strings.Cut(pair, "=")
				c.feminine = append(c.feminine, [2]string{man, woman})
			}
		default:
			panic("sample: " + line)
		}
	}
	for _, c := range all {
		for _, n := range c.last {
			c.lastOfWomen = append(c.lastOfWomen, newName(c.ofWoman(n.native), c.ofWoman(n.latin)))
		}
	}
	return all
}

// ofWoman gives a family name the ending that women have; the longest ending in the table counts.
func (c *culture) ofWoman(name string) string {
	best := [2]string{}
	for _, f := range c.feminine {
		if strings.HasSuffix(name, f[0]) && len(f[0]) > len(best[0]) {
			best = f
		}
	}
	return strings.TrimSuffix(name, best[0]) + best[1]
}

// homeScript tells whether people of the culture write their names in their own script in the country.
func (c *country) homeScript(of *culture) bool {
	home := c.people[0].culture
	return of == home || of.script < 0x250 || of.script/0x100 == home.script/0x100
}

func readNames(text string) []name {
	var all []name
	for _, word := range strings.Fields(text) {
		native, latin, found := strings.Cut(strings.ReplaceAll(word, "¬", " "), "/")
		if !found {
			latin = native
		}
		all = append(all, newName(native, latin))
	}
	return all
}

func newName(native, latin string) name {
	mail := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, fold.Text(latin))
	if mail == "" {
		panic("sample: no mail address from " + latin)
	}
	return name{native, latin, mail}
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}

func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("sample: %q is no number", s))
	}
	return n
}
