package views

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// open builds the whole window on a store with three clients.
func open(t *testing.T) (*viewtest.Bench, *Window) {
	t.Helper()
	b := viewtest.New(t)
	datatest.Add(t, b.Store, datatest.Client(1), datatest.Client(2), datatest.Client(3))
	s := newWindow(b.Window, b.Run, Params{App: b.App, Version: "1", Now: datatest.Clock}, b.Prefs)
	t.Cleanup(b.App.Events.Subscribe(s.changed))
	s.office()
	return b, s
}

// Clients open in tabs beside the list, once each, under their names.
func TestClientsOpenInTabs(t *testing.T) {
	_, s := open(t)
	s.Client(1)
	s.Client(2)
	s.Client(1)
	if got := s.tabs.Current(); got != "client 1" {
		t.Errorf("in front: %q", got)
	}
	if len(s.pages) != 4 { // home, the list and two clients
		t.Errorf("%d pages are open", len(s.pages))
	}
	s.Go(sectionMail)
	s.Client(2)
	if s.section != sectionClients || s.tabs.Current() != "client 2" {
		t.Errorf("from mail to %s, %s", s.section, s.tabs.Current())
	}
	s.tabs.Close("client 2")
	if _, there := s.pages["client 2"]; there || len(s.pages) != 4 { // home, the list, mail, one client
		t.Errorf("a closed tab's page is kept")
	}
}

// CL-8: what is typed is not lost by closing a tab or the window.
func TestUnsavedWorkIsAskedAbout(t *testing.T) {
	b, s := open(t)
	s.AddClient()
	b.Window.Canvas().Focused().TypedRune('x')
	s.tabs.Close(addTab)
	if !kit.DialogOpen() || s.pages[addTab] == nil {
		t.Fatal("a form with unsaved work was closed without a question")
	}
	tap(t, b, "Stay Here")
	if s.tabs.Current() != addTab {
		t.Error("staying did not stay")
	}
	s.close()
	if !kit.DialogOpen() {
		t.Fatal("the window closes over unsaved work")
	}
	tap(t, b, "Stay Here")
	s.tabs.Close(addTab)
	tap(t, b, "Discard")
	if s.pages[addTab] != nil || s.tabs.Current() == addTab {
		t.Error("discarding left the form open")
	}
}

func tap(t *testing.T, b *viewtest.Bench, label string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
		if button, ok := o.(*kit.Button); ok && button.Text == label {
			test.Tap(button)
			return
		}
	}
	t.Fatalf("no button %q", label)
}

// The mark at the foot of the rail follows the outbox.
func TestOutboxMark(t *testing.T) {
	b, s := open(t)
	if got := s.rail.Mark(markOutbox); got != "No mail server yet" {
		t.Errorf("without a mail server the mark says %q", got)
	}
	s.rail.OnGo(markOutbox)
	if s.section != sectionSettings || s.settings().Current() != "mail" {
		t.Fatalf("the mark leads to %s", s.section)
	}
	b.Settings(func(set *app.Settings) { set.SMTPHost, set.MailFrom = "127.0.0.1", "office@example.com" })
	p := app.NewProfile(app.Settings{Country: "GB", Currency: "GBP", Language: "en"})
	p.FirstName, p.LastName, p.Email = "A", "B", "ab@example.com"
	if _, err := b.App.Clients.Add(context.Background(), app.NewClient{Profile: p, SendWelcome: true}); err != nil {
		t.Fatal(err)
	}
	b.Run.Advance(time.Second)
	counts, err := b.App.Mails.Counts(context.Background())
	if err != nil || counts[data.MailQueued] != 1 {
		t.Fatalf("%v, %v", counts, err)
	}
	if got := s.rail.Mark(markOutbox); got != "One mail waits" {
		t.Errorf("the mark says %q", got)
	}
}

