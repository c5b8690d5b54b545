package app

import (
	"strings"

	"clientele/app/markup"
)

// written is a text to be edited, with the values that are known in place of their fields. Those of documents, which no field of such a mail has, go in as they are.
// One of the client that would read as something else once it stands in the text stays a field: a client may be called *Acme*, and a signature may begin with a dash.
func written(text string, documents, client map[string]string) string {
	return substitute(text, func(f string) string {
		if v, ok := documents[f]; ok {
			return v
		}
		if v, ok := client[f]; ok && readsAsItIs(v) {
			return v
		}
		return "{$" + f + "}"
	})
}

// readsAsItIs tells whether a value means the same where it is typed into a text: it has no field, and no mark that is read as one of the markup.
func readsAsItIs(v string) bool {
	if strings.ContainsAny(v, "{}*`\\") || v != typedText(v) || v != strings.TrimSpace(v) {
		return false
	}
	var paragraphs []string
	for _, b := range markup.Parse(v) {
		if b.Kind != markup.Paragraph {
			return false
		}
		var words strings.Builder
		for _, s := range b.Spans {
			if s.Bold || s.Italic || s.Link != "" && s.Link != markup.Address(s.Text) {
				return false
			}
			words.WriteString(s.Text)
		}
		paragraphs = append(paragraphs, words.String())
	}
	return strings.Join(paragraphs, "\n\n") == v
}
