package filename_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"clientele/app/filename"
)

func TestClean(t *testing.T) {
	long := strings.Repeat("ü", 200)
	for in, want := range map[string]string{
		"Contract 2026.pdf":                    "Contract 2026.pdf",
		"Größe.txt":                            "Größe.txt",
		"Gro\u0308ße.txt":                      "Größe.txt", // NFC
		"契約書.pdf":                              "契約書.pdf",
		"../../etc/passwd":                     "passwd",
		`C:\Users\Ada\offer.docx`:              "offer.docx",
		"/":                                    "file",
		"":                                     "file",
		"..":                                   "file",
		"...":                                  "file",
		".htaccess":                            "htaccess",
		" . .hidden. . ":                       "hidden",
		"a\x00b\r\nc\x7f.txt":                  "abc.txt",
		"a\u2028b.txt":                         "ab.txt",
		"invoice\u202efdp.exe":                 "invoicefdp.exe", // would be shown as invoiceexe.pdf
		"\ufeffnotes.txt":                      "notes.txt",
		"a\u00a0b\tc.txt":                      "a bc.txt",
		"file.txt:stream":                      "file.txt_stream",
		`what? "this" <is> a|b*.txt`:           "what_ _this_ _is_ a_b_.txt",
		"bad\xffutf.txt":                       "bad_utf.txt",
		"CON":                                  "_CON",
		"con.txt":                              "_con.txt",
		"Com1 .tar.gz":                         "_Com1 .tar.gz",
		"LPT¹.txt":                             "_LPT¹.txt",
		"CON" + strings.Repeat(" ", 150) + "b": "_CON", // by cutting alone
		"conduct.txt":                          "conduct.txt",
		"report.":                              "report",
		long + ".pdf":                          strings.Repeat("ü", 73) + ".pdf",
		strings.Repeat("a", 149) + ".pdf":      strings.Repeat("a", 146) + ".pdf",
		"a." + strings.Repeat("b", 200):        "a." + strings.Repeat("b", 148),
		strings.Repeat("a", 140) + "    " + strings.Repeat("b", 99):      strings.Repeat("a", 140) + "    " + strings.Repeat("b", 6),
		strings.Repeat("a", 144) + "   " + strings.Repeat("b", 9) + ".x": strings.Repeat("a", 144) + "   b.x",
	} {
		if got := filename.Clean(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestExt(t *testing.T) {
	for in, want := range map[string]string{"a.PDF": "pdf", "a.tar.gz": "gz", "a": "", ".hidden": "", "a.": "", "": ""} {
		if got := filename.Ext(in); got != want {
			t.Errorf("the extension of %q is %q, want %q", in, got, want)
		}
	}
}

// wrong says what is wrong with a name, or nothing.
func wrong(name string) string {
	switch {
	case name == "" || len(name) > filename.Longest:
		return fmt.Sprintf("is %d bytes long", len(name))
	case !utf8.ValidString(name) || !norm.NFC.IsNormalString(name):
		return "is not in form NFC"
	case strings.ContainsAny(name, `/\:*?"<>|`):
		return "has a character that means something in paths"
	case strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }):
		return "has a character that cannot be seen"
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, " "), strings.HasSuffix(name, "."), strings.HasSuffix(name, " "):
		return "begins or ends with a dot or a space"
	case !filepath.IsLocal(name):
		return "leads elsewhere"
	case filename.Clean(name) != name:
		return "would be changed again, to " + filename.Clean(name)
	}
	return ""
}

// R18: whatever 300 bad names say, the file lies in the folder, under a name that every system takes.
func TestNothingLeavesTheFolder(t *testing.T) {
	parts := []string{
		"..", ".", "/", `\`, "//", "C:", "c:\\", "\x00", "\n", "\u202e", "\u2028", "~", "%2e%2e%2f", "..%5c", "\xc0\xae", "\xff", "con", "NUL", "aux.txt", "com1",
		"…", "．．／", "∕", "\u0338<", "é", "e\u0301", "\u200d", "👩‍👩‍👧", " ", "a", strings.Repeat("x", 151), strings.Repeat("ß", 90), ".pdf", ".tar.gz", ":stream", "$MFT",
	}
	var names []string
	for i := 0; len(names) < 300; i++ {
		a, b, c := parts[i%len(parts)], parts[i*7%len(parts)], parts[i*i%31]
		names = append(names, a+b, a+"/"+b+c, b+a+c)
	}
	folder := t.TempDir()
	inside := filepath.Join(folder, "files")
	if err := os.Mkdir(inside, 0o700); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(inside)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, name := range names {
		clean := filename.Clean(name)
		if w := wrong(clean); w != "" {
			t.Errorf("%q became %q, which %s", name, clean, w)
			continue
		}
		f, err := root.Create(clean)
		if err != nil {
			t.Errorf("%q became %q, which cannot be made: %v", name, clean, err)
			continue
		}
		if _, err := io.WriteString(f, name); err != nil {
			t.Error(err)
		}
		f.Close()
		if _, err := os.Lstat(filepath.Join(inside, clean)); err != nil {
			t.Errorf("%q is not in the folder: %v", clean, err)
		}
	}
	if all, err := os.ReadDir(folder); err != nil || len(all) != 1 {
		t.Errorf("beside the folder there are now %v: %v", all, err)
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range []string{"a.pdf", "../x", "con", "\xff", "\u0338<", strings.Repeat("e\u0301", 100) + ".p\u0301df", ". . .a"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if w := wrong(filename.Clean(s)); w != "" {
			t.Errorf("%q became %q, which %s", s, filename.Clean(s), w)
		}
	})
}