// After a restore the window says that the data is that of the backup now, once.
func TestRestoredIsSaid(t *testing.T) {
	b := viewtest.New(t)
	made := app.Restore{From: "clientele-1.db", Replaced: "clientele-2.db", Manifest: app.Manifest{Made: datatest.Clock()}}
	s := newWindow(b.Window, b.Run, Params{App: b.App, Version: "1", Now: datatest.Clock, Restored: made}, b.Prefs)
	s.office()
	if got := s.desk.Bar.Text(); !strings.Contains(got, "was restored") || !strings.Contains(got, "clientele-2.db") {
		t.Errorf("the bar says %q", got)
	}
	s.desk.Bar.Clear()
	s.sayRestored()
	if got := s.desk.Bar.Text(); got != "" {
		t.Errorf("it is said again: %q", got)
	}
}

// What cannot be undone is told of with what can be.
func TestNothingToUndo(t *testing.T) {
	_, s := open(t)
	s.desk.UndoLast()
	if got := s.desk.Bar.Text(); !strings.Contains(got, "credit entries, services and drafts") || !strings.Contains(got, "A deleted client comes back with the backup") {
		t.Errorf("the bar says %q", got)
	}
}

// Menu items do nothing while a dialog is open: their shortcuts reach through it.
func TestMenuRespectsDialogs(t *testing.T) {
	b, _ := open(t)
	done := 0
	m := item("x", fyne.KeyN, func() { done++ })
	m.Action()
	d := kit.Message(b.Window.Canvas(), "a", "b", "")
	m.Action()
	d.Dismiss()
	m.Action()
	if done != 2 {
		t.Errorf("done %d times, want 2", done)
	}
}

// Ctrl+S saves what the dialog above a page has, and nothing on the page; what destroys something is asked for by its button.
func TestSaveInADialog(t *testing.T) {
	b, _ := open(t)
	c := b.Window.Canvas()
	page, acted := 0, 0
	m := saveItem(c, func() { page++ })
	ask := func(danger bool) *kit.OpenDialog {
		form := kit.NewForm(kit.Group{Fields: []kit.Field{{Key: "name", Label: "Name", Input: kit.NewText(10)}}})
		return kit.ShowDialog(c, kit.Dialog{Title: "Ask", Form: form, Action: "Do", Danger: danger, Do: func(done func(error)) { acted++; done(nil) }})
	}
	ask(false)
	m.Action()
	if acted != 1 || page != 0 || kit.DialogOpen() {
		t.Errorf("acted %d times, the page was saved %d times", acted, page)
	}
	m.Action()
	d := ask(true)
	m.Action()
	if acted != 1 || page != 1 || !d.Open() {
		t.Errorf("acted %d times, the page was saved %d times; the dangerous one is open: %v", acted, page, d.Open())
	}
	d.Dismiss()
}

// A thousand changes while the window is busy become one turn, each change once.
func TestInboxGathers(t *testing.T) {
	b, _ := open(t)
	var got []app.Change
	in := &inbox{run: b.Run, deliver: func(c app.Change) { got = append(got, c) }}
	in.pending = map[app.Change]struct{}{} // as if a turn were due already
	for range 1000 {
		in.put(app.Change{Topic: app.TopicMail, ClientID: 1})
		in.put(app.Change{Topic: app.TopicMail})
	}
	in.empty()
	if len(got) != 2 {
		t.Errorf("%d changes were delivered, want 2", len(got))
	}
	in.put(app.Change{Topic: app.TopicGroups})
	if len(got) != 3 {
		t.Errorf("the next change was not delivered")
	}
}

