package exporting_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"clientele/app/exporting"
	"clientele/app/importing"
	"clientele/app/importing/formula"
)

func each(rows ...[]string) exporting.Rows {
	return func(yield func([]string, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func write(t interface{ Fatal(...any) }, format exporting.Format, header []string, rows ...[]string) string {
	var b bytes.Buffer
	n, err := exporting.Write(context.Background(), &b, format, header, each(rows...))
	if err != nil {
		t.Fatal(err)
	}
	if n != len(rows) {
		t.Fatal("rows written:", n)
	}
	return b.String()
}

// IO-3: the very bytes of an export.
func TestFormats(t *testing.T) {
	header := []string{"ID", "Last Name"}
	rows := [][]string{{"1", `O"Neill, Zoë`}, {"-5", "=1+1"}, {"", "a\r\nb"}, {"3", "bad\xFF"}}
	for format, want := range map[exporting.Format]string{
		exporting.FormatCSV: "\uFEFFID,Last Name\r\n1,\"O\"\"Neill, Zoë\"\r\n-5,'=1+1\r\n,\"a\r\nb\"\r\n3,bad\uFFFD\r\n",
		exporting.FormatJSON: "[\n" + `{"ID":"1","Last Name":"O\"Neill, Zoë"},` + "\n" + `{"ID":"-5","Last Name":"=1+1"},` + "\n" +
			`{"ID":"","Last Name":"a\r\nb"},` + "\n" + `{"ID":"3","Last Name":"bad\ufffd"}` + "\n]\n",
		exporting.FormatJSONLines: `{"ID":"1","Last Name":"O\"Neill, Zoë"}` + "\n" + `{"ID":"-5","Last Name":"=1+1"}` + "\n" +
			`{"ID":"","Last Name":"a\r\nb"}` + "\n" + `{"ID":"3","Last Name":"bad\ufffd"}` + "\n",
	} {
		if diff := cmp.Diff(want, write(t, format, header, rows...)); diff != "" {
			t.Errorf("%s: -want +got\n%s", format, diff)
		}
	}
	if got := write(t, exporting.FormatJSON, header); !json.Valid([]byte(got)) {
		t.Errorf("no rows: %q", got)
	}
}

// What goes out comes in as it was, cell by cell, read by another reader of CSV and by our own importer (R10).
func TestRoundTrip(t *testing.T) {
	cell := rapid.OneOf(
		rapid.StringOf(rapid.RuneFrom([]rune("='+-@\t\"',;|a1. \n"))),
		rapid.String(),
		rapid.SampledFrom([]string{"", "'", "''=", "-12.50", "'-5", "=cmd|' /C calc'!A0", "\"", "\r", "a\nb"}),
	)
	rapid.Check(t, func(t *rapid.T) {
		header := []string{"Last Name", "Email", "Notes"}
		row := rapid.SliceOfN(cell, len(header), len(header)).Draw(t, "row")
		for i, s := range row {
			row[i] = strings.ToValidUTF8(s, "\uFFFD")
		}
		text := write(t, exporting.FormatCSV, header, row, []string{"end", "end", "end"})
		if !utf8.ValidString(text) {
			t.Fatal("no valid UTF-8")
		}

		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\uFEFF")))
		records, err := r.ReadAll()
		if err != nil || len(records) != 3 {
			t.Fatal(records, err)
		}
		for i, s := range records[1] {
			// encoding/csv turns CR LF within a cell into LF.
			if got := formula.Unguard(s); got != strings.ReplaceAll(row[i], "\r\n", "\n") {
				t.Errorf("cell %q came back as %q", row[i], got)
			}
		}

		f, err := importing.Open(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		in, err := f.Read(context.Background(), importing.Guess(f.Header))
		if err != nil {
			t.Fatal(err)
		}
		var back importing.Row
		if err := in.Next(&back); err != nil {
			t.Fatal(err)
		}
		for i, field := range []importing.Field{importing.LastName, importing.Email, importing.Notes} {
			if got := back.Value(field); got != strings.TrimSpace(row[i]) {
				t.Errorf("cell %q was imported as %q", row[i], got)
			}
		}
	})
}

func TestWriteStops(t *testing.T) {
	boom := errors.New("boom")
	endless := func(fail error, cancel func()) exporting.Rows {
		return func(yield func([]string, error) bool) {
			for i := 0; ; i++ {
				if i == 1000 {
					cancel()
				}
				if i == 1500 && fail != nil && !yield(nil, fail) || !yield([]string{"x"}, nil) {
					return
				}
			}
		}
	}
	var rows iter.Seq2[[]string, error] = endless(boom, func() {})
	path := filepath.Join(t.TempDir(), "list.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := exporting.File(context.Background(), path, exporting.FormatCSV, []string{"A"}, rows); !errors.Is(err, boom) {
		t.Errorf("error of the rows: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	if _, err := exporting.File(ctx, path, exporting.FormatCSV, []string{"A"}, endless(nil, cancel)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := exporting.File(context.Background(), path, exporting.FormatCSV, []string{"A"}, each([]string{"x", "y"})); !errors.Is(err, exporting.ErrRowLength) {
		t.Errorf("row too long: %v", err)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v %v", entries, err)
	}
	if old, err := os.ReadFile(path); err != nil || string(old) != "old" {
		t.Errorf("old file: %q %v", old, err)
	}
	n, err := exporting.File(context.Background(), path, exporting.FormatCSV, []string{"A"}, each([]string{"x"}))
	if err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	if now, err := os.ReadFile(path); err != nil || string(now) != "\uFEFFA\r\nx\r\n" {
		t.Errorf("new file: %q %v", now, err)
	}
	if _, err := exporting.Write(context.Background(), &bytes.Buffer{}, "xls", []string{"A"}, each()); err == nil {
		t.Error("unknown format is accepted")
	}
}

func BenchmarkCSV(b *testing.B) {
	row := []string{"12345", "Zoë", "Müller", "Müller, Söhne & Co. KG", "client@example.com", "Hauptstraße 5", "Köln", "DE", "+49 221 12345", "2024-05-06"}
	c, err := exporting.NewCSV(&discard{}, make([]string, len(row)))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Row(row); err != nil {
			b.Fatal(err)
		}
	}
}

type discard struct{}

func (discard) Write(b []byte) (int, error) { return len(b), nil }
