package views

import (
	"fyne.io/fyne/v2"

	"clientele/views/dailyrun"
	"clientele/views/desk"
	"clientele/views/home"
	"clientele/views/invoices"
	"clientele/views/mails"
	"clientele/views/services"
	"clientele/views/settings"
	"clientele/views/transactions"
)

// Go shows a section.
func (s *Window) Go(section string) {
	s.desk.Secrets.Hide()
	if section == sectionClients {
		s.list()
	}
	s.section = section
	s.rail.SetPage(section)
	page := s.current()
	object := fyne.CanvasObject(s.tabs)
	if section != sectionClients {
		object = page.Object()
	}
	s.put(object)
	s.turnTo(page)
}

// put shows a page in the middle.
func (s *Window) put(page fyne.CanvasObject) {
	if len(s.middle.Objects) > 0 && s.middle.Objects[0] != page {
		s.window.Canvas().Unfocus() // else the keyboard would go on in the page that is out of sight
	}
	s.middle.Objects = []fyne.CanvasObject{page}
	s.middle.Refresh()
}

// current is the page in sight.
func (s *Window) current() desk.Page {
	switch s.section {
	case sectionHome:
		return built(s, sectionHome, func() *home.Page { return home.New(s.desk) })
	case sectionInvoices:
		return s.invoices()
	case sectionMail:
		return s.mail()
	case sectionServices:
		return built(s, sectionServices, func() *services.Page { return services.New(s.desk) })
	case sectionTransactions:
		return s.transactions()
	case sectionDaily:
		return built(s, sectionDaily, func() *dailyrun.Page { return dailyrun.New(s.desk) })
	case sectionSettings:
		return s.settings()
	}
	return s.pages[s.tabs.Current()]
}

// built is the page of a section, made when it is first wanted: the first page should not wait for the others.
func built[P desk.Page](s *Window, section string, build func() P) P {
	if p, ok := s.pages[section].(P); ok {
		return p
	}
	p := build()
	s.pages[section] = p
	return p
}

// to leads to a section, after asking about unsaved settings.
func (s *Window) to(section string) func() {
	return func() { s.leave(func() { s.Go(section) }) }
}

// mail is the Mail page.
func (s *Window) mail() *mails.Page {
	return built(s, sectionMail, func() *mails.Page { return mails.New(s.desk) })
}

// invoices is the Invoices page.
func (s *Window) invoices() *invoices.Page {
	return built(s, sectionInvoices, func() *invoices.Page { return invoices.New(s.desk) })
}

// transactions is the Transactions page.
func (s *Window) transactions() *transactions.Page {
	return built(s, sectionTransactions, func() *transactions.Page { return transactions.New(s.desk) })
}

// settings is the Settings page.
func (s *Window) settings() *settings.Page {
	if p, ok := s.pages[sectionSettings].(*settings.Page); ok {
		return p
	}
	p := settings.New(s.desk, settings.Params{
		Version: s.params.Version, Folder: s.params.Folder, OnLook: s.look, Restart: s.restart, Again: s.again(),
		Speech: speech(s.desk.Prefs), Shown: s.spoken, OnSpeech: s.speech, Faults: s.params.Faults,
	})
	s.pages[sectionSettings] = p
	return p
}

// leaveSettings asks about unsaved settings before another section comes; the tabs keep what is typed.
func (s *Window) leave(then func()) {
	if s.section == sectionSettings {
		s.settings().Leave(then)
		return
	}
	then()
}
