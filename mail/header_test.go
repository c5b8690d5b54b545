package mail

import (
	"mime"
	"net/mail"
	"strings"
	"testing"
	"unicode/utf8"

	"clientele/app"
)

func TestFileName(t *testing.T) {
	for in, want := range map[string]string{
		"invoice.pdf":                     "invoice.pdf",
		`C:\Users\ada\invoice.pdf`:        "invoice.pdf",
		"../../etc/passwd":                "passwd",
		"":                                "attachment",
		"..":                              "attachment",
		"a/":                              "attachment",
		"a\r\nb.pdf":                      "a b.pdf",
		"invoice\u202efdp.exe":            "invoicefdp.exe",
		`a"b<c>:d|e?f*.pdf`:               "a_b_c__d_e_f_.pdf",
		"family 👩‍👩‍👧.png":                "family 👩‍👩‍👧.png",
		strings.Repeat("x", 300) + ".pdf": strings.Repeat("x", 196) + ".pdf",
	} {
		if got := fileName(in); got != want {
			t.Errorf("fileName(%q) = %q; want %q", in, got, want)
		}
	}
}

func TestValidMessageID(t *testing.T) {
	for id, want := range map[string]bool{
		"a@b": true, "3f2a.9-x_y+z=1@mail.example.com": true,
		"": false, "ab": false, "@b": false, "a@": false, "a@b@c": false, "a b@c": false, "a@b>": false, "ä@b": false,
		"a@b\r\n": false, strings.Repeat("a", 250) + "@b": false,
	} {
		if validMessageID(id) != want {
			t.Errorf("validMessageID(%q) = %t", id, !want)
		}
	}
}

// FuzzHeaderText: whatever it is given, the header is short plain words on one line, and a reader gets the text
// back.
func FuzzHeaderText(f *testing.F) {
	for _, s := range []string{"Invoice 7", "Ваш счёт 🧾", "=?UTF-8?B?AA==?=", "a\r\nBcc: b", strings.Repeat("w", 200), "\xff", " a  b "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := headerText(s)
		for _, word := range strings.Split(got, " ") {
			if len(word) > 75 {
				t.Fatalf("%q: word %q is too long", s, word)
			}
		}
		if strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || r > '~' }) {
			t.Fatalf("%q became %q", s, got)
		}
		if decoded, err := new(mime.WordDecoder).DecodeHeader(got); err != nil || decoded != oneLine(s) {
			t.Fatalf("%q became %q and was read as %q, %v", s, got, decoded, err)
		}
	})
}

// FuzzAttachmentHeaders: the headers are one line of a length that servers take, and both parsers and people get
// the same name.
func FuzzAttachmentHeaders(f *testing.F) {
	for _, s := range []string{"invoice.pdf", "Rechnung №7 🧾.pdf", "a\r\nb", `a"b\c`, "", strings.Repeat("長", 200), "%41*'", "a.\xff"} {
		f.Add(s, "application/pdf")
	}
	f.Add("a", "text/plain; charset=\"a\r\nBcc: b\"")
	f.Add("a", "message/rfc822")
	f.Fuzz(func(t *testing.T, name, contentType string) {
		typ, disposition := attachmentHeaders(name, contentType)
		for _, header := range []string{typ, disposition} {
			if header == "" || len(header) > 950 || strings.ContainsFunc(header, func(r rune) bool { return r < ' ' || r > '~' }) {
				t.Fatalf("%q, %q became %q", name, contentType, header)
			}
		}
		kind, named, err := mime.ParseMediaType(typ)
		if err != nil || named["name"] != fileName(name) || strings.HasPrefix(kind, "multipart/") {
			t.Fatalf("%q, %q: type %q is read as %q %v, %v", name, contentType, typ, kind, named, err)
		}
		if _, named, err = mime.ParseMediaType(disposition); err != nil || named["filename"] != fileName(name) {
			t.Fatalf("%q: disposition %q is read as %v, %v", name, disposition, named, err)
		}
	})
}

// FuzzDisplayName: a name never becomes a second address.
func FuzzDisplayName(f *testing.F) {
	for _, s := range []string{"Ada", `"Ada" <x@example.com>,`, "Müller, Söhne", "a\r\nb", "=?UTF-8?Q?a?=", strings.Repeat("ä ", 400), "\\"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		name := displayName(s)
		if len(name) > maxName || !utf8.ValidString(name) {
			t.Fatalf("%q became %q", s, name)
		}
		header := (&mail.Address{Name: name, Address: "ada@example.com"}).String()
		list, err := mail.ParseAddressList(header)
		if err != nil || len(list) != 1 || list[0].Address != "ada@example.com" || list[0].Name != name {
			t.Fatalf("%q became %s and was read as %v, %v", s, header, list, err)
		}
	})
}

// TestAnswersAreBounded: a server that talks without end fills neither the window nor the database.
func TestAnswersAreBounded(t *testing.T) {
	words := newTeller(app.MailServer{})
	got := words.line(strings.Repeat("ä long story\r\n", 1000))
	if len(got) > maxAnswer+len("…") || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") || strings.ContainsAny(got, "\r\n") {
		t.Errorf("%d bytes: %q", len(got), got)
	}
}

// TestPasswordWithBlanks: making one line of an answer must not hide a password from the search for it.
func TestPasswordWithBlanks(t *testing.T) {
	words := newTeller(app.MailServer{Password: "a  b\tc"})
	if got := words.line("535 a  b\tc\nis wrong"); got != "535 ••• is wrong" {
		t.Errorf("got %q", got)
	}
}
