package app_test

import (
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
)

func price(currency string, cycle billing.Cycle, amount, setup int64) data.ProductPrice {
	return data.ProductPrice{Currency: currency, Cycle: string(cycle), Price: amount, SetupFee: setup}
}

// IN-1: what is wrong with a product is said of its field, and nothing is stored.
func TestProductRefusals(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		if _, err := o.Products.Save(ctx, app.ProductOffer{Product: data.Product{Name: "Hosting"}}); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			name   string
			offer  app.ProductOffer
			fields []string
		}{
			{"no name", app.ProductOffer{}, []string{app.FieldName}},
			{"a long name", app.ProductOffer{Product: data.Product{Name: strings.Repeat("x", 501)}}, []string{app.FieldName}},
			{"what cannot be seen", app.ProductOffer{Product: data.Product{Name: "a\x01", Description: "b\x02"}}, []string{app.FieldName, app.FieldDescription}},
			{"a name that is taken", app.ProductOffer{Product: data.Product{Name: " HOSTING"}}, []string{app.FieldName}},
			{"no currency", app.ProductOffer{Product: data.Product{Name: "x"}, Prices: []data.ProductPrice{price("", billing.Monthly, 1, 0)}}, []string{app.FieldPrices}},
			{"no cycle", app.ProductOffer{Product: data.Product{Name: "x"}, Prices: []data.ProductPrice{price("GBP", "weekly", 1, 0)}}, []string{app.FieldPrices}},
			{"below zero", app.ProductOffer{Product: data.Product{Name: "x"}, Prices: []data.ProductPrice{price("GBP", billing.Monthly, -1, 0)}}, []string{app.FieldPrices}},
			{"a fee below zero", app.ProductOffer{Product: data.Product{Name: "x"}, Prices: []data.ProductPrice{price("GBP", billing.Monthly, 1, -1)}}, []string{app.FieldPrices}},
			{"one price twice", app.ProductOffer{Product: data.Product{Name: "x"}, Prices: []data.ProductPrice{
				price("GBP", billing.Monthly, 1, 0), price("GBP", billing.Monthly, 2, 0),
			}}, []string{app.FieldPrices}},
		} {
			if _, err := o.Products.Save(ctx, c.offer); !slices.Equal(fields(err), c.fields) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if all, err := o.Products.List(ctx); err != nil || len(all) != 1 {
			t.Errorf("%+v %v", all, err)
		}
	})
}

// IN-1: products are added, priced, retired and deleted; what clients have keeps its price, and keeps its product from being deleted.
func TestProductLife(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := o.Add(t, "a@example.com", nil)
		id, err := o.Products.Save(ctx, app.ProductOffer{
			Product: data.Product{Name: "Hosting", Taxed: true},
			Prices: []data.ProductPrice{
				price("GBP", billing.Annually, 12000, 0), price("GBP", billing.Monthly, 1250, 500), price("EUR", billing.Annually, 9900, 0),
			},
		})
		if err != nil {
			t.Fatal(err)
		}
		all, err := o.Products.List(ctx)
		if err != nil || len(all) != 1 || len(all[0].Prices) != 3 {
			t.Fatalf("%+v %v", all, err)
		}
		if got := all[0].Prices; got[0].Currency != "EUR" || got[1].Cycle != string(billing.Monthly) || got[2].Cycle != string(billing.Annually) {
			t.Errorf("the prices are not from once to the longest cycle: %+v", got)
		}
		if p, ok := all[0].Price("GBP", billing.Monthly); !ok || p.Price != 1250 || p.SetupFee != 500 {
			t.Errorf("%+v %v", p, ok)
		}
		if _, ok := all[0].Price("GBP", billing.Quarterly); ok {
			t.Error("there is a price that nobody entered")
		}
		d := hosting()
		d.ProductID = id
		v, err := o.Services.Add(ctx, client, d, "")
		if err != nil {
			t.Fatal(err)
		}
		dear := all[0]
		dear.Retired, dear.Prices = true, []data.ProductPrice{price("GBP", billing.Monthly, 9999, 0)}
		if _, err := o.Products.Save(ctx, dear); err != nil {
			t.Fatal(err)
		}
		if _, err := o.Products.Save(ctx, dear); app.CodeOf(err) != app.Conflict {
			t.Errorf("an edit of an old version: %v", err)
		}
		if all, err = o.Products.List(ctx); err != nil || !all[0].Retired || len(all[0].Prices) != 1 || all[0].Prices[0].Price != 9999 {
			t.Errorf("%+v %v", all, err)
		}
		if s := service(t, o, v); s.Amount != 1250 {
			t.Errorf("the service of a client became dearer: %d", s.Amount)
		}
		if err := o.Products.Delete(ctx, id); app.CodeOf(err) != app.NotAllowed || !strings.Contains(app.Explain(err), "Retire it instead") {
			t.Errorf("a product in use: %v", err)
		}
		if _, err := o.Services.Delete(ctx, v); err != nil {
			t.Fatal(err)
		}
		if err := o.Products.Delete(ctx, id); err != nil {
			t.Error(err)
		}
		if err := o.Products.Delete(ctx, id); app.CodeOf(err) != app.NotFound {
			t.Errorf("a product that is gone: %v", err)
		}
		o.Sound(t)
	})
}

