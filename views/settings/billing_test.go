package settings

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
	"clientele/mail/mailtest"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func offered(all []app.ProductOffer) string {
	var words []string
	for _, p := range all {
		s := fmt.Sprint(p.Name, " ", p.Taxed, " ", p.Retired)
		for _, x := range p.Prices {
			s += fmt.Sprint(" ", x.Currency, " ", x.Cycle, " ", x.Price, "+", x.SetupFee)
		}
		words = append(words, s)
	}
	return strings.Join(words, "; ")
}

// forms are the forms of the dialog that is open, from the top.
func forms(w fyne.Window) (all []*kit.Form) {
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		if f, ok := o.(*kit.Form); ok {
			all = append(all, f)
		}
	}
	return all
}

// has is the form of the dialog that has a field.
func has(t *testing.T, w fyne.Window, key string) *kit.Form {
	t.Helper()
	for _, f := range forms(w) {
		if _, ok := f.Values()[key]; ok {
			return f
		}
	}
	t.Fatalf("no form has %s", key)
	return nil
}

// IN-1: products are added with prices of several currencies and cycles, retired, and deleted unless clients have them.
func TestProducts(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	b.Settings(func(s *app.Settings) { s.Currency = "GBP" })
	_, sec := b.open(Products)
	s := sec.(*productSection)
	s.add()
	form := has(t, b.Window, app.FieldName)
	form.SetValues(map[string]string{app.FieldName: "Hosting"})
	has(t, b.Window, string(billing.Monthly)).SetValues(map[string]string{string(billing.Monthly): "12.50", setup(billing.Monthly): "5", setup(billing.Annually): "1"})
	form.Submit()
	if !kit.DialogOpen() {
		t.Fatal("a set-up fee without a price was taken")
	}
	has(t, b.Window, string(billing.Monthly)).SetValues(map[string]string{setup(billing.Annually): ""})
	choose := has(t, b.Window, "currency")
	choose.SetValues(map[string]string{"currency": "EUR"})
	choose.OnDirty(true)
	has(t, b.Window, string(billing.Annually)).SetValues(map[string]string{string(billing.Annually): "150"})
	form.Submit()
	if kit.DialogOpen() || offered(s.products) != "Hosting true false EUR annually 15000+0 GBP monthly 1250+500" {
		t.Fatalf("added %s", offered(s.products))
	}
	s.grid.Select(0)
	s.grid.OnOpen(0)
	form = has(t, b.Window, app.FieldName)
	if got := has(t, b.Window, string(billing.Monthly)).Value(string(billing.Monthly)); got != "12.50" {
		t.Errorf("the price shown is %q", got)
	}
	form.SetValues(map[string]string{app.FieldName: "Web hosting", "flags": ""})
	form.Submit()
	if offered(s.products) != "Web hosting false false EUR annually 15000+0 GBP monthly 1250+500" {
		t.Errorf("changed to %s", offered(s.products))
	}
	s.at(s.retire)
	if !s.products[0].Retired {
		t.Error("it is still offered")
	}
	client, err := b.App.Clients.Add(ctx, app.NewClient{Profile: app.Profile{
		FirstName: "Ada", LastName: "Lovelace", Email: "ada@example.com", Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}})
	if err != nil {
		t.Fatal(err)
	}
	v, err := b.App.Services.Add(ctx, client, app.ServiceDetails{
		ProductID: s.products[0].ID, Quantity: billing.One, Amount: money.New(1, "GBP"), Cycle: billing.OneTime, Status: data.ServiceActive,
	}, "")
	if err != nil {
		t.Fatal(err)
	}
	s.grid.OnDelete()
	press(t, b.Window, "Delete Product")
	if !kit.DialogOpen() || !strings.Contains(strings.Join(words(b.Window), " "), "Retire it instead") {
		t.Errorf("refused by %q", words(b.Window))
	}
	press(t, b.Window, "Cancel")
	if _, err := b.App.Services.Delete(ctx, v); err != nil {
		t.Fatal(err)
	}
	s.grid.OnDelete()
	press(t, b.Window, "Delete Product")
	if len(s.products) != 0 || kit.DialogOpen() {
		t.Errorf("left %s", offered(s.products))
	}
}

// IN-3: taxes are added, changed and deleted; each way with prices is explained by an example that is worked out.
func TestTaxes(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, sec := b.open(Taxes)
	s := sec.(*taxSection)
	if got := s.words.Text(); !strings.Contains(got, "A price of US$100.00 with 20 % tax comes to US$120.00, of which US$20.00 are tax") {
		t.Errorf("explained by %q", got)
	}
	s.changeMode()
	form := formOf(t, b.Window)
	form.SetValues(map[string]string{"tax_mode": string(billing.Inclusive)})
	form.Submit()
	if got := s.words.Text(); b.saved(t).TaxMode != billing.Inclusive || !strings.Contains(got, "comes to US$100.00: US$83.33 without tax, and US$16.67 tax in it") {
		t.Errorf("explained by %q", got)
	}
	s.add()
	form = formOf(t, b.Window)
	form.SetValues(map[string]string{app.FieldName: "VAT", app.FieldRate: "twenty"})
	form.Submit()
	if !kit.DialogOpen() {
		t.Fatal("a rate that cannot be read was taken")
	}
	form.SetValues(map[string]string{app.FieldRate: "19,5", app.FieldState: "Bavaria"})
	form.SetValues(map[string]string{app.FieldRate: "19.5"})
	form.Submit()
	if !kit.DialogOpen() {
		t.Fatal("a state of no country was taken")
	}
	form.SetValues(map[string]string{app.FieldCountry: "DE"})
	form.Submit()
	if kit.DialogOpen() || len(s.rules) != 1 || strings.Join(taxRow(s.rules[0]).Cells, "|") != "VAT|Germany|Bavaria|19.5 %" {
		t.Fatalf("added %+v", s.rules)
	}
	s.grid.Select(0)
	s.grid.OnOpen(0)
	form = formOf(t, b.Window)
	form.SetValues(map[string]string{app.FieldState: ""})
	form.Submit()
	if s.rules[0].State != "" {
		t.Errorf("changed to %+v", s.rules)
	}
	s.grid.OnDelete()
	press(t, b.Window, "Delete Tax")
	if len(s.rules) != 0 {
		t.Errorf("left %+v", s.rules)
	}
}

