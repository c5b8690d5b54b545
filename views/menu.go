package views

import (
	"runtime"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/credit"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/payment"
	"clientele/views/restoring"
	"clientele/views/settings"
	"clientele/views/tomany"
)

// keyNames is how a shortcut of the product's main modifier is written.
func keyNames(key string) string {
	if runtime.GOOS == "darwin" {
		return "⌘" + key
	}
	return i18n.T("Ctrl") + "+" + key
}

// item is an entry of the main menu with its shortcut. Shortcuts hang on the menu, since others do not fire while a field has the keyboard. They
// reach through dialogs, so nothing happens while one is open.
func item(label string, key fyne.KeyName, do func()) *fyne.MenuItem {
	m := fyne.NewMenuItem(label, func() {
		if !kit.DialogOpen() {
			do()
		}
	})
	if key != "" {
		m.Shortcut = &desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierShortcutDefault}
	}
	return m
}

// saveItem saves what was typed on a page, or in the dialog above it.
func saveItem(c fyne.Canvas, save func()) *fyne.MenuItem {
	m := item(i18n.T("Save"), fyne.KeyS, nil)
	m.Action = func() {
		if kit.DialogOpen() {
			kit.SaveDialog(c)
		} else {
			save()
		}
	}
	return m
}

// shifted has the shift key held too for an item's shortcut.
func shifted(m *fyne.MenuItem) *fyne.MenuItem {
	if key, ok := m.Shortcut.(*desktop.CustomShortcut); ok {
		key.Modifier |= fyne.KeyModifierShift
	}
	return m
}

// lockItem locks the window, also where a dialog is open: what is typed in it is kept.
func (s *Window) lockItem() *fyne.MenuItem {
	m := fyne.NewMenuItem(i18n.T("Lock Now"), s.Lock)
	m.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyL, Modifier: fyne.KeyModifierShortcutDefault}
	return m
}

// undoKey has Ctrl+Z take back the newest deletion. It does not hang on the menu, since in a field it has to take back what was typed there.
func undoKey(d *desk.Desk) {
	d.Canvas().AddShortcut(&fyne.ShortcutUndo{}, func(fyne.Shortcut) {
		if !kit.DialogOpen() {
			d.UndoLast()
		}
	})
}

