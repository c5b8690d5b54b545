package app

import (
	"regexp"
	"strings"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
)

// plainFigure is an amount or a day as the log has them, which is the same for every reader: 1696.60 GBP, 2026-11-30.
var plainFigure = regexp.MustCompile(`-?\b\d+(?:\.\d+)? [A-Z]{3}\b|\b\d{4}-\d\d-\d\d\b`)

// Told are the details as people read them here: amounts and days as they are written in the language of the window.
func (l LogLine) Told() string {
	locale := i18n.CurrentLocale()
	return plainFigure.ReplaceAllStringFunc(strings.TrimSpace(l.Details), func(figure string) string {
		number, code, isAmount := strings.Cut(figure, " ")
		if !isAmount {
			if day, err := date.Parse(figure); err == nil {
				return day.Format(locale)
			}
			return figure
		}
		currency, err := money.ParseCurrency(code)
		if err != nil {
			return figure
		}
		amount, err := money.ParsePlain(number, currency)
		if err != nil {
			return figure
		}
		return amount.Format(locale)
	})
}