// picture is a PNG.
func picture(t *testing.T) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, 300, 100))
	for x := range 300 {
		for y := range 100 {
			img.Set(x, y, color.NRGBA{R: 47, G: 111, B: uint8(x), A: 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// IN-2, IN-4, CR-5, CL-14: what invoices carry and do is stored together; a number as they will be is shown as one types; the logo is kept at once.
func TestInvoices(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, sec := b.open(Invoices)
	s := sec.(*invoiceSection)
	var example *numberFormat
	for _, o := range test.LaidOutObjects(b.Window.Canvas().Content()) {
		if para, ok := o.(*kit.Para); ok && strings.HasPrefix(para.Text(), "Such as ") {
			example = &numberFormat{example: para}
		}
	}
	if example == nil || example.example.Text() != "Such as 42" {
		t.Fatal("no example of a number is shown")
	}
	s.form.SetValues(map[string]string{"invoice_number_format": "INV-{year}-{number:5}"})
	if got := example.example.Text(); got != "Such as INV-2026-00042" {
		t.Errorf("the example is %q", got)
	}
	enter(t, b.Window, s.form, map[string]string{
		"invoice_number_format": "INV-{yeer}", "invoice_due_days": "30", "business_address": "1 Main Street", "letter_paper": ticked,
		"auto_apply_credit": "", "auto_status": ticked, "bank_details": "IBAN", "business_tax_id": "GB1", "invoice_notes": "Thanks",
	})
	if strings.HasPrefix(example.example.Text(), "Such as") {
		t.Error("a wrong format is not told of as one types")
	}
	p.Save()
	if got := b.saved(t); got.InvoiceDueDays != 14 || got.InvoiceNumberFormat != "{number}" {
		t.Errorf("half of it was saved: %+v", got.BillingSettings)
	}
	enter(t, b.Window, s.form, map[string]string{"invoice_number_format": "{number}"})
	p.Save()
	got := b.saved(t).BillingSettings
	want := app.BillingSettings{
		BusinessAddress: got.BusinessAddress, BusinessTaxID: "GB1", BankDetails: "IBAN", InvoiceNotes: "Thanks", InvoiceNumberFormat: "{number}", InvoiceDueDays: 30,
		TaxMode: billing.Exclusive, AutoStatus: true, LetterPaper: true,
	}
	if got != want || !strings.HasPrefix(got.BusinessAddress, "1 Main Street") {
		t.Errorf("saved %+v", got)
	}
	chosen := filepath.Join(t.TempDir(), "logo.png")
	choose := func(content []byte) {
		if err := os.WriteFile(chosen, content, 0o600); err != nil {
			t.Fatal(err)
		}
		s.logo.read(chosen)
	}
	choose([]byte("no picture"))
	if len(s.logo.file) != 0 || b.Bar.Text() == "" {
		t.Error("what is no picture was kept")
	}
	file := picture(t)
	choose(file)
	if !bytes.Equal(s.logo.file, file) || s.logo.remove.Disabled() {
		t.Errorf("the logo has %d bytes: %s", len(s.logo.file), b.Bar.Text())
	}
	test.Tap(s.logo.remove)
	if len(s.logo.file) != 0 || !s.logo.remove.Disabled() {
		t.Error("the logo is still there")
	}
}

// The looks of the sections on billing, light and dark. See TestPictures.
func TestBillingPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := newBench(t, mailtest.Script{})
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			b.Window.SetPadded(false)
			if err := b.App.Products.SaveTaxRule(ctx, data.TaxRule{Name: "VAT", Country: "GB", Rate: int64(money.PercentOf(20))}); err != nil {
				t.Fatal(err)
			}
			b.open(Taxes)
			b.Window.Resize(fyne.NewSize(1100, 560))
			viewtest.Looks(t, "taxes-"+mode+".png", b.Window.Canvas())
			_, sec := b.open(Invoices)
			chosen := filepath.Join(t.TempDir(), "logo.png")
			if err := os.WriteFile(chosen, picture(t), 0o600); err != nil {
				t.Fatal(err)
			}
			sec.(*invoiceSection).logo.read(chosen)
			b.Bar.Clear()
			b.Window.Resize(fyne.NewSize(1100, 1100))
			viewtest.Looks(t, "invoices-"+mode+".png", b.Window.Canvas())
		})
	}
}

// Where an office had books before, its numbers go on from there, and never back.
func TestNextInvoice(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, sec := b.open(Invoices)
	next := sec.(*invoiceSection).next
	if got := next.words.Text(); !strings.Contains(got, "the number 1.") {
		t.Errorf("it begins with %q", got)
	}
	next.change()
	form := formOf(t, b.Window)
	for _, wrong := range []string{"", "many", "0"} {
		form.SetValues(map[string]string{app.FieldNextNumber: wrong})
		form.Submit()
		if !kit.DialogOpen() {
			t.Fatalf("%q was taken", wrong)
		}
	}
	form.SetValues(map[string]string{app.FieldNextNumber: " 1874 "})
	form.Submit()
	if got := next.words.Text(); kit.DialogOpen() || !strings.Contains(got, "the number 1874.") {
		t.Errorf("then it says %q", got)
	}
}
