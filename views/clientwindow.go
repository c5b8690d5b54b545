package views

import (
	"strconv"

	"fyne.io/fyne/v2"

	"clientele/app/i18n"
	"clientele/views/client"
	"clientele/views/desk"
	"clientele/views/kit"
)

// ClientWindow opens a client in a window of its own, or brings the one it is in to the front.
func (s *Window) ClientWindow(id int64) {
	if open, ok := s.windows[id]; ok {
		open.window.RequestFocus()
		return
	}
	w := fyne.CurrentApp().NewWindow(i18n.T("Client #%s", strconv.FormatInt(id, 10)))
	d := *s.desk
	d.Window, d.Bar, d.Go = w, kit.NewBar(s.desk.Run), apart{s, id}
	page := client.Open(&d, id)
	s.windows[id] = separate{w, page}
	strip := kit.NewTaskStrip(s.desk.Run)
	w.SetOnClosed(strip.Close)
	w.SetContent(kit.Watched(kit.Border(nil, strip, nil, nil, kit.Afloat(page.Object(), d.Bar))))
	w.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		if !kit.DialogOpen() {
			page.Dropped(pathsOf(uris))
		}
	})
	w.SetMainMenu(fyne.NewMainMenu(fyne.NewMenu(i18n.T("Client"),
		saveItem(w.Canvas(), page.Save), item(i18n.T("Find on This Page"), fyne.KeyF, page.Find), s.lockItem(), item(i18n.T("Close Window"), fyne.KeyW, func() { s.closeWindow(id) }))))
	undoKey(&d)
	w.SetCloseIntercept(func() { s.closeWindow(id) })
	w.Resize(fyne.NewSize(1040, 720))
	w.Show()
	page.Shown()
}

// separate is a client's own window with its page.
type separate struct {
	window fyne.Window
	page   desk.Page
}

func (s *Window) closeWindow(id int64) {
	open, ok := s.windows[id]
	if !ok {
		return
	}
	open.page.Leave(func() {
		delete(s.windows, id)
		open.window.Close()
	})
}

// apart leads from a client's own window: its title is its own, everything else is in the main window.
type apart struct {
	*Window
	id int64
}

// Retitle gives the client's window another title.
func (a apart) Retitle(_ desk.Page, title string) {
	if open, ok := a.windows[a.id]; ok {
		open.window.SetTitle(title)
	}
}

// InFront tells whether a page is the one in sight, which the client's window has only one of.
func (a apart) InFront(p desk.Page) bool {
	open, ok := a.windows[a.id]
	return ok && open.page == p
}

// CloseTab closes the client's window.
func (a apart) CloseTab(desk.Page) {
	if open, ok := a.windows[a.id]; ok {
		delete(a.windows, a.id)
		open.window.Close()
	}
}
