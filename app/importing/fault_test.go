package importing

import (
	"strings"
	"testing"
)

// CL-5, IO-1: the form and the file hold a value to the same rule.
func TestFault(t *testing.T) {
	for _, c := range []struct {
		field Field
		value string
		ok    bool
	}{
		{FirstName, "Zoë 😀 O'Neil", true},
		{FirstName, strings.Repeat("界", 100), true},
		{FirstName, strings.Repeat("界", 101), false},
		{Email, strings.Repeat("a", 255), false},
		{LastName, "a\r\nBcc: x@example.com", false},
		{LastName, "a\x00b", false},
		{LastName, "a\u202eb", false},
		{LastName, "a\xff", false},
		{Notes, "one\n\ttwo\r\nthree", true},
		{Notes, "bell\a", false},
		{Notes, strings.Repeat("x", 65_537), false},
	} {
		if got := c.field.Fault(c.value); (got == "") != c.ok {
			t.Errorf("%v of %.20q: %q", c.field, c.value, got)
		}
	}
}
