package app

import (
	"slices"
	"strings"

	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/importing"
	"clientele/app/importing/whmcs"
	"clientele/app/money"
	"clientele/data"
)

// lists reads the short tables that all others hang on.
func (r *dumpRun) lists() error {
	for _, read := range []func() error{r.readCurrencies, r.readAdmins, r.readGateways, r.readGroups, r.readProducts, r.readFields} {
		if err := read(); err != nil {
			return err
		}
	}
	return nil
}

func (r *dumpRun) readCurrencies() error {
	err := r.each(tblCurrencies, func(row *whmcs.Row) error {
		c := dumpCurrency{source: row.Int("id"), name: row.Text("code")}
		if code := money.Currency(strings.ToUpper(c.name)); code.Valid() {
			c.code = code
		}
		if row.Bool("default") {
			r.currencies = slices.Insert(r.currencies, 0, c)
		} else {
			r.currencies = append(r.currencies, c)
		}
		return nil
	})
	if len(r.currencies) == 0 {
		r.currencies = []dumpCurrency{{code: money.Currency(r.settings.Currency)}}
	}
	return err
}

func (r *dumpRun) readAdmins() error {
	return r.each(tblAdmins, func(row *whmcs.Row) error {
		name := strings.TrimSpace(row.Text("firstname") + " " + row.Text("lastname"))
		if name == "" {
			name = row.Text("username")
		}
		r.admins[row.Int("id")] = fit(name, importing.CompanyName)
		return nil
	})
}

// admin is the name of an admin of WHMCS.
func (r *dumpRun) admin(id int64) string {
	if name := r.admins[id]; name != "" {
		return name
	}
	return "WHMCS"
}

func (r *dumpRun) readGateways() error {
	return r.each(tblGateways, func(row *whmcs.Row) error {
		if row.Text("setting") == "name" {
			r.gateways[row.Text("gateway")] = row.Text("value")
		}
		return nil
	})
}

// methods are the ways to pay that have a name here, by the module of WHMCS that takes them.
var methods = map[string]string{
	"paypal": "paypal", "paypalcheckout": "paypal", "paypal_ppcpv": "paypal", "banktransfer": "bank transfer", "mailin": "cheque", "stripe": "card", "authorize": "card",
	"directdebit": "direct debit", "gocardless": "direct debit", "sepadirectdebit": "direct debit",
}

// method is how something was paid: one of our ways, or what WHMCS calls it.
func (r *dumpRun) method(gateway string) string {
	if m := methods[strings.ToLower(gateway)]; m != "" {
		return m
	}
	if name := r.gateways[gateway]; name != "" {
		return fit(name, importing.PaymentMethod)
	}
	return fit(gateway, importing.PaymentMethod)
}

func (r *dumpRun) readGroups() error {
	groups, err := r.tx.Groups()
	if err != nil {
		return err
	}
	var refs []data.ImportRef
	err = r.each(tblGroups, func(row *whmcs.Row) error {
		t, id := r.tallies[tblGroups], row.Int("id")
		t.Rows++
		name := fit(row.Text("groupname"), importing.ClientGroup)
		if name == "" {
			name = i18n.T("Group %s", itoa(id))
		}
		if i := slices.IndexFunc(groups, func(g data.Group) bool { return g.NameKey == fold.Key(name) }); i >= 0 {
			r.groups[id] = groups[i].ID
			t.Here++
			return nil
		}
		g := data.Group{Name: name, NameKey: fold.Key(name), Colour: row.Text("groupcolour"), DiscountBP: row.Rate("discountpercent") / 100, SeparateInvoices: row.Bool("separateinvoices")}
		if !colourPattern.MatchString(g.Colour) {
			g.Colour = "#8a94a6"
		}
		if r.in == nil {
			r.number(&g.ID)
		} else if err := r.tx.SaveGroup(&g); err != nil {
			return err
		}
		t.Imported++
		groups = append(groups, g)
		r.groups[id] = g.ID
		refs = append(refs, data.ImportRef{Kind: data.RefGroup, SourceID: id, TargetID: g.ID})
		return nil
	})
	return r.refer(err, refs)
}

