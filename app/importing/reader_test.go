package importing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// raw reads a text as records of cells; a broken record is "!line:fault".
func raw(text string, comma byte) []string {
	s := newScanner(memory{bytes.NewReader([]byte(text))}, comma)
	var out []string
	for s.next() {
		if s.fault != faultNone {
			out = append(out, fmt.Sprintf("!%d:%d", s.faultLine, s.fault))
			continue
		}
		out = append(out, fmt.Sprintf("%d:%s", s.first, strings.Join(s.cells(nil), "|")))
	}
	return out
}

func TestScanner(t *testing.T) {
	cases := []struct {
		name, text string
		want       []string
	}{
		{"plain", "a,b\nc,d\n", []string{"1:a|b", "2:c|d"}},
		{"no line end at the end", "a,b\nc,d", []string{"1:a|b", "2:c|d"}},
		{"windows line ends", "a,b\r\nc,d\r\n", []string{"1:a|b", "2:c|d"}},
		{"old mac line ends", "a,b\rc,d\r", []string{"1:a|b", "2:c|d"}},
		{"blank lines", "\n\na,b\n\r\n\nc,d\n\n", []string{"3:a|b", "6:c|d"}},
		{"empty cells", ",\n\"\",\n", []string{"1:|", "2:|"}},
		{"quoted", `"a,b","c ""d"" e"` + "\n", []string{`1:a,b|c "d" e`}},
		{"lines in quotes", "\"a\nb\r\nc\rd\",x\ny,z", []string{"1:a\nb\r\nc\rd|x", "5:y|z"}},
		{"mark within a bare cell", `5" disk,b` + "\n", []string{`1:5" disk|b`}},
		{"never closed", "a,b\nc,\"d\ne,f\ng,h\n", []string{"1:a|b", "!2:1", "3:e|f", "4:g|h"}},
		{"never closed on the last line", "a,\"b", []string{"!1:1"}},
		{"never closed on the last line but one", "a,\"b\nc,d", []string{"!1:1", "2:c|d"}},
		{"text after the mark", "a,\"b\"c,d\ne,f\n", []string{"!1:2", "2:e|f"}},
		{
			"a stray mark does not swallow the rows up to the next", "1,\"Foo,x\n2,b,y\n3,\"Baz, Inc\",z\n4,d,w\n",
			[]string{"!1:2", "2:2|b|y", "3:3|Baz, Inc|z", "4:4|d|w"},
		},
		{"longest cell", strings.Repeat("x", MaxCellBytes) + ",b", []string{"1:" + strings.Repeat("x", MaxCellBytes) + "|b"}},
		{"cell too long", "a\n" + strings.Repeat("x", MaxCellBytes+1) + ",b\nc", []string{"1:a", "!2:3", "3:c"}},
		{"quoted cell too long", "\"" + strings.Repeat("x\n", 10<<19) + "\",b\nc", []string{"!1:3", "5242882:c"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, raw(c.text, ',')); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
		})
	}
}

// A stray mark that is closed, or not, far beyond the window gives up its own line and no more.
func TestStrayMarkFarFromTheNext(t *testing.T) {
	const rows = 40_000
	for _, ending := range []string{"x,\"y\",z\n", ""} {
		text := "a,b\n1,\"stray\n" + strings.Repeat("value,other\n", rows) + ending
		got := raw(text, ',')
		want := rows + 2
		if ending != "" {
			want++
		}
		if len(got) != want || !strings.HasPrefix(got[1], "!2:") {
			t.Errorf("ending %q: %d records, second %s; want %d", ending, len(got), got[1], want)
		}
		if last := got[rows+1]; last != fmt.Sprintf("%d:value|other", rows+2) {
			t.Errorf("ending %q: last row is %q", ending, last)
		}
	}
}

