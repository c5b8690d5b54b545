package palette

import (
	"context"
	"strings"

	"clientele/app"
	"clientele/app/fold"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
	"clientele/views/kit"
)

// Act is something that is done to a client or an invoice that is named behind its word, as in “credit acme 25” or “pay 1043”. It opens what asks before
// anything is done.
type Act struct {
	Word string
	// Client does it to a client. amount is what was typed at the end, or nil.
	Client func(r data.ClientRow, amount *money.Money)
	// Says names it: what it does to whom, with an amount or "".
	Says func(who, amount string) string
	// Amounts tells that an amount may stand at the end.
	Amounts bool
	// Invoice does it to an invoice; nil where it is about clients alone.
	Invoice func(r data.InvoiceRow)
}

// named is an act with what was typed behind its word.
type named struct {
	Act
	rest, shorter, last string // all of it; and where there are several words, all but the last of them, and that one
}

// actOf reads an act from what was typed; nil where it begins with none, or nothing is named yet.
func (p *Palette) actOf(query string) *named {
	word, rest, _ := strings.Cut(query, " ")
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return nil
	}
	for _, a := range p.acts {
		if fold.Text(a.Word) != fold.Text(word) {
			continue
		}
		t := &named{Act: a, rest: rest}
		if i := strings.LastIndexByte(rest, ' '); i > 0 {
			t.shorter, t.last = strings.TrimSpace(rest[:i]), rest[i+1:]
		}
		return t
	}
	return nil
}

// amount reads the last word as an amount of a currency.
func (t *named) amount(currency string) *money.Money {
	if !t.Amounts || t.last == "" {
		return nil
	}
	m, err := money.Parse(t.last, money.Currency(currency), i18n.CurrentLocale())
	if err != nil || m.Sign() <= 0 {
		return nil
	}
	return &m
}

// find looks for whom it is to be done to. A last word with a figure in it is an amount and no part of the name, where the act takes one.
func (t *named) find(ctx context.Context, a *app.App) (f found, err error) {
	if t.Invoice != nil {
		if f.invoices, err = invoices(ctx, a, t.rest); err != nil || len(f.invoices) > 0 {
			return f, err
		}
	}
	text := t.rest
	if t.Amounts && t.last != "" && strings.ContainsAny(t.last, "0123456789") {
		text = t.shorter
	}
	clients, err := a.Clients.Search(ctx, text, most)
	f.clients = clients.Rows
	return f, err
}

// picks offers the act for each that was found.
func (t *named) picks(f found) []kit.Pick {
	l := i18n.CurrentLocale()
	all := make([]kit.Pick, 0, len(f.clients)+len(f.invoices))
	for _, r := range f.invoices {
		pick := invoicePicks([]data.InvoiceRow{r}, nil)[0]
		pick.Detail = money.New(r.Balance(), money.Currency(r.Currency)).Format(l)
		pick.Title = t.Says(pick.Title, "")
		pick.Do = func() { t.Invoice(r) }
		all = append(all, pick)
	}
	for i, pick := range picks(f.clients, nil) {
		r := f.clients[i]
		amount, words := t.amount(r.Currency), ""
		if amount != nil {
			words = amount.Format(l)
		}
		pick.Title = t.Says(pick.Title, words)
		pick.Do = func() { t.Client(r, amount) }
		all = append(all, pick)
	}
	return all
}