// refer notes what rows became.
func (r *dumpRun) refer(err error, refs []data.ImportRef) error {
	if err != nil || r.in == nil {
		return err
	}
	return r.in.Refs(refs)
}

// dumpProduct is a product as it is here.
type dumpProduct struct {
	id    int64
	name  string
	taxed bool
}

func (r *dumpRun) readProducts() error {
	products, err := r.tx.Products()
	if err != nil {
		return err
	}
	var refs []data.ImportRef
	err = r.each(tblProducts, func(row *whmcs.Row) error {
		t, id := r.tallies[tblProducts], row.Int("id")
		t.Rows++
		name := fit(row.Text("name"), importing.CompanyName)
		if name == "" {
			name = i18n.T("Product %s", itoa(id))
		}
		if i := slices.IndexFunc(products, func(p data.Product) bool { return p.NameKey == fold.Key(name) }); i >= 0 {
			r.products[id] = dumpProduct{products[i].ID, name, row.Bool("tax")}
			t.Here++
			return nil
		}
		p := data.Product{Name: name, NameKey: fold.Key(name), Taxed: row.Bool("tax"), Retired: row.Bool("retired")}
		if r.in == nil {
			r.number(&p.ID)
		} else if err := r.tx.SaveProduct(&p, nil); err != nil {
			return err
		}
		t.Imported++
		products = append(products, p)
		r.products[id] = dumpProduct{p.ID, name, p.Taxed}
		refs = append(refs, data.ImportRef{Kind: data.RefProduct, SourceID: id, TargetID: p.ID})
		return nil
	})
	return r.refer(err, refs)
}

// fieldKinds are the kinds of custom fields, by what WHMCS calls them.
var fieldKinds = map[string]data.FieldKind{
	"text": data.FieldText, "link": data.FieldLink, "dropdown": data.FieldChoice, "tickbox": data.FieldTick, "textarea": data.FieldLong,
}

func (r *dumpRun) readFields() error {
	have, err := r.tx.CustomFields()
	if err != nil {
		return err
	}
	var refs []data.ImportRef
	err = r.each(tblFields, func(row *whmcs.Row) error {
		if row.Text("type") != "client" {
			return nil // of products and of tickets
		}
		t, id := r.tallies[tblFields], row.Int("id")
		t.Rows++
		kind, ok := fieldKinds[row.Text("fieldtype")]
		if !ok {
			r.skip(tblFields, id, i18n.T("“%s” is a field for %s, which is not kept here.", row.Text("fieldname"), row.Text("fieldtype")))
			return nil
		}
		name, _, _ := strings.Cut(row.Text("fieldname"), "|") // what stands behind the bar is its name for clients
		f := data.CustomField{
			Name: fit(name, importing.City), Kind: kind, Help: fit(row.Text("description"), importing.Address1), Required: row.Bool("required"), ClientVisible: !row.Bool("adminonly"),
		}
		if kind == data.FieldChoice {
			f.Options = choices(row.Text("fieldoptions"))
		}
		if f.Name == "" {
			f.Name = i18n.T("Field %s", itoa(id))
		}
		if i := slices.IndexFunc(have, func(h data.CustomField) bool { return h.NameKey == fold.Key(f.Name) }); i >= 0 && have[i].Kind == f.Kind {
			r.fields[id] = have[i]
			t.Here++
			return nil
		} else if i >= 0 {
			f.Name += " (WHMCS " + itoa(id) + ")"
		}
		f.NameKey = fold.Key(f.Name)
		if r.in == nil {
			r.number(&f.ID)
		} else if err := r.tx.SaveCustomField(&f); err != nil {
			return err
		}
		t.Imported++
		have = append(have, f)
		r.fields[id] = f
		refs = append(refs, data.ImportRef{Kind: data.RefField, SourceID: id, TargetID: f.ID})
		return nil
	})
	return r.refer(err, refs)
}

// choices are the choices of a drop-down, one a line. What stands behind a bar is shown to clients instead.
func choices(list string) string {
	var all []string
	for _, o := range strings.Split(list, ",") {
		if o, _, _ = strings.Cut(o, "|"); strings.TrimSpace(o) != "" {
			all = append(all, strings.TrimSpace(o))
		}
	}
	return strings.Join(all, "\n")
}
