package views

import (
	"clientele/app/i18n"
	"clientele/views/clients"
	"clientele/views/desk"
)

// list is the list of clients, the first of the tabs. It is built when the tabs are first wanted, since it would cost the start of the program more than all of
// the first page.
func (s *Window) list() *clients.Page {
	if p, ok := s.pages[listTab].(*clients.Page); ok {
		return p
	}
	p := clients.New(s.desk)
	s.pages[listTab] = p
	s.tabs.Add(listTab, i18n.T("Clients"), p.Object(), true)
	return p
}

// toTabs puts the tabs into the middle.
func (s *Window) toTabs() {
	s.list()
	if s.section != sectionClients {
		s.section = sectionClients
		s.rail.SetPage(sectionClients)
		s.put(s.tabs)
	}
}

func (s *Window) toTab(key string) {
	s.leave(func() {
		s.toTabs()
		s.tabs.Go(key)
	})
}

// openTab shows a page in a tab, building it where it is not open yet.
func (s *Window) openTab(key, title string, build func() desk.Page) desk.Page {
	page, open := s.pages[key]
	if !open {
		page = build()
		s.pages[key] = page
		if named, ok := s.early[page]; ok { // it knew its title before it had a tab
			title = named
			delete(s.early, page)
			s.palette.Opened(key, title)
		}
		s.leave(func() {
			s.toTabs()
			s.tabs.Add(key, title, page.Object(), false)
		})
		return page
	}
	s.toTab(key)
	return page
}

func (s *Window) tabShown(key string) {
	s.desk.Secrets.Hide()
	if page, ok := s.pages[key]; ok && s.section == sectionClients {
		s.palette.Again(key)
		s.turnTo(page)
	}
}

// closeTab asks the page first. It answers false, and closes the tab later, where the page has to ask a person.
func (s *Window) closeTab(key string) bool {
	page, ok := s.pages[key]
	if !ok {
		return true
	}
	now, gone := true, false
	page.Leave(func() {
		delete(s.pages, key)
		gone = true
		if !now {
			s.tabs.Close(key)
		}
	})
	now = false
	return gone
}

// CloseTab closes the tab of a page.
func (s *Window) CloseTab(p desk.Page) {
	if key := s.keyOf(p); key != "" {
		delete(s.pages, key)
		s.tabs.Close(key)
	}
}

// Retitle gives the tab of a page another title.
func (s *Window) Retitle(p desk.Page, title string) {
	if key := s.keyOf(p); key != "" {
		s.tabs.SetTitle(key, title)
		s.palette.Opened(key, title)
		return
	}
	s.early[p] = title
}

// InFront tells whether a page is the one in sight.
func (s *Window) InFront(p desk.Page) bool { return s.current() == p }

func (s *Window) keyOf(p desk.Page) string {
	for key, page := range s.pages {
		if page == p {
			return key
		}
	}
	return ""
}
