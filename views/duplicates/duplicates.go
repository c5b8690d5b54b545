// Package duplicates is the page that lists clients who may be one and the same, from which they are merged.
package duplicates

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/client"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Page lists pairs of likely duplicates.
type Page struct {
	desk.Plain
	d      *desk.Desk
	found  app.Duplicates
	pairs  []pair
	grid   *kit.Grid
	middle *fyne.Container
	says   *kit.Para
	merge  *kit.Button
	asking bool // clients are being compared
	stale  bool // something was merged or changed since
	object fyne.CanvasObject
}

var _ desk.Page = (*Page)(nil)

// pair is two clients of one group.
type pair struct {
	why  string
	a, b data.ClientRow
}

// mergeable tells that the two are billed in the same currency: others cannot be merged.
func (x pair) mergeable() bool { return x.a.Currency == x.b.Currency }

// pairsOf pairs each client of a group with the first one before it with whom it can be merged; where there is none, with the first of all.
func pairsOf(g app.DuplicateGroup) (pairs []pair) {
	for i, other := range g.Clients[1:] {
		first := g.Clients[0]
		for _, c := range g.Clients[:i+1] {
			if c.Currency == other.Currency {
				first = c
				break
			}
		}
		pairs = append(pairs, pair{g.WhyAlike(), first, other})
	}
	return pairs
}

// New builds the page, which compares all clients as it is first shown.
func New(d *desk.Desk) *Page {
	p := &Page{d: d, middle: container.NewStack(), says: kit.NewPara("", theme.Muted), stale: true}
	p.grid = kit.NewGrid(
		d.Run,
		kit.Column{Key: "why", Title: i18n.T("Alike in"), Width: 170},
		kit.Column{Key: "first", Title: i18n.T("One client"), Width: 240, Grow: true},
		kit.Column{Key: "since", Title: i18n.T("Since"), Width: 96},
		kit.Column{Key: "second", Title: i18n.T("The other one"), Width: 240, Grow: true},
		kit.Column{Key: "sinceother", Title: i18n.T("Since"), Width: 96},
	)
	p.grid.OnOpen = func(int) { p.at(p.preview) }
	p.grid.OnSelect = func(int) { p.offer() }
	p.grid.Menu = func(int) *fyne.Menu {
		return fyne.NewMenu("", fyne.NewMenuItem(i18n.T("Merge Client Accounts…"), func() { p.at(p.preview) }),
			fyne.NewMenuItem(i18n.T("Open One Client"), func() { p.at(func(x pair) { d.Go.Client(x.a.ID) }) }),
			fyne.NewMenuItem(i18n.T("Open the Other One"), func() { p.at(func(x pair) { d.Go.Client(x.b.ID) }) }))
	}
	p.merge = kit.NewPrimary(i18n.T("Merge Client Accounts…"), nil, func() { p.at(p.preview) })
	again := kit.NewButton(i18n.T("Compare Again"), icons.Retry, p.compare)
	head := kit.NewHeader(i18n.T("Likely duplicates"), "", again, p.merge)
	p.middle.Add(p.grid)
	pad := layout.NewCustomPaddedLayout(2*theme.Unit, theme.Gap, theme.Inset, theme.Inset)
	p.object = container.New(pad, kit.Border(head, p.says, nil, nil, p.middle))
	p.offer()
	return p
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown compares the clients where that was not done since one of them changed.
func (p *Page) Shown() {
	if p.stale {
		p.compare()
	}
	kit.Begin(p.d.Canvas(), p.middle)
}

// Changed compares anew the next time the page is shown: it takes some seconds with very many clients.
func (p *Page) Changed(c app.Change) {
	if c.Topic == app.TopicClient || c.Topic == app.TopicContacts {
		p.stale = true
	}
}

// compare looks through all clients. It can be stopped at the foot of the window.
func (p *Page) compare() {
	if p.asking {
		return
	}
	p.asking, p.stale = true, false
	p.says.Set(i18n.T("Comparing all clients…"), theme.Muted)
	var found app.Duplicates
	p.d.Run.Task(i18n.T("Comparing clients"), func(ctx context.Context, t *task.Progress) (err error) {
		found, err = p.d.App.Clients.Duplicates(ctx, t)
		return err
	}, func(err error) {
		p.asking = false
		if err != nil {
			p.stale = true
			p.says.Set(i18n.T("The clients were not compared to the end."), theme.Muted)
			p.d.Fail(err)
			return
		}
		p.found = found
		p.show()
	})
}

func (p *Page) show() {
	p.pairs = p.pairs[:0]
	for _, g := range p.found.Groups {
		p.pairs = append(p.pairs, pairsOf(g)...)
	}
	rows := make(kit.Rows, len(p.pairs))
	for i, x := range p.pairs {
		rows[i] = &kit.Row{Cells: []string{x.why, named(x.a), since(x.a), named(x.b), since(x.b)}, Muted: !x.mergeable()}
	}
	p.grid.SetSource(rows)
	var shown fyne.CanvasObject = p.grid
	if len(rows) == 0 {
		shown = kit.NewEmptyState(icons.Clients, i18n.T("No likely duplicates"),
			i18n.T("No two clients have the same email, phone, name and postcode, or a similar company."), nil)
	} else {
		p.grid.Select(0)
	}
	kit.Swap(p.d.Canvas(), p.middle, shown)
	p.offer()
}

func named(c data.ClientRow) string {
	words := "#" + strconv.FormatInt(c.ID, 10) + " " + c.FirstName + " " + c.LastName
	if c.Company != "" {
		words += ", " + c.Company
	}
	return words
}

func since(c data.ClientRow) string { return c.Created.Format(i18n.CurrentLocale()) }

// offer lets the button be pressed where a pair is chosen that can be merged, and says below why another cannot.
func (p *Page) offer() {
	p.merge.Disable()
	i := p.grid.Cursor()
	if i < 0 || i >= len(p.pairs) {
		if !p.asking {
			p.says.Set("", theme.Muted)
		}
		return
	}
	x := p.pairs[i]
	if !x.mergeable() {
		p.says.Set(i18n.T("One is billed in %s and the other one in %s, so these two cannot be merged.", x.a.Currency, x.b.Currency), theme.Waiting)
		return
	}
	p.merge.Enable()
	words := i18n.T("Being alike is no proof: look at both before you merge them.")
	if p.found.More {
		words += " " + i18n.T("There are more than are listed; they are found once some of these are merged.")
	}
	p.says.Set(words, theme.Muted)
}

// at does something with the chosen pair.
func (p *Page) at(do func(pair)) {
	if i := p.grid.Cursor(); i >= 0 && i < len(p.pairs) {
		do(p.pairs[i])
	}
}

func (p *Page) preview(x pair) { client.PreviewMerge(p.d, x.a.ID, x.b.ID) }
