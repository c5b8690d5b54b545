package client

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

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
	if !d.Allowed(app.Deleting) {
		return
	}
	palette.ChooseClient(d, i18n.T("Merge Client Accounts: which is the other client?"), id, func(other data.ClientRow) { PreviewMerge(d, id, other.ID) })
}

// PreviewMerge shows what merging two clients would do. The first one is kept unless the person turns it round.
func PreviewMerge(d *desk.Desk, first, second int64) {
	if !d.Allowed(app.Deleting) {
		return
	}
	g := &mergeDialog{d: d, first: first, second: second, loader: task.NewLoader[app.Merging](d.Run)}
	g.read(first, func(m app.Merging, err error) {
		if err != nil {
			kit.ShowDialog(d.Canvas(), kit.Dialog{Title: i18n.T("These clients cannot be merged"), Text: app.Explain(err), Close: i18n.T("Close")})
			return
		}
		g.m = m
		g.show()
	})
}

// mergeDialog is the preview of a merge.
type mergeDialog struct {
	d             *desk.Desk
	first, second int64
	loader        *task.Loader[app.Merging]
	m             app.Merging
	way           *kit.Radio
	takes         []*kit.Tick // beside the fields, in their order
	card          *kit.Tick   // to keep the other card; nil where no choice is to be made
	address       *kit.Para   // which address becomes a contact
	preview       *fyne.Container
	open          *kit.OpenDialog
}

// read works out what a merge that keeps one of the two would do.
func (g *mergeDialog) read(keep int64, show func(app.Merging, error)) {
	g.loader.Load(func(ctx context.Context) (app.Merging, error) {
		return g.d.App.Clients.MergePreview(ctx, keep, g.first+g.second-keep)
	}, show)
}

func (g *mergeDialog) show() {
	title := i18n.T("Merge Client Accounts")
	key := func(id int64) string { return strconv.FormatInt(id, 10) }
	g.way = kit.NewRadio(g.turn,
		kit.Choice{Key: key(g.first), Label: i18n.T("Merge to client 1, keep %s", g.label(g.first))},
		kit.Choice{Key: key(g.second), Label: i18n.T("Merge to client 2, keep %s", g.label(g.second))})
	g.preview = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap))
	g.fill()
	g.open = kit.ShowDialog(g.d.Canvas(), kit.Dialog{
		Title: title, Body: container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), g.way, g.preview), Width: 760, Danger: true,
		Action: g.action(),
		Do: func(done func(error)) {
			kept, gone := g.m.Kept.Client, g.m.Gone.Client
			m := app.Merge{
				Keep: kept.ID, Discard: gone.ID, KeepVersion: kept.Version, DiscardVersion: gone.Version, Take: g.taken(), TakeCard: g.card != nil && g.card.Checked,
			}
			g.d.Run.Task(title, func(ctx context.Context, p *task.Progress) error {
				return g.d.App.Clients.Merge(ctx, m, p)
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

// action names the act for what is shown.
func (g *mergeDialog) action() string {
	return i18n.T("Merge into %s and Discard %s", number(g.m.Kept.Client.ID), number(g.m.Gone.Client.ID))
}

// taken are the fields whose values are to come from the client that is discarded.
func (g *mergeDialog) taken() (keys []string) {
	for i, c := range g.takes {
		if c.Checked {
			keys = append(keys, g.m.Fields[i].Key)
		}
	}
	return keys
}

// turn shows what is kept and what goes with the other direction. The keyboard stays where it is.
func (g *mergeDialog) turn(string) {
	if g.open.Busy() { // the merge that was shown is being done
		g.hold()
		return
	}
	keep, err := strconv.ParseInt(g.way.Value(), 10, 64)
	if err != nil {
		return
	}
	g.open.Wait(true)
	g.read(keep, func(m app.Merging, err error) {
		g.open.Wait(false)
		if err != nil {
			g.hold()
			g.open.Fail(app.Explain(err))
			return
		}
		g.m = m
		g.fill()
		g.open.SetAction(g.action())
		g.open.Fit()
	})
}

// hold has the direction say again what is shown.
func (g *mergeDialog) hold() { g.way.SetValue(strconv.FormatInt(g.m.Kept.Client.ID, 10)) }

// fill shows what moves, and the profiles side by side.
func (g *mergeDialog) fill() {
	g.preview.RemoveAll()
	g.takes, g.card, g.address = nil, nil, kit.NewPara("", theme.Plain)
	g.preview.Add(g.table())
	profiles := g.profiles()
	if kept, gone := g.m.Kept.Card, g.m.Gone.Card; kept != "" && gone != "" {
		g.card = kit.NewTick("", nil)
		g.preview.Add(kit.NewPara(i18n.T("Both have a card, and a client has one only: %s is kept, and %s is wiped, unless you tick this.", kept, gone), theme.Plain))
		g.preview.Add(g.card.Wrapped(i18n.T("Keep the card %s of %s; the card %s is wiped", gone, number(g.m.Gone.Client.ID), kept), theme.Plain))
	}
	g.preview.Add(g.address)
	g.sayAddress()
	for _, words := range mergeWords(g.m) {
		g.preview.Add(kit.NewPara(words, theme.Plain))
	}
	if len(g.m.Fields) > 0 {
		g.preview.Add(kit.NewStrong(i18n.T("The profile")))
		g.preview.Add(kit.NewPara(i18n.T("The profile of %s is kept. Tick what is to be taken from %s; the rest of it goes into a note.", number(g.m.Kept.Client.ID), number(g.m.Gone.Client.ID)), theme.Muted))
		g.preview.Add(profiles)
	}
}

// sayAddress says which address would be lost and becomes a contact: that of the client that is discarded, or the kept one's where the other is taken.
func (g *mergeDialog) sayAddress() {
	lost := g.m.Lost(slices.Contains(g.taken(), app.FieldEmail))
	g.address.Hidden = lost == ""
	if lost != "" {
		g.address.Set(i18n.T("%s becomes a contact that gets no mail, so that the address is not lost.", lost), theme.Plain)
	}
	if g.open != nil {
		g.preview.Refresh()
		g.open.Fit()
	}
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
	rows := container.New(layout.NewCustomPaddedVBoxLayout(0))
	for _, f := range g.m.Fields {
		take := kit.NewTick("", nil)
		take.SetChecked(f.Fill)
		take.OnChanged = func(bool) { g.sayAddress() }
		g.takes = append(g.takes, take)
		rows.Add(container.New(shares{20, 40, 40}, take.Level(f.Label, theme.Muted), take.Level(shownOr(f.Kept), theme.Plain), take.Wrapped(shownOr(f.Other), theme.Plain)))
	}
	return rows
}

// shares puts things beside one another, each with its hundredths of the width.
type shares []float32

// MinSize is for the toolkit.
func (l shares) MinSize(objects []fyne.CanvasObject) (size fyne.Size) {
	for _, o := range objects {
		size = size.Max(o.MinSize())
	}
	return size
}

// Layout is for the toolkit.
func (l shares) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x := float32(0)
	for i, o := range objects {
		w := size.Width * l[i] / 100
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(w-theme.Gap, size.Height))
		x += w
	}
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
