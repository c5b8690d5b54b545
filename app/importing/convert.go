package importing

import (
	"errors"
	"strings"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/app/phone"
)

// The three statuses as a file writes them.
const (
	Active   = "Active"
	Inactive = "Inactive"
	Closed   = "Closed"
)

// Record is one client as the file has it, with each value in the type it means.
type Record struct {
	Line             int    // of the file
	ID               string // the number the client had where the file comes from
	FirstName        string
	LastName         string
	CompanyName      string
	Email            string
	Address1         string
	Address2         string
	City             string
	State            string
	Postcode         string
	Country          string // ISO 3166-1 alpha-2
	PhoneNumber      string
	TaxID            string
	Currency         money.Currency
	Language         string // BCP 47; "" where the file has none
	ClientGroup      string // name or number of the group; "" for none
	PaymentMethod    string
	Credit           money.Money // in Currency, never below zero
	Status           string      // Active, Inactive or Closed
	CreationDate     date.Date   // the zero date where the file has none
	TaxExempt        bool
	SeparateInvoices bool
	NoLateFees       bool
	NoOverdueEmails  bool
	MarketingOptIn   bool
	Notes            string // line ends are LF
}

// Options say how to read what a file leaves open.
type Options struct {
	// Header is that of the File, for the names of columns in problems; Mapping is the one the rows are read by.
	Header  []string
	Mapping Mapping
	// Dates is how the file writes dates.
	Dates date.Layout
	// Numbers is the locale in which the file writes amounts of money.
	Numbers i18n.Locale
	// Country and Currency are for rows that have none.
	Country  string
	Currency money.Currency
	// Currencies gives the currency for what other programs write in place of its code, such as their own number of it.
	Currencies map[string]money.Currency
	// Required are the fields that must not be empty.
	Required []Field
}

// AlwaysRequired are the fields without which there is no client (CL-5).
var AlwaysRequired = []Field{FirstName, LastName, Email}

// Converter turns rows into records. It remembers what it has looked up, so it is for one goroutine; several may work on
// the rows of one file, each with its own.
type Converter struct {
	options   Options
	columns   [fieldCount]string // name of the column of each field, as in the file
	countries map[string]string
	dates     map[string]date.Date
	whole     bool // a column holds both names of a person
	row       *Row
	problems  []Problem
}

// remembered bounds what a Converter remembers of each kind.
const remembered = 8192

// NewConverter makes a converter for the rows of one file.
func NewConverter(o Options) *Converter {
	c := &Converter{options: o, countries: map[string]string{}, dates: map[string]date.Date{}, whole: o.Mapping.Column(FullName) >= 0}
	for f := None + 1; f < fieldCount; f++ {
		c.columns[f] = f.Key()
		if i := o.Mapping.Column(f); i >= 0 {
			c.columns[f] = columnName(o.Header, i)
		}
	}
	return c
}

// Convert gives the record of a row, or everything that is wrong with the row. With problems the record is not to be used. The row is
// not changed; nothing of it that is kept grows with the file.
func (c *Converter) Convert(row *Row) (Record, []Problem) {
	if len(row.form) > 0 {
		return Record{}, row.form
	}
	c.row, c.problems = row, nil
	if c.whole {
		own := *row
		c.row, row = &own, &own
	}
	for f := None + 1; f < fieldCount; f++ {
		c.checkText(f)
	}
	named := c.name()
	for _, f := range c.options.Required {
		switch {
		case row.values[f] != "" || named && (f == FirstName || f == LastName):
		case f == Email:
			c.wrong(f, i18n.T("It is empty. Every client needs this; for somebody without email write an address of your own."))
		default:
			c.wrong(f, i18n.T("It is empty. Every client needs this."))
		}
	}
	r := Record{
		Line: row.Line, ID: row.values[ID],
		FirstName: row.values[FirstName], LastName: row.values[LastName], CompanyName: row.values[CompanyName],
		Address1: row.values[Address1], Address2: row.values[Address2], City: row.values[City], State: row.values[State],
		Postcode: row.values[Postcode], TaxID: row.values[TaxID], PaymentMethod: row.values[PaymentMethod],
		Email: c.email(), Country: c.country(), PhoneNumber: c.phone(), Currency: c.currency(), Language: c.language(),
		ClientGroup: c.group(), Status: c.status(), CreationDate: c.date(),
		TaxExempt: c.flag(TaxExempt), SeparateInvoices: c.flag(SeparateInvoices), NoLateFees: c.flag(NoLateFees),
		NoOverdueEmails: c.flag(NoOverdueEmails), MarketingOptIn: c.flag(MarketingOptIn),
		Notes: unixLines(row.values[Notes]),
	}
	r.Credit = c.credit(r.Currency)
	if c.problems != nil {
		return Record{}, c.problems
	}
	return r, nil
}

