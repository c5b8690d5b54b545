package app

import (
	"html"
	"strings"

	"clientele/app/markup"
)

// The text of a mail is written once, in the little Markdown of package markup, and both parts of the mail are made from it: plain text, and HTML. Values never
// count as Markdown or HTML: while the text is read each stands as one character for private use, which no value and no text can bring in.
const (
	firstPlace = '\uE100'
	lastPlace  = '\uE1FF'
)

// mailBody reads a text and gives its two parts. plain and rich are what stands for a field in each.
func mailBody(body string, k mailKind, plain, rich func(field string) string) (text, page string) {
	blocks := placed(body, k)
	w := mailWriter{
		plain: func(s string) string { return inPlace(s, k, plain) },
		rich:  func(s string) string { return inPlace(html.EscapeString(s), k, rich) },
	}
	for i, b := range blocks {
		w.block(b, i > 0 && b.Kind == markup.Item && blocks[i-1].Kind == markup.Item)
	}
	return strings.TrimSpace(w.text.String()) + "\n", pageBegin + w.page.String() + pageEnd
}

// placed reads a text with a character for private use in the place of each field.
func placed(body string, k mailKind) []markup.Block {
	places := map[string]string{}
	for i, f := range k.fields {
		places[f] = string(firstPlace + rune(i))
	}
	return markup.Parse(substitute(body, func(f string) string { return places[f] }))
}

// inPlace puts values in the places of fields.
func inPlace(s string, k mailKind, value func(field string) string) string {
	return placePattern.ReplaceAllStringFunc(s, func(m string) string {
		i := int([]rune(m)[0] - firstPlace)
		if i >= len(k.fields) {
			return ""
		}
		return value(k.fields[i])
	})
}

// page is what the HTML of a mail shows, as blocks to be drawn: with values in place, addresses of web pages in them as links, and secrets masked.
func (t mailText) page(k mailKind, values, secrets map[string]string) ([]markup.Block, error) {
	value := func(f string) string {
		if secrets[f] != "" {
			return masked
		}
		return plainText(values[f])
	}
	body, err := keepParts(t.body, func(f string) bool { return values[f] != "" || secrets[f] != "" })
	if err != nil {
		return nil, err
	}
	var all []markup.Block
	for _, b := range placed(body, k) {
		var spans []markup.Span
		gap := true
		for _, s := range b.Spans {
			for _, part := range valueSpans(s, k, value) {
				gap = gap && strings.TrimSpace(part.Text) == ""
				spans = append(spans, part)
			}
		}
		if b.Spans = spans; !gap {
			all = append(all, b)
		}
	}
	return all, nil
}

// valueSpans is a span with values in place. An address of a web page that a value has is a link of its own.
func valueSpans(s markup.Span, k mailKind, value func(field string) string) []markup.Span {
	if s.Link != "" && !placePattern.MatchString(s.Text) {
		return []markup.Span{s}
	}
	s.Link = ""
	s.Text = inPlace(s.Text, k, value)
	var all []markup.Span
	put := func(text, link string) {
		if text != "" {
			all = append(all, markup.Span{Text: text, Bold: s.Bold, Italic: s.Italic, Link: link})
		}
	}
	rest := s.Text
	for at := linkPattern.FindStringIndex(rest); at != nil; at = linkPattern.FindStringIndex(rest) {
		put(rest[:at[0]], "")
		put(rest[at[0]:at[1]], rest[at[0]:at[1]])
		rest = rest[at[1]:]
	}
	put(rest, "")
	return all
}

// PlainOf is the plain text that would be made from a text of a template, with its fields and parts as they are, to begin another one with.
func (s *MailTemplates) PlainOf(kind, body string) string {
	k := kindOf(kind, General)
	same := func(f string) string { return "{$" + f + "}" }
	text, _ := mailBody(mailText{body: typedText(body)}.ourNames(k).body, k, same, same)
	return text
}

const (
	pageBegin = `<!DOCTYPE html><html><body style="font-family:sans-serif;font-size:15px;line-height:1.5;color:#222">`
	pageEnd   = "</body></html>"
)

// mailWriter writes both parts of a mail, block by block.
type mailWriter struct {
	plain, rich func(string) string // with values in place
	text, page  strings.Builder
}

// block writes a block. follows says that it is an item right after another one.
func (w *mailWriter) block(b markup.Block, follows bool) {
	if strings.TrimSpace(w.words(b.Spans)) == "" {
		return // a field without a value leaves no gap
	}
	if !follows {
		w.text.WriteString("\n")
	}
	switch b.Kind {
	case markup.Heading:
		w.text.WriteString(w.words(b.Spans) + "\n")
		w.page.WriteString(`<p style="font-size:18px;font-weight:bold;margin:1.2em 0 0.4em">` + w.marked(b.Spans) + "</p>")
	case markup.Item:
		indent := strings.Repeat("  ", b.Level)
		w.text.WriteString(indent + b.Mark + " " + strings.ReplaceAll(w.words(b.Spans), "\n", "\n"+indent+"  ") + "\n")
		w.page.WriteString(`<div style="padding-left:1.5em;margin:0.2em 0">` + strings.Repeat("&emsp;", b.Level) +
			html.EscapeString(b.Mark) + " " + w.marked(b.Spans) + "</div>")
	default:
		words := w.words(b.Spans)
		w.text.WriteString(words + "\n")
		if strings.HasPrefix(words, "    ") { // indented lines stay as they are, such as login details under one another
			marked := strings.ReplaceAll(strings.TrimPrefix(w.marked(b.Spans), "    "), "<br>    ", "\n")
			w.page.WriteString(`<pre style="background:#f4f5f7;padding:12px;border-radius:6px">` + strings.ReplaceAll(marked, "<br>", "\n") + "</pre>")
			return
		}
		w.page.WriteString("<p>" + w.marked(b.Spans) + "</p>")
	}
}

// words are spans as plain text. Behind the words of a link stands its address.
func (w *mailWriter) words(spans []markup.Span) string {
	var b strings.Builder
	for _, s := range spans {
		b.WriteString(w.plain(s.Text))
		if s.Link != "" && s.Link != markup.Address(s.Text) && !placePattern.MatchString(s.Text) {
			b.WriteString(" (" + strings.TrimPrefix(s.Link, "mailto:") + ")")
		}
	}
	return b.String()
}

// marked are spans as HTML.
func (w *mailWriter) marked(spans []markup.Span) string {
	var b strings.Builder
	for _, s := range spans {
		words := strings.ReplaceAll(w.rich(s.Text), "\n", "<br>")
		if s.Link != "" && !placePattern.MatchString(s.Text) {
			words = `<a href="` + html.EscapeString(s.Link) + `">` + words + "</a>"
		}
		if s.Bold {
			words = "<b>" + words + "</b>"
		}
		if s.Italic {
			words = "<i>" + words + "</i>"
		}
		b.WriteString(words)
	}
	return b.String()
}

// linked is a value as HTML: addresses of web pages in it become links.
func linked(escaped string) string {
	return linkPattern.ReplaceAllString(escaped, `<a href="$0">$0</a>`)
}
