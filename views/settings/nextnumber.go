package settings

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// nextNumber is the card with the number of the next invoice, from where an office that had books before goes on with theirs.
type nextNumber struct {
	desk   *desk.Desk
	loader *task.Loader[app.NextInvoice]
	next   app.NextInvoice
	words  *kit.Para
	object fyne.CanvasObject
}

func newNextNumber(d *desk.Desk) *nextNumber {
	n := &nextNumber{desk: d, loader: task.NewLoader[app.NextInvoice](d.Run), words: kit.NewPara(" ", theme.Muted)}
	n.object = kit.NewCard(i18n.T("Next invoice"), n.words, kit.NewButton(i18n.T("Change…"), nil, n.change))
	return n
}

func (n *nextNumber) load() {
	n.loader.Load(n.desk.App.Invoices.Next, func(next app.NextInvoice, err error) {
		if err != nil {
			n.words.Set(app.Explain(err), theme.Danger)
			return
		}
		n.next = next
		n.words.Set(i18n.T("It gets the number %s. Where you had books before, let it go on with their numbers.", next.Written), theme.Muted)
	})
}

// change asks for another number.
func (n *nextNumber) change() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: app.FieldNextNumber, Label: i18n.T("Number of the next invoice"), Required: true, Wide: true, Input: kit.NewText(15),
		Help: i18n.T("Such as 1874, where 1873 was the last one of your old books."),
	}}})
	form.SetValues(map[string]string{app.FieldNextNumber: strconv.FormatInt(n.next.Counted, 10)})
	kit.ShowDialog(n.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Next invoice"), Form: form, Action: i18n.T("Save Changes"),
		Consequences: []string{i18n.T("Numbers only go forward from there: those in between are not given any more.")},
		Do: func(done func(error)) {
			number, err := strconv.ParseInt(strings.TrimSpace(form.Value(app.FieldNextNumber)), 10, 64)
			if err != nil {
				number = -1 // the rules say in words what it has to be
			}
			n.desk.SaveForm(i18n.T("Next invoice"), form, func(ctx context.Context) error { return n.desk.App.Invoices.GoOnWith(ctx, number) }, done)
		},
	})
}
