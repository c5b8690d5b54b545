package kit

import "testing"

// The parts of a line are drawn where they are read: from right to left in a line that begins so. The toolkit draws the space at the end of a part that is written
// from right to left at its left.
func TestLinesReadFromRightToLeft(t *testing.T) {
	for logical, want := range map[string]string{
		"":                     "",
		"Ashworth & Daughters": "Ashworth & Daughters",
		"北京科技 2026":            "北京科技 2026",
		"محمد العلي":           "محمد العلي",
		"שלום…":                "שלום…",
		"شارع الملك 12":        "12" + "شارع الملك ",
		"شركة النور 2026 Ltd":  "Ltd 2026" + "شركة النور ",
		"לקוח VIP משנת 2019":   "2019" + " משנת " + "VIP" + "לקוח ",
		"استضافة 2 GB":         "GB 2" + "استضافة ",
		"שעה 12:30, 50%":       "50%, 12:30" + "שעה ",
		"#5 محمد":              " محمد" + "#5",
		"Client محمد":          "Client محمد",
		"Client محمد 12 ok":    "Client 12" + "محمد " + " ok",
		"Ltd 2026, محمد":       "Ltd 2026, محمد",
	} {
		if got := visual(logical); got != want {
			t.Errorf("%q is drawn as %q, want %q", logical, got, want)
		}
	}
}