func (c *Converter) wrong(f Field, reason string) {
	c.problems = append(c.problems, Problem{Line: c.row.Line, Column: c.columns[f], Field: f, Reason: reason})
}

// checkText notes what is wrong with a value as a text, whatever it means.
func (c *Converter) checkText(f Field) {
	value := c.row.values[f]
	if value == "" {
		return
	}
	limit := fields[f].limit
	if reason := hiddenCharacter(value, !limit.Lines); reason != "" {
		c.wrong(f, reason)
	}
	if reason := tooLong(value, limit); reason != "" {
		c.wrong(f, reason)
	}
}

// sound gives the value of a field for reading its meaning; "" where it is empty or checkText has found it wrong, so that one
// mistake is reported once.
func (c *Converter) sound(f Field) string {
	for _, p := range c.problems {
		if p.Field == f {
			return ""
		}
	}
	return c.row.values[f]
}

// name takes first and last name out of the column that has both, where they have none of their own. The company stands in for a person whom the file does not
// name: it may be one, in a list with one column for both. It tells whether it did, or said why not.
func (c *Converter) name() bool {
	v := &c.row.values
	if !c.whole || v[FirstName] != "" || v[LastName] != "" {
		return false
	}
	whole, field := v[FullName], FullName
	if whole == "" {
		whole, field = v[CompanyName], CompanyName
	}
	v[FirstName], v[LastName] = splitName(whole)
	if field == CompanyName && v[FirstName] != "" {
		v[CompanyName] = "" // or invoices would name the same one twice
	}
	switch {
	case whole == "":
		c.wrong(FullName, i18n.T("It is empty. Every client needs this."))
	case v[FirstName] == "":
		c.wrong(field, i18n.T("“%s” is one word. Write a first and a last name.", cut(whole, 60)))
	}
	for _, f := range []Field{FirstName, LastName} {
		if tooLong(v[f], fields[f].limit) != "" && tooLong(whole, fields[field].limit) == "" {
			c.wrong(field, tooLong(v[f], fields[f].limit))
		}
	}
	return true
}

// splitName parts the whole name of a person: the last word is the last name, or what stands before a comma. No first name tells that there is one word.
func splitName(whole string) (first, last string) {
	if last, first, ok := strings.Cut(whole, ","); ok && !strings.Contains(first, ",") && strings.TrimSpace(first) != "" && strings.TrimSpace(last) != "" {
		return strings.TrimSpace(first), strings.TrimSpace(last)
	}
	words := strings.Fields(whole)
	if len(words) == 0 {
		return "", ""
	}
	end := len(words) - 1
	return strings.Join(words[:end], " "), words[end]
}

func (c *Converter) email() string {
	value := c.sound(Email)
	if value == "" {
		return ""
	}
	address, err := email.Parse(value)
	if err != nil {
		c.wrong(Email, err.Error())
	}
	return address
}

func (c *Converter) country() string {
	value := c.sound(Country)
	if value == "" {
		return c.options.Country
	}
	if code, ok := c.countries[value]; ok {
		return code
	}
	code, ok := i18n.CountryByName(value)
	if !ok {
		c.wrong(Country, i18n.T("“%s” is no country. Write its name or its two-letter code, such as DE.", cut(value, 60)))
		return ""
	}
	if len(c.countries) < remembered {
		c.countries[strings.Clone(value)] = code
	}
	return code
}

