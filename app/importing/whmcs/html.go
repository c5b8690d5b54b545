package whmcs

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// TextOf is what a person reads of HTML: the words, with a line for each block. Scripts, styles and pictures leave nothing, and links their words.
func TextOf(source string) string {
	if !strings.ContainsAny(source, "<&") {
		return strings.TrimSpace(source)
	}
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(source))
	skip := 0
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return tidy(b.String())
		}
		name, _ := z.TagName()
		tag := atom.Lookup(name)
		switch {
		case tag == atom.Script || tag == atom.Style || tag == atom.Title:
			if kind == html.StartTagToken {
				skip++
			} else if skip > 0 {
				skip--
			}
		case skip > 0:
		case kind == html.TextToken:
			words := strings.Join(strings.Fields(string(z.Text())), " ")
			if words == "" {
				break
			}
			b.WriteString(words)
			b.WriteByte(' ')
		case ends[tag]:
			b.WriteByte('\n')
			if tag == atom.P && kind == html.EndTagToken {
				b.WriteByte('\n')
			}
		case tag == atom.Li && kind == html.StartTagToken:
			b.WriteString("\n– ")
		}
	}
}

// ends are the tags that end a line.
var ends = map[atom.Atom]bool{
	atom.Br: true, atom.P: true, atom.Div: true, atom.Tr: true, atom.Table: true, atom.Ul: true, atom.Ol: true, atom.Hr: true,
	atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true, atom.Blockquote: true,
}

// tidy takes blanks off the ends of lines, and leaves one empty line where there are several.
func tidy(s string) string {
	var lines []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" || len(lines) > 0 && lines[len(lines)-1] != "" {
			lines = append(lines, line)
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
