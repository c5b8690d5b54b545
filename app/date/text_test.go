package date

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"clientele/app/i18n"
)

func TestParseISO(t *testing.T) {
	for in, ok := range map[string]bool{
		"2026-03-31": true, "2026-02-29": false, "2026-3-31": false, " 2026-03-31": false, "2026/03/31": false,
		"26-03-31": false, "": false, "2026-03-31T00:00:00Z": false, "+026-03-31": false, "2026-+3-31": false,
	} {
		if d, err := Parse(in); (err == nil) != ok || ok && d.String() != in {
			t.Errorf("Parse(%q) = %v, %v", in, d, err)
		}
	}
}

func TestParseLocal(t *testing.T) {
	for _, c := range []struct{ locale, in, want string }{
		{"en-US", "3/4/2026", "2026-03-04"},
		{"en-GB", "3/4/2026", "2026-04-03"},
		{"de-DE", "3.4.2026", "2026-04-03"},
		{"de-DE", "03.04.2026", "2026-04-03"},
		{"de-DE", "3/4/2026", "2026-04-03"},
		{"de-DE", "3-4-2026", "2026-04-03"},
		{"de-DE", "3 4 2026", "2026-04-03"},
		{"de-DE", " 2026-04-03 ", "2026-04-03"},
		{"en-US", "2026-04-03", "2026-04-03"},
		{"en-US", "2026/4/3", "2026-04-03"},
		{"hu-HU", "2026.04.03.", "2026-04-03"},
		{"sv-SE", "2026-04-03", "2026-04-03"},
		{"sv-SE", "2026‑04‑03", "2026-04-03"}, // hyphens that do not break
		{"ar-EG", "٣/٤/٢٠٢٦", "2026-04-03"},
		{"ja-JP", "２０２６／４／３", "2026-04-03"},

		{"en-US", "31/12/2026", ""}, // no month 31, and nothing is turned round silently
		{"de-DE", "12.31.2026", ""},
		{"de-DE", "3.4.26", "2026-04-03"},
		{"de-DE", "1/11/26", "2026-11-01"},
		{"en-GB", "1.11.26", "2026-11-01"},
		{"en-GB", "1-11-68", "2068-11-01"},
		{"en-GB", "1 11 69", "1969-11-01"},
		{"en-US", "11/1/00", "2000-11-01"},
		{"en-US", "31/12/26", ""},
		{"en-GB", "29/2/26", ""},
		{"en-GB", "1/11/6", ""},
		{"en-GB", "1/11/026", ""},
		{"sv-SE", "26-11-01", ""}, // year first: which of the three is meant could not be told
		{"sv-SE", "01.11.26", ""},
		{"de-DE", "3.4", ""},
		{"de-DE", "3.4.2026.5", ""},
		{"de-DE", "3/4.2026", ""},
		{"de-DE", "29.2.2026", ""},
		{"de-DE", "003.4.2026", ""},
		{"de-DE", "-3.4.2026", ""},
		{"de-DE", "1.1.1899", ""},
		{"de-DE", "tomorrow", ""},
		{"de-DE", "", ""},
	} {
		d, err := ParseLocal(c.in, i18n.LocaleFor(c.locale))
		if d.String() != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: ParseLocal(%q) = %v, %v, want %q", c.locale, c.in, d, err, c.want)
		}
	}
}

func TestErrorsSayHowToWriteADate(t *testing.T) {
	_, err := ParseLocal("tomorrow", i18n.LocaleFor("de-DE"))
	if want := "“tomorrow” is not a date. Write it like 22.11.2026."; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	_, err = ParseLocal("", i18n.LocaleFor("en-US"))
	if want := "Type a date, such as 11/22/2026."; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	_, err = ParseLocal("31/10/2026", i18n.LocaleFor("en-US"))
	if want := "“31/10/2026” is not a date. Write it like 11/22/2026."; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
	_, err = ParseLocal("30.2.2026", i18n.LocaleFor("de-DE"))
	if want := "There is no such day. Years from 1900 to 9999 are understood."; err == nil || err.Error() != want {
		t.Errorf("%v", err)
	}
}