// menu is the main menu, in the words of the client management that admins know.
func (s *Window) menu() *fyne.MainMenu {
	quit := item(i18n.T("Quit"), fyne.KeyQ, s.close)
	quit.IsQuit = true
	view := []*fyne.MenuItem{
		item(i18n.T("Search or Do…"), fyne.KeyK, s.palette.Show),
		item(i18n.T("Find on This Page"), fyne.KeyF, func() { s.current().Find() }),
		fyne.NewMenuItemSeparator(),
		item(i18n.T("Home"), "", s.to(sectionHome)),
		item(i18n.T("Clients"), "", s.Clients),
		item(i18n.T("Invoices"), "", s.Invoices),
		item(i18n.T("Transactions"), "", s.to(sectionTransactions)),
		item(i18n.T("Services"), "", s.to(sectionServices)),
		item(i18n.T("Mail"), "", func() { s.Mail() }),
		item(i18n.T("Daily Run"), "", s.Daily),
		item(i18n.T("Activity Log"), "", s.Log),
		item(i18n.T("Settings"), fyne.KeyComma, func() { s.Settings("") }),
		fyne.NewMenuItemSeparator(),
		item(i18n.T("Next Tab"), fyne.KeyTab, func() { s.tabs.Step(1) }),
		shifted(item(i18n.T("Previous Tab"), fyne.KeyTab, func() { s.tabs.Step(-1) })),
		item(i18n.T("Close Tab"), fyne.KeyW, s.closeCurrent),
	}
	var parts []*fyne.MenuItem
	for n := 1; n <= 9; n++ {
		parts = append(parts, item(i18n.T("Part %s", strconv.Itoa(n)), fyne.KeyName(strconv.Itoa(n)), func() { s.part(n) }))
	}
	inClient := fyne.NewMenuItem(i18n.T("In This Client"), nil)
	inClient.ChildMenu = fyne.NewMenu("", parts...)
	return fyne.NewMainMenu(
		fyne.NewMenu(i18n.T("File"),
			item(i18n.T("Import Clients…"), "", s.Import),
			item(i18n.T("Export Everything…"), "", func() { settings.ExportAll(s.desk) }),
			fyne.NewMenuItemSeparator(),
			item(i18n.T("Back Up to a File…"), "", func() { settings.SaveBackup(s.desk) }),
			item(i18n.T("Restore from a File…"), "", func() { restoring.Choose(s.desk) }),
			fyne.NewMenuItemSeparator(),
			saveItem(s.window.Canvas(), func() { s.current().Save() }),
			item(i18n.T("Undo Deletion"), "", s.desk.UndoLast),
			fyne.NewMenuItemSeparator(), s.lockItem(), quit),
		fyne.NewMenu(i18n.T("Clients"),
			item(i18n.T("Add New Client"), fyne.KeyN, s.AddClient),
			item(i18n.T("View Clients"), "", s.Clients),
			fyne.NewMenuItemSeparator(),
			s.sendEmail(),
			item(i18n.T("New Invoice…"), "", s.newInvoice),
			item(i18n.T("Generate Due Invoices"), "", s.inFront(accountPage.GenerateInvoices)),
			item(i18n.T("Account Statement"), "", s.inFront(accountPage.AccountStatement)),
			fyne.NewMenuItemSeparator(),
			item(i18n.T("Manage Credits"), "", s.inFront(accountPage.ManageCredits)),
			item(i18n.T("Manage Credit Card Information"), "", s.inFront(accountPage.ManageCard)),
			item(i18n.T("Clear Details (stored card)"), "", s.inFront(accountPage.ClearCard)),
			fyne.NewMenuItemSeparator(),
			item(i18n.T("Reset & send password"), "", s.inFront(accountPage.RemindAccess)),
			item(i18n.T("Open client area as this client"), "", s.inFront(accountPage.OpenArea)),
			fyne.NewMenuItemSeparator(),
			item(i18n.T("Merge Client Accounts"), "", s.inFront(accountPage.MergeClients)),
			item(i18n.T("Find Likely Duplicates"), "", s.Duplicates),
			fyne.NewMenuItemSeparator(),
			item(i18n.T("Close Client…"), "", s.inFront(accountPage.CloseClient)),
			item(i18n.T("Delete Client"), "", s.inFront(accountPage.DeleteClient)),
			fyne.NewMenuItemSeparator(), inClient),
		fyne.NewMenu(i18n.T("View"), view...),
		fyne.NewMenu(i18n.T("Help"), s.helpMenu(),
			item(i18n.T("About Clientele"), "", func() { s.Settings("about") })),
	)
}

// commands are what the palette offers, first what can be done with the page in front alone.
func (s *Window) commands() []palette.Command {
	return append(s.papers(), s.everywhere()...)
}

// papers are the commands of an invoice in front.
func (s *Window) papers() []palette.Command {
	paper, ok := s.current().(interface {
		OpenPDF()
		SavePDF()
	})
	if !ok {
		return nil
	}
	return []palette.Command{{Title: i18n.T("Open PDF to Print"), Do: paper.OpenPDF}, {Title: i18n.T("Save PDF…"), Do: paper.SavePDF}}
}

