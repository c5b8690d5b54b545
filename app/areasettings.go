package app

import (
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"clientele/app/i18n"
)

// AreaSettings are what the office chose for the client area. Its address for clients is Settings.ClientAreaURL.
type AreaSettings struct {
	// AreaServedBy is the installation whose window serves the client area; empty means that none does. Others on the same database do not. See App.ServesArea.
	AreaServedBy string
	AreaListen   string // where it listens: host:port
	AreaCert     string // files with the certificate and its key, for TLS; empty means none
	AreaKey      string
	AreaProxies  []string // addresses or networks of proxies whose word on a visitor's address is taken; any makes it "behind a proxy"
	AreaColour   string   // of the site, #rrggbb
	// LockedFields are the fields of their profile that clients see but cannot change.
	LockedFields []string
}

// DefaultAreaListen is where the client area listens unless it is told otherwise: this computer alone reaches it.
const DefaultAreaListen = "127.0.0.1:8480"

func areaDefaults() AreaSettings {
	return AreaSettings{AreaListen: DefaultAreaListen, AreaColour: "#1f5fbf"}
}

// areaSettings are the rows of AreaSettings.
var areaSettings = []setting{
	text("area_served_by", func(s *Settings) *string { return &s.AreaServedBy }, nil),
	text("area_listen", func(s *Settings) *string { return &s.AreaListen }, checkListen),
	text("area_tls_cert", func(s *Settings) *string { return &s.AreaCert }, nil),
	text("area_tls_key", func(s *Settings) *string { return &s.AreaKey }, nil),
	{
		key: "area_proxies",
		set: func(s *Settings, v string) error { s.AreaProxies = splitList(v); return nil },
		get: func(s Settings) string { return strings.Join(s.AreaProxies, ",") },
		check: func(v string) string {
			for _, p := range splitList(v) {
				if _, err := ParseProxy(p); err != nil {
					return i18n.T("Enter addresses of proxies such as 127.0.0.1 or 10.0.0.0/8, with commas between them. “%s” is none.", p)
				}
			}
			return ""
		},
	},
	text("area_colour", func(s *Settings) *string { return &s.AreaColour }, func(v string) string {
		if !colourPattern.MatchString(v) {
			return i18n.T("A colour is written #1f5fbf: two digits each of red, green and blue, from 00 to ff.")
		}
		return ""
	}),
	{
		key: "area_locked_fields",
		set: func(s *Settings, v string) error { s.LockedFields = splitList(v); return nil },
		get: func(s Settings) string { return strings.Join(s.LockedFields, ",") },
		check: func(v string) string {
			for _, f := range splitList(v) {
				if !slices.Contains(ownFields, f) {
					return i18n.T("“%s” is no field that can be locked. These can: %s.", f, strings.Join(ownFields, ", "))
				}
			}
			return ""
		},
	},
}

func checkListen(v string) string {
	_, port, err := net.SplitHostPort(v)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 0 || n > 65535 {
		return i18n.T("This is an address with a port, such as %s.", DefaultAreaListen)
	}
	return ""
}

// ParseProxy reads the address or the network of a proxy.
func ParseProxy(v string) (netip.Prefix, error) {
	if a, err := netip.ParseAddr(v); err == nil {
		return netip.PrefixFrom(a, a.BitLen()), nil
	}
	return netip.ParsePrefix(v)
}

// checkSite says what is wrong with the address of the client area, or "". Links in mails begin with it.
func checkSite(v string) string {
	if v == "" {
		return ""
	}
	u, err := url.Parse(v)
	switch {
	case err != nil, u.Scheme != "https" && u.Scheme != "http", u.Host == "":
		return i18n.T("An address of a web site begins with https://.")
	case u.User != nil, u.RawQuery != "", u.Fragment != "":
		return i18n.T("This is the address of the site alone, such as https://clients.example.com.")
	}
	return ""
}

// Installation names this installation among those on the same database.
func (a *App) Installation() string { return a.config.Installation }

// ServesArea tells whether the window of this installation serves the client area.
func (a *App) ServesArea(s Settings) bool {
	return s.AreaServedBy != "" && s.AreaServedBy == a.config.Installation
}
