package phone

import "testing"

// CL-2: search by phone digits.
func TestDigits(t *testing.T) {
	for in, want := range map[string]string{
		"":                 "",
		"+49 (30) 123-456": "4930123456",
		"555.0100 ext 7":   "55501007",
		"no number":        "",
		"٠٣٠ ١٢٣":          "030123",
		"０３-１２３４":          "031234",
		" 0 1\u00a02\t3 ":  "0123",
	} {
		if got := Digits(in); got != want {
			t.Errorf("Digits(%q) = %q, want %q", in, got, want)
		}
	}
}

// A number is found however it was noted, within its country or from abroad.
func TestCore(t *testing.T) {
	for in, want := range map[string]string{
		"0113 496 0333":       "1134960333",
		"+44 113 496 0333":    "1134960333",
		"+44 (0)113 496 0333": "1134960333",
		"0044 113 4960333":    "1134960333",
		"+4930123456":         "30123456",
		"(212) 555-0100":      "2125550100",
		"+1 212-555-0100":     "2125550100",
		"496 0333":            "4960333",
		"0113 49":             "011349", // the beginning of one
		"+44 113":             "44113",
		"555 01":              "55501",
		"+39 06 1234 5678":    "0612345678", // Italy keeps its 0
		"٠١١٣ ٤٩٦٠٣٣٣":        "1134960333",
		"":                    "",
	} {
		if got := Core(in); got != want {
			t.Errorf("Core(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFormat(t *testing.T) {
	for _, c := range []struct{ in, country, want string }{
		{"030 123456", "DE", "+49 30 123456"},
		{"+49 30 123456", "", "+49 30 123456"},
		{"+49 30 123456", "US", "+49 30 123456"},
		{"(212) 555-0100", "US", "+1 212-555-0100"},
		{"020 7946 0018", "GB", "+44 20 7946 0018"},
		{" 030 123456 ", "", "030 123456"}, // no country: as typed, without the spaces around it
		{"110", "DE", "110"},               // too short for a country code
		{"ask at reception", "DE", "ask at reception"},
		{"", "DE", ""},
	} {
		if got := Format(c.in, c.country); got != c.want {
			t.Errorf("Format(%q, %q) = %q, want %q", c.in, c.country, got, c.want)
		}
	}
}

func TestValid(t *testing.T) {
	for in, want := range map[string]bool{
		"110":                               true,
		"11":                                false,
		"+49 (0)30/12.34-56":                true,
		"555 0100 x12":                      true,
		"555 0100 Ext. 12":                  true,
		"555 0100 x12 x13":                  false,
		"555 0100 extra":                    false,
		"call 555 0100":                     false,
		"":                                  false,
		"12345678901234567890123456789012":  true,
		"123456789012345678901234567890123": false,
		"٠٣٠ ١٢٣":                           true,
		"555;0100":                          false,
	} {
		if got := Valid(in); got != want {
			t.Errorf("Valid(%q) = %v, want %v", in, got, want)
		}
	}
}

func FuzzFormat(f *testing.F) {
	f.Add("+49 30 123456", "DE")
	f.Add("٠٣٠", "XX")
	f.Fuzz(func(t *testing.T, s, country string) {
		once := Format(s, country)
		if again := Format(once, country); Digits(again) != Digits(once) {
			t.Errorf("%q in %q is shown as %q, and that as %q", s, country, once, again)
		}
	})
}
