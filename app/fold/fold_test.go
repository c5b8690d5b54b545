package fold

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "",
		"  Jürgen \t Groß\r\n":       "jurgen gross",
		"ŁUKASZ Żółć":                "lukasz zolc",
		"Øystein Ærø":                "oystein aero",
		"İstanbul ısı":               "istanbul isi",
		"Ｆｕｌｌ":                       "full",
		"Ὀδυσσεύς":                   "οδυσσευσ",
		"王小明":                        "王小明",
		"محمّد":                      "محمد",
		"a\u202eb\u200dc\x00d":       "abc d",
		"O'Neil & Söhne GmbH 😀 Zoë ": "o'neil & sohne gmbh 😀 zoe",
		"bad\xffbyte":                "bad byte",
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, s := range []string{"Jürgen", "ß İ", "\x00 \xff", "ﬁ ½ ǆ", "a\u0301\u0301", "Å"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := Text(s)
		if twice := Text(once); twice != once {
			t.Errorf("folding %q twice: %q, then %q", s, once, twice)
		}
		if !utf8.ValidString(once) {
			t.Errorf("Text(%q) = %q is not UTF-8", s, once)
		}
		if strings.TrimSpace(once) != once || strings.Contains(once, "  ") {
			t.Errorf("Text(%q) = %q has blanks to spare", s, once)
		}
	})
}

func TestKeyIsCutAtACharacter(t *testing.T) {
	k := Key(strings.Repeat("界", 100), "x")
	if !utf8.ValidString(k) || len(k) != maxKey {
		t.Errorf("Key has %d bytes, valid %v", len(k), utf8.ValidString(k))
	}
}
