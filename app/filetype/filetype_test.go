package filetype_test

import (
	"testing"

	"clientele/app/filetype"
)

func TestFits(t *testing.T) {
	for _, c := range []struct {
		name, head string
		fits       bool
		program    bool
	}{
		{"offer.pdf", "%PDF-1.7\n", true, false},
		{"offer.PDF", "%PDF-1.7\n", true, false},
		{"offer.pdf", "MZ\x90\x00", false, true},
		{"offer.pdf", "<html>", false, false},
		{"photo.jpg", "\xff\xd8\xff\xe0", true, false},
		{"photo.jpg", "\x89PNG\r\n\x1a\n", false, false},
		{"photo.webp", "RIFF\x00\x00\x00\x00WEBPVP8", true, false},
		{"photo.webp", "RIFF", false, false},
		{"sheet.xlsx", "PK\x03\x04....", true, false},
		{"sheet.xls", "PK\x03\x04....", false, false},
		{"notes.txt", "plain", true, false},
		{"notes.txt", "pl\x00ain", false, false},
		{"notes.txt", "\xff\xfep\x00", true, false},
		{"notes.txt", "", true, false},
		{"drawing.dwg", "AC1032", true, false}, // not known: nothing to say
		{"noextension", "\x7fELF\x02", true, true},
		{"install.sh", "echo", true, true},
		{"install.txt", "#!/bin/sh\n", true, true},
		{"setup.EXE", "", true, true},
	} {
		if got := filetype.Fits(c.name, []byte(c.head)); got != c.fits {
			t.Errorf("%s that begins with %q fits: %v", c.name, c.head, got)
		}
		if got := filetype.Program(c.name, []byte(c.head)); got != c.program {
			t.Errorf("%s that begins with %q is a program: %v", c.name, c.head, got)
		}
	}
}
