package document

import (
	"io"
	"strings"

	"clientele/app/date"
)

// Recovery is the sheet on which an office keeps its CC encryption hash apart from the machine.
type Recovery struct {
	Style
	Business string
	Made     date.Date
	// Hash are the groups of the hash, and Check are the characters that show a slip when it is typed.
	Hash  []string
	Check string
	// Fingerprint names the key that the hash belongs to.
	Fingerprint string
}

// The sizes of type of what is copied from paper by hand.
var (
	copied = typeface{semibold, 17}
	told   = typeface{regular, 11}
)

// groupsInLine is how many groups of the hash stand in one line.
const groupsInLine = 2

// PDF writes the sheet. It is one page.
func (v *Recovery) PDF(w io.Writer, paper Paper) error {
	s := newSheet(paper, v.Style, "", v.Business, v.Made)
	title := s.words.T("Recovery sheet for stored cards")
	s.pdf.SetTitle(describe(title), false)
	s.begin = func(int) { s.y = head }
	s.newPage()
	s.line(title, heading, 4)
	s.fact(s.words.T("Office"), v.Business)
	s.fact(s.words.T("Made on"), v.Made.Format(s.locale))
	s.y += 8
	s.line(s.words.T("CC Encryption Hash"), strong, 3)
	for i := 0; i < len(v.Hash); i += groupsInLine {
		s.line(strings.Join(v.Hash[i:min(i+groupsInLine, len(v.Hash))], " - ")+" -", copied, 1.5)
	}
	s.line(v.Check, copied, 1)
	s.line(s.words.T("The last line are the six check characters: they show a slip when the hash is typed."), small, 8)
	s.line(s.words.T("Fingerprint of the card key"), strong, 2)
	s.line(v.Fingerprint, told, 8)
	for _, text := range []string{
		s.words.T("Whoever has this sheet and the data can read the stored card numbers."),
		s.words.T("Keep it locked away and apart from the computer, and delete the file that it was printed from."),
		s.words.T("Without it, no stored number can be read once the hash was taken off the machine."),
		s.words.T("Blanks, dashes and capital letters do not matter when the hash is typed."),
	} {
		s.paragraph(text, told)
	}
	return s.finish(w, func(int, int) {})
}

// line sets one line of text, with room below it.
func (s *sheet) line(text string, face typeface, below float64) {
	if text == "" {
		return
	}
	l := single(text, face)
	if l.backwards {
		s.putRight(s.form.right, s.y, l)
	} else {
		s.put(s.form.left, s.y, l)
	}
	s.y += face.height() + below
}

// fact sets a name with what it stands for, where there is something.
func (s *sheet) fact(name, value string) {
	if value != "" {
		s.line(name+": "+value, told, 1)
	}
}
