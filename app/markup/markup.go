// Package markup reads the little Markdown that notes are written in: headings, lists, bold, italic and links. What is anything else stays as it was
// typed: no HTML, no pictures, nothing that is fetched. Any text is a valid one, and is read in one pass.
package markup

import (
	"strings"
	"unicode/utf8"
)

// Kind is what a block is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota // lines of text; their ends are kept
	Heading               // one line, of a level from 1 to 6
	Item                  // an item of a list
)

// Block is a piece of a text that stands by itself.
type Block struct {
	Kind Kind
	// Level is that of a heading, from 1; or how deep an item is nested, from 0 to 3.
	Level int
	// Mark is what an item begins with: "•", or its number with a point.
	Mark  string
	Spans []Span
}

// Span is some text in one look.
type Span struct {
	Text         string
	Bold, Italic bool
	// Link is an address of the web or a mailto: one, or empty. No other scheme is ever a link.
	Link string
}

// deepest is how deep lists are shown nested.
const deepest = 3

// Parse reads a text.
func Parse(text string) []Block {
	var blocks []Block
	var paragraph []string
	end := func() {
		if len(paragraph) > 0 {
			blocks = append(blocks, Block{Kind: Paragraph, Spans: spansOf(strings.Join(paragraph, "\n"))})
			paragraph = nil
		}
	}
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		trimmed := strings.TrimSpace(line)
		if trimmed == "" {
			end()
			continue
		}
		b, rest, ok := begins(line, trimmed)
		if !ok {
			paragraph = append(paragraph, strings.TrimRight(line, " \t"))
			continue
		}
		end()
		b.Spans = spansOf(rest)
		blocks = append(blocks, b)
	}
	end()
	return blocks
}

// begins tells whether a line is a heading or an item, and what follows its mark.
func begins(line, trimmed string) (b Block, rest string, ok bool) {
	if level := len(trimmed) - len(strings.TrimLeft(trimmed, "#")); level >= 1 && level <= 6 && strings.HasPrefix(trimmed[level:], " ") {
		return Block{Kind: Heading, Level: level}, strings.TrimSpace(trimmed[level:]), true
	}
	mark, rest, ok := item(trimmed)
	if !ok {
		return b, "", false
	}
	indent := 0
	for _, r := range line[:strings.Index(line, trimmed)] {
		if indent++; r == '\t' {
			indent++
		}
	}
	return Block{Kind: Item, Level: min(indent/2, deepest), Mark: mark}, rest, true
}

// item reads the mark of an item of a list.
func item(line string) (mark, rest string, ok bool) {
	for _, m := range []string{"- ", "* ", "+ ", "• "} {
		if rest, ok := strings.CutPrefix(line, m); ok && strings.TrimSpace(rest) != "" {
			return "•", strings.TrimSpace(rest), true
		}
	}
	const longest = 9 // digits
	digits := 0
	for digits < len(line) && digits <= longest && line[digits] >= '0' && line[digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > longest || len(line) < digits+3 || (line[digits] != '.' && line[digits] != ')') || line[digits+1] != ' ' {
		return "", "", false
	}
	rest = strings.TrimSpace(line[digits+1:])
	return line[:digits] + ".", rest, rest != ""
}

// Plain is a text as it is read: without the marks of its looks, a block a line.
func Plain(text string) string {
	var b strings.Builder
	for i, block := range Parse(text) {
		if i > 0 {
			b.WriteByte('\n')
		}
		if block.Kind == Item {
			b.WriteString(strings.Repeat("  ", block.Level) + block.Mark + " ")
		}
		for _, s := range block.Spans {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Beginning is up to n characters of a text as it is read, in one line, with an ellipsis where it goes on.
func Beginning(text string, n int) string {
	// Marks and blanks are left out, so a few times as much is looked at; a text of megabytes is not.
	const marks = 4
	long := false
	if most := n*marks*utf8.UTFMax + 64; len(text) > most {
		text, long = strings.ToValidUTF8(text[:most], ""), true
	}
	line := strings.Join(strings.Fields(Plain(text)), " ")
	if r := []rune(line); len(r) > n {
		return strings.TrimSpace(string(r[:n])) + "…"
	}
	if long {
		line += "…"
	}
	return line
}
