package invoices

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
)

// export is the list as it is filtered now.
func (p *Page) export() desk.Export {
	filter := p.bar.query(p.search.Text).Filter
	return desk.Export{
		Title: i18n.T("Export invoices"), Text: i18n.T("The invoices of the list, as it is filtered now."), Name: i18n.T("invoices"),
		Table: func(ctx context.Context) app.Table { return p.desk.App.Exports.Invoices(ctx, filter) },
		Written: func(n int64, path string) string {
			return i18n.N(n, "One invoice was written to %s.", "%d invoices were written to %s.", path)
		},
	}
}
