package client

import (
	"strings"
	"time"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/kit"
)

// dates reads and writes days as the locale does; today is where calendars open.
func dates(today func() time.Time) kit.DateFormat {
	l := i18n.CurrentLocale()
	return kit.DateFormat{
		Parse: func(s string) (time.Time, error) {
			d, err := date.ParseLocal(s, l)
			return d.Time(), err
		},
		Format: func(t time.Time) string { return date.Today(t).Format(l) },
		Hint:   date.LayoutOf(l).String(),
		Today:  today,
	}
}

// customField is a field of the office's own as a field of a form. has is what the client has there.
func customField(f data.CustomField, has string, today func() time.Time) kit.Field {
	out := kit.Field{Key: app.CustomKey(f.ID), Label: f.Name, Help: f.Help, Required: f.Required && f.Kind != data.FieldTick}
	switch f.Kind {
	case data.FieldDate:
		out.Input = kit.NewDateField(dates(today))
	case data.FieldTick:
		out.Label = ""
		out.Input = kit.NewChecks(kit.Choice{Key: "1", Label: f.Name})
	case data.FieldChoice:
		cs := []kit.Choice{{Key: "", Label: i18n.T("None")}}
		known := has == ""
		for _, o := range strings.Split(f.Options, "\n") {
			cs = append(cs, kit.Choice{Key: o, Label: o})
			known = known || o == has
		}
		if !known { // an option that was taken away since: saving says that another one must be chosen
			cs = append(cs, kit.Choice{Key: has, Label: has})
		}
		out.Input = kit.NewSelect(cs...)
	case data.FieldLong:
		out.Input, out.Wide = kit.NewLongText(0, 3), true
	case data.FieldNumber, data.FieldText, data.FieldLink:
		out.Input = kit.NewText(255)
	}
	return out
}

// customText is a stored value as it is edited and shown: dates and decimals as the locale writes them.
func customText(f data.CustomField, v string) string {
	l := i18n.CurrentLocale()
	switch f.Kind {
	case data.FieldDate:
		if d, err := date.Parse(v); err == nil {
			return d.Format(l)
		}
	case data.FieldNumber:
		return strings.Replace(v, ".", l.Decimal, 1)
	}
	return v
}

// customValue is the opposite of customText. What cannot be read stays as it is, for the rules to refuse; why says in the locale's terms what
// is wrong with it.
func customValue(f data.CustomField, typed string) (v, why string) {
	l := i18n.CurrentLocale()
	typed = strings.TrimSpace(typed)
	switch {
	case typed == "":
		return "", ""
	case f.Kind == data.FieldDate:
		d, err := date.ParseLocal(typed, l)
		if err != nil {
			return typed, err.Error()
		}
		return d.String(), ""
	case f.Kind == data.FieldNumber:
		typed = strings.ReplaceAll(i18n.PlainDigits(typed), "٫", ".") // Arabic digits come with a mark of their own
		if l.Decimal != "." && !strings.Contains(typed, ".") {
			typed = strings.Replace(typed, l.Decimal, ".", 1)
		}
	}
	return typed, ""
}

// customShown is a stored value in words; nothing for none.
func customShown(f data.CustomField, v string) string {
	if f.Kind == data.FieldTick && v != "" {
		return i18n.T("Yes")
	}
	return customText(f, v)
}
