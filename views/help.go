package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"clientele/app/i18n"
	"clientele/views/client"
	"clientele/views/desk"
	"clientele/views/guide"
	"clientele/views/importing"
	"clientele/views/invoice"
	"clientele/views/kit"
	"clientele/views/settings"
)

// helpWindow is the guide in its window.
type helpWindow struct {
	window fyne.Window
	guide  *guide.Guide
}

// Help shows the guide in a window of its own, at the page for what is in front.
func (s *Window) Help() { s.helpAt(s.topic()) }

// helpAt shows a page of the guide.
func (s *Window) helpAt(name string) {
	if s.help != nil {
		s.help.guide.Show(name)
		s.help.window.RequestFocus()
		return
	}
	w := fyne.CurrentApp().NewWindow(i18n.T("Clientele – user guide"))
	leave := w.Close
	g, err := guide.New(s.desk.Run, guide.Pictures, leave)
	if err != nil {
		w.Close()
		s.desk.Fail(err)
		return
	}
	s.help = &helpWindow{w, g}
	w.SetOnClosed(func() { s.help = nil })
	w.SetContent(g.Object())
	w.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu(i18n.T("User Guide"), item(i18n.T("Close Window"), fyne.KeyW, leave))))
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if ev.Name == fyne.KeyEscape {
			leave()
		}
	})
	w.Resize(fyne.NewSize(1040, 760))
	g.Show(name)
	w.Show()
	g.FocusPage(w.Canvas())
}

// helpMenu is the entry of the guide in the menu, with the key that does the same. The toolkit knows no shortcut without a modifier: the key comes by package kit.
func (s *Window) helpMenu() *fyne.MenuItem {
	m := item(i18n.T("User Guide"), "", s.Help)
	m.Shortcut = &desktop.CustomShortcut{KeyName: fyne.KeyF1}
	kit.OnHelp = s.Help
	kit.HelpKey(s.window.Canvas())
	return m
}

// topics are the pages of the guide for the sections of the window, of the settings and of a client.
var topics = struct{ sections, settings, parts map[string]string }{
	sections: map[string]string{
		sectionHome: "home", sectionClients: "find", sectionInvoices: "invoice", sectionServices: "services", sectionTransactions: "pay", sectionMail: "mail",
		sectionDaily: "daily-run",
	},
	settings: map[string]string{
		settings.Office: "start", settings.Mail: "mail", settings.Templates: "mail", settings.Products: "services", settings.Taxes: "services",
		settings.Invoices: "invoice", settings.Area: "client-area", settings.Cards: "card", settings.Daily: "daily-run", settings.Fields: "add",
		settings.Sharing: "shared-office", settings.Backups: "backup", settings.Look: "look", settings.Lock: "lock",
	},
	parts: map[string]string{
		"profile": "profile", "contacts": "contact", "services": "services", "invoices": "invoice", "transactions": "pay", "files": "notes", "emails": "mail",
		"notes": "notes", "log": "notes", "summary": "profile",
	},
}

// topic is the page of the guide for what is in front.
func (s *Window) topic() string {
	if s.section == sectionSettings {
		return topics.settings[s.settings().Current()]
	}
	if s.section == sectionClients {
		return topicOf(s.current())
	}
	return topics.sections[s.section]
}

// topicOf is the page of the guide for a page in a tab.
func topicOf(p desk.Page) string {
	switch p := p.(type) {
	case *client.Page:
		return topics.parts[p.Part()]
	case *client.AddPage:
		return "add"
	case *invoice.Page:
		return "invoice"
	case *importing.Page:
		return "import"
	}
	return topics.sections[sectionClients]
}
