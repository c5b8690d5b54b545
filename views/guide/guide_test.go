package guide

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"clientele/docs"
	"clientele/views/viewtest"
)

// pictures are those of this tree, as packaging/scripts/guide-pictures takes them.
var pictures = os.DirFS("../../docs")

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
				if _, err := fs.Stat(pictures, part.picture); part.picture != "" && err != nil {
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
	g, err := New(b.Run, func() fs.FS { return pictures }, func() { left = true })
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
	shown := 0
	for _, o := range g.column.Objects {
		if place, ok := o.(*fyne.Container); ok && len(place.Objects) == 1 {
			shown++
		}
	}
	if shown == 0 {
		t.Error("no picture on the page about merging")
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

// The pictures are found where each kind of package puts them, and a program without them shows the text.
func TestPicturesOf(t *testing.T) {
	for _, kind := range []struct{ program, guide string }{
		{"beside/clientele", "beside/guide"},
		{"usr/bin/clientele", "usr/share/clientele/guide"},
		{"Clientele.app/Contents/MacOS/clientele", "Clientele.app/Contents/Resources/guide"},
	} {
		root := t.TempDir()
		file := filepath.Join(root, kind.guide, "screens", "one.png")
		program := filepath.Join(root, kind.program)
		for _, path := range []string{file, program} {
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte("there"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if b, err := fs.ReadFile(picturesOf(program), "screens/one.png"); err != nil || string(b) != "there" {
			t.Errorf("%s: %q, %v", kind.program, b, err)
		}
	}
	b := viewtest.New(t)
	g, err := New(b.Run, func() fs.FS { return picturesOf(filepath.Join(t.TempDir(), "clientele")) }, func() {})
	if err != nil {
		t.Fatal(err)
	}
	g.Show("merge")
	if g.Shown() != "merge" {
		t.Errorf("shows %q", g.Shown())
	}
}
