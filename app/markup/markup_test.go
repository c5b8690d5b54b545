package markup_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"clientele/app/markup"
)

func text(s string) markup.Span { return markup.Span{Text: s} }

// SU-1: what notes are written in.
func TestParse(t *testing.T) {
	for in, want := range map[string][]markup.Block{
		"":                     nil,
		"plain":                {{Spans: []markup.Span{text("plain")}}},
		"two\nlines\n\nnext":   {{Spans: []markup.Span{text("two\nlines")}}, {Spans: []markup.Span{text("next")}}},
		"# Head\ntext":         {{Kind: markup.Heading, Level: 1, Spans: []markup.Span{text("Head")}}, {Spans: []markup.Span{text("text")}}},
		"#hash\n####### seven": {{Spans: []markup.Span{text("#hash\n####### seven")}}},
		"- one\n  - two\n2. three\n3) four": {
			{Kind: markup.Item, Mark: "•", Spans: []markup.Span{text("one")}},
			{Kind: markup.Item, Level: 1, Mark: "•", Spans: []markup.Span{text("two")}},
			{Kind: markup.Item, Mark: "2.", Spans: []markup.Span{text("three")}},
			{Kind: markup.Item, Mark: "3.", Spans: []markup.Span{text("four")}},
		},
		"-5 degrees, 3.5 kg, 1234567890. no\n-": {{Spans: []markup.Span{text("-5 degrees, 3.5 kg, 1234567890. no\n-")}}},
		"a **b** *c* __d__ _e_": {{Spans: []markup.Span{
			text("a "), {Text: "b", Bold: true}, text(" "), {Text: "c", Italic: true}, text(" "), {Text: "d", Bold: true}, text(" "), {Text: "e", Italic: true},
		}}},
		"**bold *and* both**":                         {{Spans: []markup.Span{{Text: "bold ", Bold: true}, {Text: "and", Bold: true, Italic: true}, {Text: " both", Bold: true}}}},
		"2 * 3 * 4 snake_case_name ** x ** and *open": {{Spans: []markup.Span{text("2 * 3 * 4 snake_case_name ** x ** and *open")}}},
		`\*no\* C:\dir`:                               {{Spans: []markup.Span{text(`*no* C:\dir`)}}},
		"[the site](https://example.com/a?b=c) and [mail](mailto:ann@example.com)": {{Spans: []markup.Span{
			{Text: "the site", Link: "https://example.com/a?b=c"}, text(" and "), {Text: "mail", Link: "mailto:ann@example.com"},
		}}},
		"see https://example.com/x, or (http://b.example).": {{Spans: []markup.Span{
			text("see "), {Text: "https://example.com/x", Link: "https://example.com/x"}, text(", or ("), {Text: "http://b.example", Link: "http://b.example"}, text(")."),
		}}},
	} {
		if diff := cmp.Diff(want, markup.Parse(in)); diff != "" {
			t.Errorf("%q: %s", in, diff)
		}
	}
}

// What is written to do harm stays what was typed: it opens nothing, fetches nothing, and no words hide where they lead.
func TestHostile(t *testing.T) {
	for _, in := range []string{
		"[x](javascript:alert(1))", "[x](file:///etc/passwd)", "[x](https:relative)", "[x](//example.com)", "[x](data:text/html,x)", "[x](smb://host/share)",
		"[x](https://bank.example@evil.example)", "[x](https://evil.example\u202e)", "[https://bank.example](https://evil.example)", "[www.bank.example](https://evil.example)",
		"[a\u202eb](https://evil.example)", "[x](mailto:nobody)", "<script>alert(1)</script>", "<img src=x>", "[x](https://a b)", "file:///etc/passwd", "ms-settings:x",
	} {
		for _, b := range markup.Parse(in) {
			for _, s := range b.Spans {
				if s.Link != "" && (s.Text != s.Link || strings.Contains(s.Link, "@")) {
					t.Errorf("%q leads to %q", in, s.Link)
				}
			}
		}
		if got := markup.Plain(in); got != in {
			t.Errorf("%q is shown as %q", in, got)
		}
	}
	if b := markup.Parse("![picture](https://example.com/x.png)"); len(b) != 1 || b[0].Spans[1].Link == "" {
		t.Errorf("a picture is no link: %+v", b)
	}
}

func TestBeginning(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "**short**": "short", "# Head\n\n- one\n- two": "Head • one…", "words and more words": "words and m…",
	} {
		if got := markup.Beginning(in, 11); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := markup.Beginning(strings.Repeat(" ", 1<<20)+"end", 11); utf8.RuneCountInString(got) > 12 {
		t.Errorf("%q", got)
	}
}

// No text of the length that notes may have takes long, however it was made to.
func TestNoTextTakesLong(t *testing.T) {
	const size = 64 << 10
	for _, piece := range []string{"*", "**", "_", "*a ", "**a ", " *a* **b", "[", "[a](", "[a](b", "](", "\\", "> ", "- ", "#", "http://", "\n", "a_", "`", "  - "} {
		begun := time.Now()
		markup.Parse(strings.Repeat(piece, size/len(piece)))
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%q took %v", piece, took)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"**a** _b_\n- c", "[x](https://example.com)", "\\*\\", "# \xff", "1. a\n\t- b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		shown := 0
		for _, b := range markup.Parse(in) {
			if len(b.Spans) == 0 {
				t.Errorf("an empty block of %q", in)
			}
			for _, s := range b.Spans {
				shown += len(s.Text)
				if s.Text == "" || s.Link != "" && markup.Address(s.Link) != s.Link {
					t.Errorf("%q has %+v", in, s)
				}
			}
		}
		if shown > len(in) {
			t.Errorf("%q shows more than was typed", in)
		}
		markup.Beginning(in, 20)
	})
}
