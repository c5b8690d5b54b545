package dailyrun

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/daily"
	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// due is what a run would do today: a line for each thing, under a line for each kind. Each can be left out.
type due struct {
	d      *desk.Desk
	loader *task.Loader[app.DailyPlan]
	loaded bool
	focus  bool // the list is to have the keyboard once it is there
	plan   app.DailyPlan
	left   map[daily.Key]bool // what is to be left out
	places []place
	grid   *kit.Grid
	held   *kit.Para
	toggle *kit.Button
	list   *fyne.Container
	middle *fyne.Container
	object fyne.CanvasObject
}

// place is a row: a line of the plan, or the kind of those below it.
type place struct {
	kind daily.Kind
	line int // in the plan; below 0 for a kind
}

func newDue(d *desk.Desk, _ *Page) *due {
	u := &due{d: d, loader: task.NewLoader[app.DailyPlan](d.Run), left: map[daily.Key]bool{}, held: kit.NewPara("", theme.Muted), middle: container.NewStack()}
	u.grid = kit.NewGrid(
		d.Run,
		kit.Column{Key: "do", Title: i18n.T("Today"), Kind: kit.PillColumn, Width: 110},
		kit.Column{Key: "client", Title: i18n.T("Client"), Width: 220, Grow: true},
		kit.Column{Key: "invoice", Title: i18n.T("Invoice"), Width: 100},
		kit.Column{Key: "due", Title: i18n.T("Due"), Width: 110},
		kit.Column{Key: "amount", Title: i18n.T("Amount"), Kind: kit.NumberColumn, Width: 140},
		kit.Column{Key: "why", Title: i18n.T("Why"), Width: 260, Grow: true},
	)
	u.grid.Multi = true
	u.grid.OnOpen = func(row int) { u.flip([]int{row}) }
	u.grid.OnSpace = func() { u.flip(u.selected()) }
	u.grid.Menu = u.menu
	u.grid.SetSource(u)
	u.toggle = kit.NewButton(i18n.T("Do or Leave Out"), icons.Check, func() { u.flip(u.selected()) })
	u.held.Hide()
	foot := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 0, 0, 0), kit.Border(nil, nil, u.toggle, nil, u.held))
	u.list = kit.Border(nil, foot, nil, nil, u.grid)
	u.object = container.New(layout.NewCustomPaddedLayout(0, theme.Inset, theme.Inset, theme.Inset), u.middle)
	return u
}

// load plans today anew. What was left out stays so.
func (u *due) load() {
	u.loader.Load(func(ctx context.Context) (app.DailyPlan, error) { return u.d.App.Daily.Plan(ctx, date.Date{}) }, func(plan app.DailyPlan, err error) {
		if err != nil {
			u.fill(u.d.ErrorState(err, u.load))
			return
		}
		u.loaded = true
		u.show(plan)
	})
}

func (u *due) show(plan app.DailyPlan) {
	u.plan = plan
	u.places = arrange(plan)
	u.held.Hide()
	if plan.Held > 0 {
		u.held.Set(i18n.N(plan.Held, "One imported service is due, but its billing was not confirmed yet.", "%d imported services are due, but their billing was not confirmed yet."), theme.Waiting)
		u.held.Show()
	}
	if len(u.places) == 0 {
		u.fill(kit.NewEmptyState(icons.Check, i18n.T("Nothing is due today"), i18n.T("Invoices, late fees and reminders are listed here before they are made, each with its reason."), nil))
	} else {
		u.fill(u.list)
	}
	u.grid.Update()
	if u.focus && len(u.places) > 0 {
		u.d.Canvas().Focus(u.grid.FocusTarget())
	}
	u.focus = false
}

// arrange puts the lines of a plan under their kinds.
func arrange(plan app.DailyPlan) []place {
	of := map[daily.Kind][]int{}
	for i := range plan.Lines {
		of[plan.Lines[i].Kind] = append(of[plan.Lines[i].Kind], i)
	}
	var places []place
	for _, kind := range daily.Kinds() {
		if len(of[kind]) == 0 {
			continue
		}
		places = append(places, place{kind, -1})
		for _, i := range of[kind] {
			places = append(places, place{kind, i})
		}
	}
	return places
}

func (u *due) fill(o fyne.CanvasObject) {
	kit.Swap(u.d.Canvas(), u.middle, o)
}

// selected are the rows that are marked, or the one under the cursor.
func (u *due) selected() []int {
	var rows []int
	for _, s := range u.grid.Selected() {
		for r := s.First; r <= s.Last; r++ {
			rows = append(rows, r)
		}
	}
	if len(rows) == 0 && u.grid.Cursor() >= 0 {
		rows = []int{u.grid.Cursor()}
	}
	return rows
}