// Every menu entry and every command leads somewhere, on an office and with nothing selected.
func TestEveryCommandWorks(t *testing.T) {
	b, s := open(t)
	asks := map[string]bool{
		"Send email to all clients…": true, "Mails to many clients: progress, pause": true, "Back Up to a File…": true, "Export Everything…": true, "Restore from a File…": true,
	}
	for _, c := range s.commands() {
		if c.Title == "Quit" {
			continue
		}
		c.Do()
		b.Run.Advance(time.Second)
		if kit.DialogOpen() != asks[c.Title] {
			t.Errorf("%q: a dialog is open: %v", c.Title, kit.DialogOpen())
		}
		if kit.DialogOpen() {
			press(s, fyne.KeyEscape)
		}
		if b.Bar.Text() != "" {
			t.Errorf("%q says %q", c.Title, b.Bar.Text())
		}
	}
	for _, menu := range s.menu().Items {
		for _, m := range menu.Items {
			if !m.IsSeparator && !m.IsQuit && m.Action == nil && m.ChildMenu == nil {
				t.Errorf("%s > %s does nothing", menu.Label, m.Label)
			}
		}
	}
}

// The keyboard does not go on in a page that is out of sight: Enter would open what nobody sees.
func TestKeyboardLeavesWithItsPage(t *testing.T) {
	b, s := open(t)
	s.Go(sectionHome)
	var first fyne.Focusable
	for _, o := range test.LaidOutObjects(s.middle) {
		if f, ok := o.(fyne.Focusable); ok && o.Visible() {
			first = f
			break
		}
	}
	if first == nil {
		t.Fatal("nothing on Home takes the keyboard")
	}
	b.Window.Canvas().Focus(first)
	s.Go(sectionDaily)
	if b.Window.Canvas().Focused() == first {
		t.Error("the keyboard is still on Home")
	}
	s.Go(sectionHome)
	b.Window.Canvas().Focus(first)
	s.AddClient()
	if b.Window.Canvas().Focused() == first {
		t.Error("the keyboard is still on Home beside a tab")
	}
}

// AP-2: “credit first2 25” opens the entry with the amount filled in, and saving it gives the credit; nothing is done before.
func TestCreditByPalette(t *testing.T) {
	b, s := open(t)
	s.palette.Show()
	for _, r := range "credit first2 25" {
		b.Window.Canvas().Focused().TypedRune(r)
	}
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got, err := b.App.Clients.Get(context.Background(), 2); err != nil || got.Credit != 0 {
		t.Fatalf("credit was given without being confirmed: %d, %v", got.Credit, err)
	}
	for _, f := range []string{"", "Goodwill"} { // the date is there; the description is asked for
		entry := b.Window.Canvas().Focused()
		for _, r := range f {
			entry.TypedRune(r)
		}
		b.Window.Canvas().FocusNext()
		if _, ok := b.Window.Canvas().Focused().(*kit.Button); ok { // that opens the calendar
			b.Window.Canvas().FocusNext()
		}
	}
	tap(t, b, "Save Changes")
	if got, err := b.App.Clients.Get(context.Background(), 2); err != nil || got.Credit != 2500 {
		t.Errorf("credit %d, %v", got.Credit, err)
	}
}

// AP-3: the window begins with Home, and a figure there leads to its list.
func TestBeginsAtHome(t *testing.T) {
	b, s := open(t)
	if s.section != sectionHome {
		t.Errorf("begins at %q", s.section)
	}
	s.InvoicesBy(data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Unpaid}, Currency: "GBP"})
	if s.section != sectionInvoices {
		t.Errorf("the invoices are at %q", s.section)
	}
	s.TransactionsBy(data.TransactionFilter{Currency: "GBP"})
	if s.section != sectionTransactions {
		t.Errorf("the transactions are at %q", s.section)
	}
	s.ClientsBy(data.ClientFilter{Owes: true})
	if s.section != sectionClients || s.tabs.Current() != listTab {
		t.Errorf("the clients are at %q", s.section)
	}
	s.Go(sectionInvoices)
	b.Run.Advance(time.Second)
}