// IN-3: what is wrong with a tax is said of its field.
func TestTaxRules(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		for _, c := range []struct {
			name   string
			rule   data.TaxRule
			fields []string
		}{
			{"no name", data.TaxRule{Rate: 10000}, []string{app.FieldName}},
			{"a long name", data.TaxRule{Name: strings.Repeat("x", 101), Rate: 10000}, []string{app.FieldName}},
			{"below zero", data.TaxRule{Name: "VAT", Rate: -1}, []string{app.FieldRate}},
			{"above all", data.TaxRule{Name: "VAT", Rate: int64(money.PercentOf(100)) + 1}, []string{app.FieldRate}},
			{"no such country", data.TaxRule{Name: "VAT", Country: "XX", Rate: 1}, []string{app.FieldCountry}},
			{"a state of no country", data.TaxRule{Name: "VAT", State: "Texas", Rate: 1}, []string{app.FieldState}},
			{"a long state", data.TaxRule{Name: "VAT", Country: "US", State: strings.Repeat("x", 101), Rate: 1}, []string{app.FieldState}},
		} {
			if err := o.Products.SaveTaxRule(ctx, c.rule); !slices.Equal(fields(err), c.fields) {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if err := o.Products.SaveTaxRule(ctx, data.TaxRule{Name: " VAT ", Country: "gb", Rate: int64(money.PercentOf(20))}); err != nil {
			t.Fatal(err)
		}
		rules, err := o.Products.TaxRules(ctx)
		if err != nil || len(rules) != 1 || rules[0].Name != "VAT" || rules[0].Country != "GB" {
			t.Fatalf("%+v %v", rules, err)
		}
		client := o.Add(t, "a@example.com", nil)
		taxes := func() int {
			tx, err := o.Invoices.Taxing(ctx, client)
			if err != nil {
				t.Fatal(err)
			}
			return len(tx.Tax.Rates)
		}
		if taxes() != 1 {
			t.Errorf("%d taxes hold for a client there", taxes())
		}
		rules[0].Country = "DE"
		if err := o.Products.SaveTaxRule(ctx, rules[0]); err != nil || taxes() != 0 {
			t.Errorf("%d taxes hold elsewhere, %v", taxes(), err)
		}
		if err := o.Products.DeleteTaxRule(ctx, rules[0].ID); err != nil {
			t.Error(err)
		}
		if err := o.Products.DeleteTaxRule(ctx, rules[0].ID); app.CodeOf(err) != app.NotFound {
			t.Errorf("a tax that is gone: %v", err)
		}
		if err := o.Products.SaveTaxRule(ctx, rules[0]); app.CodeOf(err) != app.NotFound {
			t.Errorf("an edit of a tax that is gone: %v", err)
		}
	})
}
