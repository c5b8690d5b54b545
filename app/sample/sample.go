// Package sample makes up clients that look like those of a real office: people and companies of some forty countries, in the
// scripts and the forms of address that are used there. Nobody in it exists, and every mail address is in a domain that is
// reserved for examples and reaches nobody.
package sample

import (
	"strconv"

	"clientele/app/date"
)

// Client is one made-up client. Its texts keep the limits of package importing.
type Client struct {
	FirstName, LastName   string
	Company               string // "" for a private person
	Email                 string // differs from that of every other index
	Address1, Address2    string
	City, State, Postcode string
	Country               string // ISO 3166-1 alpha-2
	Phone, TaxID          string
	Currency              string // ISO 4217
	Language              string // BCP 47
	Group                 string // one of Groups, or "" for none
	Status                string // Active, Inactive or Closed
	Created               date.Date
	Notes                 string
	TaxExempt             bool
	SeparateInvoices      bool
	NoLateFees            bool
	NoOverdueEmails       bool
	MarketingOptIn        bool
}

// Groups are the client groups that occur, the commoner ones first.
var Groups = []string{"Standard", "Business", "Partner", "Non-profit", "VIP"}

// years is how far back the oldest client was created.
const years = 8

// Generator makes clients. It may be used by several goroutines at once.
type Generator struct {
	seed    uint64
	today   date.Date
	places  []country
	byShare []uint16            // country by thousandths of all shares
	byCode  map[string]*country // of Client.Country
}

// New makes a generator. The same seed and day give the same clients on every machine, in whatever order and number they
// are asked for. The clients were created in the eight years before today.
func New(seed uint64, today date.Date) *Generator {
	g := &Generator{seed: seed, today: today, places: world(), byCode: map[string]*country{}}
	for i, c := range g.places {
		g.byCode[c.code] = &g.places[i]
		for range c.share {
			g.byShare = append(g.byShare, uint16(i))
		}
	}
	return g
}

// Client makes client number i, from 0.
func (g *Generator) Client(i int) Client {
	m := maker{source: newSource(g.seed, i)}
	m.country = &g.places[g.byShare[m.below(len(g.byShare))]]
	m.city = &m.country.cities[m.skewed(len(m.country.cities))]
	m.person()
	c := Client{
		FirstName: m.write(m.first), LastName: m.write(m.last),
		City: m.city.name, State: m.city.state, Country: m.country.code, Currency: m.country.currency, Language: m.country.language,
		Status: status(m.below(100)),
	}
	business := m.percent(62)
	if business {
		c.Company = m.company()
		if m.percent(80) {
			c.TaxID = string(m.fill(m.buffer[:0], m.country.tax))
		}
	}
	c.Email = m.email(i, business)
	c.Address1 = m.form(m.country.address)
	if pattern := second[m.country.language]; pattern != "" && m.percent(15) {
		c.Address2 = string(m.fill(m.buffer[:0], pattern))
	}
	c.Postcode = string(m.fill(m.buffer[:0], m.city.postcode))
	if m.percent(88) {
		c.Phone = m.phone()
	}
	if !m.percent(30) {
		c.Group = Groups[m.skewed(len(Groups))]
	}
	c.Created = g.today.AddDays(-m.skewed(years * 365))
	if m.percent(9) {
		c.Notes = notes[m.below(len(notes))]
	}
	c.TaxExempt, c.SeparateInvoices = c.Group == "Non-profit" && m.percent(60) || m.percent(1), m.percent(4)
	c.NoLateFees, c.NoOverdueEmails, c.MarketingOptIn = m.percent(4), m.percent(3), m.percent(35)
	return c
}

func status(percent int) string {
	switch {
	case percent < 82:
		return "Active"
	case percent < 95:
		return "Inactive"
	}
	return "Closed"
}

// maker is what is known of one client while it is made.
type maker struct {
	source
	country     *country
	city        *city
	culture     *culture
	first, last *name
	other       *name // the family name of a partner in the business
	native      bool  // names are in the people's own script
	buffer      [256]byte
}

func (m *maker) person() {
	share := m.below(100)
	m.culture = m.country.people[0].culture
	for _, p := range m.country.people {
		if share -= p.share; share < 0 {
			m.culture = p.culture
			break
		}
	}
	m.native = m.country.homeScript(m.culture) && !m.percent(m.country.latin)
	c := m.culture
	if m.percent(50) {
		m.first, m.last = &c.women[m.skewed(len(c.women))], &c.lastOfWomen[m.skewed(len(c.last))]
	} else {
		m.first, m.last = &c.men[m.skewed(len(c.men))], &c.last[m.skewed(len(c.last))]
	}
	m.other = &c.last[m.below(len(c.last))]
}

