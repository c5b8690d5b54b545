package app

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
	"clientele/app/phone"
	"clientele/data"
)

// dumpClient is what must be known of a client while what belongs to it comes in.
type dumpClient struct {
	source, id int64
	name       string
	currency   money.Currency
	credit     int64 // the balance
	logged     int64 // what the credit log of WHMCS comes to
	moved      int64 // what the ledger here comes to so far
	here       bool  // it was here before, and is left alone
}

// incoming is a client on its way in.
type incoming struct {
	data.Client
	source  int64
	billing int64 // the contact that invoices are addressed to, in WHMCS
}

func (r *dumpRun) readClients() error {
	r.clients = slices.Grow(r.clients, int(r.rows(tblClients)))
	err := gather(r, tblClients, r.client, r.storeClients)
	if err != nil {
		return err
	}
	if !slices.IsSortedFunc(r.clients, bySource) {
		slices.SortFunc(r.clients, bySource)
	}
	for i, c := range r.clients {
		if i > 0 && r.clients[i-1].source == c.source {
			return &Error{Code: Invalid, Message: i18n.T("The dump holds the client %s twice: perhaps it is of several databases.", itoa(c.source))}
		}
	}
	// The places are known only now.
	billed := map[int64]int{}
	for contact, source := range r.billed {
		billed[contact] = r.find(int64(source))
	}
	r.billed = billed
	return nil
}

func bySource(a, b dumpClient) int { return int(min(max(a.source-b.source, -1), 1)) }

// client makes a client of a row.
func (r *dumpRun) client(row *whmcs.Row) (incoming, bool) {
	t, id := r.tallies[tblClients], row.Int("id")
	t.Rows++
	if _, ok := r.known[id]; ok {
		t.Here++
		r.report.Here++
		return incoming{}, false
	}
	currency := r.currencies[r.currency(row.Int("currency"))]
	if currency.code == "" {
		r.skip(tblClients, id, i18n.T("It is billed in “%s”, which is no currency in use. It was left out, with all that belongs to it.", currency.name))
		return incoming{}, false
	}
	if id <= 0 {
		r.skip(tblClients, id, i18n.T("It has no number."))
		return incoming{}, false
	}
	text := func(column string, f importing.Field) string { return r.text(row, tblClients, column, f) }
	c := data.Client{
		FirstName: text("firstname", importing.FirstName), LastName: text("lastname", importing.LastName), Company: text("companyname", importing.CompanyName),
		Address1: text("address1", importing.Address1), Address2: text("address2", importing.Address2), City: text("city", importing.City), State: text("state", importing.State),
		Postcode: text("postcode", importing.Postcode), TaxID: text("tax_id", importing.TaxID), Notes: text("notes", importing.Notes), Currency: string(currency.code),
		GroupID: r.groups[row.Int("groupid")], PaymentMethod: r.method(row.Text("defaultgateway")), TaxExempt: row.Bool("taxexempt"), SeparateInvoices: row.Bool("separateinvoices"),
		NoLateFees: row.Bool("latefeeoveride"), NoOverdueEmails: row.Bool("overideduenotices"), KeepStatus: row.Bool("overrideautoclose"), Created: row.Date("datecreated"),
	}
	c.Country, c.Phone = r.country(row, tblClients), r.phone(row, tblClients, &c.Notes)
	c.Language = r.language(row)
	if c.MarketingOptIn = row.Bool("marketing_emails_opt_in"); !row.Has("marketing_emails_opt_in") {
		c.MarketingOptIn = row.Has("emailoptout") && !row.Bool("emailoptout")
	}
	if c.Created.IsZero() {
		c.Created = r.today
	}
	c.Status = r.status(row)
	r.wishes(&c, row.Text("email_preferences"))
	r.address(&c, row, id)
	c.Credit = r.amount(row, tblClients, "credit", currency.code)
	r.sum(currency.code, SumCredit).Source += c.Credit
	r.sum(currency.code, SumCredit).Stored += c.Credit
	return incoming{c, id, row.Int("billingcid")}, true
}