// flip has rows be left out where all of them were to be done, and else be done. The row of a kind stands for all below it.
func (u *due) flip(rows []int) {
	var keys []daily.Key
	for _, r := range rows {
		if r < 0 || r >= len(u.places) {
			continue
		}
		if p := u.places[r]; p.line >= 0 {
			keys = u.add(keys, p.line)
			continue
		}
		for _, p := range u.places[r+1:] {
			if p.line < 0 {
				break
			}
			keys = u.add(keys, p.line)
		}
	}
	out := !slices.ContainsFunc(keys, func(k daily.Key) bool { return u.left[k] })
	for _, k := range keys {
		if out {
			u.left[k] = true
		} else {
			delete(u.left, k)
		}
	}
	u.grid.Update()
}

func (u *due) add(keys []daily.Key, line int) []daily.Key {
	if u.plan.Lines[line].Skip {
		return keys
	}
	return append(keys, u.plan.Lines[line].Key)
}

// unticked is what is left out of the plan that is shown.
func (u *due) unticked() map[daily.Key]bool {
	out := map[daily.Key]bool{}
	for i := range u.plan.Lines {
		if k := u.plan.Lines[i].Key; u.left[k] {
			out[k] = true
		}
	}
	return out
}

func (u *due) menu(row int) *fyne.Menu {
	if row < 0 || row >= len(u.places) {
		return nil
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem(i18n.T("Do or Leave Out"), func() { u.flip(u.selected()) })}
	if at := u.places[row].line; at >= 0 {
		line := u.plan.Lines[at]
		items = append(items, fyne.NewMenuItem(i18n.T("Open %s", line.Name), func() { u.d.Go.Client(line.Client) }))
		if line.Number != "" {
			items = append(items, fyne.NewMenuItem(i18n.T("Open Invoice #%s", line.Number), func() { u.d.Go.Invoice(line.Ref) }))
		}
	}
	return fyne.NewMenu("", items...)
}

// Len is for the grid.
func (u *due) Len() int { return len(u.places) }

// Want is for the grid: everything is there.
func (u *due) Want(int, int) {}

// Row is for the grid.
func (u *due) Row(i int) *kit.Row {
	p := u.places[i]
	if p.line < 0 {
		return u.heading(i)
	}
	line := &u.plan.Lines[p.line]
	word, tone := u.mark(line)
	row := &kit.Row{Cells: []string{word, line.Name, line.Number, "", "", line.Why()}, Tones: []theme.Tone{tone}, Muted: line.Skip || u.left[line.Key]}
	if !line.Due.IsZero() && line.Kind != daily.TellOfCard {
		row.Cells[3] = line.Due.Format(i18n.CurrentLocale())
	}
	if !line.Amount.IsZero() {
		row.Cells[4] = line.Amount.Format(i18n.CurrentLocale())
	}
	return row
}

// mark says whether a line is done.
func (u *due) mark(line *app.PlanLine) (string, theme.Tone) {
	switch {
	case line.Skip:
		return i18n.T("Skipped"), theme.Muted
	case u.left[line.Key]:
		return i18n.T("Left out"), theme.Waiting
	}
	return i18n.T("Do"), theme.Good
}

// heading is the row of a kind: how many there are to be done, and what they come to.
func (u *due) heading(i int) *kit.Row {
	n, sums := 0, map[money.Currency]money.Money{}
	for _, p := range u.places[i+1:] {
		if p.line < 0 {
			break
		}
		line := &u.plan.Lines[p.line]
		if line.Skip || u.left[line.Key] {
			continue
		}
		n++
		if sum, err := line.Amount.Add(orZero(sums[line.Amount.Currency], line.Amount.Currency)); err == nil {
			sums[line.Amount.Currency] = sum
		}
	}
	amount, wide := sumWords(sums), ""
	if len(sums) > 1 { // they have no room in the column of amounts
		amount, wide = "", amount
	}
	return &kit.Row{Cells: []string{"", fmt.Sprintf("%s: %s", app.DailyKindName(u.places[i].kind), i18n.FormatInt(int64(n))), "", "", amount, wide}}
}

func orZero(m money.Money, c money.Currency) money.Money { return money.New(m.Minor, c) }

// sumWords are sums of several currencies, by currency; amounts of two currencies are never added up.
func sumWords(sums map[money.Currency]money.Money) string {
	var words []string
	for _, m := range sums {
		if !m.IsZero() {
			words = append(words, m.Format(i18n.CurrentLocale()))
		}
	}
	slices.Sort(words)
	return strings.Join(words, " + ")
}