// In a narrow window the rail has icons alone.
func TestNarrowWindow(t *testing.T) {
	b, s := open(t)
	b.Window.Resize(fyne.NewSize(1280, 800))
	wide := s.rail.MinSize().Width
	b.Window.Resize(fyne.NewSize(1024, 700))
	if narrow := s.rail.MinSize().Width; narrow >= wide {
		t.Errorf("the rail is %v wide, and %v in a wide window", narrow, wide)
	}
	if least := b.Window.Content().MinSize(); least.Width > 1024 || least.Height > 700 {
		t.Errorf("the window cannot be smaller than %v", least)
	}
}

// With text of twice the size the window is no larger than the smallest screen: the rail has icons alone, and is lower. In a high window it is as ever.
func TestRailWithLargeText(t *testing.T) {
	b, s := open(t)
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{TextFactor: 2}))
	b.Window.Resize(fyne.NewSize(1280, 660)) // what is left of 700 by the menu
	if least := b.Window.Content().MinSize(); least.Height > 660 {
		t.Errorf("the window cannot be lower than %v", least.Height)
	}
	low, lastLow := s.rail.MinSize().Width, bottomOf(t, b, s.rail.Mark(markBackups))
	if lastLow > 660 {
		t.Errorf("the last mark ends at %v of 660", lastLow)
	}
	b.Window.Resize(fyne.NewSize(3000, 1600))
	if wide := s.rail.MinSize().Width; wide <= low {
		t.Errorf("the rail is %v wide in a wide window, and %v in a narrow one", wide, low)
	}
	if got := bottomOf(t, b, s.rail.Mark(markBackups)); got < 1500 || got > 1600 {
		t.Errorf("the last mark ends at %v of 1600", got)
	}
}

// bottomOf is where what is called that ends.
func bottomOf(t *testing.T, b *viewtest.Bench, label string) float32 {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Window.Content()) {
		if named, ok := o.(fyne.Accessible); ok && named.AccessibilityLabel() == label {
			return fyne.CurrentApp().Driver().AbsolutePositionForObject(o).Y + o.Size().Height
		}
	}
	t.Fatalf("there is no %q", label)
	return 0
}

// Why the program cannot start is said in a window, with a way out.
func TestFailureWindow(t *testing.T) {
	b := viewtest.New(t)
	left := false
	b.Window.SetContent(failure("The data file is damaged and was left as it is.", func() { left = true }))
	b.Window.Resize(fyne.NewSize(560, 280))
	for _, o := range test.LaidOutObjects(b.Window.Content()) {
		if button, ok := o.(*kit.Button); ok {
			test.Tap(button)
		}
	}
	if !left {
		t.Error("the window has no way out")
	}
	viewtest.Looks(t, "failure.png", b.Window.Canvas())
}

// AP-2: each section of the settings is found by its own name, and what the pages begin by a button is in the palette too.
func TestPaletteKnowsWhatThePagesSay(t *testing.T) {
	_, s := open(t)
	for _, typed := range []string{
		"settings office", "settings mail", "settings mail templates", "settings products", "settings taxes", "settings invoices", "settings client area", "settings cards",
		"settings daily run", "settings client groups", "settings custom fields", "settings sharing", "settings backups", "settings window lock", "settings look",
		"record payment", "new invoice", "add new client", "import", "about", "merge client accounts", "delete client", "manage credits", "back up",
	} {
		found := false
		for _, c := range s.commands() {
			all := true
			for _, word := range strings.Fields(typed) {
				all = all && slices.ContainsFunc(strings.Fields(strings.ToLower(c.Title)), func(w string) bool { return strings.HasPrefix(w, word) })
			}
			found = found || all
		}
		if !found {
			t.Errorf("%q finds nothing", typed)
		}
	}
}

