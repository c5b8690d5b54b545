package importing

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

// one converts the only row of a file.
func one(t *testing.T, header, row string, change func(*Options)) (Record, []Problem) {
	t.Helper()
	f := open(t, header+"\n"+row+"\n")
	m := Guess(f.Header)
	o := Habits{}.Options(f, m)
	o.Required = nil
	if change != nil {
		change(&o)
	}
	rows := rowsOf(t, f, m)
	if len(rows) != 1 {
		t.Fatalf("%d rows", len(rows))
	}
	return NewConverter(o).Convert(&rows[0])
}

func TestConvertValues(t *testing.T) {
	german := func(o *Options) {
		o.Numbers, o.Dates = i18n.LocaleFor("de"), date.Layout{Order: i18n.DMY, Separator: "."}
	}
	defaults := func(o *Options) {
		o.Country, o.Currency = "AT", "EUR"
		o.Currencies = map[string]money.Currency{"1": "USD"}
	}
	cases := []struct {
		header, row string
		change      func(*Options)
		got         func(Record) any
		want        string
	}{
		{"Email,Country", "a@example.com,de", nil, func(r Record) any { return r.Country }, "DE"},
		{"Email,Country", "a@example.com,DEU", nil, func(r Record) any { return r.Country }, "DE"},
		{"Email,Country", "a@example.com,Germany", nil, func(r Record) any { return r.Country }, "DE"},
		{"Email,Country", "a@example.com,", defaults, func(r Record) any { return r.Country }, "AT"},
		{"Email,Currency,Credit", "a@example.com,usd,5", nil, func(r Record) any { return r.Credit }, "5.00 USD"},
		{"Email,Currency,Credit", "a@example.com,1,5", defaults, func(r Record) any { return r.Credit }, "5.00 USD"},
		{"Email,Currency,Credit", "a@example.com,,5.25", defaults, func(r Record) any { return r.Credit }, "5.25 EUR"},
		{"Email,Currency,Credit", "a@example.com,JPY,100.00", nil, func(r Record) any { return r.Credit }, "100 JPY"},
		{"Email,Currency,Credit", "a@example.com,EUR,12.5000", nil, func(r Record) any { return r.Credit }, "12.50 EUR"},
		{"Email,Currency,Credit", "a@example.com,KWD,1.234", nil, func(r Record) any { return r.Credit }, "1.234 KWD"},
		{"E-Mail;Währung;Guthaben", `a@example.com;EUR;1.234,50`, german, func(r Record) any { return r.Credit }, "1234.50 EUR"},
		{"E-Mail;Angelegt am", "a@example.com;03.04.2024", german, func(r Record) any { return r.CreationDate }, "2024-04-03"},
		{"email,created_at", "a@example.com,2024-04-03 10:11:12", nil, func(r Record) any { return r.CreationDate }, "2024-04-03"},
		{"E-Mail;Angelegt am", "a@example.com;2024-04-03", german, func(r Record) any { return r.CreationDate }, "2024-04-03"},
		{"Email,Creation Date", "a@example.com,0000-00-00", nil, func(r Record) any { return r.CreationDate.IsZero() }, "true"},
		{"Email,Status", "a@example.com,", nil, func(r Record) any { return r.Status }, "Active"},
		{"Email,Status", "a@example.com,suspended", nil, func(r Record) any { return r.Status }, "Inactive"},
		{"Email,Status", "a@example.com,canceled", nil, func(r Record) any { return r.Status }, "Closed"},
		{"Email,Status", "a@example.com,Gekündigt", nil, func(r Record) any { return r.Status }, "Closed"},
		{"Email,Tax Exempt", "a@example.com,on", nil, func(r Record) any { return r.TaxExempt }, "true"},
		{"Email,Tax Exempt", "a@example.com,Ja", nil, func(r Record) any { return r.TaxExempt }, "true"},
		{"Email,Tax Exempt", "a@example.com,☑", nil, func(r Record) any { return r.TaxExempt }, "true"},
		{"Email,No Late Fees", "a@example.com,nein", nil, func(r Record) any { return r.NoLateFees }, "false"},
		{"Email,Language", "a@example.com,german", nil, func(r Record) any { return r.Language }, "de"},
		{"Email,Language", "a@example.com,de_AT", nil, func(r Record) any { return r.Language }, "de"},
		{"Email,Language", "a@example.com,Português", nil, func(r Record) any { return r.Language }, "pt"},
		{"Email,Language", "a@example.com,portuguese-br", nil, func(r Record) any { return r.Language }, "pt-BR"},
		{"Email,Client Group ID", "a@example.com,0", nil, func(r Record) any { return r.ClientGroup }, ""},
		{"email,phone_cc,phone", "a@example.com,49,30 1234", nil, func(r Record) any { return r.PhoneNumber }, "+49 30 1234"},
		{"Email,Phone Number", "a@example.com,'+49 30 1234", nil, func(r Record) any { return r.PhoneNumber }, "+49 30 1234"},
		{"Email,Last Name", "a@example.com,'t Hooft", nil, func(r Record) any { return r.LastName }, "'t Hooft"},
		{"Email,Last Name", "a@example.com,  Lee  ", nil, func(r Record) any { return r.LastName }, "Lee"},
	}
	for _, c := range cases {
		t.Run(c.header+" "+c.row, func(t *testing.T) {
			r, problems := one(t, c.header, c.row, c.change)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if got := fmt.Sprint(c.got(r)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// Amounts and dates that could mean two things are never guessed row by row.
func TestHabits(t *testing.T) {
	for _, c := range []struct {
		name, text string
		dates      string
		comma      bool
	}{
		{"ISO", "Email,Created\na,2024-05-06\n", "[YYYY-MM-DD]", false},
		{"both", "Email,Created\na,05/06/2024\n", "[DD/MM/YYYY MM/DD/YYYY]", false},
		{"day first", "Email,Created\na,05/06/2024\nb,25/06/2024\n", "[DD/MM/YYYY]", false},
		{"month first", "Email,Created\na,05/06/2024\nb,06/25/2024\n", "[MM/DD/YYYY]", false},
		{"one mistyped", "Email,Created\na,25/06/2024\nb,26/06/2024\nc,yesterday\n", "[DD/MM/YYYY]", false},
		{"none", "Email,Created\na,\n", "[]", false},
		{"decimal comma", "Email;Credit\na;12,50\nb;1.000,00\n", "[]", true},
	} {
		f := open(t, c.text)
		h, err := f.Habits(context.Background(), Guess(f.Header))
		if err != nil {
			t.Fatal(err)
		}
		if fmt.Sprint(h.Dates) != c.dates || h.DecimalComma != c.comma {
			t.Errorf("%s: %v, comma %v; want %s, %v", c.name, h.Dates, h.DecimalComma, c.dates, c.comma)
		}
	}
}

// IO-1: the headers of the programs that people come from need no mapping by hand.
func TestGuessKnowsOtherPrograms(t *testing.T) {
	for name, c := range map[string]struct{ header, unknown string }{
		"WHMCS": {"ID,First Name,Last Name,Company Name,Email,Address 1,Address 2,City,State,Postcode,Country,Phone Number,Currency," +
			"Client Group ID,Credit,Creation Date,Notes,Status", ""},
		"FOSSBilling": {"id,email,status,first_name,last_name,phone_cc,phone,company,company_vat,company_number,address_1,address_2," +
			"city,state,postcode,country,currency", "company_number"},
		"Invoice Ninja keys": {"client.name,client.number,client.address1,client.address2,client.city,client.state,client.postal_code," +
			"client.country_id,client.vat_number,client.currency_id,client.private_notes,contact.first_name,contact.last_name,contact.email", ""},
		"German": {"Kundennr.,Firma,Vorname,Name,Straße,PLZ,Ort,Land,E-Mail,Telefon,USt-IdNr.,Bemerkungen", ""},
		"ours":   {keys(), ""},
	} {
		header := strings.Split(c.header, ",")
		if name == "ours" {
			header = strings.Split(c.header, ", ")
		}
		m := Guess(header)
		var unknown []string
		for i, f := range m {
			if f == None {
				unknown = append(unknown, header[i])
			}
		}
		if got := strings.Join(unknown, ","); got != c.unknown {
			t.Errorf("%s: not known %q, want %q", name, got, c.unknown)
		}
	}
	if m := Guess([]string{"Mail", "Email", "Phone", "Mobile"}); fmt.Sprint(m) != "[- Email Phone Number -]" {
		t.Errorf("double columns: %v", m)
	}
}

func TestParseMapping(t *testing.T) {
	header := []string{"Mail", "Kunde", "a,b", "Old ID"}
	for list, want := range map[string]string{
		"":                           "[Email Full Name - -]",
		"Kunde=Company Name":         "[Email Company Name - -]",
		"kunde = company":            "[Email Company Name - -]",
		`"a,b=City",Old ID=ID`:       "[Email Full Name City ID]",
		"Mail=-":                     "[- Full Name - -]",
		"#2=Email":                   "[- Email - -]",
		"Mail=City,Kunde=Email":      "[City Email - -]",
		"Foo=Email":                  "error no column “Foo”",
		"#9=Email":                   "error no column #9",
		"Mail=Shoe size":             "error no field “Shoe size”",
		"Mail":                       "error COLUMN=FIELD",
		"Mail=Email,Mail=City":       "error mapped twice",
		"Mail=Email,Kunde=Email":     "error both mapped to Email",
		"\"Mail=Email":               "error cannot be read",
		"Mail=Email\nKunde=Postcode": "error more than one line",
	} {
		m, err := ParseMapping(header, list)
		got := fmt.Sprint(m)
		if err != nil {
			got = "error " + err.Error()
		}
		if fragment, isError := strings.CutPrefix(want, "error "); isError && (err == nil || !strings.Contains(got, fragment)) || !isError && got != want {
			t.Errorf("%q: %s, want %s", list, got, want)
		}
	}
}

func TestMappingCheck(t *testing.T) {
	err := Mapping{FirstName, None}.Check([]string{"A", "B"}, AlwaysRequired...)
	if err == nil || !strings.Contains(err.Error(), "Last Name, Email") {
		t.Errorf("missing fields: %v", err)
	}
	if err := (Mapping{Email, Email}).Check([]string{"A", "B"}); err == nil || !strings.Contains(err.Error(), "“A” and “B”") {
		t.Errorf("field twice: %v", err)
	}
}

// BenchmarkReadAndConvert is a file as people have it: goal 300,000 rows a second and more.
func BenchmarkReadAndConvert(b *testing.B) {
	var text strings.Builder
	text.WriteString("ID,First Name,Last Name,Company Name,Email,Address 1,Address 2,City,State,Postcode,Country,Phone Number,Currency," +
		"Client Group ID,Credit,Creation Date,Notes,Status\r\n")
	const rows = 100_000
	for i := range rows {
		fmt.Fprintf(&text, "%d,Zoë,Müller,\"Müller, Söhne & Co. KG\",client%d@example.com,Hauptstraße %d,,Köln,Nordrhein-Westfalen,50667,"+
			"DE,'+49 221 %d,EUR,2,%d.50,20%02d-%02d-%02d,,Active\r\n", i, i, i%200, 1000000+i, i%300, 10+i%15, 1+i%12, 1+i%28)
	}
	f := open(b, text.String())
	m := Guess(f.Header)
	b.ReportAllocs()
	for b.Loop() {
		r, err := f.Read(context.Background(), m)
		if err != nil {
			b.Fatal(err)
		}
		c := NewConverter(Habits{}.Options(f, m))
		var row Row
		n := 0
		for r.Next(&row) == nil {
			if _, problems := c.Convert(&row); problems != nil {
				b.Fatal(problems)
			}
			n++
		}
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}

// What the form would refuse is not let in by a file.
func TestTelephoneNumbers(t *testing.T) {
	header := []string{"First Name", "Last Name", "Email", "Phone Number"}
	c := NewConverter(Options{Header: header, Mapping: Guess(header), Country: "GB", Currency: "GBP", Required: AlwaysRequired})
	for number, ok := range map[string]bool{"": true, "+44 (20) 7946-0958 ext 12": true, "call Bob": false, "12": false} {
		row := Row{Line: 2}
		row.values[FirstName], row.values[LastName], row.values[Email], row.values[PhoneNumber] = "A", "B", "a@example.com", number
		_, problems := c.Convert(&row)
		if (len(problems) == 0) != ok {
			t.Errorf("%q: %v", number, problems)
		}
	}
}

// A list with one column for the name of a person, or of a firm, comes in as it is.
func TestWholeNames(t *testing.T) {
	for _, c := range []struct{ row, first, last, company, wrong string }{
		{"Kitchens Ltd,Susan Pickles,s@example.com", "Susan", "Pickles", "Kitchens Ltd", ""},
		{",Mr & Mrs J. Thackray,s@example.com", "Mr & Mrs J.", "Thackray", "", ""},
		{`,"Thackray, Joan",s@example.com`, "Joan", "Thackray", "", ""},
		{"Wharfedale Joinery Supplies,,s@example.com", "Wharfedale Joinery", "Supplies", "", ""},
		{"Peter Żelazny,,s@example.com", "Peter", "Żelazny", "", ""},
		{"Brewery,Lou,s@example.com", "", "", "", "“Lou” is one word"},
		{"Brewery,,s@example.com", "", "", "", "“Brewery” is one word"},
		{",,s@example.com", "", "", "", "It is empty"},
		{"Brewery,Lou Reed,", "", "", "", "an address of your own"},
	} {
		r, problems := one(t, "Customer,Contact,E-Mail", c.row, func(o *Options) { o.Required = AlwaysRequired })
		if r.FirstName != c.first || r.LastName != c.last || r.CompanyName != c.company || (c.wrong == "") != (len(problems) == 0) {
			t.Errorf("%s: %+v, %v", c.row, r, problems)
		}
		if c.wrong != "" && (len(problems) != 1 || !strings.Contains(problems[0].Reason, c.wrong)) {
			t.Errorf("%s: %v, want %q", c.row, problems, c.wrong)
		}
	}
}

// A name may stand in one column or in two, and what is called Customer may be either.
func TestGuessNames(t *testing.T) {
	for header, want := range map[string]Mapping{
		"Customer,Contact,E-Mail":           {CompanyName, FullName, Email},
		"Customer,E-Mail":                   {FullName, Email},
		"Name,E-Mail":                       {FullName, Email},
		"Company,Name,E-Mail":               {CompanyName, FullName, Email},
		"Name,First Name,E-Mail":            {LastName, FirstName, Email},
		"Name,First Name,Last Name,E-Mail":  {CompanyName, FirstName, LastName, Email},
		"First Name,Last Name,Contact,Mail": {FirstName, LastName, None, Email},
		"Kunde,Ansprechpartner,Kundenart":   {CompanyName, FullName, ClientGroup},
	} {
		if got := Guess(strings.Split(header, ",")); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", header, got, want)
		}
	}
	if missing := (Mapping{FullName, None}).Missing(AlwaysRequired...); !slices.Equal(missing, []Field{Email}) {
		t.Errorf("missing %v", missing)
	}
}
