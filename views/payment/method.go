package payment

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/assets/icons"
	"clientele/views/kit"
)

// methodLimit is how many characters the name of a method may have.
const methodLimit = 100

// NewMethod returns a field for the way in which money came or went. It proposes those that were used lately and the usual ones, and takes any other.
func NewMethod(used []string) *kit.Text {
	t := kit.NewText(methodLimit)
	used = proposed(used)
	choose := func() {
		m := fyne.NewMenu("")
		for _, name := range used {
			m.Items = append(m.Items, fyne.NewMenuItem(name, func() { t.Entry.SetText(name) }))
		}
		kit.ShowMenu(m, t.Entry)
	}
	kit.NewOpener(t.Entry, icons.Down, choose)
	t.Entry.OnEmptyTap = choose // into one that is filled in, whoever clicks means to write
	return t
}

// proposed are the methods used lately, and after them the usual ones that are not among them.
func proposed(used []string) []string {
	all := make([]string, len(used))
	for i, u := range used {
		all[i] = app.PaymentMethodTyped(u)
	}
	for _, m := range app.PaymentMethods[1:] { // without that of none
		name := app.PaymentMethodName(m)
		known := func(u string) bool { return strings.EqualFold(u, name) || strings.EqualFold(u, m) }
		if !slices.ContainsFunc(all, known) {
			all = append(all, name)
		}
	}
	return all
}
