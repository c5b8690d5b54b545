package client

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/palette"
	"clientele/views/task"
	"clientele/views/theme"
)

// MergeClients asks for the other client, shows side by side what a merge would do, and merges (ME-1).
func MergeClients(d *desk.Desk, id int64) {
	palette.ChooseClient(d, i18n.T("Merge Client Accounts: which is the other client?"), id, func(other data.ClientRow) { PreviewMerge(d, id, other.ID) })
}

// PreviewMerge shows what merging two clients would do. The first one is kept unless the person turns it round.
func PreviewMerge(d *desk.Desk, first, second int64) { previewMerge(d, first, second, first) }

// previewMerge shows it with keep, which is one of the two, as the one that is kept.
func previewMerge(d *desk.Desk, first, second, keep int64) {
	discard := first + second - keep
	task.NewLoader[app.Merging](d.Run).Load(func(ctx context.Context) (app.Merging, error) {
		return d.App.Clients.MergePreview(ctx, keep, discard)
	}, func(m app.Merging, err error) {
		if err != nil {
			kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("These clients cannot be merged"), Text: app.Explain(err), Close: i18n.T("Close")})
			return
		}
		(&mergeDialog{d: d, first: first, second: second, m: m}).show()
	})
}

// mergeDialog is the preview of a merge.
type mergeDialog struct {
	d             *desk.Desk
	first, second int64
	m             app.Merging
	takes         []*kit.Tick // beside the fields, in their order
	card          *kit.Tick   // to keep the other card; nil where no choice is to be made
	open          *kit.OpenDialog
}

func (g *mergeDialog) show() {
	kept, gone := g.m.Kept.Client, g.m.Gone.Client
	title := i18n.T("Merge Client Accounts")
	g.open = kit.ShowDialog(g.d.Canvas(), kit.Dialog{
		Title: title, Body: g.body(), Width: 760, Danger: true,
		Action: i18n.T("Merge into %s and Discard %s", number(kept.ID), number(gone.ID)),
		Do: func(done func(error)) {
			var take []string
			for i, c := range g.takes {
				if c.Checked {
					take = append(take, g.m.Fields[i].Key)
				}
			}
			g.d.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
				return g.d.App.Clients.Merge(ctx, app.Merge{
					Keep: kept.ID, Discard: gone.ID, KeepVersion: kept.Version, DiscardVersion: gone.Version, Take: take, TakeCard: g.card != nil && g.card.Checked,
				}, p)
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					g.d.Go.Client(kept.ID)
					g.d.Say(i18n.T("Client %s was merged into %s.", number(gone.ID), number(kept.ID)))
				}
			})
		},
	})
}

// body is the direction, what moves, and the profiles side by side.
func (g *mergeDialog) body() fyne.CanvasObject {
	column := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap))
	one, two := g.label(g.first), g.label(g.second)
	way := widget.NewRadioGroup([]string{i18n.T("Merge to client 1, keep %s", one), i18n.T("Merge to client 2, keep %s", two)}, nil)
	way.Required = true
	way.SetSelected(way.Options[0])
	if g.m.Kept.Client.ID == g.second {
		way.SetSelected(way.Options[1])
	}
	way.OnChanged = func(chosen string) {
		keep := g.first
		if chosen == way.Options[1] {
			keep = g.second
		}
		if keep != g.m.Kept.Client.ID {
			g.open.Dismiss()
			previewMerge(g.d, g.first, g.second, keep)
		}
	}
	column.Add(way)
	column.Add(g.table())
	if len(g.m.Fields) > 0 {
		column.Add(kit.NewStrong(i18n.T("The profile")))
		column.Add(kit.NewPara(i18n.T("The profile of %s is kept. Tick what is to be taken from %s; the rest of it goes into a note.", number(g.m.Kept.Client.ID), number(g.m.Gone.Client.ID)), theme.Muted))
		column.Add(g.profiles())
	}
	if kept, gone := g.m.Kept.Card, g.m.Gone.Card; kept != "" && gone != "" {
		g.card = kit.NewTick(i18n.T("Keep the card %s of %s; the card %s is wiped", gone, number(g.m.Gone.Client.ID), kept), nil)
		column.Add(kit.NewPara(i18n.T("Both have a card, and a client has one only: %s is kept, and %s is wiped, unless you tick this.", kept, gone), theme.Plain))
		column.Add(g.card)
	}
	for _, words := range mergeWords(g.m) {
		column.Add(kit.NewPara(words, theme.Plain))
	}
	return column
}