// everywhere are the commands that are there whatever is in front.
func (s *Window) everywhere() []palette.Command {
	return []palette.Command{
		{Title: i18n.T("Add New Client"), Keys: keyNames("N"), Do: s.AddClient},
		{Title: i18n.T("Home"), Do: s.to(sectionHome)},
		{Title: i18n.T("Clients"), Do: s.Clients},
		{Title: i18n.T("Import clients from a file"), Do: s.Import},
		{Title: i18n.T("Invoices"), Do: s.Invoices},
		{Title: i18n.T("Overdue invoices"), Do: func() { s.InvoicesBy(data.InvoiceFilter{OverdueOn: date.Today(s.desk.App.Now())}) }},
		{Title: i18n.T("Unpaid invoices"), Do: func() { s.InvoicesBy(data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Unpaid}}) }},
		{Title: i18n.T("Drafts of invoices"), Do: func() { s.InvoicesBy(data.InvoiceFilter{Statuses: []data.InvoiceStatus{billing.Draft}}) }},
		{Title: i18n.T("Clients who owe money: who owes what"), Do: func() { s.ClientsBy(data.ClientFilter{Owes: true}) }},
		{Title: i18n.T("New Invoice…"), Do: s.newInvoice},
		{Title: i18n.T("Record Payment…"), Do: func() { payment.Choose(s.desk) }},
		{Title: i18n.T("Manage Credits"), Do: s.inFront(accountPage.ManageCredits)},
		{Title: i18n.T("Manage Credit Card Information"), Do: s.inFront(accountPage.ManageCard)},
		{Title: i18n.T("Clear Details (stored card)"), Do: s.inFront(accountPage.ClearCard)},
		{Title: i18n.T("Generate due invoices of the client in front"), Do: s.inFront(accountPage.GenerateInvoices)},
		{Title: i18n.T("Account Statement"), Do: s.inFront(accountPage.AccountStatement)},
		{Title: i18n.T("Merge Client Accounts"), Do: s.inFront(accountPage.MergeClients)},
		{Title: i18n.T("Find likely duplicates"), Do: s.Duplicates},
		{Title: i18n.T("Close Client…"), Do: s.inFront(accountPage.CloseClient)},
		{Title: i18n.T("Delete Client"), Do: s.inFront(accountPage.DeleteClient)},
		{Title: i18n.T("Transactions"), Do: s.to(sectionTransactions)},
		{Title: i18n.T("Services"), Do: s.to(sectionServices)},
		{Title: i18n.T("Mail"), Do: func() { s.Mail() }},
		{Title: i18n.T("Daily run: what is due, reports"), Do: s.Daily},
		{Title: i18n.T("Activity log"), Do: s.Log},
		{Title: i18n.T("Undo the last deletion"), Keys: keyNames("Z"), Do: s.desk.UndoLast},
		{Title: i18n.T("Send email to the client in front"), Do: s.writeMail},
		{Title: i18n.T("Client Area Details Reminder"), Do: s.remindAccess},
		{Title: i18n.T("Reset & send password"), Do: s.inFront(accountPage.RemindAccess)},
		{Title: i18n.T("Open client area as this client"), Do: s.inFront(accountPage.OpenArea)},
		{Title: i18n.T("Send email to all clients…"), Do: func() { tomany.Write(s.desk, data.ClientFilter{Statuses: []data.Status{data.Active, data.Inactive}}) }},
		{Title: i18n.T("Mails to many clients: progress, pause"), Do: func() { tomany.Show(s.desk) }},
		{Title: i18n.T("Send waiting mail now"), Do: s.params.App.Outbox.SendNow},
		{Title: i18n.T("Settings"), Keys: keyNames(","), Do: func() { s.Settings("") }},
		{Title: i18n.T("Settings: office, currency"), Do: func() { s.Settings(settings.Office) }},
		{Title: i18n.T("Settings: mail server"), Do: func() { s.Settings("mail") }},
		{Title: i18n.T("Settings: mail templates"), Do: func() { s.Settings(settings.Templates) }},
		{Title: i18n.T("Settings: products and prices"), Do: func() { s.Settings(settings.Products) }},
		{Title: i18n.T("Settings: taxes"), Do: func() { s.Settings(settings.Taxes) }},
		{Title: i18n.T("Settings: invoices, logo"), Do: func() { s.Settings(settings.Invoices) }},
		{Title: i18n.T("Settings: cards, CC Encryption Hash"), Do: func() { s.Settings(settings.Cards) }},
		{Title: i18n.T("Settings: daily run, reminders, late fees"), Do: func() { s.Settings(settings.Daily) }},
		{Title: i18n.T("Settings: client area, TLS, colour"), Do: func() { s.Settings(settings.Area) }},
		{Title: i18n.T("Settings: client groups"), Do: func() { s.Settings("groups") }},
		{Title: i18n.T("Settings: custom fields"), Do: func() { s.Settings("fields") }},
		{Title: i18n.T("Settings: sharing, shared database, admins"), Do: func() { s.Settings(settings.Sharing) }},
		{Title: i18n.T("Back Up to a File…"), Do: func() { settings.SaveBackup(s.desk) }},
		{Title: i18n.T("Export Everything…"), Do: func() { settings.ExportAll(s.desk) }},
		{Title: i18n.T("Restore from a File…"), Do: func() { restoring.Choose(s.desk) }},
		{Title: i18n.T("Settings: backups, back up now, restore"), Do: func() { s.Settings(settings.Backups) }},
		{Title: i18n.T("Settings: look, language, light and dark, text size"), Do: func() { s.Settings("look") }},
		{Title: i18n.T("User Guide"), Do: s.Help},
		{Title: i18n.T("About Clientele"), Do: func() { s.Settings("about") }},
		{Title: i18n.T("Lock this window now"), Keys: keyNames("L"), Do: s.Lock},
		{Title: i18n.T("Settings: window lock, passphrase"), Do: func() { s.Settings(settings.Lock) }},
		{Title: i18n.T("Quit"), Keys: keyNames("Q"), Do: s.close},
	}
}

