package palette

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// AP-2, first form: a client or a command by a few letters, from anywhere.
func TestFindsClientsAndCommands(t *testing.T) {
	b := viewtest.New(t)
	c := datatest.Client(7)
	c.FirstName, c.LastName = "Renée", "Café"
	datatest.Add(t, b.Store, datatest.Client(1), c)
	done := ""
	p := New(b.Desk, "", func() []Command {
		return []Command{{Title: "Add New Client", Do: func() { done = "add" }}, {Title: "Settings: mail server", Do: func() { done = "mail" }}}
	})
	for _, x := range []struct{ query, first string }{
		{"", "Add New Client"}, {"mai se", "Settings: mail server"}, {"new", "Add New Client"}, {"cafe ren", "Renée Café"}, {"#2", "Renée Café"}, {"zzz", ""},
	} {
		list := kit.NewPickList("")
		var picks []kit.Pick
		p.ask(list, x.query)
		picks = list.Picks()
		got := ""
		if len(picks) > 0 {
			got = picks[0].Title
		}
		if got != x.first {
			t.Errorf("%q offers %q first, want %q", x.query, got, x.first)
		}
	}
	for _, pick := range p.matching("settings") {
		pick.Do()
	}
	if done != "mail" {
		t.Errorf("picking did %q", done)
	}
}

// first is the first line that is offered for a query.
func first(t *testing.T, p *Palette, query string) kit.Pick {
	t.Helper()
	list := kit.NewPickList("")
	p.ask(list, query)
	if picks := list.Picks(); len(picks) > 0 {
		return picks[0]
	}
	return kit.Pick{}
}

