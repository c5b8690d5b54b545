package main_test

import (
	"regexp"
	"strings"
	"testing"
)

// What is written in English spells a word in one way, in the windows, on the pages of the client area, in the mails and in the documentation.
func TestOneSpelling(t *testing.T) {
	shown, err := texts(".")
	if err != nil {
		t.Fatal(err)
	}
	for text, at := range shown {
		if m := otherSpelling.FindString(text); m != "" {
			t.Errorf("%s: %q holds %q, which is written as “email” elsewhere", at.file, text, m)
		}
	}
	for _, ending := range []string{".md", ".txt"} {
		err := eachFile(".", ending, func(name string, b []byte) error {
			if strings.Contains(name, "/de/") || strings.Contains(name, ".de.") {
				return nil
			}
			if m := otherSpelling.Find(b); m != nil {
				t.Errorf("%s holds %q, which is written as “email” elsewhere", name, m)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

var otherSpelling = regexp.MustCompile(`\b[Ee]-mails?\b`)
