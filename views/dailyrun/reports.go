package dailyrun

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/daily"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

const (
	// runsShown is how many runs are listed.
	runsShown = 100
	// linesSize is how many lines of a run are read at once.
	linesSize = 500
)

// reports are the last runs, and what the one under the cursor did.
type reports struct {
	d       *desk.Desk
	loader  *task.Loader[[]data.DailyRun]
	read    *task.Loader[[]data.ReportLine]
	runs    []data.DailyRun
	lines   []data.ReportLine
	rows    []*kit.Row
	more    bool
	skipped bool
	grid    *kit.Grid // of runs
	detail  *kit.Grid // of lines
	words   *kit.Para
	only    *kit.Chip
	list    fyne.CanvasObject
	middle  *fyne.Container
	object  fyne.CanvasObject
}

func newReports(d *desk.Desk) *reports {
	r := &reports{d: d, loader: task.NewLoader[[]data.DailyRun](d.Run), read: task.NewLoader[[]data.ReportLine](d.Run), middle: container.NewStack(), words: kit.NewPara("", theme.Muted)}
	r.grid = kit.NewGrid(
		d.Run,
		kit.Column{Key: "when", Title: i18n.T("When"), Width: 150},
		kit.Column{Key: "state", Title: i18n.T("State"), Kind: kit.PillColumn, Width: 110},
		kit.Column{Key: "day", Title: i18n.T("For"), Width: 110},
		kit.Column{Key: "cause", Title: i18n.T("Started by"), Width: 160, Grow: true},
		kit.Column{Key: "who", Title: i18n.T("Person"), Width: 120, Grow: true},
		kit.Column{Key: "done", Title: i18n.T("Done"), Kind: kit.NumberColumn, Width: 90},
		kit.Column{Key: "skipped", Title: i18n.T("Skipped"), Kind: kit.NumberColumn, Width: 90},
	)
	r.grid.OnSelect = func(int) { r.choose() }
	r.detail = kit.NewGrid(
		d.Run,
		kit.Column{Key: "outcome", Title: i18n.T("Outcome"), Kind: kit.PillColumn, Width: 110},
		kit.Column{Key: "kind", Title: i18n.T("What"), Width: 160},
		kit.Column{Key: "client", Title: i18n.T("Client"), Width: 200, Grow: true},
		kit.Column{Key: "invoice", Title: i18n.T("Invoice"), Width: 100},
		kit.Column{Key: "amount", Title: i18n.T("Amount"), Kind: kit.NumberColumn, Width: 130},
		kit.Column{Key: "why", Title: i18n.T("Why"), Width: 260, Grow: true},
	)
	r.detail.OnOpen = r.open
	r.detail.SetSource(r)
	r.only = kit.NewChip(i18n.T("Only what was not done"), false, func(on bool) {
		r.skipped = on
		r.choose()
	})
	below := container.New(layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, 0, 0), kit.Border(nil, nil, kit.NewChips(r.only), nil,
		container.NewVBox(layout.NewSpacer(), r.words, layout.NewSpacer()))) // in the middle beside the chip
	r.list = container.NewGridWithRows(2, r.grid, kit.Border(below, nil, nil, nil, r.detail))
	r.object = container.New(layout.NewCustomPaddedLayout(0, theme.Inset, theme.Inset, theme.Inset), r.middle)
	return r
}

