package client

import (
	"maps"
	"testing"

	"pgregory.net/rapid"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
)

var someFields = []data.CustomField{
	{ID: 1, Kind: data.FieldText},
	{ID: 2, Kind: data.FieldNumber},
	{ID: 3, Kind: data.FieldDate},
	{ID: 4, Kind: data.FieldTick},
	{ID: 5, Kind: data.FieldLong},
}

// A profile that goes through the form untouched comes out as it was, in every locale.
func TestProfileSurvivesTheForm(t *testing.T) {
	defer i18n.SetLocale(i18n.CurrentLocale())
	rapid.Check(t, func(t *rapid.T) {
		i18n.SetLocale(i18n.LocaleFor(rapid.SampledFrom([]string{"en-US", "de-DE", "fr-CH", "hi-IN", "ar-EG", "ja-JP"}).Draw(t, "locale")))
		text := rapid.StringMatching(`[a-zA-ZäÖ山 ,.-]{0,12}`)
		p := app.Profile{
			GroupID: rapid.Int64Range(0, 99).Draw(t, "group"), Status: rapid.SampledFrom(app.Statuses).Draw(t, "status"),
			TaxExempt: rapid.Bool().Draw(t, "exempt"), SeparateInvoices: rapid.Bool().Draw(t, "separate"), NoLateFees: rapid.Bool().Draw(t, "late"),
			NoOverdueEmails: rapid.Bool().Draw(t, "overdue"), MarketingOptIn: rapid.Bool().Draw(t, "marketing"),
			Wants: map[app.Category]bool{}, Custom: map[int64]string{
				1: rapid.StringMatching(`[a-z]{0,5}`).Draw(t, "text"), 2: rapid.StringMatching(`(-?[0-9]{1,4}(\.[0-9]{1,3})?)?`).Draw(t, "number"),
				3: rapid.SampledFrom([]string{"", "2027-03-31", "1999-12-01"}).Draw(t, "date"), 4: rapid.SampledFrom([]string{"", "1"}).Draw(t, "tick"),
				5: rapid.StringMatching(`[a-z]{1,3}\n[a-z]{1,3}`).Draw(t, "long"),
			},
		}
		for _, f := range texts {
			*f.value(&p) = text.Draw(t, f.key)
		}
		for _, c := range app.Categories {
			p.Wants[c] = rapid.Bool().Draw(t, string(c))
		}
		v := valuesOf(p, someFields)
		back, wrong := profileOf(v, someFields)
		if len(wrong) > 0 || !maps.Equal(back.Custom, p.Custom) || !maps.Equal(back.Wants, p.Wants) {
			t.Fatalf("custom %v, wants %v, wrong %v; were %v, %v", back.Custom, back.Wants, wrong, p.Custom, p.Wants)
		}
		if !maps.Equal(valuesOf(back, someFields), v) {
			t.Fatalf("comes back as %v, was %v", valuesOf(back, someFields), v)
		}
	})
}

// CL-13: what is typed into a custom field is read as the locale writes it.
func TestCustomValues(t *testing.T) {
	defer i18n.SetLocale(i18n.CurrentLocale())
	date, number := data.CustomField{Kind: data.FieldDate}, data.CustomField{Kind: data.FieldNumber}
	for _, c := range []struct {
		locale string
		field  data.CustomField
		typed  string
		want   string
		wrong  bool
	}{
		{"en-US", date, "3/31/2027", "2027-03-31", false},
		{"de-DE", date, "31.3.2027", "2027-03-31", false},
		{"de-DE", date, "2027-03-31", "2027-03-31", false},
		{"de-DE", date, "31.2.2027", "31.2.2027", true},
		{"de-DE", date, "  ", "", false},
		{"de-DE", number, "12,5", "12.5", false},
		{"de-DE", number, "12.5", "12.5", false},
		{"ar-EG", number, "١٢٫٥", "12.5", false},
		{"en-US", number, "12,5", "12,5", false}, // for the rules to refuse
	} {
		i18n.SetLocale(i18n.LocaleFor(c.locale))
		if v, why := customValue(c.field, c.typed); v != c.want || (why != "") != c.wrong {
			t.Errorf("%s: %q is read as %q, wrong %q", c.locale, c.typed, v, why)
		}
	}
}

// The colour of a group is "#rrggbb", and nothing else is drawn.
func TestGroupColour(t *testing.T) {
	for hex, want := range map[string]uint32{"#1f9d61": 0xffff, "": 0, "1f9d61": 0, "#zzzzzz": 0, "#1f9d6": 0} {
		if _, _, _, a := groupColour(hex).RGBA(); a != want {
			t.Errorf("%q has opacity %x", hex, a)
		}
	}
}
