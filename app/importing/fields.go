package importing

// Field is one thing that a column of a client file can hold.
type Field uint8

// The fields. None is a column that is not imported.
const (
	None Field = iota
	ID
	FirstName
	LastName
	FullName // both names in one cell; see Row.name
	CompanyName
	Email
	Address1
	Address2
	City
	State
	Postcode
	Country
	PhoneNumber
	PhoneCountryCode
	TaxID
	Currency
	Language
	ClientGroup
	PaymentMethod
	Credit
	Status
	CreationDate
	TaxExempt
	SeparateInvoices
	NoLateFees
	NoOverdueEmails
	MarketingOptIn
	Notes
	fieldCount
)

// Limit is how long the value of a field may be. A zero number is no limit.
type Limit struct {
	Chars int  // characters, each accent and each sign of any script counted as Unicode counts code points
	Bytes int  // bytes of UTF-8
	Lines bool // may hold line ends and tabs
}

// The limits of the whole file.
const (
	// MaxRows is how many rows are read of one file.
	MaxRows = 5_000_000
	// MaxCellBytes is how long one cell may be: as long as the longest notes. In bytes of UTF-8.
	MaxCellBytes = 64 << 10
	// maxRecordBytes bounds the memory that one row can take.
	maxRecordBytes = 4 * MaxCellBytes
	// maxColumns bounds it too. No spreadsheet has more columns.
	maxColumns = 16_384
)