func (r *dumpRun) status(row *whmcs.Row) data.Status {
	s := data.Status(row.Text("status"))
	if slices.Contains(Statuses, s) {
		return s
	}
	r.problem(tblClients, row.Int("id"), i18n.T("Its status “%s” is not known; it is Inactive here.", fit(string(s), importing.Status)))
	return data.Inactive
}

func (r *dumpRun) country(row *whmcs.Row, table string) string {
	name := row.Text("country")
	if code := strings.ToUpper(name); name == "" || i18n.ValidCountry(code) {
		return code
	}
	if code, ok := i18n.CountryByName(name); ok {
		return code
	}
	r.problem(table, row.Int("id"), i18n.T("“%s” is no country; it has none here.", fit(name, importing.Country)))
	return ""
}

// phone is the telephone number. One that the form would not take goes into the notes, so that the client can be edited and nothing is lost.
func (r *dumpRun) phone(row *whmcs.Row, table string, notes *string) string {
	s := shape(row.Text("phonenumber"), importing.PhoneNumber)
	if s == "" || importing.PhoneNumber.Fault(s) == "" && phone.Valid(s) {
		return s
	}
	if notes != nil {
		*notes = fit(strings.TrimSpace(*notes+"\n"+i18n.T("Telephone in WHMCS: %s", s)), importing.Notes)
		r.problem(table, row.Int("id"), i18n.T("“%s” is no telephone number; it is in the notes.", fit(s, importing.City)))
	} else {
		r.problem(table, row.Int("id"), i18n.T("“%s” is no telephone number; it was left out.", fit(s, importing.City)))
	}
	return ""
}

func (r *dumpRun) language(row *whmcs.Row) string {
	name := row.Text("language")
	if name == "" {
		return r.settings.Language
	}
	if tag, ok := importing.LanguageByName(name); ok {
		return tag
	}
	r.problem(tblClients, row.Int("id"), i18n.T("“%s” is no language that can be chosen; it is that of the office here.", fit(name, importing.Language)))
	return r.settings.Language
}

// wishes are the categories of mail that a client wants: all, unless the preferences say otherwise.
func (r *dumpRun) wishes(c *data.Client, preferences string) {
	c.MailGeneral, c.MailInvoice, c.MailSupport, c.MailProduct, c.MailDomain = true, true, true, true, true
	var wants map[string]any
	if json.Unmarshal([]byte(preferences), &wants) != nil {
		return
	}
	for name, wish := range map[string]*bool{"general": &c.MailGeneral, "invoice": &c.MailInvoice, "support": &c.MailSupport, "product": &c.MailProduct, "domain": &c.MailDomain} {
		if v, ok := wants[name]; ok {
			s := fmt.Sprint(v)
			*wish = s == "1" || s == "true"
		}
	}
}

// nowhere is the domain of addresses that stand in the place of those that are missing or taken: by its name no mail can reach it.
const nowhere = "whmcs.invalid"

// address sets the client's address. The client comes in whatever is wrong with it, because its money does: then under an address that no mail reaches.
func (r *dumpRun) address(c *data.Client, row *whmcs.Row, id int64) {
	given := shape(row.Text("email"), importing.Notes)
	address, err := email.Parse(given)
	switch {
	case given == "":
		r.problem(tblClients, id, i18n.T("It has no email address. It came in under one that no mail reaches."))
	case err != nil:
		r.problem(tblClients, id, i18n.T("“%s” is no email address. It came in under one that no mail reaches, and what stood there is in the notes.", fit(given, importing.City)))
	case r.addresses[email.Key(address)]:
		r.problem(tblClients, id, i18n.T("Another client of the dump has the address %s. This one came in under one that no mail reaches, and the address is in the notes.", address))
	default:
		c.Email, c.EmailKey = address, email.Key(address)
		r.addresses[c.EmailKey] = true
		return
	}
	r.stand(c, id, given)
}

