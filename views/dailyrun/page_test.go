package dailyrun

import (
	"context"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/app/billing"
	"clientele/app/date"
	"clientele/app/money"
	"clientele/data"
	"clientele/data/datatest"
	"clientele/views/viewtest"
)

// office has two clients with a service that is due, one of whom wants no overdue mails.
func office(t *testing.T) (*viewtest.Bench, []data.Client) {
	t.Helper()
	b := viewtest.New(t)
	b.Settings(func(s *app.Settings) { s.DailyBackup = false })
	clients := datatest.Add(t, b.Store, datatest.Client(1), datatest.Client(2))
	for _, c := range clients {
		_, err := b.App.Services.Add(context.Background(), c.ID, app.ServiceDetails{
			Description: "Website care", Quantity: billing.One, Amount: money.New(4900, money.Currency(c.Currency)), Cycle: billing.Monthly, NextDue: date.Today(datatest.Now),
			Status: data.ServiceActive,
		}, "")
		if err != nil {
			t.Fatal(err)
		}
	}
	return b, clients
}

// told are the rows of what is due, a line each.
func (u *due) told() string {
	var lines []string
	for i := range u.Len() {
		lines = append(lines, strings.Join(u.Row(i).Cells, "|"))
	}
	return strings.Join(lines, "\n")
}

// DA-5: what is due with its reasons, one line left out, the run, and its report.
func TestDueAndReport(t *testing.T) {
	b, clients := office(t)
	p := New(b.Desk)
	b.Show(p)
	if p.due.Len() != 3 || !strings.HasPrefix(p.due.Row(0).Cells[1], "New invoices: 2") || p.due.Row(1).Cells[0] != "Do" || p.due.Row(1).Cells[5] != "Due today" {
		t.Fatalf("what is due:\n%s", p.due.told())
	}
	for _, want := range []string{"Left out", "Do"} { // by Space on a line, with the keyboard where the page begins
		p.due.grid.Select(1)
		b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
		if got := p.due.Row(1).Cells[0]; got != want {
			t.Fatalf("Space: %q", got)
		}
	}
	p.due.flip([]int{0})
	if !strings.HasPrefix(p.due.Row(0).Cells[1], "New invoices: 0") || p.due.Row(2).Cells[0] != "Left out" {
		t.Errorf("all left out:\n%s", p.due.told())
	}
	p.due.flip([]int{1})
	if len(p.due.unticked()) != 1 || p.due.Row(1).Cells[0] != "Do" {
		t.Errorf("one taken back:\n%s", p.due.told())
	}
	p.start()
	if b.Bar.Text() != "The daily run is done: 1 done, 1 skipped. From now on it mails clients by itself." {
		t.Errorf("the bar says %q", b.Bar.Text())
	}
	r := p.reports
	if len(r.runs) != 1 || r.Len() != 2 || r.Row(0).Cells[0]+r.Row(1).Cells[0] != "UntickedDone" && r.Row(0).Cells[0]+r.Row(1).Cells[0] != "DoneUnticked" {
		t.Fatalf("the report has %d lines of %d runs", r.Len(), len(r.runs))
	}
	r.only.OnTapped()
	if r.Len() != 1 || r.Row(0).Cells[0] != "Unticked" {
		t.Errorf("what was not done: %d lines", r.Len())
	}
	r.open(0)
	if last := b.Went.Last(); last != "client 1" && last != "client 2" {
		t.Errorf("a line led to %q", last)
	}
	if p.due.Len() != 2 || p.due.Row(1).Cells[0] != "Left out" {
		t.Errorf("what was left out is due still:\n%s", p.due.told())
	}
	if m := p.due.menu(1); len(m.Items) != 2 {
		t.Errorf("%d items in the menu", len(m.Items))
	}
	if len(clients) != 2 {
		t.Error("the clients are gone")
	}
}

// Nothing due, nothing ran: both say what belongs there.
func TestEmptyOffice(t *testing.T) {
	b := viewtest.New(t)
	p := New(b.Desk)
	b.Show(p)
	if p.due.Len() != 0 || p.reports.Len() != 0 || p.waiting.Visible() {
		t.Error("something is shown")
	}
	ended := datatest.Clock().UnixMilli()
	for state, want := range map[data.RunState]string{data.RunDone: "Done today: ", data.RunStopped: "Stopped today: "} {
		if got := Words(app.DailyState{Today: true, Last: &data.DailyRun{State: state, EndedAt: &ended}}); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", state, got)
		}
	}
	if Words(app.DailyState{}) == "" {
		t.Error("no words for an office in which nothing ran")
	}
}