// AP-5: dates by locale.
func TestFormat(t *testing.T) {
	d := MustNew(2026, 4, 3)
	for tag, want := range map[string]string{
		"en-US": "04/03/2026", "en-GB": "03/04/2026", "en-CA": "2026-04-03", "de-DE": "03.04.2026", "fr-FR": "03/04/2026",
		"fr-CA": "2026-04-03", "nl-NL": "03-04-2026", "sv-SE": "2026-04-03", "ja-JP": "2026/04/03", "hu-HU": "2026.04.03",
		"zz": "04/03/2026", "eo": "2026-04-03", "fa": "۲۰۲۶/۰۴/۰۳",
	} {
		if got := d.Format(i18n.LocaleFor(tag)); got != want {
			t.Errorf("%s: %s, want %s", tag, got, want)
		}
	}
	if got := d.Format(i18n.Locale{}); got != "04/03/2026" {
		t.Errorf("the zero locale writes %s", got)
	}
}

func TestPropertyFormatIsRead(t *testing.T) {
	tags := []string{"en-US", "en-GB", "de-DE", "fr-CA", "nl-NL", "sv-SE", "ja-JP", "hu-HU", "ko-KR", "ar", "fa", "eo"}
	rapid.Check(t, func(t *rapid.T) {
		l := i18n.LocaleFor(rapid.SampledFrom(tags).Draw(t, "locale"))
		d := anyDay(t)
		if got, err := ParseLocal(d.Format(l), l); err != nil || got != d {
			t.Fatalf("%v is written %s and read as %v, %v", d, d.Format(l), got, err)
		}
	})
}

// IO-1: the layout of dates in an imported file.
func TestDetect(t *testing.T) {
	for _, c := range []struct {
		samples []string
		want    []string
	}{
		{[]string{"2026-11-22", "", "0000-00-00"}, []string{"YYYY-MM-DD"}},
		{[]string{"2026-11-22 13:45:10"}, []string{"YYYY-MM-DD"}},
		{[]string{"2026-11-22T13:45:10Z", "2026-11-22T13:45:10.25+01:00"}, []string{"YYYY-MM-DD"}},
		{[]string{"22/11/2026", "1/2/2026"}, []string{"DD/MM/YYYY"}},
		{[]string{"11/22/2026 1:45 PM"}, []string{"MM/DD/YYYY"}},
		{[]string{"03/04/2026"}, []string{"DD/MM/YYYY", "MM/DD/YYYY"}},
		{[]string{"22.11.2026"}, []string{"DD.MM.YYYY"}},
		{[]string{"20261122"}, []string{"YYYYMMDD"}},
		{[]string{"22/11/2026", "11/22/2026"}, nil},
		{[]string{"22/11/2026", "soon"}, nil},
		{[]string{"", "0000-00-00"}, nil},
		{nil, nil},
	} {
		var got []string
		for _, l := range Detect(c.samples) {
			got = append(got, l.String())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("Detect(%q) = %q, want %q", c.samples, got, c.want)
		}
	}
}

func TestLayoutParse(t *testing.T) {
	dmy := Layout{i18n.DMY, "/"}
	for in, want := range map[string]string{
		"3/4/2026": "2026-04-03", "03/04/2026 23:59:59": "2026-04-03", "": "", "00/00/0000": "", "00/00/0000 00:00:00": "",
	} {
		if d, err := dmy.Parse(in); err != nil || d.String() != want {
			t.Errorf("Parse(%q) = %v, %v", in, d, err)
		}
	}
	for _, in := range []string{"2026-04-03", "31/4/2026", "x", "3/4/2026 at noon"} {
		if d, err := dmy.Parse(in); err == nil {
			t.Errorf("Parse(%q) = %v", in, d)
		}
	}
}

func FuzzParseLocal(f *testing.F) {
	for _, s := range []string{"3/4/2026", "2026-04-03", "٣/٤/٢٠٢٦", "1.1.1900", "31 12 9999", "1.11.26", "1/11/69", "", "--", "////"} {
		f.Add(s, "de-DE")
		f.Add(s, "en-US")
	}
	f.Fuzz(func(t *testing.T, s, tag string) {
		l := i18n.LocaleFor(tag)
		d, err := ParseLocal(s, l)
		if err != nil {
			if !d.IsZero() || err.Error() == "" {
				t.Fatalf("%q gives %v and %v", s, d, err)
			}
			return
		}
		if again, err := ParseLocal(d.Format(l), l); err != nil || again != d {
			t.Fatalf("%q is %v, which is read back as %v, %v", s, d, again, err)
		}
		Detect([]string{s})
	})
}
