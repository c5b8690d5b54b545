package views

import (
	"strconv"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/activity"
	"clientele/views/client"
	"clientele/views/desk"
	"clientele/views/duplicates"
	"clientele/views/importing"
	"clientele/views/invoice"
)

// Clients shows the list.
func (s *Window) Clients() { s.toTab(listTab) }

// Client opens a client in a tab.
func (s *Window) Client(id int64) {
	key := "client " + strconv.FormatInt(id, 10)
	s.openTab(key, "#"+strconv.FormatInt(id, 10), func() desk.Page { return client.Open(s.desk, id) })
}

// WriteMail opens a client and begins a mail to them.
func (s *Window) WriteMail(clientID int64, m app.Manual) {
	s.Client(clientID)
	if page, ok := s.pages["client "+strconv.FormatInt(clientID, 10)].(*client.Page); ok {
		page.WriteMailWith(m)
	}
}

// DeleteClient asks for a client of the list.
func (s *Window) DeleteClient(id int64) { client.Delete(s.desk, id) }

// AddClient opens the form.
func (s *Window) AddClient() {
	s.openTab(addTab, i18n.T("New client"), func() desk.Page { return client.New(s.desk) })
}

// Import opens the import of a file.
func (s *Window) Import() { s.importFile("") }

func (s *Window) importFile(path string) {
	page := s.openTab(importTab, i18n.T("Import"), func() desk.Page { return importing.New(s.desk, path) })
	if drop, ok := page.(interface{ Take(path string) }); ok && path != "" {
		drop.Take(path)
	}
}

// Daily shows the page of the daily run.
func (s *Window) Daily() { s.to(sectionDaily)() }

// Log opens the activity log of everything.
func (s *Window) Log() {
	s.openTab(logTab, i18n.T("Activity log"), func() desk.Page { return activity.New(s.desk) })
}

// Duplicates opens the list of clients who may be one and the same.
func (s *Window) Duplicates() {
	s.openTab(duplicatesTab, i18n.T("Likely duplicates"), func() desk.Page { return duplicates.New(s.desk) })
}

// Restart ends the program, which then starts anew on data that was put in the place of the old.
func (s *Window) Restart() { s.restart() }

// Mail shows the Mail page.
func (s *Window) Mail(states ...data.MailState) {
	s.leave(func() {
		s.mail().Filter(states...)
		s.Go(sectionMail)
	})
}

// Invoices shows the Invoices page.
func (s *Window) Invoices() { s.leave(func() { s.Go(sectionInvoices) }) }

// ClientsBy shows the clients that a filter leaves.
func (s *Window) ClientsBy(f data.ClientFilter) {
	s.list().Show(f)
	s.toTab(listTab)
}

// InvoicesBy shows the invoices that a filter leaves.
func (s *Window) InvoicesBy(f data.InvoiceFilter) {
	s.leave(func() {
		s.invoices().Show(f)
		s.Go(sectionInvoices)
	})
}

// TransactionsBy shows the transactions that a filter leaves.
func (s *Window) TransactionsBy(f data.TransactionFilter) {
	s.leave(func() {
		s.transactions().Filter(f)
		s.Go(sectionTransactions)
	})
}

// Invoice opens an invoice in a tab.
func (s *Window) Invoice(id int64) {
	key := "invoice " + strconv.FormatInt(id, 10)
	s.openTab(key, i18n.T("Invoice"), func() desk.Page { return invoice.Open(s.desk, id) })
}

// NewInvoice opens an empty invoice of a client in a tab.
func (s *Window) NewInvoice(clientID int64) {
	key := "new invoice " + strconv.FormatInt(clientID, 10)
	s.openTab(key, i18n.T("New invoice"), func() desk.Page { return invoice.New(s.desk, clientID) })
}

// Settings shows a section of the settings.
func (s *Window) Settings(section string) {
	if section != "" {
		s.settings().Section(section)
	}
	s.Go(sectionSettings)
}
