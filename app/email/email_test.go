package email

import (
	"net/mail"
	"strings"
	"testing"
	"unicode"
)

func TestParse(t *testing.T) {
	long := strings.Repeat("a", 64)
	tests := []struct{ name, in, want, wire string }{
		{"plain", "ada@example.com", "ada@example.com", "ada@example.com"},
		{"blanks around", "\t ada@example.com \n", "ada@example.com", "ada@example.com"},
		{"case kept for people", "Ada@Example.COM", "Ada@Example.COM", "Ada@example.com"},
		{"plus and odd signs", "a+b!#$%&'*/=?^_`{|}~-@example.com", "a+b!#$%&'*/=?^_`{|}~-@example.com", "a+b!#$%&'*/=?^_`{|}~-@example.com"},
		{"international domain", "info@bücher.example", "info@bücher.example", "info@xn--bcher-kva.example"},
		{"decomposed letter", "info@bu\u0308cher.example", "info@bücher.example", "info@xn--bcher-kva.example"},
		{"ideographic dot", "info@例え。jp", "info@例え。jp", "info@xn--r8jz45g.jp"},
		{"international local part", "用户@例子.广告", "用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"},
		{"longest local part", long + "@example.com", long + "@example.com", long + "@example.com"},
		{"sub domains", "a@b.c.d.example", "a@b.c.d.example", "a@b.c.d.example"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.in)
			if err != nil || got != tt.want {
				t.Errorf("Parse(%q) = %q, %v; want %q", tt.in, got, err, tt.want)
			}
			wire, err := Wire(tt.in)
			if err != nil || wire != tt.wire {
				t.Errorf("Wire(%q) = %q, %v; want %q", tt.in, wire, err, tt.wire)
			}
		})
	}
}

func TestParseRefuses(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"empty", "  ", "Enter an email address."},
		{"no at", "ada.example.com", "has no @"},
		{"two ats", "a@b@example.com", "more than one @"},
		{"no local part", "@example.com", "nothing before"},
		{"no domain", "ada@", "needs a domain"},
		{"one label", "ada@company", "needs a domain"},
		{"IP address", "ada@127.0.0.1", "needs a domain"},
		{"address literal", "ada@[127.0.0.1]", "character ["},
		{"trailing dot", "ada@example.com.", "needs a domain"},
		{"empty label", "ada@example..com", "needs a domain"},
		{"underscore in domain", "ada@ex_ample.com", "needs a domain"},
		{"hyphen first", "ada@-example.com", "needs a domain"},
		{"leading dot", ".ada@example.com", "has a dot"},
		{"trailing local dot", "ada.@example.com", "has a dot"},
		{"double dot", "a..da@example.com", "has a dot"},
		{"quoted", `"ada"@example.com`, `character "`},
		{"smuggled parameter", `"a@b.com> ORCPT=x <c@d.com"@e.com`, `character "`},
		{"display name", "Ada <ada@example.com>", "blanks"},
		{"angle brackets", "<ada@example.com>", "character <"},
		{"list", "a@example.com,b@example.com", "character ,"},
		{"list by semicolon", "a@example.com;b@example.com", "character ;"},
		{"group", "all:a@example.com", "character :"},
		{"comment", "a(b)@example.com", "character ("},
		{"backslash", `a\b@example.com`, `character \`},
		{"new line", "a@example.com\r\nRCPT TO:<b@example.com", "blanks or invisible"},
		{"NUL", "a\x00@example.com", "blanks or invisible"},
		{"inner blank", "a b@example.com", "blanks"},
		{"zero width", "a\u200b@example.com", "invisible"},
		{"right-to-left override", "a\u202e@example.com", "invisible"},
		{"no-break space", "a\u00a0b@example.com", "blanks"},
		{"bytes", "a\xff@example.com", "not text"},
		{"long local part", strings.Repeat("a", 65) + "@example.com", "too long"},
		{"long domain", "a@" + strings.Repeat("abcdefgh.", 28) + "example.com", "needs a domain"},
		{"long in punycode", strings.Repeat("a", 60) + "@" + strings.Repeat("üüüüüüüüüüüüüüüüüüüü.", 7) + "example", "too long"},
		{"long address", strings.Repeat("a", 64) + "@" + strings.Repeat("abcdefgh.", 21) + "example", "too long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Parse(tt.in)
			if err == nil {
				t.Fatalf("Parse(%q) = %q; want an error", tt.in, got)
			}
			if got != "" || !IsInvalid(err) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Parse(%q) = %q, %q; want words with %q", tt.in, got, err, tt.want)
			}
		})
	}
}

func TestKey(t *testing.T) {
	same := [][]string{
		{"ada@example.com", " ADA@Example.Com "},
		{"info@bücher.example", "INFO@BÜCHER.example", "info@bu\u0308cher.example", "info@xn--bcher-kva.example"},
		{"ÄNNE@example.com", "änne@example.com", "a\u0308nne@example.com"},
		{"not an address", "Not An Address "},
	}
	for _, group := range same {
		for _, s := range group[1:] {
			if Key(s) != Key(group[0]) {
				t.Errorf("Key(%q) = %q, Key(%q) = %q; want the same", s, Key(s), group[0], Key(group[0]))
			}
		}
	}
	if Key("ada@example.com") == Key("ada+shop@example.com") {
		t.Error("a tag makes another address")
	}
}

// FuzzParse: what Parse accepts is stable, comparable, printable and read back as one bare address by an
// independent parser; it cannot carry a second command or header line.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"ada@example.com", "info@bücher.example", "用户@例子.广告", `"a@b.com> ORCPT=x <c@d.com"@e.com`,
		"a@b.com\r\nDATA", "İ@example.com", "a\u0300\u0301@x.example", "ß@straße.example", "", "@", "a@xn--a.example",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if k := Key(s); Key(k) != k {
			t.Fatalf("Key is not stable: %q -> %q -> %q", s, k, Key(k))
		}
		got, err := Parse(s)
		if err != nil {
			if !IsInvalid(err) || err.Error() == "" {
				t.Fatalf("Parse(%q): odd error %v", s, err)
			}
			return
		}
		again, err := Parse(got)
		if err != nil || again != got {
			t.Fatalf("Parse(%q) = %q, then %q, %v", s, got, again, err)
		}
		wire, err := Wire(got)
		if err != nil {
			t.Fatalf("Wire(%q): %v", got, err)
		}
		if Key(wire) != Key(got) || Key(s) != Key(got) {
			t.Fatalf("keys of %q, %q and %q differ: %q %q %q", s, got, wire, Key(s), Key(got), Key(wire))
		}
		if len(wire) > 254 || strings.ContainsFunc(wire, func(r rune) bool {
			return unicode.IsSpace(r) || unicode.IsControl(r) || strings.ContainsRune(special, r)
		}) {
			t.Fatalf("Wire(%q) = %q holds what must not be in a command", got, wire)
		}
		parsed, err := mail.ParseAddress(wire)
		if err != nil || parsed.Address != wire || parsed.Name != "" {
			t.Fatalf("net/mail reads %q as %v, %v", wire, parsed, err)
		}
	})
}