// billed is an office with two clients, the first of whom has invoice 1043.
func billed(t *testing.T) *viewtest.Bench {
	t.Helper()
	b := viewtest.New(t)
	ann, ben := datatest.Client(1), datatest.Client(2)
	ann.FirstName, ann.LastName, ann.Company, ann.Currency = "Ann", "Poe", "Acme 24 Ltd", "GBP"
	ben.FirstName, ben.LastName, ben.Company, ben.Currency = "Ben", "Roe", "Umbrella", "JPY"
	datatest.Add(t, b.Store, ann, ben)
	number := "1043"
	err := b.Store.Write(context.Background(), func(tx *data.Tx) error {
		return tx.AddInvoice(&data.WholeInvoice{Invoice: data.Invoice{
			ClientID: 1, Number: &number, Status: billing.Unpaid, Currency: "GBP", Due: date.MustNew(2026, 12, 1), Subtotal: 12_000, Total: 12_000, Paid: 2_000, TaxMode: string(billing.Exclusive),
		}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// AP-2: an invoice by its number.
func TestFindsInvoices(t *testing.T) {
	b := billed(t)
	p := New(b.Desk, "", func() []Command { return nil })
	for _, query := range []string{"1043", "#1043", " 1043 "} {
		pick := first(t, p, query)
		if pick.Title != "Invoice #1043, Ann Poe, Acme 24 Ltd" || pick.Detail != "Unpaid  £120.00" {
			t.Errorf("%q offers %q, %q", query, pick.Title, pick.Detail)
		}
	}
	first(t, p, "1043").Do()
	if b.Went.Last() != "invoice 1" {
		t.Errorf("went %q", b.Went.Last())
	}
}

// AP-2: actions with arguments. A number at the end is an amount in the client's currency; nothing is done before it is confirmed.
func TestActsOnWhatIsNamed(t *testing.T) {
	b := billed(t)
	done := ""
	says := func(word string) func(who, amount string) string {
		return func(who, amount string) string { return word + " " + who + " " + amount }
	}
	client := func(r data.ClientRow, amount *money.Money) { done = r.Company + " " + fmt.Sprint(amount) }
	p := New(b.Desk, "", func() []Command { return []Command{{Title: "Credit notes", Do: func() {}}} },
		Act{Word: "credit", Amounts: true, Says: says("Credit"), Client: client},
		Act{Word: "pay", Amounts: true, Says: says("Pay"), Client: client, Invoice: func(r data.InvoiceRow) { done = r.Number }},
		Act{Word: "mail", Says: says("Mail"), Client: client})
	for _, x := range []struct{ query, title, done string }{
		{"credit acme 25", "Credit Ann Poe, Acme 24 Ltd £25.00", "Acme 24 Ltd 25.00 GBP"},
		{"CREDIT acme 1,234.5", "Credit Ann Poe, Acme 24 Ltd £1,234.50", "Acme 24 Ltd 1234.50 GBP"},
		{"credit umbrella 25", "Credit Ben Roe, Umbrella JP¥25", "Umbrella 25 JPY"},
		{"credit umbrella 2.5", "Credit Ben Roe, Umbrella ", "Umbrella <nil>"}, // there is no half yen
		{"credit umbrella -5", "Credit Ben Roe, Umbrella ", "Umbrella <nil>"},
		{"credit acme", "Credit Ann Poe, Acme 24 Ltd ", "Acme 24 Ltd <nil>"},
		{"pay 1043", "Pay Invoice #1043, Ann Poe, Acme 24 Ltd ", "1043"},
		{"pay acme 100", "Pay Ann Poe, Acme 24 Ltd £100.00", "Acme 24 Ltd 100.00 GBP"},
		{"mail acme 24", "Mail Ann Poe, Acme 24 Ltd ", "Acme 24 Ltd <nil>"},
	} {
		pick := first(t, p, x.query)
		if pick.Title != x.title {
			t.Errorf("%q offers %q first, want %q", x.query, pick.Title, x.title)
			continue
		}
		done = ""
		if pick.Do(); done != x.done {
			t.Errorf("%q did %q, want %q", x.query, done, x.done)
		}
	}
	if pick := first(t, p, "credit"); pick.Title != "Credit notes" {
		t.Errorf("the word alone offers %q", pick.Title)
	}
	if pick := first(t, p, "pay nobodyatall 5"); pick.Title != "" {
		t.Errorf("nobody is offered as %q", pick.Title)
	}
}

// AP-2: what was opened and done lately comes first, at the next start too.
func TestRecentFirst(t *testing.T) {
	b := billed(t)
	commands := func() []Command {
		return []Command{{Title: "Add", Do: func() {}}, {Title: "Settings", Do: func() {}}, {Title: "Import", Do: func() {}}}
	}
	p := New(b.Desk, "", commands)
	if pick := first(t, p, ""); pick.Title != "Add" {
		t.Errorf("a fresh palette offers %q first", pick.Title)
	}
	for _, n := range []string{"1", "2", "3", "4", "5", "6", "2"} {
		p.Opened("client "+n, "Client "+n)
	}
	p.Opened("add", "New client") // is no place to go back to
	p.Again("client 5")
	first(t, p, "imp").Do()
	p = New(b.Desk, "", commands)
	list := kit.NewPickList("")
	p.ask(list, "")
	var titles []string
	for _, pick := range list.Picks() {
		titles = append(titles, pick.Title)
	}
	if got := strings.Join(titles, ", "); got != "Client 5, Client 2, Client 6, Client 4, Client 3, Import, Add, Settings" {
		t.Errorf("offered: %s", got)
	}
	list.Picks()[0].Do()
	if b.Went.Last() != "client 5" {
		t.Errorf("went %q", b.Went.Last())
	}
}

func TestOpensOnceAndLeaves(t *testing.T) {
	b := viewtest.New(t)
	datatest.Add(t, b.Store, datatest.Client(1))
	p := New(b.Desk, "", func() []Command { return nil })
	p.Show()
	p.Show()
	if n := len(b.Window.Canvas().Overlays().List()); n != 1 {
		t.Fatalf("%d palettes are open", n)
	}
	test.Type(b.Window.Canvas().Focused(), "first1")
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if b.Went.Last() != "client 1" {
		t.Errorf("Enter went %q", b.Went.Last())
	}
	if n := len(b.Window.Canvas().Overlays().List()); n != 0 {
		t.Errorf("%d palettes are open after picking", n)
	}
	p.Show()
	if n := len(b.Window.Canvas().Overlays().List()); n != 1 {
		t.Errorf("the palette does not open again")
	}
}

// Where nothing answers, the list says so, and only once all has been asked.
func TestSaysThatNothingWasFound(t *testing.T) {
	b := billed(t)
	p := New(b.Desk, "", func() []Command { return []Command{{Title: "Home", Do: func() {}}} }, Act{Word: "credit", Says: func(who, _ string) string { return who }})
	list := kit.NewPickList("")
	for query, nothing := range map[string]bool{"zzqqzz": true, "credit zzqqzz": true, "home": false, "acme": false, "": false} {
		list.OnQuery = func(q string) { p.ask(list, q) }
		list.SetQuery("x")
		list.SetQuery(query)
		if list.Nothing() != nothing {
			t.Errorf("%q: says that nothing was found: %v", query, list.Nothing())
		}
	}
}

// AP-2: what needs no reading is offered at once, and stays beside what is found; where nothing can be read it is said so. Clients who are not active are marked.
func TestCommandsAreThereAtOnce(t *testing.T) {
	b := billed(t)
	closed := datatest.Client(3)
	closed.FirstName, closed.LastName, closed.Company, closed.Status = "Cara", "Moe", "", data.Closed
	datatest.Add(t, b.Store, closed)
	p := New(b.Desk, "", func() []Command { return []Command{{Title: "Credit notes of Ann", Do: func() {}}} }, Act{Word: "credit", Says: func(who, _ string) string { return "Credit " + who }})
	b.Window.SetContent(b.Bar)
	offered := func(query string) string {
		list := kit.NewPickList("")
		p.ask(list, query)
		var all []string
		for _, pick := range list.Picks() {
			all = append(all, pick.Title+" "+pick.Detail)
		}
		return strings.Join(all, "|")
	}
	for query, want := range map[string]string{
		"moe":        "Cara Moe Closed  #3",
		"ann":        "Ann Poe, Acme 24 Ltd #1|Credit notes of Ann ",
		"credit ann": "Credit Ann Poe, Acme 24 Ltd #1|Credit notes of Ann ",
	} {
		if got := offered(query); got != want {
			t.Errorf("%q offers %q, want %q", query, got, want)
		}
	}
	b.Store.Close()
	if got := offered("ann"); got != "Credit notes of Ann " || b.Bar.Text() == "" {
		t.Errorf("where nothing can be read it offers %q and says %q", got, b.Bar.Text())
	}
}

// A client is chosen for something with another one: not with itself.
func TestChooseAnotherClient(t *testing.T) {
	b := billed(t)
	chosen := ""
	ChooseClient(b.Desk, "Who?", 1, func(r data.ClientRow) { chosen = r.Company })
	for _, r := range "oe" { // which both are called
		b.Canvas().Focused().TypedRune(r)
	}
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if chosen != "Umbrella" {
		t.Errorf("chose %q", chosen)
	}
}

// A click beside the palette takes it away; it opens again by its keys, and in the place of a search for a client that is open.
func TestOpensAgainAfterAClickBesideIt(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk, "", func() []Command { return nil })
	p.Show()
	test.TapCanvas(b.Canvas(), fyne.NewPos(3, b.Canvas().Size().Height-3))
	if top := b.Canvas().Overlays().Top(); top != nil {
		t.Fatalf("after a click beside it %T is there", top)
	}
	p.Show()
	if !kit.PaletteShows(p.list) {
		t.Fatal("it does not open again")
	}
	p.list.OnLeave()
	ForMail(b.Desk)
	p.Show()
	if n := len(b.Canvas().Overlays().List()); !kit.PaletteShows(p.list) || n != 1 {
		t.Errorf("beside the search for a client it is shown: %v, %d lie over the page", kit.PaletteShows(p.list), n)
	}
}