func (m *maker) write(n *name) string {
	if m.native {
		return n.native
	}
	return n.latin
}

func (m *maker) company() string {
	native := m.native
	m.native = native && !m.country.latinCompanies || native && m.culture.script < 0x250
	name := m.form(m.country.companies[m.skewed(len(m.country.companies))])
	m.native = native
	return name
}

// form fills in {l} and {m} family names, {t} trade, {c} city, {s} street and {n} number of the house.
func (m *maker) form(pattern string) string {
	b := m.buffer[:0]
	for i := 0; i < len(pattern); i++ {
		if pattern[i] != '{' {
			b = append(b, pattern[i])
			continue
		}
		switch pattern[i+1] {
		case 'l':
			b = append(b, m.write(m.last)...)
		case 'm':
			b = append(b, m.write(m.other)...)
		case 't':
			b = append(b, m.country.trades[m.below(len(m.country.trades))]...)
		case 'c':
			b = append(b, m.city.name...)
		case 's':
			b = append(b, m.country.streets[m.skewed(len(m.country.streets))]...)
		case 'n':
			b = strconv.AppendInt(b, int64(1+m.skewed(240)), 10)
		}
		i += 2
	}
	return string(b)
}

func (m *maker) phone() string {
	const area = "{a}"
	pattern, b := m.country.phone, m.buffer[:0]
	for i := range len(pattern) - len(area) + 1 {
		if pattern[i:i+len(area)] == area {
			b = append(b, pattern[:i]...)
			b = m.fill(b, m.city.area)
			return string(m.fill(b, pattern[i+len(area):]))
		}
	}
	return string(m.fill(b, pattern))
}

// email ends its local part, or its domain, with the index, which no name in it can contain. So no two are the same.
func (m *maker) email(i int, business bool) string {
	b := m.buffer[:0]
	switch m.below(4) {
	case 0:
		b = append(append(append(b, m.first.mail...), '.'), m.last.mail...)
	case 1:
		b = append(append(append(b, m.first.mail[0]), '.'), m.last.mail...)
	case 2:
		b = append(append(append(b, m.last.mail...), '.'), m.first.mail...)
	default:
		b = append(b, m.first.mail...)
	}
	if business && m.percent(70) {
		b = append(append(append(b, '@'), m.last.mail...), '-')
		b = strconv.AppendInt(b, int64(i), 10)
		return string(append(b, ".example"...))
	}
	b = strconv.AppendInt(b, int64(i), 10)
	b = append(b, '@')
	return string(append(b, [...]string{"example.com", "example.org", "example.net"}[m.skewed(3)]...))
}

// second is the second line of an address where people write one, by language.
var second = map[string]string{
	"en": "Suite %##", "en-GB": "Flat %", "de": "%. Stock", "fr": "Bâtiment @", "es": "%º @", "es-419": "Depto. %0%", "it": "Scala @",
	"nl": "%e verdieping", "pt-BR": "Apto %0%", "pl": "m. %#", "ru": "кв. %#", "uk": "кв. %#", "ja": "%0#号室", "ko": "%0#호",
	"zh": "%单元%0#室", "sv": "lgh 1%0%", "tr": "Daire: %",
}

// notes are what an office keeps on its clients.
var notes = []string{
	"Prefers to be called in the afternoon.", "Pays by bank transfer, always on the first of the month.",
	"Asked for a printed copy of every invoice.", "Met at the spring trade fair.", "Referred by a neighbour.",
	"Invoices go to the bookkeeper, see contacts.", "Wants one invoice per project.", "Away every August.",
	"Long-standing client. Be generous.", "Call before any visit; the dog is loose.", "Purchase order number needed on each invoice.",
	"Two reminders last year, paid both times after a call.", "New office since spring; the old address is still on the contract.",
	"Interested in the yearly plan.", "Spells the company name with a capital second letter.",
	"Contract ends in December.\nAsk about renewal in October.", "Contact changed in March.\nThe new one answers mail within the hour.",
	"Key is with the caretaker.\nGround floor, left.", "Speaks English and some French.", "Had a billing dispute once; settled.",
}
