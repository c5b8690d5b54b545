package clients

import (
	"strconv"

	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
)

// columns are those of CL-1, and what is owed; their keys are the sorts. All of them fit into the smallest window that is to work whole.
func columns() []kit.Column {
	return []kit.Column{
		{Key: string(data.ByID), Title: i18n.T("ID"), Kind: kit.NumberColumn, Width: 56, Sortable: true},
		{Key: string(data.ByFirstName), Title: i18n.T("First name"), Width: 88, Grow: true, Sortable: true},
		{Key: string(data.ByLastName), Title: i18n.T("Last name"), Width: 96, Grow: true, Sortable: true},
		{Key: string(data.ByCompany), Title: i18n.T("Company"), Width: 112, Grow: true, Sortable: true},
		{Key: string(data.ByEmail), Title: i18n.T("Email"), Width: 126, Grow: true, Sortable: true},
		{Key: string(data.ByServices), Title: i18n.T("Services"), Kind: kit.NumberColumn, Width: 74, Sortable: true},
		{Key: string(data.ByCredit), Title: i18n.T("Credit"), Kind: kit.NumberColumn, Width: 80, Sortable: true},
		{Key: string(data.ByOwed), Title: i18n.T("Balance due"), Kind: kit.NumberColumn, Width: 92, Sortable: true},
		{Key: string(data.ByCreated), Title: i18n.T("Created"), Width: 94, Sortable: true},
		{Key: string(data.ByStatus), Title: i18n.T("Status"), Kind: kit.PillColumn, Width: 88, Sortable: true},
	}
}

// statusTone is the colour that goes with a status; the word goes with it always.
func statusTone(s data.Status) theme.Tone {
	switch s {
	case data.Active:
		return theme.Good
	case data.Inactive:
		return theme.Waiting
	}
	return theme.Muted
}

// present makes a client's row.
func present(r data.ClientRow) shownRow {
	services := "–"
	if r.ServicesTotal > 0 {
		services = i18n.FormatInt(r.ServicesActive) + " / " + i18n.FormatInt(r.ServicesTotal)
	}
	amount := func(minor int64) string {
		if minor == 0 {
			return "–"
		}
		return money.New(minor, money.Currency(r.Currency)).Format(i18n.CurrentLocale())
	}
	row := &kit.Row{
		Cells: []string{
			strconv.FormatInt(r.ID, 10), r.FirstName, r.LastName, r.Company, r.Email, services, amount(r.Credit), amount(r.Owed),
			r.Created.Format(i18n.CurrentLocale()), i18n.Text(string(r.Status)),
		},
		Tones: []theme.Tone{9: statusTone(r.Status)},
		Muted: r.Status == data.Closed,
	}
	return shownRow{id: r.ID, status: r.Status, email: r.Email, row: row}
}