func (g *mergeDialog) label(id int64) string {
	c := g.m.Kept.Client
	if c.ID != id {
		c = g.m.Gone.Client
	}
	return number(c.ID) + " " + fullName(c.FirstName, c.LastName, c.Company)
}

// table is what there is of both, and of the kept one afterwards.
func (g *mergeDialog) table() fyne.CanvasObject {
	l := i18n.CurrentLocale()
	sides := []app.MergeSide{g.m.Kept, g.m.Gone, g.m.After}
	grid := container.New(layout.NewGridLayoutWithColumns(4))
	line := func(label string, tone theme.Tone, value func(app.MergeSide) string) {
		grid.Add(kit.NewPara(label, theme.Muted))
		for _, s := range sides {
			grid.Add(kit.NewPara(value(s), tone))
		}
	}
	grid.Add(kit.NewPara("", theme.Plain))
	for _, head := range []string{i18n.T("%s, kept", number(g.m.Kept.Client.ID)), i18n.T("%s, discarded", number(g.m.Gone.Client.ID)), i18n.T("After the merge")} {
		grid.Add(kit.NewStrong(head))
	}
	count := func(n int64) string { return i18n.FormatInt(n) }
	line(i18n.T("Credit balance"), theme.Plain, func(s app.MergeSide) string { return s.Credit.Format(l) })
	line(i18n.T("Owed"), theme.Plain, func(s app.MergeSide) string { return s.Owed.Format(l) })
	line(i18n.T("Invoices"), theme.Plain, func(s app.MergeSide) string {
		n := int64(0)
		for _, sum := range s.Has.Invoices {
			n += sum.N
		}
		return count(n) + ", " + s.Invoiced.Format(l)
	})
	line(i18n.T("Transactions"), theme.Plain, func(s app.MergeSide) string { return count(s.Has.Transactions) + ", " + s.In.Format(l) })
	for _, c := range []struct {
		label string
		of    func(app.MergeSide) int64
	}{
		{i18n.T("Services"), func(s app.MergeSide) int64 { return s.Has.Services }},
		{i18n.T("Contacts"), func(s app.MergeSide) int64 { return s.Has.Contacts }},
		{i18n.T("Files"), func(s app.MergeSide) int64 { return s.Has.Files }},
		{i18n.T("Notes"), func(s app.MergeSide) int64 { return s.Has.Notes }},
		{i18n.T("Mails"), func(s app.MergeSide) int64 { return s.Has.Mails }},
	} {
		if c.of(g.m.After) > 0 {
			line(c.label, theme.Plain, func(s app.MergeSide) string { return count(c.of(s)) })
		}
	}
	return grid
}

// profiles shows the fields in which the two differ, each with a tick to take the other's value.
func (g *mergeDialog) profiles() fyne.CanvasObject {
	g.takes = nil
	grid := container.New(layout.NewGridLayoutWithColumns(3))
	for _, f := range g.m.Fields {
		take := kit.NewTick(shownOr(f.Other), nil)
		take.SetChecked(f.Fill)
		g.takes = append(g.takes, take)
		grid.Add(kit.NewPara(f.Label, theme.Muted))
		grid.Add(kit.NewPara(shownOr(f.Kept), theme.Plain))
		grid.Add(take)
	}
	return grid
}

func shownOr(value string) string {
	const most = 60
	if value == "" {
		return "–"
	}
	if r := []rune(value); len(r) > most {
		return string(r[:most]) + "…"
	}
	return value
}

// mergeWords tells what else a merge does, one thing a line.
func mergeWords(m app.Merging) []string {
	var lines []string
	if m.NewContact {
		lines = append(lines, i18n.T("%s becomes a contact that gets no mail, so that the address is not lost.", m.Gone.Client.Email))
	}
	if n := int64(len(m.United)); n > 0 {
		lines = append(lines, i18n.N(n, "One contact with the same address becomes one with that of the kept client, with the mail that either gets.",
			"%d contacts with the same addresses become one each with those of the kept client, with the mail that either gets."))
	}
	lines = append(lines, i18n.T("The numbers of invoices stay. Whoever looks for %s finds %s.", number(m.Gone.Client.ID), number(m.Kept.Client.ID)))
	if m.Server {
		return append(lines, i18n.T("The data lies on a server, so no backup is made here before."))
	}
	return append(lines, i18n.T("A backup is made before. This cannot be undone."))
}