// load reads the list of runs and shows the newest.
func (r *reports) load() {
	r.loader.Load(func(ctx context.Context) ([]data.DailyRun, error) { return r.d.App.Daily.Runs(ctx, 0, runsShown) }, func(runs []data.DailyRun, err error) {
		if err != nil {
			r.fill(r.d.ErrorState(err, r.load))
			return
		}
		at := max(r.grid.Cursor(), 0)
		if len(runs) > 0 && (len(r.runs) == 0 || runs[0].ID != r.runs[0].ID) {
			at = 0
		}
		r.runs = runs
		rows := make(kit.Rows, len(runs))
		for i, run := range runs {
			person := run.Who
			if app.DailyCause(run.Cause).ByItself() {
				person = ""
			}
			rows[i] = &kit.Row{Cells: []string{
				mailview.When(run.StartedAt), app.RunStateName(run.State), run.Day.Format(i18n.CurrentLocale()), app.DailyCauseName(run.Cause), person,
				i18n.FormatInt(run.Done), i18n.FormatInt(run.Skipped),
			}, Tones: []theme.Tone{theme.Plain, toneOf(run.State)}}
		}
		if len(runs) == 0 {
			r.fill(kit.NewEmptyState(icons.Daily, i18n.T("It never ran yet"), i18n.T("Each run leaves its report here: what it did, and whom it skipped and why."), nil))
			return
		}
		r.fill(r.list)
		r.grid.SetSource(rows)
		r.grid.Select(at)
	})
}

func toneOf(s data.RunState) theme.Tone {
	switch s {
	case data.RunDone:
		return theme.Good
	case data.RunFailed:
		return theme.Danger
	case data.RunRunning, data.RunStopped, data.RunBroken:
	}
	return theme.Waiting
}

func (r *reports) fill(o fyne.CanvasObject) {
	kit.Swap(r.d.Canvas(), r.middle, o)
}

// choose shows the run under the cursor.
func (r *reports) choose() {
	r.lines, r.rows, r.more = nil, nil, false
	words := ""
	if i := r.grid.Cursor(); i >= 0 && i < len(r.runs) {
		words = r.runs[i].Words
		r.more = true
	}
	r.words.Set(words, theme.Muted)
	r.detail.Reset()
	r.older()
}

// older reads on.
func (r *reports) older() {
	i := r.grid.Cursor()
	if !r.more || r.read.Busy() || i < 0 || i >= len(r.runs) {
		return
	}
	id, skipped, after := r.runs[i].ID, r.skipped, int64(0)
	if len(r.lines) > 0 {
		after = r.lines[len(r.lines)-1].N
	}
	r.read.Load(func(ctx context.Context) ([]data.ReportLine, error) {
		lines, _, err := r.d.App.Daily.Report(ctx, id, after, skipped, linesSize)
		return lines, err
	}, func(lines []data.ReportLine, err error) {
		if err != nil {
			r.d.Fail(err)
			return
		}
		r.more = len(lines) == linesSize
		for _, l := range lines {
			r.lines, r.rows = append(r.lines, l), append(r.rows, row(l))
		}
		r.detail.Update()
	})
}

func row(l data.ReportLine) *kit.Row {
	name, amount, tone := l.ClientName, "", theme.Good
	if name == "" {
		name = i18n.T("deleted")
	}
	if m, ok := app.LineAmount(l.DailyLine); ok {
		amount = m.Format(i18n.CurrentLocale())
	}
	switch l.Outcome {
	case "done":
	case "failed":
		tone = theme.Danger
	default:
		tone = theme.Waiting
	}
	return &kit.Row{Cells: []string{app.OutcomeName(l.Outcome), app.DailyKindName(daily.Kind(l.Kind)), name, l.Number, amount, app.LineWhy(l.DailyLine)}, Tones: []theme.Tone{tone}}
}

// open goes to the invoice of a line, or to its client.
func (r *reports) open(row int) {
	switch l := r.lines[row]; {
	case l.Number != "":
		r.d.Go.Invoice(l.InvoiceID)
	case l.ClientName != "":
		r.d.Go.Client(l.ClientID)
	}
}

// Len is for the grid.
func (r *reports) Len() int { return len(r.rows) }

// Row is for the grid.
func (r *reports) Row(i int) *kit.Row { return r.rows[i] }

// Want is for the grid; nearing the end reads on.
func (r *reports) Want(_, last int) {
	if last >= len(r.rows)-1 {
		r.older()
	}
}
