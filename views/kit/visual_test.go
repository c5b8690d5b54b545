package kit

import (
	"strings"
	"testing"
)

// The parts of a line are drawn where they are read: from right to left in a line that begins so. The toolkit draws letters from right to left where they are
// together, and all else from left to right as long as a mark (| here) is between it and them.
func TestLinesReadFromRightToLeft(t *testing.T) {
	for logical, want := range map[string]string{
		"":                     "",
		"Ashworth & Daughters": "Ashworth & Daughters",
		"北京科技 2026":            "北京科技 2026",
		"محمد العلي":           "محمد العلي",
		"שלום…":                "…|" + "שלום",
		"شارع الملك 12":        "12 |" + "شارع الملك",
		"شركة النور 2026 Ltd":  "Ltd 2026 |" + "شركة النور",
		"לקוח VIP משנת 2019":   "2019 |" + "משנת" + "| VIP |" + "לקוח",
		"استضافة 2 GB":         "GB 2 |" + "استضافة",
		"שעה 12:30, 50%":       "50% ,12:30 |" + "שעה",
		"#5 محمد":              "محمد" + "| #5",
		"Client محمد":          "Client |" + "محمد",
		"Client محمد 12 ok":    "Client 12 |" + "محمد" + "| ok",
		"Ltd 2026, محمد":       "Ltd 2026, |" + "محمد",
		"חברת אור בע\"מ 2020":  "2020 |" + "מ" + "|\"|" + "חברת אור בע",
		"שלום (עולם)":          "(|" + "עולם" + "|) |" + "שלום",
		"נור (2020) ב.מ":       "מ" + "|.|" + "ב" + "| (2020) |" + "נור",
		"6578901 תל אביב":      "תל אביב" + "| 6578901",
		"VIP (כהן) ok":         "VIP (|" + "כהן" + "|) ok",
	} {
		if got := strings.ReplaceAll(visual(logical), leftToRight, "|"); got != want {
			t.Errorf("%q is drawn as %q, want %q", logical, got, want)
		}
	}
}
