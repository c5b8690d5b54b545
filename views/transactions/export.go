package transactions

import (
	"context"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
)

// export is the list as it is filtered now.
func (l *List) export() desk.Export {
	filter := l.filter.query().Filter
	return desk.Export{
		Title: i18n.T("Export transactions"), Text: i18n.T("The transactions of the list, as it is filtered now."), Name: i18n.T("transactions"),
		Table: func(ctx context.Context) app.Table { return l.d.App.Exports.Transactions(ctx, filter) },
		Written: func(n int64, path string) string {
			return i18n.N(n, "One transaction was written to %s.", "%d transactions were written to %s.", path)
		},
	}
}