// acts are what the palette does to a client or an invoice that is named behind a word. Each opens what asks before anything is done.
func (s *Window) acts() []palette.Act {
	return []palette.Act{
		{
			Word: i18n.T("credit"), Amounts: true,
			Says: func(who, amount string) string {
				if amount == "" {
					return i18n.T("Manage Credits of %s", who)
				}
				return i18n.T("Add Credit of %s to %s", amount, who)
			},
			Client: func(r data.ClientRow, amount *money.Money) {
				if amount == nil {
					credit.Show(s.desk, r.ID)
				} else {
					credit.Add(s.desk, r.ID, *amount)
				}
			},
		},
		{
			Word: i18n.T("pay"), Amounts: true,
			Says: func(who, amount string) string {
				if amount == "" {
					return i18n.T("Record Payment: %s", who)
				}
				return i18n.T("Record Payment of %s: %s", amount, who)
			},
			Client: func(r data.ClientRow, amount *money.Money) {
				if amount == nil {
					payment.Show(s.desk, r.ID, 0)
				} else {
					payment.ShowAmount(s.desk, r.ID, *amount)
				}
			},
			Invoice: func(r data.InvoiceRow) { payment.Show(s.desk, r.ClientID, r.ID) },
		},
		{
			Word: i18n.T("invoice"), Says: func(who, _ string) string { return i18n.T("New Invoice for %s", who) },
			Client: func(r data.ClientRow, _ *money.Money) { s.NewInvoice(r.ID) },
		},
		{
			Word: i18n.T("mail"), Says: func(who, _ string) string { return i18n.T("Send Email to %s", who) },
			Client: func(r data.ClientRow, _ *money.Money) { s.WriteMail(r.ID, app.Manual{}) },
		},
	}
}

// part shows a tab of the client in sight.
func (s *Window) part(n int) {
	if tabbed, ok := s.current().(interface{ Tab(n int) }); ok {
		tabbed.Tab(n)
	}
}

// sendEmail is the menu of what can be sent to the client in sight.
func (s *Window) sendEmail() *fyne.MenuItem {
	m := fyne.NewMenuItem(i18n.T("Send Email"), nil)
	m.ChildMenu = fyne.NewMenu("",
		item(i18n.T("New Message…"), "", s.writeMail),
		item(i18n.T("Client Area Details Reminder…"), "", s.remindAccess))
	return m
}

// remindAccess sends the client in sight a new password for the client area, once that is confirmed.
func (s *Window) remindAccess() {
	if page, ok := s.current().(interface{ RemindAccess() }); ok {
		page.RemindAccess()
		return
	}
	s.desk.Say(i18n.T("Open a client first: the reminder goes to the client in front."))
}

// writeMail begins a mail to the client in sight, or asks to whom.
func (s *Window) writeMail() {
	if page, ok := s.current().(interface{ WriteMail() }); ok {
		page.WriteMail()
	} else {
		palette.ForMail(s.desk)
	}
}

// newInvoice begins an invoice for the client in sight, or asks for whom.
func (s *Window) newInvoice() {
	if page, ok := s.current().(interface{ NewInvoice() }); ok {
		page.NewInvoice()
	} else {
		palette.ForInvoice(s.desk)
	}
}

// accountPage is a page of a client, with what its account offers.
type accountPage interface {
	ManageCredits()
	ManageCard()
	ClearCard()
	RemindAccess()
	OpenArea()
	AccountStatement()
	GenerateInvoices()
	CloseClient()
	MergeClients()
	DeleteClient()
}

// inFront does something with the client in sight.
func (s *Window) inFront(do func(accountPage)) func() {
	return func() {
		if page, ok := s.current().(accountPage); ok {
			do(page)
		} else {
			s.desk.Say(i18n.T("Open a client first: this is about the client in front."))
		}
	}
}

func (s *Window) closeCurrent() {
	if s.section == sectionClients {
		s.tabs.Close(s.tabs.Current())
	}
}

var _ desk.Navigator = (*Window)(nil)
