package palette

import (
	"testing"

	"fyne.io/fyne/v2/test"
)

// What was opened in one place of data is kept for it, and is not offered in another: the sample data and an office have different clients with the same numbers.
func TestRecentIsOfOnePlace(t *testing.T) {
	prefs := test.NewTempApp(t).Preferences()
	p := &Palette{recent: newRecent(prefs, "/home/ann/clientele")}
	p.Opened("client 7", "Ada Lovelace")
	p.recent.used("Import")
	if r := newRecent(prefs, "/home/ann/clientele"); len(r.Opened) != 1 || r.Opened[0].Title != "Ada Lovelace" || len(r.Used) != 1 {
		t.Errorf("the next start knows %+v", r)
	}
	if r := newRecent(prefs, "/home/ann/clientele-sample"); len(r.Opened) != 0 || len(r.Used) != 0 {
		t.Errorf("another place offers %+v", r)
	}
}
