package services

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
		Title: i18n.T("Export services"), Text: i18n.T("The services of the list, as it is filtered now."), Name: i18n.T("services"),
		Table: func(ctx context.Context) app.Table { return l.d.App.Exports.Services(ctx, filter) },
		Written: func(n int64, path string) string {
			return i18n.N(n, "One service was written to %s.", "%d services were written to %s.", path)
		},
	}
}
