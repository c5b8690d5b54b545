package sample

import "strconv"

// Contact is one made-up further person at a client. Its texts keep the limits of package importing.
type Contact struct {
	FirstName, LastName                        string
	Company                                    string // the client's, or ""
	Email                                      string // differs from that of every other contact and client
	Address1, City, State, Postcode, Country   string // all empty where the contact is at the client's address
	Phone                                      string
	General, Invoice, Support, Product, Domain bool // the mail of which they get copies
}

// ofContacts tells the numbers for contacts from those for clients, which stay as they are.
const ofContacts = 0x632BE59BD9B4E019

// Contacts makes the contacts of client number i, which Client made: one for every second client on average, and for most none.
func (g *Generator) Contacts(i int, c Client) []Contact {
	m := maker{source: newSource(g.seed^ofContacts, i)}
	n := 0
	switch share := m.below(100); {
	case share < 64:
		return nil
	case share < 90:
		n = 1
	case share < 98:
		n = 2
	default:
		n = 4
	}
	m.country = g.byCode[c.Country]
	for j := range m.country.cities {
		if m.city = &m.country.cities[j]; m.city.name == c.City {
			break
		}
	}
	all := make([]Contact, n)
	for k := range all {
		all[k] = m.contact(i, k, c)
	}
	return all
}

func (m *maker) contact(i, k int, c Client) Contact {
	m.person()
	x := Contact{FirstName: m.write(m.first), LastName: m.write(m.last), Company: c.Company}
	b := append(append(append(m.buffer[:0], m.first.mail...), '.'), m.last.mail...)
	b = strconv.AppendInt(append(b, '.'), int64(i), 10)
	x.Email = string(append(strconv.AppendInt(append(b, '-'), int64(k+1), 10), "@example.org"...)) // which no client’s ends with
	if m.percent(60) {
		x.Phone = m.phone()
	}
	if m.percent(20) {
		x.Address1, x.City, x.State, x.Country = m.form(m.country.address), m.city.name, m.city.state, m.country.code
		x.Postcode = string(m.fill(m.buffer[:0], m.city.postcode))
	}
	x.General, x.Invoice, x.Support, x.Product, x.Domain = m.percent(40), k == 0 || m.percent(25), m.percent(30), m.percent(15), m.percent(10)
	return x
}
