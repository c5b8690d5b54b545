package card_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"clientele/app/card"
)

// The numbers are those that the brands publish for tests.
func TestParse(t *testing.T) {
	for _, c := range []struct {
		typed   string
		brand   card.Brand
		grouped string
	}{
		{"4242424242424242", card.Visa, "4242 4242 4242 4242"},
		{" 4242 4242-4242\u00a04242 ", card.Visa, "4242 4242 4242 4242"},
		{"4222222222222", card.Visa, "4222 2222 2222 2"},
		{"5555555555554444", card.Mastercard, "5555 5555 5555 4444"},
		{"2223003122003222", card.Mastercard, "2223 0031 2200 3222"},
		{"378282246310005", card.Amex, "3782 822463 10005"},
		{"3714-496353-98431", card.Amex, "3714 496353 98431"},
		{"6011111111111117", card.Discover, "6011 1111 1111 1117"},
		{"30569309025904", card.Diners, "3056 9309 0259 04"},
		{"36227206271667", card.Diners, "3622 7206 2716 67"},
		{"3566002020360505", card.JCB, "3566 0020 2036 0505"},
		{"6200000000000005", card.UnionPay, "6200 0000 0000 0005"},
		{"6759649826438453", card.Maestro, "6759 6498 2643 8453"},
		{"6304000000000000", card.Maestro, "6304 0000 0000 0000"},
		{"9000000000000001", card.Other, "9000 0000 0000 0001"},
	} {
		n, err := card.Parse(c.typed)
		if err != nil || n.Brand() != c.brand || n.Grouped() != c.grouped {
			t.Errorf("%q: %s, %q, %v", c.typed, n.Brand(), n.Grouped(), err)
		}
		back, err := card.FromPlain(n.Plain())
		if err != nil || !back.Equal(n) || len(n.Plain()) != 32 {
			t.Errorf("%q does not come back: %v", c.typed, err)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for typed, want := range map[string]error{
		"":                     card.ErrEmpty,
		" - ":                  card.ErrEmpty,
		"4242":                 card.ErrLength,
		"42424242424":          card.ErrLength,
		"42424242424242424242": card.ErrLength,
		"4242424242424241":     card.ErrChecksum,
		"4242 4242 4242 424Z":  card.ErrCharacters,
		"４２４２４２４２４２４２４２４２":      card.ErrCharacters,
		"4242.4242.4242.4242":   card.ErrCharacters,
		strings.Repeat("0", 99): card.ErrLength,
	} {
		n, err := card.Parse(typed)
		if !errors.Is(err, want) || !n.IsZero() {
			t.Errorf("%q: %v", typed, err)
		}
		if d := strings.ReplaceAll(typed, " ", ""); err != nil && len(d) >= 8 && strings.Contains(err.Error(), d) {
			t.Errorf("the error names what was typed: %v", err)
		}
	}
}

// Every digit matters, and so does the order of nearly all neighbours.
func TestChecksumFindsSlips(t *testing.T) {
	const good = "5555555555554444"
	for i := range len(good) {
		for d := byte('0'); d <= '9'; d++ {
			typed := []byte(good)
			if typed[i] == d {
				continue
			}
			typed[i] = d
			if _, err := card.Parse(string(typed)); !errors.Is(err, card.ErrChecksum) {
				t.Errorf("%s passes", typed)
			}
		}
	}
}

// However a number is printed, logged or encoded, alone or within something else: never more than its last four digits.
func TestNeverShown(t *testing.T) {
	n, err := card.Parse("4000056655665556")
	if err != nil {
		t.Fatal(err)
	}
	type holder struct {
		Number card.Number
		hidden card.Number
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "number", n, "holder", holder{n, n}, "pointer", &holder{n, n})
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "number", n, "holder", holder{n, n}, "list", []card.Number{n})
	encoded, err := json.Marshal(map[string]any{"n": n, "h": holder{n, n}, "p": &n})
	if err != nil {
		t.Fatal(err)
	}
	shown := []string{log.String(), string(encoded), n.String(), fmt.Sprint(n, &n), fmt.Errorf("no: %w, %v", errors.New("x"), n).Error()}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%b", "%o", "%c", "%U", "%e", "%T", "%08.3f"} {
		shown = append(shown, fmt.Sprintf(verb, n), fmt.Sprintf(verb, &n), fmt.Sprintf(verb, holder{n, n}), fmt.Sprintf(verb, []card.Number{n}), fmt.Sprintf(verb, map[string]card.Number{"a": n}))
	}
	for _, s := range shown {
		// Each part is longer than what the address of something in memory can be taken for.
		for _, part := range []string{"40000566", "05665566", "55665556", "3430303030"} {
			if strings.Contains(s, part) {
				t.Errorf("shows %s: %s", part, s)
			}
		}
	}
	typed := card.Text("4000056655665556")
	for _, s := range []string{fmt.Sprintf("%v %+v %#v %s %x %q", typed, struct{ T card.Text }{typed}, typed, typed, typed, typed), string(must(json.Marshal(typed)))} {
		if strings.Contains(s, "40000566") || strings.Contains(s, "3430") {
			t.Errorf("shows what was typed: %s", s)
		}
	}
	if n.String() != "•••• 5556" {
		t.Errorf("%q", n.String())
	}
	n.Wipe()
	if !n.IsZero() || n.Digits() != "" || n.Last4() != "" {
		t.Error("wiping leaves digits")
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func TestFromPlainRefuses(t *testing.T) {
	n, err := card.Parse("4242424242424242")
	if err != nil {
		t.Fatal(err)
	}
	for name, spoil := range map[string]func([]byte) []byte{
		"short":        func(b []byte) []byte { return b[:31] },
		"empty":        func([]byte) []byte { return nil },
		"length":       func(b []byte) []byte { b[0] = 200; return b },
		"shorter":      func(b []byte) []byte { b[0] = 15; return b },
		"no digit":     func(b []byte) []byte { b[3] = 'x'; return b },
		"another":      func(b []byte) []byte { b[3] = '7'; return b },
		"rest is used": func(b []byte) []byte { b[31] = 1; return b },
	} {
		if _, err := card.FromPlain(spoil(n.Plain())); !errors.Is(err, card.ErrPlain) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestParseMonth(t *testing.T) {
	for typed, want := range map[string]string{
		"08/29": "08/29", "8/29": "08/29", "08/2029": "08/29", "0829": "08/29", "082029": "08/29", "08-29": "08/29", " 08 29 ": "08/29", "12.30": "12/30", "": "",
	} {
		m, err := card.ParseMonth(typed)
		if err != nil || m.String() != want {
			t.Errorf("%q: %v, %v", typed, m, err)
		}
	}
	for _, typed := range []string{"13/29", "00/29", "0/29", "8/9", "829", "08/02029", "x/29", "08/ab", "+8/29", "08/1029", "2029-08-01", "é12"} {
		if m, err := card.ParseMonth(typed); !errors.Is(err, card.ErrMonth) {
			t.Errorf("%q: %v, %v", typed, m, err)
		}
	}
}

func TestDates(t *testing.T) {
	now := time.Date(2026, 11, 29, 12, 0, 0, 0, time.UTC)
	at := func(s string) card.Month {
		m, err := card.ParseMonth(s)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	for _, c := range []struct {
		end, start string
		want       error
	}{
		{"11/26", "", nil},
		{"10/26", "", card.ErrExpired},
		{"", "", card.ErrMonth},
		{"11/46", "", nil},
		{"01/47", "", card.ErrFar},
		{"11/26", "11/26", nil},
		{"12/27", "12/26", card.ErrUnstarted},
		{"12/27", "01/20", nil},
	} {
		err := card.CheckExpiry(at(c.end), now)
		if err == nil {
			err = card.CheckStart(at(c.start), at(c.end), now)
		}
		if !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if err := card.CheckStart(at("10/26"), at("09/26"), now); !errors.Is(err, card.ErrOrder) {
		t.Errorf("ends before it starts: %v", err)
	}
	if end := at("11/26"); end.Ended(now) || !end.Ended(now.AddDate(0, 0, 2)) {
		t.Error("a card is valid to the end of its month")
	}
}

func TestIssueAndLast4(t *testing.T) {
	for typed, want := range map[string]string{"": "", " 02 ": "02", "7": "7", "123": "123"} {
		if got, err := card.ParseIssue(typed); got != want || err != nil {
			t.Errorf("%q: %q, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"1234", "x", "-1"} {
		if _, err := card.ParseIssue(typed); !errors.Is(err, card.ErrIssue) {
			t.Errorf("%q: %v", typed, err)
		}
	}
	for typed, good := range map[string]bool{"4242": true, " 0001 ": true, "": false, "424": false, "42424": false, "４２４２": false} {
		if _, err := card.ParseLast4(typed); (err == nil) != good {
			t.Errorf("%q: %v", typed, err)
		}
	}
}

func TestBrands(t *testing.T) {
	for _, b := range card.Brands() {
		if !b.Valid() {
			t.Errorf("%s", b)
		}
	}
	if card.Brand("").Valid() || card.Brand("Visa Electron").Valid() {
		t.Error("unknown brands are valid")
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"4242 4242 4242 4242", "3782-822463-10005", "", "x", "00000000000000000000"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		n, err := card.Parse(typed)
		if err != nil {
			if !n.IsZero() {
				t.Error("a number with an error")
			}
			return
		}
		again, err := card.Parse(n.Grouped())
		if err != nil || !again.Equal(n) {
			t.Errorf("does not come back: %v", err)
		}
		plain, err := card.FromPlain(n.Plain())
		if err != nil || !plain.Equal(n) || !n.Brand().Valid() {
			t.Errorf("%v", err)
		}
		if s := fmt.Sprintf("%+v", n); strings.Contains(s, n.Digits()) {
			t.Error("shows itself")
		}
	})
}

func FuzzMonth(f *testing.F) {
	f.Add("08/29")
	f.Add("é/29")
	f.Fuzz(func(t *testing.T, typed string) {
		m, err := card.ParseMonth(typed)
		if err != nil || m.IsZero() {
			return
		}
		if again, err := card.ParseMonth(fmt.Sprintf("%02d/%d", m.Month, m.Year)); again != m || err != nil {
			t.Errorf("%q: %v, %v", typed, m, again)
		}
	})
}

func FuzzFromPlain(f *testing.F) {
	n, _ := card.Parse("4242424242424242")
	f.Add(n.Plain())
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, plain []byte) {
		n, err := card.FromPlain(plain)
		if err != nil {
			return
		}
		if string(n.Plain()) != string(plain) {
			t.Error("two forms of one number")
		}
	})
}