// phone is the telephone number, with the calling code before it where the file has that in a column of its own. It must be one that the form would
// take too, or the client could not be edited later without mending it.
func (c *Converter) phone() string {
	number, code := c.sound(PhoneNumber), strings.TrimLeft(c.sound(PhoneCountryCode), "+0")
	if number == "" {
		return ""
	}
	if !phone.Valid(number) {
		c.wrong(PhoneNumber, i18n.T("“%s” is no telephone number. It has at least three digits, and otherwise only + ( ) - . / and blanks.", number))
		return number
	}
	if code == "" || number[0] == '+' {
		return number
	}
	whole := "+" + code + " " + number
	if reason := tooLong(whole, fields[PhoneNumber].limit); reason != "" {
		c.wrong(PhoneNumber, reason)
	}
	return whole
}

func (c *Converter) currency() money.Currency {
	value := c.sound(Currency)
	if value == "" {
		return c.options.Currency
	}
	if code, ok := c.options.Currencies[value]; ok {
		return code
	}
	if code := money.Currency(value); code.Valid() {
		return code
	}
	code, err := money.ParseCurrency(value)
	if err != nil {
		c.wrong(Currency, i18n.T("“%s” is no currency. Write its code of three letters, such as EUR.", cut(value, 60)))
	}
	return code
}

// group leaves out the number 0, which WHMCS writes for a client in no group.
func (c *Converter) group() string {
	if value := c.sound(ClientGroup); value != "0" {
		return value
	}
	return ""
}

func (c *Converter) date() date.Date {
	value := c.sound(CreationDate)
	if value == "" {
		return date.Date{}
	}
	if d, ok := c.dates[value]; ok {
		return d
	}
	d, err := c.options.Dates.Parse(value)
	if err != nil { // year first is read in every file: it means one day alone, and lists that were pieced together hold both
		d, err = date.ISO.Parse(value)
	}
	if err != nil {
		c.wrong(CreationDate, i18n.T("“%s” is no date of the form %s.", cut(value, 60), c.options.Dates))
		return date.Date{}
	}
	if len(c.dates) < remembered {
		c.dates[strings.Clone(value)] = d
	}
	return d
}

func (c *Converter) credit(currency money.Currency) money.Money {
	value := c.sound(Credit)
	if value == "" {
		return money.New(0, currency)
	}
	if currency == "" {
		currency = c.options.Currency // its own is wrong and reported; the amount may be wrong as well
	}
	if currency == "" && c.row.values[Currency] != "" {
		return money.Money{}
	}
	amount, err := c.amount(value, currency)
	switch {
	case err != nil:
		c.wrong(Credit, err.Error())
	case amount.Sign() < 0:
		c.wrong(Credit, i18n.T("It is below zero. Credit is what the client has left to spend; a debt is an unpaid invoice."))
	}
	return amount
}

// amount reads the two forms that mean the same everywhere, 12 and 12.34, without asking the locale. Noughts beyond the decimals
// of the currency, as in "100.00" of yen, are what programs write that give every currency two decimals.
func (c *Converter) amount(value string, currency money.Currency) (money.Money, error) {
	point := strings.IndexByte(value, '.')
	decimals := len(value) - point - 1
	if point < 0 || decimals == 2 && strings.IndexByte(value, ',') < 0 {
		plain := value
		if point > 0 && currency.Exponent() == 0 {
			plain = strings.TrimSuffix(value, ".00")
		}
		if amount, err := money.ParsePlain(plain, currency); err == nil {
			return amount, nil
		}
	}
	amount, err := money.Parse(value, currency, c.options.Numbers)
	if errors.Is(err, money.ErrTooPrecise) && strings.HasSuffix(value, "00") && decimals == 4 {
		return money.Parse(value[:len(value)-2], currency, c.options.Numbers)
	}
	return amount, err
}

// unixLines makes every line end LF.
func unixLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}
