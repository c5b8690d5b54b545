package settings

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// The fields that can be locked are ticked in two columns. The first has the key that problems with them have.
const (
	lockedKey  = "area_locked_fields"
	lockedMore = "area_locked_fields_more"
)

// areaSection is the clients' web site: whether this computer serves it, where, and how it looks (CA-1).
type areaSection struct {
	sheet
	page  *Page
	state *kit.Para
}

func newArea(p *Page) section {
	var locked []kit.Choice
	for _, key := range app.OwnFields() {
		label := app.FieldLabel(key)
		if key == app.FieldCategory {
			label = i18n.T("Mails that they get")
		}
		locked = append(locked, kit.Choice{Key: key, Label: label})
	}
	half := len(locked) / 2
	listen, site := kit.NewText(100), kit.NewText(500)
	listen.Entry.SetPlaceHolder(app.DefaultAreaListen)
	site.Entry.SetPlaceHolder("https://clients.example.com")
	form := kit.NewForm(
		kit.Group{Title: i18n.T("Serving"), Fields: []kit.Field{
			{Key: "area_on", Label: i18n.T("Client area"), Wide: true, Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Serve it from this computer while Clientele is open")})},
			{Key: "client_area_url", Label: i18n.T("Client area address"), Help: i18n.T("The page where clients log in. Mails name it, also where another server serves it."), Input: site},
			{Key: "area_listen", Label: i18n.T("Listens on"), Help: i18n.T("127.0.0.1 is this computer alone. Others need a certificate or a proxy."), Input: listen},
			{Key: "area_tls_cert", Label: i18n.T("File of the certificate"), Help: i18n.T("In PEM form, for https. Empty for none."), Input: kit.NewText(500)},
			{Key: "area_tls_key", Label: i18n.T("File of its key"), Input: kit.NewText(500)},
			{Key: "area_proxies", Label: i18n.T("Behind these proxies"), Help: i18n.T("Their addresses, with commas between them. Empty for none."), Input: kit.NewText(500)},
		}},
		kit.Group{Title: i18n.T("Look"), Fields: []kit.Field{
			{Key: "area_colour", Label: i18n.T("Colour"), Help: i18n.T("Of buttons and marks, such as #1f5fbf. The name is that of the business, the logo that of invoices."), Wide: true, Input: kit.NewText(7)},
		}},
		kit.Group{Title: i18n.T("What clients can see but not change"), Fields: []kit.Field{
			{Key: lockedKey, Label: i18n.T("Locked"), Input: kit.NewChecks(locked[:half]...)},
			{Key: lockedMore, Label: i18n.T("Locked too"), Input: kit.NewChecks(locked[half:]...)},
		}},
	)
	s := &areaSection{page: p, state: kit.NewPara("", theme.Muted)}
	s.fill, s.merge, s.told = s.values, s.mergeArea, s.look
	s.build(p.desk, i18n.T("Client Area"), form, s.state, nil)
	return s
}

func (s *areaSection) values(set app.Settings) map[string]string {
	locked := strings.Join(set.LockedFields, ",")
	return map[string]string{
		"area_on": tick(s.desk.App.ServesArea(set)), "client_area_url": set.ClientAreaURL, "area_listen": set.AreaListen, "area_tls_cert": set.AreaCert,
		"area_tls_key": set.AreaKey, "area_proxies": strings.Join(set.AreaProxies, ", "), "area_colour": set.AreaColour, lockedKey: locked, lockedMore: locked,
	}
}

func (s *areaSection) mergeArea(set app.Settings, v map[string]string) app.Settings {
	switch on := v["area_on"] == ticked; {
	case on:
		set.AreaServedBy = s.desk.App.Installation()
	case s.desk.App.ServesArea(set):
		set.AreaServedBy = "" // what another computer does is not taken away
	}
	set.ClientAreaURL, set.AreaListen, set.AreaCert, set.AreaKey, set.AreaColour = v["client_area_url"], v["area_listen"], v["area_tls_cert"], v["area_tls_key"], v["area_colour"]
	set.AreaProxies = strings.FieldsFunc(v["area_proxies"], func(r rune) bool { return r == ',' || r == ' ' })
	set.LockedFields = slices.DeleteFunc(strings.Split(v[lockedKey]+","+v[lockedMore], ","), func(f string) bool { return f == "" })
	return set
}

// look says how serving stands.
func (s *areaSection) look() {
	state := s.desk.Area.State()
	words, tone := i18n.T("This computer does not serve the client area."), theme.Muted
	switch {
	case state.Problem != "":
		words, tone = state.Problem, theme.Danger
	case state.Address != "":
		words, tone = i18n.T("The client area is open at %s.", state.Address), theme.Good
		if s.saved.ClientAreaURL == "" && thisComputer(state.Address) {
			words, tone = i18n.T("The client area is open at %s, for this computer alone. For clients to reach it, whoever looks after your web site gives it an address.", state.Address), theme.Waiting
		}
	case s.saved.AreaServedBy != "" && !s.desk.App.ServesArea(s.saved):
		words = i18n.T("Another computer serves the client area.")
	}
	s.state.Set(words, tone)
	s.column.Refresh()
}

// AreaChanged shows how serving the client area stands now.
func (p *Page) AreaChanged() {
	for _, e := range p.entries {
		if s, ok := e.section.(*areaSection); ok {
			s.look()
		}
	}
}

// thisComputer tells whether no other computer reaches an address.
func thisComputer(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Hostname() == "localhost" || err == nil && ip.IsLoopback()
}
