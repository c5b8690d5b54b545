package invoice

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC
	os.Exit(m.Run())
}

var ctx = context.Background()

func client(t *testing.T, b *viewtest.Bench, email string, change func(*app.NewClient)) int64 {
	t.Helper()
	n := app.NewClient{Profile: app.Profile{
		FirstName: "Grace", LastName: "Hopper", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: data.Active,
	}}
	if change != nil {
		change(&n)
	}
	id, err := b.App.Clients.Add(ctx, n)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func pounds(minor int64) money.Money { return money.New(minor, "GBP") }

// draft stores a draft of one line over so many pence.
func draft(t *testing.T, b *viewtest.Bench, client, pence int64) int64 {
	t.Helper()
	id, err := b.App.Invoices.Create(ctx, client, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: billing.Line{
		Description: "Work", Quantity: billing.One, UnitPrice: pounds(pence), Taxed: true,
	}}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// published stores an invoice that is owed.
func published(t *testing.T, b *viewtest.Bench, client, pence int64) int64 {
	t.Helper()
	id := draft(t, b, client, pence)
	if err := b.App.Invoices.Publish(ctx, id, 1); err != nil {
		t.Fatal(err)
	}
	return id
}

func get(t *testing.T, b *viewtest.Bench, id int64) app.Invoicing {
	t.Helper()
	i, err := b.App.Invoices.Get(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

func shown(b *viewtest.Bench, p *Page) *Page {
	b.Show(p)
	return p
}

// put types into a cell of a line.
func put(p *Page, row, cell int, text string) {
	l := p.editor.lines
	l.body.boxOf(l.all[row]).cells[cell].SetText(text)
}

// press taps a button of the dialog in front.
func press(t *testing.T, b *viewtest.Bench, word string) {
	t.Helper()
	top := b.Canvas().Overlays().Top()
	if top == nil {
		t.Fatalf("no dialog for %q", word)
	}
	for _, o := range test.LaidOutObjects(top) {
		if button, ok := o.(*kit.Button); ok && button.Text == word {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("no button %q", word)
}

// said are all words of the dialog in front.
func said(b *viewtest.Bench) string {
	var all []string
	if top := b.Canvas().Overlays().Top(); top != nil {
		for _, o := range test.LaidOutObjects(top) {
			if p, ok := o.(*kit.Para); ok {
				all = append(all, p.Text())
			}
		}
	}
	return strings.Join(all, "\n")
}

// field is the n-th field of one line in the dialog in front.
func field(t *testing.T, b *viewtest.Bench, n int) *kit.Entry {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Canvas().Overlays().Top()) {
		if e, ok := o.(*kit.Entry); ok {
			if n == 0 {
				return e
			}
			n--
		}
	}
	t.Fatal("no such field")
	return nil
}

// amounts are the totals as they are shown, by their labels.
func amounts(s *sums) string {
	var all []string
	for _, row := range s.object.Objects {
		o := row.(*fyne.Container).Objects
		all = append(all, o[0].(*kit.Para).Text()+" = "+o[1].(*kit.Para).Text())
	}
	return strings.Join(all, "\n")
}

func tax(t *testing.T, b *viewtest.Bench) {
	t.Helper()
	if err := b.App.Products.SaveTaxRule(ctx, data.TaxRule{Name: "VAT", Country: "GB", Rate: 200_000}); err != nil {
		t.Fatal(err)
	}
}

// IN-2, IN-3: a new invoice is typed with the totals shown as one types, saved as a draft, and opened again with what was typed.
func TestDraftIsWrittenAndComesBack(t *testing.T) {
	b := viewtest.New(t)
	tax(t, b)
	group, err := b.App.Groups.Save(ctx, data.Group{Name: "Partners", Colour: "#1f9d61", DiscountBP: 1000})
	if err != nil {
		t.Fatal(err)
	}
	c := client(t, b, "grace@example.com", func(n *app.NewClient) { n.GroupID, n.PaymentMethod = group, "card" })
	p := shown(b, New(b.Desk, c))
	if got := b.Canvas().Focused(); got != p.editor.lines.all[0].box.cells[cellDescription] {
		t.Errorf("what was read while the page was in sight leaves the keyboard at %T", got)
	}
	if p.editor == nil || p.editor.unsaved() {
		t.Fatal("no editor, or one that begins with changes")
	}
	if got := p.editor.lines.all[0].Text; got[cellDiscount] != "10" || got[cellQuantity] != "1" {
		t.Errorf("a new line begins with %q: the discount of the group was wanted", got)
	}
	if p.editor.form.Value(app.FieldPayment) != "card" || p.editor.form.Value(app.FieldDue) == "" {
		t.Errorf("begins with %v", p.editor.form.Values())
	}
	put(p, 0, cellDescription, "Design")
	put(p, 0, cellQuantity, "2.5")
	put(p, 0, cellPrice, "80")
	p.editor.lines.enter(p.editor.lines.all[0])
	put(p, 1, cellDescription, "Hosting")
	put(p, 1, cellPrice, "20.00")
	put(p, 1, cellDiscount, "")
	want := "Subtotal = £200.00\nDiscount (taken off already) = £20.00\nVAT 20% of £200.00 = £40.00\nTotal = £240.00"
	if got := amounts(p.editor.sums); got != want {
		t.Errorf("totals while typing:\n%s\nwant\n%s", got, want)
	}
	p.Save()
	if n := len(b.Went.Steps); n < 2 || !strings.HasPrefix(b.Went.Steps[n-2], "invoice ") || b.Went.Last() != "close" { // in this order, else the keyboard stays with what comes up in between
		t.Fatalf("after saving the new draft it went %v; %s", b.Went.Steps, p.editor.fault.Text())
	}
	i := get(t, b, 1)
	if i.Total != 24_000 || len(i.Lines) != 2 || i.Lines[0].Quantity != 2500 || i.Lines[0].Discount != 100_000 || i.Status != billing.Draft || i.PaymentMethod != "card" {
		t.Errorf("stored %+v", i.WholeInvoice)
	}
	again := shown(b, Open(b.Desk, 1))
	if got := again.editor.lines.all[0].Text; got != [cellCount]string{"Design", "2.5", "80.00", "10"} {
		t.Errorf("opened again: %q", got)
	}
	if again.editor.unsaved() {
		t.Error("an opened draft has changes")
	}
}

// What cannot be read, and what the rules refuse, is told at the line that it is about; nothing is stored.
func TestFaultsAreToldAtTheirLine(t *testing.T) {
	b := viewtest.New(t)
	p := shown(b, New(b.Desk, client(t, b, "grace@example.com", nil)))
	p.Save()
	if p.editor.fault.Text() == "" {
		t.Error("an invoice without lines was saved without a word")
	}
	put(p, 0, cellDescription, "Fine")
	put(p, 0, cellPrice, "10")
	p.editor.lines.add(0) // a blank line, which is none of the invoice's
	p.editor.lines.add(1)
	put(p, 2, cellDescription, "Bad")
	put(p, 2, cellPrice, "1.234")
	put(p, 2, cellQuantity, "no")
	p.Save()
	l := p.editor.lines.all[2]
	if l.wrong[cellPrice] == "" || l.wrong[cellQuantity] == "" || l.box.fault.Text() == "" {
		t.Errorf("wrong: %q", l.wrong)
	}
	if b.Canvas().Focused() != l.box.cells[cellQuantity] {
		t.Errorf("the keyboard is on %T", b.Canvas().Focused())
	}
	put(p, 2, cellPrice, "1.23")
	put(p, 2, cellQuantity, "1")
	put(p, 2, cellDescription, "")
	put(p, 2, cellDiscount, "120")
	p.Save()
	if l.wrong[cellDescription] == "" || l.wrong[cellDiscount] == "" {
		t.Errorf("what the rules refuse: %q, %q", l.wrong, p.editor.fault.Text())
	}
	if n, _, err := b.App.Invoices.Count(ctx, data.InvoiceFilter{}); n != 0 || err != nil {
		t.Errorf("%d invoices were stored, %v", n, err)
	}
}

// Lines are added, moved and removed by the keyboard alone.
func TestLinesByKeyboard(t *testing.T) {
	b := viewtest.New(t)
	p := shown(b, New(b.Desk, client(t, b, "grace@example.com", nil)))
	l := p.editor.lines
	for i, word := range []string{"a", "b", "c"} {
		put(p, i, cellDescription, word)
		if i < 2 {
			l.body.boxOf(l.all[i]).cells[cellDescription].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		}
	}
	order := func() (s string) {
		for _, row := range l.all {
			s += row.Text[cellDescription]
		}
		return s
	}
	alt := func(row int, k fyne.KeyName) {
		l.all[row].box.cells[cellPrice].TypedShortcut(&desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt})
	}
	alt(2, fyne.KeyUp)
	alt(0, fyne.KeyUp) // it is the first already
	if order() != "acb" || b.Canvas().Focused() != l.all[1].box.cells[cellPrice] && b.Canvas().Focused() != l.all[0].box.cells[cellPrice] {
		t.Errorf("moved: %q, keyboard on %T", order(), b.Canvas().Focused())
	}
	alt(0, fyne.KeyDelete)
	if order() != "cb" {
		t.Errorf("removed: %q", order())
	}
	alt(0, fyne.KeyDelete)
	alt(0, fyne.KeyDelete)
	if len(l.all) != 1 || !l.all[0].blank() {
		t.Errorf("one blank line was to stay: %q", order())
	}
}

// IN-2, CR-5: publishing says first which number is given, what credit is used and what is owed then, and does that.
func TestPublishAsksFirst(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	if _, err := b.App.Credit.Add(ctx, c, app.NewCredit{Description: "Gift", Amount: pounds(4_000)}); err != nil {
		t.Fatal(err)
	}
	id := draft(t, b, c, 10_000)
	p := shown(b, Open(b.Desk, id))
	put(p, 0, cellPrice, "120") // what is not saved yet is saved first
	p.editor.publish()
	for _, want := range []string{"number 1,", "£120.00", "£40.00 of the client's credit", "balance due will be £80.00"} {
		if !strings.Contains(said(b), want) {
			t.Errorf("%q is not said in %q", want, said(b))
		}
	}
	press(t, b, "Publish")
	i := get(t, b, id)
	if i.Status != billing.Unpaid || i.Balance() != 8_000 || i.Number == nil {
		t.Errorf("published: %+v", i.Invoice)
	}
	if p.view == nil || p.editor != nil || !strings.Contains(amounts(p.view.sums), "Credit applied = -£40.00\nBalance due = £80.00") {
		t.Errorf("not shown as published: %s", amounts(p.view.sums))
	}
}

// A new invoice stays as it was typed behind the question, though the page is told of its being stored, and is a draft where nobody publishes it.
func TestNewInvoiceStaysBehindTheQuestion(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	p := shown(b, New(b.Desk, c))
	put(p, 0, cellDescription, "Design")
	put(p, 0, cellPrice, "80")
	p.editor.publish()
	p.Changed(app.Change{Topic: app.TopicInvoices, ClientID: c})
	if got := p.editor.lines.all[0].Text; got[cellDescription] != "Design" || !strings.Contains(amounts(p.editor.sums), "Total = £80.00") {
		t.Errorf("behind the question stands %q, %s", got, amounts(p.editor.sums))
	}
	press(t, b, "Keep as Draft")
	if !slices.Contains(b.Went.Steps, "invoice 1") || b.Went.Last() != "close" || get(t, b, 1).Status != billing.Draft {
		t.Errorf("went %v", b.Went.Steps)
	}
}

// What lowers the balance is above zero among payments and credit, whichever it is, and what raises it below.
func TestPaymentsAndCreditHaveOneSense(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	id := published(t, b, c, 10_000)
	if _, err := b.App.Transactions.Record(ctx, c, app.NewPayment{Amount: pounds(6_000), Invoices: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.App.Credit.Add(ctx, c, app.NewCredit{Description: "Gift", Amount: pounds(3_000)}); err != nil {
		t.Fatal(err)
	}
	p := shown(b, Open(b.Desk, id))
	p.view.applyCredit()
	press(t, b, "Apply Credit")
	got := amounts(p.view.paid.sums)
	for _, want := range []string{", Payment = £60.00", "Credit Applied to Invoice #1 = £30.00"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in %q", want, got)
		}
	}
}

// Two admins on one draft: nothing is overwritten, and what was typed stays until somebody decides.
func TestConflictIsAskedAbout(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	id := draft(t, b, c, 10_000)
	p := shown(b, Open(b.Desk, id))
	put(p, 0, cellPrice, "50")
	other := app.DraftOf(get(t, b, id).WholeInvoice)
	other.Lines[0].UnitPrice = pounds(7_000)
	if err := b.App.Invoices.Update(ctx, id, 1, other); err != nil {
		t.Fatal(err)
	}
	if p.editor.lines.all[0].Text[cellPrice] != "50" || p.editor.fault.Text() == "" {
		t.Error("what was typed was lost, or nothing is said")
	}
	p.Save()
	if got := get(t, b, id); got.Total != 7_000 || !strings.Contains(said(b), "Total: £100.00 → £70.00") {
		t.Errorf("total %d; %s", got.Total, said(b))
	}
	press(t, b, "Save Over It")
	if got := get(t, b, id); got.Total != 5_000 {
		t.Errorf("total %d after saving over it", got.Total)
	}
}

// Leaving with changes asks; a deleted draft can be taken back.
func TestLeavingAndDeleting(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	id := draft(t, b, c, 10_000)
	p := shown(b, Open(b.Desk, id))
	left := false
	put(p, 0, cellDescription, "Other work")
	p.Leave(func() { left = true })
	if left {
		t.Fatal("left without a word")
	}
	press(t, b, "Save Changes")
	if !left || get(t, b, id).Lines[0].Description != "Other work" {
		t.Errorf("left %v with %q", left, get(t, b, id).Lines[0].Description)
	}
	p.editor.deleteDraft()
	if b.Went.Last() != "close" {
		t.Errorf("went %v", b.Went.Steps)
	}
	b.UndoLast()
	if got := get(t, b, id); got.Lines[0].Description != "Other work" {
		t.Error("the draft did not come back")
	}
}

// IN-5: a payment is refunded in part, to credit, with what is left of it proposed.
func TestRefund(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	id := published(t, b, c, 10_000)
	if _, err := b.App.Transactions.Record(ctx, c, app.NewPayment{Amount: pounds(10_000), Method: "Card", Invoices: []int64{id}}); err != nil {
		t.Fatal(err)
	}
	p := shown(b, Open(b.Desk, id))
	p.view.delete() // advises what can be done with it, which is not to cancel it
	if words := said(b); !strings.Contains(words, "refund the invoice instead") {
		t.Errorf("deleting a paid invoice says %q", words)
	}
	press(t, b, "Keep Invoice")
	p.view.refund()
	if got := field(t, b, 0).Text; got != "100.00" {
		t.Errorf("proposed %q", got)
	}
	field(t, b, 0).SetText("100.01")
	press(t, b, "Refund")
	if !kit.DialogOpen() || !strings.Contains(said(b), "Only £100.00") {
		t.Errorf("more than was paid: %s", said(b))
	}
	field(t, b, 0).SetText("30")
	press(t, b, "Refund")
	i := get(t, b, id)
	if kit.DialogOpen() || i.Invoice.Paid != 7_000 || i.Status != billing.Paid || i.Client.Credit != 0 {
		t.Errorf("refunded: %+v", i.Invoice)
	}
	if got := amounts(p.view.sums); !strings.HasSuffix(got, "Total = £100.00\nPayments = -£70.00\nNo longer charged = -£30.00\nBalance due = £0.00") {
		t.Errorf("the sums do not add up:\n%s", got)
	}
}

// CR-6: credit is taken back from a Paid invoice, and the tick says whether it becomes Unpaid. CR-8: cancelling gives credit back.
func TestCreditOnAnInvoice(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	id := published(t, b, c, 10_000)
	if _, err := b.App.Credit.Add(ctx, c, app.NewCredit{Description: "Gift", Amount: pounds(15_000)}); err != nil {
		t.Fatal(err)
	}
	p := shown(b, Open(b.Desk, id))
	p.view.applyCredit()
	press(t, b, "Apply Credit")
	if i := get(t, b, id); i.Status != billing.Paid || i.Client.Credit != 5_000 {
		t.Fatalf("applied: %+v", i.Invoice)
	}
	p.view.delete()
	if words := said(b); !strings.Contains(words, "remove the credit and cancel the invoice instead") {
		t.Errorf("deleting an invoice that credit paid says %q", words)
	}
	press(t, b, "Keep Invoice")
	p.view.removeCredit()
	field(t, b, 0).SetText("40")
	press(t, b, "Remove Credit")
	if i := get(t, b, id); i.Status != billing.Unpaid || i.Balance() != 4_000 || i.Client.Credit != 9_000 {
		t.Fatalf("taken back: %+v", i.Invoice)
	}
	p.view.cancel()
	press(t, b, "Keep Invoice") // Cancel could mean either
	if i := get(t, b, id); kit.DialogOpen() || i.Status != billing.Unpaid {
		t.Errorf("kept: %+v", i.Invoice)
	}
	p.view.cancel()
	if !strings.Contains(said(b), "£60.00 of credit") {
		t.Errorf("cancelling says %q", said(b))
	}
	press(t, b, "Cancel Invoice")
	if i := get(t, b, id); i.Status != billing.Cancelled || i.Client.Credit != 15_000 {
		t.Errorf("cancelled: %+v", i.Invoice)
	}
	p.view.reopen()
	if i := get(t, b, id); i.Status != billing.Unpaid {
		t.Errorf("reopened: %s", i.Status)
	}
	p.view.delete()
	if !strings.Contains(said(b), "number 1 will be missing") {
		t.Errorf("deleting says %q", said(b))
	}
	press(t, b, "Delete Invoice")
	if b.Went.Last() != "close" {
		t.Errorf("went %v", b.Went.Steps)
	}
}

// A tax that is set up while an invoice is written counts in it at once, and where there is none the editor says so: a total without tax would be a surprise.
func TestEditorFollowsTheTaxes(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	p := shown(b, New(b.Desk, c))
	put(p, 0, cellDescription, "Stairs")
	put(p, 0, cellPrice, "100")
	if words := p.editor.note.Text(); !strings.Contains(words, "No tax is added") {
		t.Errorf("without a tax it says %q", words)
	}
	for _, o := range test.LaidOutObjects(p.Object()) {
		if k, ok := o.(*kit.Button); ok && k.Text == "Set Up Taxes" && k.Visible() {
			test.Tap(k)
		}
	}
	if b.Went.Last() != "settings taxes" || !p.editor.taxes.Visible() {
		t.Errorf("it leads to %q, and is in sight: %v", b.Went.Last(), p.editor.taxes.Visible())
	}
	if err := b.App.Products.SaveTaxRule(ctx, data.TaxRule{Name: "VAT", Rate: int64(money.PercentOf(20))}); err != nil {
		t.Fatal(err)
	}
	if total, _, err := p.editor.lines.totals(); err != nil || total.Total.Minor != 12_000 || p.editor.note.Text() != "" || p.editor.taxes.Visible() || !p.editor.unsaved() {
		t.Errorf("with a tax: %v, %q, %v", total.Total, p.editor.note.Text(), err)
	}
}

// An invoice in which something is wrong is put right in one step: it is cancelled with its number, its credit goes back, and its lines are in a draft. One that was paid on is left alone.
func TestCorrect(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	if _, err := b.App.Credit.Add(ctx, c, app.NewCredit{Description: "Gift", Amount: pounds(2_500)}); err != nil {
		t.Fatal(err)
	}
	id := published(t, b, c, 10_000)
	p := shown(b, Open(b.Desk, id))
	p.view.correct()
	if words := said(b); !strings.Contains(words, "#1 is cancelled") || !strings.Contains(words, "£25.00 of credit") {
		t.Errorf("correcting says %q", words)
	}
	press(t, b, "Correct Invoice")
	if i := get(t, b, id); i.Status != billing.Cancelled || *i.Number != "1" || i.Client.Credit != 2_500 {
		t.Errorf("the wrong one: %+v", i.Invoice)
	}
	if i := get(t, b, id+1); i.Status != billing.Draft || i.Total != 10_000 || i.Lines[0].Description != "Work" || b.Went.Last() != "invoice 2" {
		t.Errorf("the new one: %+v, went %v", i.Invoice, b.Went.Steps)
	}
	paid := published(t, b, c, 10_000)
	if _, err := b.App.Transactions.Record(ctx, c, app.NewPayment{Amount: pounds(1_000), Method: "Card", Invoices: []int64{paid}}); err != nil {
		t.Fatal(err)
	}
	if made, err := b.App.Invoices.Correct(ctx, paid, ""); app.CodeOf(err) != app.NotAllowed || made != 0 || get(t, b, paid).Status != billing.Unpaid {
		t.Errorf("paid on: %d, %v", made, err)
	}
}

// What was typed as a day in the past is not changed without a word.
func TestPublishSaysThatTheDayPassed(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	today := date.Today(b.App.Now())
	id, err := b.App.Invoices.Create(ctx, c, app.InvoiceDraft{Due: today.AddDays(-30), Lines: []app.InvoiceLine{{Line: billing.Line{
		Description: "Work", Quantity: billing.One, UnitPrice: pounds(100),
	}}}}, "")
	if err != nil {
		t.Fatal(err)
	}
	p := shown(b, Open(b.Desk, id))
	p.editor.publish()
	if words := said(b); !strings.Contains(words, "which has passed") || strings.Contains(words, "overdue") {
		t.Errorf("publishing says %q", words)
	}
	press(t, b, "Keep as Draft")
	p.editor.form.SetValues(map[string]string{app.FieldIssued: day(today.AddDays(-44)), app.FieldDue: day(today.AddDays(-30))})
	p.editor.publish()
	if words := said(b); strings.Contains(words, "which has passed") || !strings.Contains(words, "It is dated "+day(today.AddDays(-44))) || !strings.Contains(words, "It is overdue from the start") {
		t.Errorf("publishing what was written before says %q", words)
	}
}

// An invoice of many lines draws those in sight alone.
func TestManyLines(t *testing.T) {
	b := viewtest.New(t)
	c := client(t, b, "grace@example.com", nil)
	var d app.InvoiceDraft
	for range 2000 {
		d.Lines = append(d.Lines, app.InvoiceLine{Line: billing.Line{Description: "Item", Quantity: billing.One, UnitPrice: pounds(100)}})
	}
	id, err := b.App.Invoices.Create(ctx, c, d, "")
	if err != nil {
		t.Fatal(err)
	}
	p := shown(b, Open(b.Desk, id))
	drawn := func() (n int) {
		for _, row := range p.editor.lines.all {
			if row.box != nil {
				n++
			}
		}
		return n
	}
	if n := drawn(); n < 5 || n > 40 {
		t.Errorf("%d lines are drawn", n)
	}
	p.editor.lines.focus(1999, cellPrice)
	last := p.editor.lines.all[1999]
	if b.Canvas().Focused() != last.box.cells[cellPrice] || p.editor.lines.scroll.Offset.Y == 0 {
		t.Error("the last line was not brought into sight")
	}
	if n := drawn(); n > 80 {
		t.Errorf("%d lines are drawn", n)
	}
}
