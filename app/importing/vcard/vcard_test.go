package vcard_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"clientele/app/importing/vcard"
)

const file = "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Lovelace;Ada;;;\r\nFN:Ada Lovelace\r\nORG:Analytical Engines;Research\r\nEMAIL;TYPE=work:old@example.com\r\n" +
	"EMAIL;TYPE=pref:ada@example.com\r\nTEL;TYPE=cell:+44 20 7946 0958\r\nADR:;;12 St James's Square;London;;SW1Y 4JH;United Kingdom\r\nNOTE:a long line that is\r\n  folded\r\nEND:VCARD\r\n" +
	"BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Grace Brewster Hopper\r\nEMAIL:grace@example.com\r\nEND:VCARD\r\n"

func TestRead(t *testing.T) {
	got, err := vcard.Read(strings.NewReader("\uFEFF" + file))
	if err != nil {
		t.Fatal(err)
	}
	want := []vcard.Card{
		{FirstName: "Ada", LastName: "Lovelace", Company: "Analytical Engines", Email: "ada@example.com", Phone: "+44 20 7946 0958", Street: "12 St James's Square", City: "London", Postcode: "SW1Y 4JH", Country: "United Kingdom"},
		{FirstName: "Grace Brewster", LastName: "Hopper", Email: "grace@example.com"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error("-want +got", diff)
	}
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"":                             "no address card",
		"First Name,Last Name":         "no address card",
		"BEGIN:VCARD\r\nVERSION:3.0\r": "damaged",
	} {
		if _, err := vcard.Read(strings.NewReader(text)); err == nil || !strings.Contains(vcard.Words(err), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// R11: no file makes the reader panic.
func FuzzRead(f *testing.F) {
	f.Add(file)
	f.Add("BEGIN:VCARD\nN:;;;;;;\nADR:\nTEL\nEND:VCARD")
	f.Fuzz(func(t *testing.T, s string) {
		all, err := vcard.Read(strings.NewReader(s))
		if err != nil && vcard.Words(err) == "" {
			t.Error("no words")
		}
		for _, c := range all {
			_ = c.Name()
		}
	})
}
