// Package inputs has the fields for days and amounts that dialogs about money share, and reads what was typed in them.
package inputs

import (
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/views/kit"
)

// Date is a field for a day as the person's locale writes it. today is where its calendar opens.
func Date(today func() time.Time) *kit.DateField {
	l := i18n.CurrentLocale()
	return kit.NewDateField(kit.DateFormat{
		Parse: func(s string) (time.Time, error) {
			d, err := date.ParseLocal(s, l)
			return d.Time(), err
		},
		Format: func(t time.Time) string { return date.Today(t).Format(l) },
		Hint:   date.LayoutOf(l).String(),
		Today:  today,
	})
}

// Amount is a field for an amount of a currency.
func Amount(c money.Currency) *kit.Text {
	l := i18n.CurrentLocale()
	return kit.NewMoney(func(s string) (string, error) {
		m, err := money.Parse(s, c, l)
		return m.FormatNumber(l), err
	})
}

// Reading reads what was typed in a form, and keeps what could not be read, by the keys of its fields.
type Reading struct {
	Form  *kit.Form
	Wrong map[string]string
}

// Read begins to read a form.
func Read(f *kit.Form) *Reading { return &Reading{Form: f, Wrong: map[string]string{}} }

// Date reads a day; nothing typed is no day.
func (r *Reading) Date(key string) date.Date {
	text := strings.TrimSpace(r.Form.Value(key))
	if text == "" {
		return date.Date{}
	}
	d, err := date.ParseLocal(text, i18n.CurrentLocale())
	if err != nil {
		r.Wrong[key] = err.Error()
	}
	return d
}

// Amount reads an amount; nothing typed is zero.
func (r *Reading) Amount(key string, c money.Currency) money.Money {
	text := strings.TrimSpace(r.Form.Value(key))
	if text == "" {
		return money.New(0, c)
	}
	m, err := money.Parse(text, c, i18n.CurrentLocale())
	if err != nil {
		r.Wrong[key] = err.Error()
	}
	return m
}

// Good tells whether all could be read. Where not, it shows beside the fields what could not.
func (r *Reading) Good() bool {
	if len(r.Wrong) == 0 {
		return true
	}
	r.Form.SetErrors(r.Wrong)
	return false
}

// Key tells a dialog from all others, so that two presses of its button act once.
func Key() string {
	b := make([]byte, 16)
	rand.Read(b)
	return hex.EncodeToString(b)
}
