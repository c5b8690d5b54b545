package document

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	_ "image/png" // the pictures of the pages
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"clientele/app/i18n"
)

// Text of every script can be found in the file in the order in which it is read, whether or not this machine has a
// font to draw it with.
func TestScripts(t *testing.T) {
	text := fields(strings.Join(pagesOf(t, made(t, variants()["scripts"], A4)), "\n"))
	for _, want := range []string{
		"株式会社 ハーバー", "شركة النور للتجارة", "北京市朝阳区建国路88号", "मुम्बई, महाराष्ट्र", "Nguyễn Văn Đức 😀", "서울특별시 강남구",
		"استضافة المتجر الإلكتروني", "网站托管服务", "वेब होस्टिंग सेवा — क्षेत्रीय कार्यालय", "אחסון אתרים", "บริการเว็บโฮสติ้งรายปี",
		"ウェブホスティング（年間）", "Ελληνικά, Русский, Tiếng Việt", "شكرا لتعاملكم معنا",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
}

// A character that no font has is a box, and still found.
func TestNoFont(t *testing.T) {
	s := theShaper()
	s.Lock()
	system := s.system
	s.system = nil
	clear(s.drawn)
	s.Unlock()
	defer func() {
		s.Lock()
		s.system = system
		clear(s.drawn)
		s.Unlock()
	}()
	boxes := 0
	for _, p := range wrap("ab 日本 ab", body, 0)[0].pieces {
		for _, g := range p.glyphs {
			if g.shape == missing {
				boxes++
			}
		}
	}
	if boxes != 2 {
		t.Errorf("two characters without a font are %d boxes", boxes)
	}
	v := sample(1, "EUR")
	v.Lines[0].Description = "ab 日本 ab"
	if text := fields(pagesOf(t, made(t, v, A4))[0]); !strings.Contains(text, "ab 日本 ab") {
		t.Error("characters without a font are not found")
	}
}

// Right-to-left paragraphs stand at the right, and where the system has a font for them their letters are joined.
func TestDirection(t *testing.T) {
	for s, want := range map[string]bool{"אב": true, "12 אב": true, "Ab אב": false, "12": false, "شركة Ab": true, "日本": false} {
		if got := wrap(s, body, 0)[0].backwards; got != want && !ownFonts()[regular].plain(s) {
			t.Errorf("%q runs backwards: %v", s, got)
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{
		"a\x00b\x1b[31mc":                "ab[31mc",
		"a\r\nb\rc\u2028d\ve":            "a\nb\nc\nd\ne",
		"tab\there":                      "tab here",
		"bad \xff bytes":                 "bad \uFFFD bytes",
		"e\u0301":                        "é",
		"pay \u202E00.1\u202C \u2066x":   "pay 00.1 x",
		"soft\u00ADhyphen\uFEFF\u200Bzw": "softhyphenzw",
	} {
		if got := clean(in); got != want {
			t.Errorf("%q became %q, want %q", in, got, want)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64 // in widths of the letter m
		want  string
	}{
		{"one two three", 4, "one|two|three"},
		{"", 5, ""},
		{"a\n\nb", 5, "a||b"},
		{"mmmmmmmmmm", 4, "mmmm|mmmm|mm"},
		{"mm-mm mm", 3.5, "mm-|mm|mm"},
		{"x", 0.1, "x"},
		{"mm   mm", 3, "mm|mm"},
		{"mm mm ", 10, "mm mm"},
	} {
		var got []string
		for _, l := range wrap(c.text, body, c.width*single("m", body).width) {
			s := ""
			for _, p := range l.pieces {
				s += p.text
			}
			got = append(got, s)
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("%q: %q, want %q", c.text, strings.Join(got, "|"), c.want)
		}
	}
}

// Whatever is typed, a document comes out, lines keep to their width, and no letter of plain text is lost.
func FuzzText(f *testing.F) {
	for _, s := range []string{
		"Plain", ") \\ ( \\) \\( ", "\x00\x01\xff\xfe", "日本\n한국", "שלום 12 abc", "😀👩‍💻", "a\u0300\u0301\u0302", "\u202e\u2066", strings.Repeat("long ", 2000),
		strings.Repeat("m", 10_000), "\U0010FFFF\uFFFF", "\r\n\t", "ﷺﷺﷺ", "क्ष्म्य", "{nb} /Page <<>> endstream", "\u0600\u200d", "\ufe0f\u200d",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		const width = 30.0
		letters := 0
		for _, l := range wrap(clean(s), body, width) {
			count := 0
			for _, p := range l.pieces {
				for _, r := range p.text {
					count++
					if !unicode.IsSpace(r) {
						letters++
					}
				}
			}
			if l.width > width+0.1 && count > 1 && ownFonts()[regular].plain(l.pieces[0].text) && len(l.pieces) == 1 {
				t.Fatalf("%q: a line of %.2f mm in %.2f", s, l.width, width)
			}
		}
		if want := len([]rune(strings.Join(strings.Fields(clean(s)), ""))); ownFonts()[regular].plain(strings.ReplaceAll(clean(s), "\n", "")) && letters != want {
			t.Fatalf("%q: %d letters of %d", s, letters, want)
		}
		v := sample(1, "EUR")
		v.Business.Logo = nil
		v.Business.Name, v.Client.Address, v.Number, v.Lines[0].Description, v.Notes, v.Footer = s, []string{s, s}, s, s, s, s
		v.Taxes[0].Name, v.Payments[0].Method, v.Details = s, s, []Detail{{s, s}}
		if err := v.PDF(io.Discard, Letter); err != nil {
			t.Fatalf("%q: %v", s, err)
		}
	})
}

func TestLogo(t *testing.T) {
	damaged := pngFile(60, 60)
	damaged = damaged[:len(damaged)-60]
	for name, c := range map[string]struct {
		file []byte
		ok   bool
	}{
		"PNG": {pngFile(30, 10), true}, "JPEG": {jpegFile(30, 10), true}, "large": {pngFile(2000, 50), true},
		"text": {[]byte("no picture"), false}, "empty": {nil, false}, "damaged": {damaged, false},
		"too large": {make([]byte, mostLogoBytes+1), false}, "too many pixels": {hugePNG(), false},
	} {
		if err := CheckLogo(c.file); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		v := sample(1, "EUR")
		v.Business.Logo = c.file
		if has := bytes.Contains(made(t, v, A4), []byte("/Subtype /Image")); has != c.ok {
			t.Errorf("%s: there is a picture on the page: %v", name, has)
		}
	}
	if w, h := fit(3000, 100); w != logoAcross || h != 30 {
		t.Errorf("%d × %d", w, h)
	}
	if w, h := fit(1, 100_000); w != 1 || h != logoDown {
		t.Errorf("%d × %d", w, h)
	}
}

// hugePNG is a small file that says it holds a picture of 60,000 × 60,000 pixels.
func hugePNG() []byte {
	file := pngFile(1, 1)
	huge := bytes.Clone(file)
	copy(huge[16:24], []byte{0, 0, 0xEA, 0x60, 0, 0, 0xEA, 0x60})
	binary.BigEndian.PutUint32(huge[29:33], crc32.ChecksumIEEE(huge[12:29]))
	return huge
}

// Every page is drawn by a reader without complaint, and nothing is printed beyond the edges of the text.
// CLIENTELE_DOCUMENTS names a folder for the files and pictures, to look at them.
func TestPictures(t *testing.T) {
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("pdftoppm (Debian: poppler-utils) is not installed, so the pages are not looked at")
	}
	folder := os.Getenv("CLIENTELE_DOCUMENTS")
	if folder == "" {
		folder = t.TempDir()
	}
	documents := map[string]document{"statement": statement(80), "short statement": statement(0)}
	for name, v := range variants() {
		documents[name] = v
	}
	for name, d := range documents {
		for paper, suffix := range map[Paper]string{A4: "a4", Letter: "letter"} {
			if name == "many" && paper == Letter {
				continue
			}
			base := filepath.Join(folder, name+"-"+suffix)
			old, _ := filepath.Glob(base + "-*.png")
			for _, file := range old {
				os.Remove(file)
			}
			if err := os.WriteFile(base+".pdf", made(t, d, paper), 0o600); err != nil {
				t.Fatal(err)
			}
			if out, err := exec.Command("pdftoppm", "-r", "50", "-png", base+".pdf", base).CombinedOutput(); err != nil || len(out) > 0 {
				t.Fatalf("%s: %v\n%s", name, err, out)
			}
			pictures, err := filepath.Glob(base + "-*.png")
			if err != nil || len(pictures) == 0 {
				t.Fatalf("%s: no pictures: %v", name, err)
			}
			for _, file := range pictures {
				checkPage(t, file, forms[paper])
			}
		}
	}
}

func checkPage(t *testing.T, file string, f form) {
	t.Helper()
	opened, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	page, _, err := image.Decode(opened)
	if err != nil {
		t.Fatal(err)
	}
	size := page.Bounds()
	dark := 0
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			r, g, b, _ := page.At(x, y).RGBA()
			if (r+g+b)/3 > 0xB000 {
				continue // the paper, or the word across it
			}
			dark++
			mm, down := float64(x)*25.4/50, float64(y)*25.4/50
			if mm > 8 && mm < f.left-1 || mm > f.right+1 || down < 8 || down > f.height-4 {
				t.Fatalf("%s: there is ink at %.0f, %.0f mm", filepath.Base(file), mm, down)
			}
		}
	}
	if dark < 200 {
		t.Errorf("%s is empty", filepath.Base(file))
	}
}

func TestConcurrentUse(t *testing.T) {
	want := made(t, variants()["scripts"], A4)
	errs := make(chan error, 4)
	for range cap(errs) {
		go func() {
			var b bytes.Buffer
			err := variants()["scripts"].PDF(&b, A4)
			if err == nil && !bytes.Equal(b.Bytes(), want) {
				err = errors.New("another file than when alone")
			}
			errs <- err
		}()
	}
	for range cap(errs) {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}

func TestLocaleOfTheLanguage(t *testing.T) {
	if got := (Style{Language: "de"}).locale().Decimal; got != "," {
		t.Errorf("German without a locale writes %q", got)
	}
	if got := (Style{Language: "de", Locale: i18n.LocaleFor("en-IE")}).locale().Decimal; got != "." {
		t.Errorf("the locale given is not taken: %q", got)
	}
}
