package icons

import (
	"strings"
	"testing"
)

// Every picture must be one that follows the colour of the text: no colours of
// its own. The package's variables fail at start if a file is missing.
func TestIconsTakeTheColourOfTheText(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) == 0 {
		t.Fatal("no icons are embedded")
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		svg := string(data)
		if !strings.Contains(svg, `viewBox="0 0 24 24"`) {
			t.Errorf("%s is not drawn on the family's 24 unit square", e.Name())
		}
		if strings.Contains(svg, "fill=\"#") {
			t.Errorf("%s has a colour of its own", e.Name())
		}
	}
	if !strings.Contains(License, "Apache License") {
		t.Error("the licence of the icons is not the one expected")
	}
}
