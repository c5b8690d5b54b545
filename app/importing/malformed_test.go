package importing

import (
	"fmt"
	"strings"
	"testing"
)

// malformed are the ways in which a row is spoilt, each with the column and the beginning of the reason that must be
// named. They are laid over good rows by TestMalformedRows.
var malformed = []struct {
	field  Field // the cell that is spoilt; None for the row as a whole
	value  string
	raw    bool // value goes into the file as it is, without quotation marks
	reason string
}{
	{FirstName, "", false, "empty"},
	{LastName, " \t ", false, "empty"},
	{Email, "", false, "empty"},
	{FirstName, "Zo\x00", false, "NUL"},
	{LastName, "M\xFCller", false, "UTF-8"},
	{LastName, "M\xC3", false, "UTF-8"},
	{CompanyName, "\xED\xA0\x80", false, "UTF-8"},
	{CompanyName, "a\x1Bb", false, "control character U+001B"},
	{CompanyName, "a\u0085b", false, "control character U+0085"},
	{CompanyName, "gpj.\u202Eexe", false, "text-direction"},
	{City, "a\u2066b", false, "text-direction"},
	{City, "Bonn\nBcc: x@example.com", false, "line break"},
	{City, "Bonn\rBcc: x@example.com", false, "line break"},
	{City, "Bonn\u2028x", false, "line break"},
	{Address1, "a\tb", false, "tab"},
	{Notes, "a\x07b", false, "control character U+0007"},
	{Notes, strings.Repeat("n", MaxCellBytes+1), false, "longer than"},
	{FirstName, strings.Repeat("é", 101), false, "101 characters long"},
	{CompanyName, strings.Repeat("x", 201), false, "201 characters long"},
	{Email, strings.Repeat("x", 250) + "@example.com", false, "262 bytes long"},
	{Address2, strings.Repeat("x", 201), false, "201 characters long"},
	{State, strings.Repeat("x", 101), false, "101 characters long"},
	{Postcode, strings.Repeat("1", 21), false, "21 characters long"},
	{PhoneNumber, strings.Repeat("1", 33), false, "33 characters long"},
	{TaxID, strings.Repeat("1", 51), false, "51 characters long"},
	{Email, "no-at-sign", false, "no @"},
	{Email, "two@@example.com", false, "@"},
	{Email, "@example.com", false, "before the @"},
	{Email, "a@", false, "domain"},
	{Email, "a b@example.com", false, "blanks"},
	{Email, "=HYPERLINK(\"http://x\")", false, "email"},
	{Email, "a@example.com\r\nBcc: b@example.com", false, "line break"},
	{Country, "Atlantis", false, "no country"},
	{Country, "=1+1", false, "no country"},
	{Currency, "XXQ", false, "no currency"},
	{Currency, "1", false, "no currency"},
	{CreationDate, "31.02.2024", false, "no date"},
	{CreationDate, "2024-02-30", false, "no date"},
	{CreationDate, "2024-13-01", false, "no date"},
	{CreationDate, "yesterday", false, "no date"},
	{CreationDate, "=TODAY()", false, "no date"},
	{Credit, "-5.00", false, "below zero"},
	{Credit, "12.345", false, "12.345"},
	{Credit, "ten", false, "ten"},
	{Credit, "1e9", false, "1e9"},
	{Credit, "99999999999999999999", false, ""},
	{Credit, "=1+1", false, "=1+1"},
	{Status, "Maybe", false, "no status"},
	{TaxExempt, "perhaps", false, "neither yes nor no"},
	{Language, "Klingon", false, "no language"},
	{FirstName, `"Ann"e`, true, "quotation mark"},
	{FirstName, `"Ann" "e"`, true, "quotation mark"},
	{Notes, "a,b,c,d", true, "cells"},
}