func open(t testing.TB, text string) *File {
	t.Helper()
	f, err := Open(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func rowsOf(t testing.TB, f *File, m Mapping) []Row {
	t.Helper()
	r, err := f.Read(context.Background(), m)
	if err != nil {
		t.Fatal(err)
	}
	var out []Row
	for {
		var row Row
		err := r.Next(&row)
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, row)
	}
}

// IO-1: encoding, delimiter and header are found.
func TestOpenFindsTheForm(t *testing.T) {
	utf16 := func(text string, big bool) string {
		var b bytes.Buffer
		put := func(u uint16) {
			if big {
				b.Write([]byte{byte(u >> 8), byte(u)})
			} else {
				b.Write([]byte{byte(u), byte(u >> 8)})
			}
		}
		put(0xFEFF)
		for _, r := range text {
			put(uint16(r))
		}
		return b.String()
	}
	const text = "First Name,Last Name,Email\nZoë,Müller,z@example.com\n"
	cases := []struct {
		name, text string
		encoding   Encoding
		delimiter  byte
		header     bool
	}{
		{"UTF-8", text, UTF8, ',', true},
		{"UTF-8 with mark", "\uFEFF" + text, UTF8, ',', true},
		{"UTF-16LE", utf16(text, false), UTF16LE, ',', true},
		{"UTF-16BE", utf16(text, true), UTF16BE, ',', true},
		{"Windows-1252", "First Name,Last Name,Email\nZo\xEB,M\xFCller,z@example.com\n", Windows1252, ',', true},
		{"semicolon", strings.ReplaceAll(text, ",", ";"), UTF8, ';', true},
		{"tab", strings.ReplaceAll(text, ",", "\t"), UTF8, '\t', true},
		{"bar", strings.ReplaceAll(text, ",", "|"), UTF8, '|', true},
		{"named by Excel", "sep=;\r\n" + strings.ReplaceAll(text, ",", ";"), UTF8, ';', true},
		{"no header", "Zoë,Müller,z@example.com\nAnn,Lee,a@example.com\n", UTF8, ',', false},
		{"unknown header", "Alpha,Beta,Gamma\nZoë,Müller,z@example.com\n", UTF8, ',', true},
		{"commas in cells", "Name;Straße;Ort\nMüller, Zoë;\"Weg 1, Hof\";Bonn, Süd\n", UTF8, ';', true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			f := open(t, c.text)
			if f.Encoding != c.encoding || f.Delimiter != c.delimiter || f.HasHeader != c.header {
				t.Errorf("found %v, %q, header %v; want %v, %q, %v", f.Encoding, f.Delimiter, f.HasHeader, c.encoding, c.delimiter, c.header)
			}
			if (c.encoding == Windows1252) != (len(f.Warnings) > 0) {
				t.Errorf("warnings %q", f.Warnings)
			}
			rows := rowsOf(t, f, Mapping{FirstName, LastName, Email})
			if got := rows[len(rows)-1].Value(FirstName) + rows[0].Value(FirstName); !strings.Contains(got, "Zoë") {
				t.Errorf("first names %q, want Zoë among them", got)
			}
			if len(f.Header) != 3 {
				t.Errorf("header %q", f.Header)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":          {"", "empty"},
		"blank":          {"\n\n\r\n", "no rows"},
		"spreadsheet":    {"PK\x03\x04abc", "Excel"},
		"PDF":            {"%PDF-1.4", "PDF"},
		"binary":         {strings.Repeat("\x00\x01\x02abc", 100), "not a text file"},
		"UTF-16 no mark": {strings.Repeat("a\x00,\x00", 100), "not a text file"},
		"broken header":  {"a,\"b\nc,d\n", "line 1"},
		"NUL in header":  {"First\x00Name,Email\nx,y\n", "NUL"},
		"endless header": {strings.Repeat("x", 1<<20), "longer"},
	} {
		if _, err := Open(strings.NewReader(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want one with %q", name, err, c.want)
		}
	}
}

func TestCancelledReadEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := open(t, "Email\na@example.com\n").Read(ctx, Mapping{Email})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Next(new(Row)); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want context.Canceled", err)
	}
}

// FuzzScanner holds that no file makes the scanner panic or hang, that lines only go forward, and that the size
// of the window does not change what is read.
func FuzzScanner(f *testing.F) {
	for _, s := range []string{"a,b\n", "\"a\r\nb\",\"", "\"\"\"", "a\"b,\"c\"d\n\"e", "\r\r\n\n", "x,\"y\nz\"w\n,\"\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		whole := raw(text, ',')
		last := 0
		for _, record := range whole {
			var line int
			if _, err := fmt.Sscanf(strings.TrimPrefix(record, "!"), "%d:", &line); err != nil || line < last {
				t.Fatalf("record %q after line %d", record, last)
			}
			last = line
		}
		if strings.Count(text, "\n")+strings.Count(text, "\r")+1 < last {
			t.Errorf("line %d of a shorter file", last)
		}
		small := newScanner(memory{bytes.NewReader([]byte(text))}, ',')
		small.window = make([]byte, 0, 16)
		n := 0
		for small.next() {
			n++
		}
		if n != len(whole) {
			t.Errorf("%d records with a small window, %d with a large one", n, len(whole))
		}
	})
}

// FuzzOpen holds that no file makes reading panic, and that every bad row can be told by line and reason.
func FuzzOpen(f *testing.F) {
	f.Add([]byte("First Name,Last Name,Email,Credit\nA,B,a@example.com,1.00\n"))
	f.Add([]byte("\xFF\xFEa\x00,\x00b\x00"))
	f.Add([]byte("Email;Land\nm\xFC@x;\xE4\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		file, err := Open(bytes.NewReader(content))
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		m := Guess(file.Header)
		habits, err := file.Habits(context.Background(), m)
		if err != nil {
			t.Fatal(err)
		}
		c := NewConverter(habits.Options(file, m))
		for _, row := range rowsOf(t, file, m) {
			_, problems := c.Convert(&row)
			for _, p := range problems {
				if p.Line < 1 || p.Reason == "" {
					t.Errorf("problem %+v", p)
				}
			}
		}
	})
}

// FuzzMapping holds that a mapping from the command line maps each field once or gives an error in words.
func FuzzMapping(f *testing.F) {
	f.Add("Mail,Name", "Mail=Email,#2=-")
	f.Add("a,b", "\"a,b=Email\"")
	f.Fuzz(func(t *testing.T, header, list string) {
		columns := strings.Split(header, ",")
		m, err := ParseMapping(columns, list)
		if err != nil {
			if err.Error() == "" {
				t.Error("an error without words")
			}
			return
		}
		if len(m) != len(columns) {
			t.Fatalf("%d columns mapped of %d", len(m), len(columns))
		}
		used := slices.DeleteFunc(slices.Clone(m), func(f Field) bool { return f == None })
		slices.Sort(used)
		if len(slices.Compact(slices.Clone(used))) != len(used) {
			t.Errorf("a field mapped twice: %v", m)
		}
	})
}