// AP-2: “pay 1” opens the payment of that invoice, and nothing is recorded before it is saved.
func TestPayByPalette(t *testing.T) {
	b, s := open(t)
	ctx := context.Background()
	c, err := b.App.Clients.Get(ctx, 2)
	if err != nil {
		t.Fatal(err)
	}
	line := billing.Line{Description: "Work", Quantity: billing.One, UnitPrice: money.New(10_000, money.Currency(c.Currency))}
	id, err := b.App.Invoices.Create(ctx, 2, app.InvoiceDraft{Lines: []app.InvoiceLine{{Line: line}}}, "")
	if err == nil {
		err = b.App.Invoices.Publish(ctx, id, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	s.palette.Show()
	for _, r := range "pay 1" {
		b.Window.Canvas().Focused().TypedRune(r)
	}
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if i, err := b.App.Invoices.Get(ctx, id); err != nil || i.Status != billing.Unpaid {
		t.Fatalf("paid without being confirmed: %v, %v", i.Status, err)
	}
	tap(t, b, "Record Payment")
	if i, err := b.App.Invoices.Get(ctx, id); err != nil || i.Status != billing.Paid {
		t.Errorf("not paid: %v, %v", i.Status, err)
	}
}

// AP-5: the look that was chosen is shown at once, and at the next start.
func TestLookIsKept(t *testing.T) {
	b, s := open(t)
	want := theme.Options{Mode: theme.Dark, Density: theme.Dense, TextFactor: 1.3}
	s.look(want)
	if now, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); !ok || now.Options() != want {
		t.Errorf("shown: %+v", fyne.CurrentApp().Settings().Theme())
	}
	if got := lookOf(b.Prefs); got != want {
		t.Errorf("the next start shows %+v", got)
	}
}

// CL-3: Ctrl+N begins a new client from everywhere, as the shortcut of a menu's item: a canvas has none while a field has the keyboard.
func TestNewClientByShortcut(t *testing.T) {
	_, s := open(t)
	for _, m := range s.window.MainMenu().Items {
		for _, i := range m.Items {
			if k, ok := i.Shortcut.(*desktop.CustomShortcut); ok && k.KeyName == fyne.KeyN && k.Modifier == fyne.KeyModifierShortcutDefault {
				i.Action()
			}
		}
	}
	if got := s.tabs.Current(); !strings.Contains(got, "new") && !strings.Contains(got, "add") {
		t.Errorf("in front: %q", got)
	}
}

// Each key of the guide does what it says there, from any page: the tabs, their parts, finding, the settings.
func TestShortcuts(t *testing.T) {
	b, s := open(t)
	press := func(key fyne.KeyName, with fyne.KeyModifier) {
		t.Helper()
		var find func(items []*fyne.MenuItem) bool
		find = func(items []*fyne.MenuItem) bool {
			for _, i := range items {
				if k, ok := i.Shortcut.(*desktop.CustomShortcut); ok && k.KeyName == key && k.Modifier == fyne.KeyModifierShortcutDefault|with {
					i.Action()
					return true
				}
				if i.ChildMenu != nil && find(i.ChildMenu.Items) {
					return true
				}
			}
			return false
		}
		for _, m := range s.window.MainMenu().Items {
			if find(m.Items) {
				return
			}
		}
		t.Errorf("no item has the key %s", key)
	}
	s.Client(1)
	s.Client(2)
	for _, c := range []struct {
		key  fyne.KeyName
		with fyne.KeyModifier
		tab  string
	}{
		{fyne.KeyTab, 0, listTab},
		{fyne.KeyTab, fyne.KeyModifierShift, "client 2"},
		{fyne.KeyTab, fyne.KeyModifierShift, "client 1"},
		{fyne.KeyTab, 0, "client 2"},
		{fyne.KeyW, 0, "client 1"},
	} {
		if press(c.key, c.with); s.tabs.Current() != c.tab {
			t.Errorf("%s, %d: in front is %q, want %q", c.key, c.with, s.tabs.Current(), c.tab)
		}
	}
	before := s.pages["client 1"].Object()
	press(fyne.Key2, 0)
	if entry, ok := b.Canvas().Focused().(*kit.Entry); before == nil || !ok || entry.Text == "" {
		t.Errorf("Ctrl+2 is not the profile: the keyboard is at %T", b.Canvas().Focused())
	}
	press(fyne.KeyComma, 0)
	if s.section != sectionSettings {
		t.Errorf("the settings are at %q", s.section)
	}
	s.Clients()
	s.tabs.Go(listTab)
	press(fyne.KeyF, 0)
	if _, ok := b.Canvas().Focused().(*kit.Entry); !ok {
		t.Errorf("the keyboard is at %T", b.Canvas().Focused())
	}
	press(fyne.KeyK, 0)
	if b.Canvas().Overlays().Top() == nil {
		t.Error("the palette does not open")
	}
}

// Ctrl+F finds in a client's own window as it does in the main one.
func TestFindInAClientsWindow(t *testing.T) {
	b, s := open(t)
	if err := b.Store.Write(t.Context(), func(tx *data.Tx) error {
		return tx.InsertClientsWith([]data.Client{datatest.Client(4)}, [][]data.Contact{{{FirstName: "Ann", LastName: "Poe", Email: "ann@example.org"}}})
	}); err != nil {
		t.Fatal(err)
	}
	s.ClientWindow(4)
	own := s.windows[4]
	t.Cleanup(own.window.Close)
	b.Run.Advance(time.Second)
	own.page.(interface{ Tab(n int) }).Tab(3)
	own.window.Canvas().Unfocus()
	for _, m := range own.window.MainMenu().Items {
		for _, i := range m.Items {
			if k, ok := i.Shortcut.(*desktop.CustomShortcut); ok && k.KeyName == fyne.KeyF {
				i.Action()
			}
		}
	}
	if own.window.Canvas().Focused() == nil {
		t.Error("the search does not have the keyboard")
	}
}

// The palette leads to the lists that are wanted most, by the words that one types for them, and to the PDF of the invoice in front.
func TestPaletteLeadsToLists(t *testing.T) {
	_, s := open(t)
	offers := func(begin string) (all []palette.Command) {
		for _, c := range s.commands() {
			for _, word := range strings.Fields(strings.ToLower(c.Title)) {
				if strings.HasPrefix(word, begin) {
					all = append(all, c)
					break
				}
			}
		}
		return all
	}
	for _, begin := range []string{"overd", "unpaid", "drafts", "owes"} {
		found := offers(begin)
		if len(found) == 0 {
			t.Errorf("nothing for %q", begin)
			continue
		}
		s.Go(sectionHome)
		found[0].Do()
		if want := map[bool]string{true: sectionClients, false: sectionInvoices}[begin == "owes"]; s.section != want {
			t.Errorf("%q leads to %q", begin, s.section)
		}
	}
	if got := offers("pdf"); len(got) != 0 {
		t.Errorf("with a list in front there is %q", got[0].Title)
	}
	s.NewInvoice(1)
	if got := offers("pdf"); len(got) != 2 {
		t.Errorf("with an invoice in front there are %d", len(got))
	}
}

// An error that was read does not stand over the next page.
func TestErrorsLeaveWithTheirPage(t *testing.T) {
	b, s := open(t)
	s.Go(sectionHome)
	s.desk.Bar.Fail("The port is taken.")
	b.Run.Advance(time.Minute)
	s.Go(sectionInvoices)
	if said := s.desk.Bar.Text(); said != "" {
		t.Errorf("says %q", said)
	}
}

// The long menu has its parts apart, and no line at an end or twice.
func TestMenuHasItsPartsApart(t *testing.T) {
	_, s := open(t)
	clients, lines := s.window.MainMenu().Items[1], 0
	for i, m := range clients.Items {
		if !m.IsSeparator {
			continue
		}
		if lines++; i == 0 || i == len(clients.Items)-1 || clients.Items[i+1].IsSeparator {
			t.Errorf("a line stands at %d", i)
		}
	}
	if lines < 4 {
		t.Errorf("%d lines in %d entries", lines, len(clients.Items))
	}
}
