package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The guide calls things as the windows do, in each language: what stands in italics is a text of the program, or several on the way to it.
func TestGuideUsesTheWordsOfTheWindows(t *testing.T) {
	shown, err := texts(".")
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile("assets/translations/de.json")
	if err != nil {
		t.Fatal(err)
	}
	var translated map[string]any
	if err := json.Unmarshal(b, &translated); err != nil {
		t.Fatal(err)
	}
	english, german := map[string]bool{}, map[string]bool{}
	for text := range shown {
		english[text] = true
		if s, ok := translated[text].(string); ok {
			german[s] = true
		}
	}
	for folder, known := range map[string]map[string]bool{"docs/guide": english, "docs/guide/de": german} {
		pages, err := filepath.Glob(folder + "/*.md")
		if err != nil || len(pages) < 20 {
			t.Fatalf("%d pages in %s, %v", len(pages), folder, err)
		}
		for _, page := range pages {
			b, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range inItalics.FindAllStringSubmatch(string(b), -1) {
				for name := range strings.SplitSeq(m[1], " › ") {
					if !known[name] {
						t.Errorf("%s: there is nothing called %q", page, name)
					}
				}
			}
		}
	}
}

// inItalics is a name of something in the windows.
var inItalics = regexp.MustCompile(`\*([^*\n]+)\*`)
