package clientarea

import (
	"log/slog"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"clientele/app"
	"clientele/app/i18n"
)

// Options say where and how the site is served.
type Options struct {
	App *app.App
	// Listen is host:port. Other hosts than this computer need TLS, or Proxies.
	Listen string
	// Site is the address by which clients know it, such as https://clients.example.com. Empty means that only this computer uses it.
	Site string
	// Cert and Key are the files with the certificate and its key; both empty means no TLS.
	Cert, Key string
	// Proxies are those whose word on a visitor's address is taken. Where there are any, nobody else is let in from other computers without TLS.
	Proxies []string
	Now     func() time.Time
	Log     *slog.Logger
	// Unhurried leaves out how often one visitor may ask, for measuring.
	Unhurried bool
}

// checked are options that make sense together.
type checked struct {
	Options
	site    *url.URL // nil where there is none
	proxies []netip.Prefix
	secure  bool // clients come by https
	names   map[string]bool
}

// misfit is what is wrong with options, for a person.
func misfit(words string) error { return &app.Error{Code: app.Invalid, Message: words} }

// check reads the options and refuses what would be unsafe.
func (o Options) check() (checked, error) {
	c := checked{Options: o, names: map[string]bool{"localhost": true, "127.0.0.1": true, "::1": true}}
	host, _, err := net.SplitHostPort(o.Listen)
	if err != nil {
		return c, misfit(i18n.T("The client area cannot listen on “%s”: this is an address with a port, such as %s.", o.Listen, app.DefaultAreaListen))
	}
	if (o.Cert == "") != (o.Key == "") {
		return c, misfit(i18n.T("For TLS, both the file of the certificate and that of its key are needed."))
	}
	for _, p := range o.Proxies {
		network, err := app.ParseProxy(p)
		if err != nil {
			return c, misfit(i18n.T("“%s” is no address of a proxy. It is one such as 127.0.0.1 or 10.0.0.0/8.", p))
		}
		c.proxies = append(c.proxies, network)
	}
	if o.Site != "" {
		if c.site, err = url.Parse(o.Site); err != nil || c.site.Host == "" || c.site.Scheme != "https" && c.site.Scheme != "http" {
			return c, misfit(i18n.T("The address of the client area is not one of a web site: “%s”.", o.Site))
		}
		if strings.Trim(c.site.Path, "/") != "" {
			return c, misfit(i18n.T("The client area needs a web address of its own, such as https://clients.example.com, without a folder behind it."))
		}
		c.names[strings.ToLower(c.site.Hostname())] = true
	}
	c.secure = o.Cert != "" || c.site != nil && c.site.Scheme == "https"
	switch here := loopback(host); {
	case here:
	case o.Cert == "" && len(o.Proxies) == 0:
		return c, misfit(i18n.T("Other computers would reach the client area on “%s” without encryption. Name the files of a certificate, or the proxy that it is behind, or listen on 127.0.0.1.", o.Listen))
	case c.site == nil:
		return c, misfit(i18n.T("Set the client area address, by which clients reach it, before other computers can."))
	}
	return c, nil
}

// loopback tells whether only this computer reaches a host to listen on.
func loopback(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && a.IsLoopback()
}

// Address is where the site is opened on this computer.
func (c checked) address(listening net.Addr) string {
	if c.site != nil {
		return strings.TrimRight(c.site.String(), "/")
	}
	scheme := "http"
	if c.Cert != "" {
		scheme = "https"
	}
	return scheme + "://" + listening.String()
}

// OptionsOf are the options that the settings say.
func OptionsOf(a *app.App, s app.Settings, log *slog.Logger) Options {
	return Options{App: a, Listen: s.AreaListen, Site: s.ClientAreaURL, Cert: s.AreaCert, Key: s.AreaKey, Proxies: s.AreaProxies, Now: a.Now, Log: log}
}
