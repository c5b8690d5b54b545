package viewtest

import (
	"net/url"
	"testing"

	"fyne.io/fyne/v2"
)

// Opened is what a page had the system open: files, and pages of the web.
type Opened struct {
	fyne.App
	Addresses []string
}

// OpenURL notes the address.
func (o *Opened) OpenURL(u *url.URL) error {
	o.Addresses = append(o.Addresses, u.String())
	return nil
}

// Last is the newest address, or "".
func (o *Opened) Last() string {
	if len(o.Addresses) == 0 {
		return ""
	}
	return o.Addresses[len(o.Addresses)-1]
}

// WatchOpened notes from now on what is opened, until the test ends.
func WatchOpened(t testing.TB) *Opened {
	t.Helper()
	was := fyne.CurrentApp()
	o := &Opened{App: was}
	fyne.SetCurrentApp(o)
	t.Cleanup(func() { fyne.SetCurrentApp(was) })
	return o
}