// stand gives a client an address that no mail reaches.
func (r *dumpRun) stand(c *data.Client, id int64, given string) {
	c.Email = "client-" + itoa(id) + "@" + nowhere
	for n := 2; r.addresses[c.Email]; n++ {
		c.Email = fmt.Sprintf("client-%d-%d@%s", id, n, nowhere)
	}
	c.EmailKey = email.Key(c.Email)
	r.addresses[c.EmailKey] = true
	c.MailGeneral, c.MailInvoice, c.MailSupport, c.MailProduct, c.MailDomain = false, false, false, false, false
	if given != "" {
		c.Notes = fit(strings.TrimSpace(c.Notes+"\n"+i18n.T("Email in WHMCS: %s", given)), importing.Notes)
	}
}

func (r *dumpRun) storeClients(batch []incoming) error {
	if err := r.freeAddresses(batch); err != nil {
		return err
	}
	clients := make([]data.Client, len(batch))
	for i, b := range batch {
		clients[i] = b.Client
	}
	if r.in == nil {
		for i := range clients {
			r.number(&clients[i].ID)
		}
	} else if err := r.in.Clients(clients); err != nil {
		return err
	}
	refs := make([]data.ImportRef, len(batch))
	for i, c := range clients {
		if r.record.FirstID == 0 {
			r.record.FirstID = c.ID
		}
		r.record.LastID = c.ID
		r.clients = append(r.clients, dumpClient{source: batch[i].source, id: c.ID, name: c.Name(), currency: money.Currency(c.Currency), credit: c.Credit})
		refs[i] = data.ImportRef{Kind: data.RefClient, SourceID: batch[i].source, TargetID: c.ID}
		if batch[i].billing > 0 {
			r.billed[batch[i].billing] = int(batch[i].source) // the place is not known yet
		}
	}
	r.report.Clients += int64(len(clients))
	r.tallies[tblClients].Imported += int64(len(clients))
	return r.refer(nil, refs)
}

// freeAddresses gives those whose address a client here has already another one.
func (r *dumpRun) freeAddresses(batch []incoming) error {
	keys := make([]string, len(batch))
	for i, b := range batch {
		keys[i] = b.EmailKey
	}
	taken, err := r.tx.TakenEmails(keys)
	if err != nil {
		return err
	}
	for i := range batch {
		b := &batch[i]
		here, ok := taken[b.EmailKey]
		if !ok {
			continue
		}
		if !strings.HasSuffix(b.Email, "@"+nowhere) {
			r.problem(tblClients, b.source, i18n.T("Client #%s here has the address %s already. This one came in under one that no mail reaches, and the address is in the notes: merge the two if they are one.", itoa(here), b.Email))
			r.stand(&b.Client, b.source, b.Email)
		}
		for {
			again, err := r.tx.TakenEmails([]string{b.EmailKey})
			if err != nil {
				return err
			}
			if len(again) == 0 {
				break
			}
			r.addresses[b.EmailKey] = true
			r.stand(&b.Client, b.source, "")
		}
	}
	return nil
}

// owner is the client that a row belongs to. ok is false where the row does not come in: the client was here before, or is not in the dump, which is listed.
func (r *dumpRun) owner(table string, row *whmcs.Row, column string) (place int, ok bool) {
	t := r.tallies[table]
	t.Rows++
	id := row.Int(column)
	switch place = r.find(id); {
	case place < 0:
		r.skip(table, row.Int("id"), i18n.T("It belongs to client %s, who is not in the dump or was left out.", itoa(id)))
		return place, false
	case r.clients[place].here:
		t.Here++
		return place, false
	}
	return place, true
}

// contactIn is a contact on its way in.
type contactIn struct {
	data.Contact
	source int64
	place  int
}