// fields is the one table of what can be imported: the name of its column in our own exports, which is that of
// a WHMCS client export; how long it may be; and other names it goes by, as plain would write them, from Invoice Ninja, FOSSBilling
// and common address lists.
var fields = [fieldCount]struct {
	key     string
	limit   Limit
	aliases []string
}{
	ID: {"ID", Limit{Chars: 50}, []string{
		"clientid", "userid", "customerid", "customernumber", "clientnumber", "kundennummer", "kundennr", "kdnr", "number",
		"clientidnumber", "nr",
	}},
	FirstName: {"First Name", Limit{Chars: 100}, []string{
		"firstname", "contactfirstname", "givenname", "forename", "vorname", "prenom", "nombre", "nome", "voornaam", "fname", "first",
	}},
	LastName: {"Last Name", Limit{Chars: 100}, []string{
		"lastname", "contactlastname", "surname", "familyname", "nachname", "familienname", "zuname", "nomdefamille", "apellido",
		"apellidos", "cognome", "achternaam", "lname", "last",
	}},
	FullName: {"Full Name", Limit{Chars: 200}, []string{
		"fullname", "contact", "contactname", "contactperson", "maincontact", "ansprechpartner", "ansprechpartnerin", "kontakt", "kontaktperson", "vorundnachname", "nomcomplet",
	}},
	CompanyName: {"Company Name", Limit{Chars: 200}, []string{
		"company", "clientname", "organization", "organisation", "organizationname", "business", "businessname", "firma", "firmenname",
		"unternehmen", "societe", "entreprise", "empresa", "azienda", "bedrijf",
	}},
	Email: {"Email", Limit{Bytes: 254}, []string{
		"emailaddress", "contactemail", "mail", "mailaddress", "emailadresse", "mailadresse", "email1", "email1value", "clientemail",
		"adresseemail", "courriel", "correo", "correoelectronico", "epost", "primaryemail",
	}},
	Address1: {"Address 1", Limit{Chars: 200}, []string{
		"address", "clientaddress1", "addressline1", "street", "street1", "streetaddress", "strasse", "strassehausnummer",
		"strasseundhausnummer", "anschrift", "adresse", "adresse1", "clientstreet", "rue", "direccion", "indirizzo", "adres",
		"billingaddress1", "billingstreet",
	}},
	Address2: {"Address 2", Limit{Chars: 200}, []string{
		"clientaddress2", "addressline2", "street2", "adresszusatz", "adresse2", "zusatz", "apartment", "aptsuite", "suite", "apt", "clientaptsuite",
		"complementadresse", "billingaddress2",
	}},
	City: {"City", Limit{Chars: 100}, []string{
		"clientcity", "town", "towncity", "ort", "stadt", "wohnort", "ville", "ciudad", "citta", "plaats", "billingcity",
	}},
	State: {"State", Limit{Chars: 100}, []string{
		"clientstate", "region", "stateregion", "stateprovince", "province", "county", "bundesland", "clientstateprovince", "provincia",
		"billingstate",
	}},
	Postcode: {"Postcode", Limit{Chars: 20}, []string{
		"clientpostalcode", "postalcode", "zip", "zipcode", "clientzip", "plz", "postleitzahl", "codepostal", "codigopostal", "cap", "zippostalcode",
		"billingpostalcode", "postcodezip",
	}},
	Country: {"Country", Limit{Chars: 100}, []string{
		"clientcountryid", "clientcountry", "countryid", "countrycode", "land", "pays", "pais", "paese", "staat", "laendercode",
		"landercode", "billingcountry",
	}},
	PhoneNumber: {"Phone Number", Limit{Chars: 32}, []string{
		"phone", "clientphone", "contactphone", "telephone", "tel", "telefon", "telefonnummer", "mobile", "mobil", "handy",
		"phone1value", "telefono", "telefoon", "mobilephone", "phonenumber1",
	}},
	PhoneCountryCode: {"Phone Country Code", Limit{Chars: 6}, []string{"phonecc", "dialcode", "callingcode", "landesvorwahl"}},
	TaxID: {"Tax ID", Limit{Chars: 50}, []string{
		"companyvat", "clientvatnumber", "vatnumber", "vatid", "vat", "vatno", "taxnumber", "ustid", "ustidnr", "umsatzsteuerid",
		"steuernummer", "numerotva", "tva", "nif", "cif", "partitaiva", "btwnummer", "gstin", "abn",
	}},
	Currency: {"Currency", Limit{Chars: 20}, []string{
		"currencycode", "clientcurrencyid", "currencyid", "clientcurrency", "waehrung", "wahrung", "devise", "moneda", "valuta",
	}},
	Language: {"Language", Limit{Chars: 50}, []string{"lang", "clientlanguage", "sprache", "langue", "idioma", "lingua", "locale"}},
	ClientGroup: {"Client Group", Limit{Chars: 100}, []string{
		"clientgroupid", "group", "groupid", "groupname", "clientgroupname", "kundengruppe", "gruppe", "groupe", "grupo", "customergroup",
		"customertype", "clienttype", "customercategory", "clientcategory", "kundenart", "kundentyp",
	}},
	PaymentMethod: {"Payment Method", Limit{Chars: 100}, []string{
		"paymentgateway", "defaultpaymentmethod", "defaultgateway", "gateway", "zahlungsart", "zahlungsmethode", "zahlungsweise",
		"modedepaiement",
	}},
	Credit: {"Credit", Limit{Chars: 40}, []string{
		"creditbalance", "clientcreditbalance", "accountcredit", "guthaben", "guthabenstand", "avoir",
	}},
	Status: {"Status", Limit{Chars: 40}, []string{"clientstatus", "accountstatus", "kundenstatus", "zustand", "statut", "estado", "stato"}},
	CreationDate: {"Creation Date", Limit{Chars: 40}, []string{
		"datecreated", "createdat", "created", "createddate", "signupdate", "clientsince", "customersince", "registered",
		"registrationdate", "erstellt", "erstelltam", "angelegt", "angelegtam", "erstellungsdatum", "kundeseit", "clientcreatedat",
		"datedecreation",
	}},
	TaxExempt: {"Tax Exempt", Limit{Chars: 20}, []string{"istaxexempt", "taxexempted", "steuerbefreit", "steuerfrei"}},
	SeparateInvoices: {"Separate Invoices", Limit{Chars: 20}, []string{
		"separateinvoice", "einzelrechnungen", "getrennterechnungen",
	}},
	NoLateFees: {"No Late Fees", Limit{Chars: 20}, []string{
		"latefeeoveride", "latefeeoverride", "dontapplylatefees", "disablelatefees", "keinemahngebuhren", "keinemahngebuehren",
	}},
	NoOverdueEmails: {"No Overdue Emails", Limit{Chars: 20}, []string{
		"overideduenotices", "overrideduenotices", "dontsendoverdueemails", "disableoverdueemails", "keinemahnungen",
	}},
	MarketingOptIn: {"Marketing Opt-in", Limit{Chars: 20}, []string{
		"marketingemailsoptin", "marketingemails", "emailoptin", "newsletter", "newslettereinwilligung",
	}},
	Notes: {"Notes", Limit{Chars: 65_536, Lines: true}, []string{
		"note", "adminnotes", "clientprivatenotes", "privatenotes", "comment", "comments", "remarks", "bemerkung", "bemerkungen",
		"notiz", "notizen", "anmerkung", "anmerkungen", "kommentar", "remarques", "notas", "opmerkingen",
	}},
}

// Fields lists all fields in the order of the columns of an export.
func Fields() []Field {
	all := make([]Field, 0, fieldCount-1)
	for f := None + 1; f < fieldCount; f++ {
		all = append(all, f)
	}
	return all
}

// Key is the name of the field's column in an export, such as "First Name". It is the same in every language. None has
// no key.
func (f Field) Key() string {
	if f >= fieldCount {
		return ""
	}
	return fields[f].key
}

// String is Key, and "-" for None.
func (f Field) String() string {
	if key := f.Key(); key != "" {
		return key
	}
	return "-"
}

// Limit is how long the field's value may be.
func (f Field) Limit() Limit {
	if f >= fieldCount {
		return Limit{}
	}
	return fields[f].limit
}
