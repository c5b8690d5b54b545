package clients

import (
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
)

// AskDays asks for the first and the last day of what a list is to show, beginning with those of the present filter; a zero one leaves that end open. show is
// called with the answer.
func AskDays(d *desk.Desk, title, action string, first, last date.Date, show func(first, last date.Date)) {
	format := DateFormat(d.App.Now)
	from, to := kit.NewDateField(format), kit.NewDateField(format)
	if !first.IsZero() {
		from.SetValue(first.Format(i18n.CurrentLocale()))
	}
	if !last.IsZero() {
		to.SetValue(last.Format(i18n.CurrentLocale()))
	}
	form := kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "from", Label: i18n.T("From"), Input: from}, {Key: "to", Label: i18n.T("Until"), Input: to},
	}})
	kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: title, Form: form, Action: action,
		Do: func(done func(error)) {
			first, last, wrong := readDays(from.Value(), to.Value())
			if len(wrong) > 0 {
				form.SetErrors(wrong)
				done(errMarked)
				return
			}
			done(nil)
			show(first, last)
		},
	})
}

// errMarked keeps a dialog open whose fields say what is wrong.
var errMarked = marked{}

type marked struct{}

func (marked) Error() string { return i18n.T("Please look at the marked fields.") }

func readDays(from, to string) (first, last date.Date, wrong map[string]string) {
	wrong = map[string]string{}
	read := func(key, text string) (d date.Date) {
		if text == "" {
			return d
		}
		d, err := date.ParseLocal(text, i18n.CurrentLocale())
		if err != nil {
			wrong[key] = err.Error()
		}
		return d
	}
	first, last = read("from", from), read("to", to)
	if len(wrong) == 0 && !first.IsZero() && !last.IsZero() && last.Before(first) {
		wrong["to"] = i18n.T("This day is before the first one.")
	}
	return first, last, wrong
}
