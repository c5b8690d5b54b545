package guide

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"clientele/docs"
	"clientele/views/viewtest"
)

// Each page of the guide is in the list, in every language, and leads only to pages and pictures that are there.
func TestGuideIsWhole(t *testing.T) {
	english, err := names("guide")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{"guide", "guide/de"} {
		order, err := names(folder)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(order, english) {
			t.Errorf("%s has the pages %q, English %q", folder, order, english)
		}
		files, err := fs.Glob(docs.Guide, path.Join(folder, "*.md"))
		if err != nil || len(files) != len(order)+1 {
			t.Errorf("%s: %d files for %d pages in the list, %v", folder, len(files), len(order), err)
		}
		for _, name := range order {
			p, err := read(folder, name)
			if err != nil {
				t.Error(err)
				continue
			}
			if p.title == "" || len(p.parts) == 0 || len(p.onward) == 0 {
				t.Errorf("%s/%s: title %q, %d parts, leads to %q", folder, name, p.title, len(p.parts), p.onward)
			}
			for _, next := range p.onward {
				if !slices.Contains(order, next) {
					t.Errorf("%s/%s leads to %q", folder, name, next)
				}
			}
			for _, part := range p.parts {
				if _, err := fs.Stat(docs.Guide, part.picture); part.picture != "" && err != nil {
					t.Errorf("%s/%s: %v", folder, name, err)
				}
				if strings.Contains(part.text, "](") || strings.Contains(part.text, "![") {
					t.Errorf("%s/%s: a link or picture within the text: %q", folder, name, part.text)
				}
			}
		}
	}
}

func TestParse(t *testing.T) {
	p := parse("find", "# Find\n\nType.\n\n![A list](../screens/clients-light.png)\n\n1. One\n\nSee also: [Add](add.md), [Keys](keys.md)\n")
	if p.title != "Find" || !slices.Equal(p.onward, []string{"add", "keys"}) ||
		!slices.Equal(p.parts, []part{{text: "Type."}, {picture: "screens/clients-light.png"}, {text: "1. One"}}) {
		t.Errorf("%+v", p)
	}
}

func TestGuideShowsPages(t *testing.T) {
	b := viewtest.New(t)
	left := false
	g, err := New(func() { left = true })
	if err != nil {
		t.Fatal(err)
	}
	b.Window.SetContent(g.Object())
	b.Window.Resize(fyne.NewSize(1040, 760))
	if g.Shown() != "start" {
		t.Errorf("begins with %q", g.Shown())
	}
	g.Show("merge")
	if g.Shown() != "merge" || g.column.MinSize().Height < 600 {
		t.Errorf("shows %q, %v high", g.Shown(), g.column.MinSize().Height)
	}
	g.Show("no such page")
	if g.Shown() != "start" {
		t.Errorf("shows %q", g.Shown())
	}
	g.FocusPage(b.Window.Canvas())
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if !left {
		t.Error("Escape did not leave")
	}
}
