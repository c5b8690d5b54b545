package invoice

import (
	"errors"

	"clientele/app/billing"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/task"
)

// conflict is what happens where somebody else changed the draft since it was read: it says what, keeps what was typed, and asks.
func (e *editor) conflict(done func(error)) {
	task.NewLoader[loaded](e.d.Run).Load(e.page.read, func(l loaded, err error) {
		words := errors.New(i18n.T("Somebody else changed this invoice meanwhile. Nothing was overwritten, and what you typed is still here."))
		done(words)
		e.tell(words.Error())
		if err != nil {
			e.d.Fail(err)
			return
		}
		d := kit.Dialog{
			Title:        i18n.T("Somebody else changed this invoice"),
			Text:         i18n.T("Nothing was overwritten, and what you typed is still here. This was changed meanwhile:"),
			Consequences: theirs(e.of.WholeInvoice, l.WholeInvoice),
			Other:        i18n.T("Reload"),
			DoOther:      func() { e.took(e.of.ID); e.tell("") },
			Close:        i18n.T("Go On Editing"),
		}
		if l.Status == billing.Draft {
			d.Action, d.Danger = i18n.T("Save Over It"), true
			d.Do = func(done func(error)) {
				done(nil)
				e.of.Version = l.Version
				e.saveDraft()
			}
		}
		kit.ShowDialog(e.d.Canvas(), d)
	})
}

// theirs says what differs between a draft as it was read and as it is stored now.
func theirs(was, is data.WholeInvoice) []string {
	l := i18n.CurrentLocale()
	amount := func(w data.WholeInvoice) string { return money.New(w.Total, money.Currency(w.Currency)).Format(l) }
	var all []string
	differs := func(label, before, after string) {
		if before != after {
			all = append(all, i18n.T("%s: %s → %s", label, before, after))
		}
	}
	differs(i18n.T("Status"), was.Status.Name(), is.Status.Name())
	differs(i18n.T("Total"), amount(was), amount(is))
	differs(i18n.T("Lines"), i18n.FormatInt(int64(len(was.Lines))), i18n.FormatInt(int64(len(is.Lines))))
	differs(i18n.T("Invoice date"), day(was.Issued), day(is.Issued))
	differs(i18n.T("Due"), day(was.Due), day(is.Due))
	if len(all) == 0 {
		all = append(all, i18n.T("The texts of its lines or its notes"))
	}
	return all
}
