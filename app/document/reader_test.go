package document

import (
	"bytes"
	"encoding/xml"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

type document interface {
	PDF(w io.Writer, paper Paper) error
}

// made is the file of a document.
func made(t testing.TB, d document, paper Paper) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := d.PDF(&b, paper); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// poppler runs one of the PDF reader's programs, whose arguments name the file as FILE.
func poppler(t testing.TB, pdf []byte, program string, args ...string) string {
	t.Helper()
	if _, err := exec.LookPath(program); err != nil {
		t.Skipf("%s (Debian: poppler-utils) is not installed, so what a reader finds in the file is not tested", program)
	}
	file := filepath.Join(t.TempDir(), "document.pdf")
	if err := os.WriteFile(file, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, a := range args {
		if a == "FILE" {
			args[i] = file
		}
	}
	cmd := exec.Command(program, args...)
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil || problems.Len() > 0 {
		t.Fatalf("%s: %v\n%s", program, err, problems.String())
	}
	return string(out)
}

// pagesOf is the text of each page as it stands there, without marks of writing direction.
func pagesOf(t testing.TB, pdf []byte) []string {
	t.Helper()
	text := poppler(t, pdf, "pdftotext", "-layout", "FILE", "-")
	text = strings.Map(func(r rune) rune {
		if '\u202A' <= r && r <= '\u202E' {
			return -1
		}
		return r
	}, text)
	return strings.Split(strings.TrimSuffix(text, "\f"), "\f")
}

// fields makes each run of blanks one.
func fields(s string) string { return strings.Join(strings.Fields(s), " ") }

// word is a word with its place in points from the top left corner.
type word struct {
	Left   float64 `xml:"xMin,attr"`
	Top    float64 `xml:"yMin,attr"`
	Right  float64 `xml:"xMax,attr"`
	Bottom float64 `xml:"yMax,attr"`
	Text   string  `xml:",chardata"`
}

// wordsOf is the words of the pages.
func wordsOf(t testing.TB, pdf []byte) (pages [][]word) {
	t.Helper()
	var parsed struct {
		Pages []struct {
			Words []word `xml:"word"`
		} `xml:"body>doc>page"`
	}
	decoder := xml.NewDecoder(strings.NewReader(poppler(t, pdf, "pdftotext", "-bbox", "FILE", "-")))
	decoder.Strict, decoder.Entity, decoder.AutoClose = false, xml.HTMLEntity, xml.HTMLAutoClose
	if err := decoder.Decode(&parsed); err != nil {
		t.Fatal(err)
	}
	for _, p := range parsed.Pages {
		pages = append(pages, p.Words)
	}
	return pages
}