// spoiltFile is a file of good rows among which every seventh is spoilt in one of the ways above. It gives what must
// be reported, by line.
func spoiltFile(spoilt int) (text string, want map[int]int) {
	var b strings.Builder
	columns := Fields()
	for i, f := range columns {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(f.Key())
	}
	b.WriteString("\r\n")
	line, want := 2, map[int]int{}
	for row := range spoilt * 7 {
		bad := -1
		if row%7 == 3 {
			bad = row / 7 % len(malformed)
			want[line] = bad
		}
		for i, f := range columns {
			if i > 0 {
				b.WriteByte(',')
			}
			value := map[Field]string{
				FirstName: "Zoë", LastName: "Müller", Email: fmt.Sprintf("client%d@example.com", row), Country: "DE", Currency: "EUR",
				CreationDate: "2024-05-06", Credit: "12.50", Status: "Active", Notes: "one\r\ntwo",
			}[f]
			if bad >= 0 && malformed[bad].field == f {
				value = malformed[bad].value
				if malformed[bad].raw {
					b.WriteString(value)
					continue
				}
			}
			line += lineEnds(value)
			b.WriteString(`"` + strings.ReplaceAll(value, `"`, `""`) + `"`)
		}
		b.WriteString("\r\n")
		line++
	}
	return b.String(), want
}

func lineEnds(s string) int {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	return strings.Count(s, "\n") + strings.Count(s, "\r")
}

// R10, IO-1: each bad row names line, column and reason, and each good row between them comes in whole.
func TestMalformedRows(t *testing.T) {
	const spoilt = 500
	text, want := spoiltFile(spoilt)
	f := open(t, text)
	m := Guess(f.Header)
	if err := m.Check(f.Header, AlwaysRequired...); err != nil {
		t.Fatal(err)
	}
	c := NewConverter(Habits{}.Options(f, m))
	good := 0
	for _, row := range rowsOf(t, f, m) {
		record, problems := c.Convert(&row)
		i, bad := want[row.Line]
		if !bad {
			if len(problems) > 0 || record.LastName != "Müller" || record.Notes != "one\ntwo" || record.Credit.Minor != 1250 {
				t.Errorf("good row on line %d: %+v %v", row.Line, record, problems)
			}
			good++
			continue
		}
		spoil := malformed[i]
		delete(want, row.Line)
		if len(problems) != 1 {
			t.Errorf("line %d (%v %.30q): %d problems: %v", row.Line, spoil.field, spoil.value, len(problems), problems)
			continue
		}
		p := problems[0]
		if p.Line < row.Line || p.Line > row.Line+2 || !strings.Contains(p.Reason, spoil.reason) {
			t.Errorf("line %d (%v %.30q): problem %v, want one on %q", row.Line, spoil.field, spoil.value, p, spoil.reason)
		}
		if wholeRow := spoil.reason == "cells"; (p.Column == "") != wholeRow || !wholeRow && (p.Field != spoil.field || p.Column != spoil.field.Key()) {
			t.Errorf("line %d (%v %.30q): column %q, field %v", row.Line, spoil.field, spoil.value, p.Column, p.Field)
		}
	}
	if len(want) > 0 || good != spoilt*6 {
		t.Errorf("%d bad rows not reported, %d good rows of %d", len(want), good, spoilt*6)
	}
}

// R10: a cell of 10 MB costs its own row and no memory to speak of.
func TestEndlessCell(t *testing.T) {
	endless := strings.Repeat("line\n", 2<<20)
	f := open(t, "First Name,Last Name,Email,Notes\nA,B,a@example.com,\""+endless+"\"\nC,D,c@example.com,fine\n")
	m := Guess(f.Header)
	rows := rowsOf(t, f, m)
	c := NewConverter(Habits{}.Options(f, m))
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	if _, problems := c.Convert(&rows[0]); len(problems) != 1 || problems[0].Line != 2 || problems[0].Column != "Notes" {
		t.Errorf("problems %v", problems)
	}
	if r, problems := c.Convert(&rows[1]); len(problems) != 0 || r.FirstName != "C" || r.Line != 3+2<<20 {
		t.Errorf("row after it: %+v %v", r, problems)
	}
}

// CL-5: everything that is wrong with a row is said at once.
func TestAllProblemsOfARow(t *testing.T) {
	f := open(t, "Vorname;Nachname;E-Mail;Land;Guthaben;Angelegt am\n;M\x07;x;Nirgendwo;-1;32.01.2024\n")
	m := Guess(f.Header)
	rows := rowsOf(t, f, m)
	_, problems := NewConverter(Habits{}.Options(f, m)).Convert(&rows[0])
	var columns []string
	for _, p := range problems {
		columns = append(columns, p.Column)
		if p.Line != 2 {
			t.Errorf("line %d", p.Line)
		}
	}
	for _, column := range f.Header {
		if !strings.Contains(strings.Join(columns, ";"), column) {
			t.Errorf("nothing on %q in %v", column, problems)
		}
	}
}