func (r *dumpRun) readContacts() error {
	billing := map[int64]int64{}
	err := gather(r, tblContacts, r.contact, func(batch []contactIn) error {
		contacts := make([]data.Contact, len(batch))
		for i, b := range batch {
			contacts[i] = b.Contact
		}
		if r.in == nil {
			for i := range contacts {
				r.number(&contacts[i].ID)
			}
		} else if err := r.in.Contacts(contacts); err != nil {
			return err
		}
		for i, k := range contacts {
			if place, ok := r.billed[batch[i].source]; ok && place == batch[i].place {
				billing[k.ClientID] = k.ID
				delete(r.billed, batch[i].source)
			}
		}
		r.tallies[tblContacts].Imported += int64(len(contacts))
		return nil
	})
	if err != nil {
		return err
	}
	for contact, place := range r.billed {
		if place >= 0 {
			r.problem(tblClients, r.clients[place].source, i18n.T("Its invoices are addressed to contact %s, who is not in the dump; they carry its own address here.", itoa(contact)))
		}
	}
	if r.in == nil {
		return nil
	}
	return r.in.BillingContacts(billing)
}

func (r *dumpRun) contact(row *whmcs.Row) (contactIn, bool) {
	place, ok := r.owner(tblContacts, row, "userid")
	if !ok {
		return contactIn{}, false
	}
	id := row.Int("id")
	text := func(column string, f importing.Field) string { return r.text(row, tblContacts, column, f) }
	k := data.Contact{
		ClientID: r.clients[place].id, FirstName: text("firstname", importing.FirstName), LastName: text("lastname", importing.LastName), Company: text("companyname", importing.CompanyName),
		Address1: text("address1", importing.Address1), Address2: text("address2", importing.Address2), City: text("city", importing.City), State: text("state", importing.State),
		Postcode: text("postcode", importing.Postcode), TaxID: text("tax_id", importing.TaxID), Country: r.country(row, tblContacts), Phone: r.phone(row, tblContacts, nil),
		MailGeneral: row.Bool("generalemails"), MailInvoice: row.Bool("invoiceemails"), MailSupport: row.Bool("supportemails"), MailProduct: row.Bool("productemails"),
		MailDomain: row.Bool("domainemails"),
	}
	given := shape(row.Text("email"), importing.Notes)
	address, err := email.Parse(given)
	if err != nil {
		r.problem(tblContacts, id, i18n.T("“%s” is no email address. The contact came in without one, and gets no mail.", fit(given, importing.City)))
		address = ""
		k.MailGeneral, k.MailInvoice, k.MailSupport, k.MailProduct, k.MailDomain = false, false, false, false, false
	}
	k.Email = address
	return contactIn{k, id, place}, true
}

func (r *dumpRun) readValues() error {
	seen := map[[2]int64]bool{}
	return gather(r, tblValues, func(row *whmcs.Row) (data.CustomValue, bool) {
		f, ok := r.fields[row.Int("fieldid")]
		value := row.Text("value")
		if !ok || value == "" {
			return data.CustomValue{}, false
		}
		place, ok := r.owner(tblValues, row, "relid")
		if !ok {
			return data.CustomValue{}, false
		}
		if f.Kind == data.FieldTick {
			if value = ""; row.Bool("value") {
				value = "1"
			}
		}
		limits := importing.Address1
		if f.Kind == data.FieldLong {
			limits = importing.Notes
		}
		value = fit(value, limits)
		key := [2]int64{r.clients[place].id, f.ID}
		if value == "" || seen[key] {
			r.tallies[tblValues].Rows--
			return data.CustomValue{}, false
		}
		seen[key] = true
		f.Required = false
		if words := customProblem(f, value); words != "" {
			r.problem(tblValues, row.Int("id"), i18n.T("“%s” in the field %s would not be taken by its form: %s", fit(value, importing.City), f.Name, words))
		}
		return data.CustomValue{ClientID: key[0], FieldID: key[1], Value: value}, true
	}, func(batch []data.CustomValue) error {
		r.tallies[tblValues].Imported += int64(len(batch))
		if r.in == nil {
			return nil
		}
		return r.in.CustomValues(batch)
	})
}
