package app_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/date"
	"clientele/app/exporting"
	"clientele/app/money"
	"clientele/data"
)

// worked is an office in which two admins did some things on two days.
func worked(t *testing.T, o *apptest.Office) (client int64) {
	t.Helper()
	client = o.Add(t, "grace@example.com", func(n *app.NewClient) { n.FirstName, n.LastName = "Grace", "Hopper" })
	o.Add(t, "ada@example.com", nil)
	p := app.ProfileOf(o.Get(t, client))
	p.Phone = "+44 20 7946 0958"
	if err := o.Clients.Update(ctx, client, 1, p, ""); err != nil {
		t.Fatal(err)
	}
	o.Clock.Advance(24 * time.Hour)
	note(t, o, client, "Call first")
	if err := o.Credit.Adjust(ctx, client, o.Get(t, client).Version, money.New(1250, "GBP")); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Groups.Save(ctx, data.Group{Name: "Partners", Colour: "#1f9d61"}); err != nil {
		t.Fatal(err)
	}
	return client
}

// said are lines as people read them.
func said(lines []app.LogLine) (all []string) {
	for _, l := range lines {
		all = append(all, strings.Join([]string{l.Words, l.Client, l.About(), l.Details}, " | "))
	}
	return all
}

// SU-5: every act in words, with what changed, narrowed down by client, kind, person and day.
func TestLog(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := worked(t, o)
		day := date.Today(o.Clock.Now())
		group := "Client group saved |  | Partners | "
		balance := "Credit balance changed | Grace Hopper |  | Credit balance: 0.00 GBP → 12.50 GBP"
		noted := "Note added | Grace Hopper | Call first | "
		phone := "Profile changed | Grace Hopper |  | Phone: – → +44 20 7946 0958"
		ada, grace := "Client added | Ada Lovelace |  | ", "Client added | Grace Hopper |  | "
		for name, c := range map[string]struct {
			f    app.LogFilter
			want []string
		}{
			"all":       {app.LogFilter{}, []string{group, balance, noted, phone, ada, grace}},
			"client":    {app.LogFilter{ClientID: client}, []string{balance, noted, phone, grace}},
			"kind":      {app.LogFilter{Kind: app.LogClient}, []string{phone, ada, grace}},
			"money":     {app.LogFilter{Kind: app.LogMoney, ClientID: client}, []string{balance}},
			"files":     {app.LogFilter{Kind: app.LogFiles}, nil},
			"person":    {app.LogFilter{Who: "Alex Admin", Kind: app.LogNotes}, []string{noted}},
			"nobody":    {app.LogFilter{Who: "Eve"}, nil},
			"today":     {app.LogFilter{From: day, To: day}, []string{group, balance, noted}},
			"yesterday": {app.LogFilter{From: day.AddDays(-1), To: day.AddDays(-1), ClientID: client}, []string{phone, grace}},
			"until":     {app.LogFilter{To: day.AddDays(-2)}, nil},
		} {
			lines, err := o.Log.List(ctx, c.f, data.ActivityPlace{}, 100)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, said(lines)); diff != "" {
				t.Errorf("%s: %s", name, diff)
			}
		}
		if people, err := o.Log.People(ctx); !slices.Equal(people, []string{"Alex Admin"}) || err != nil {
			t.Errorf("people %q, %v", people, err)
		}
	})
}

// IO-3: the lines that a filter leaves go to a file, whole, with the names for programs beside the words.
func TestLogExport(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		client := worked(t, o)
		for i := range 1100 { // more than are read at once
			o.Clock.Advance(time.Second)
			if err := o.Notes.SetSticky(ctx, 1, i%2 == 0); err != nil {
				t.Fatal(err)
			}
		}
		path := filepath.Join(t.TempDir(), "log.csv")
		n, err := o.Log.Export(ctx, path, exporting.FormatCSV, app.LogFilter{ClientID: client}, app.Quiet{})
		if err != nil || n != 1104 {
			t.Fatalf("%d lines, %v", n, err)
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(b), "\uFEFF"))).ReadAll()
		if err != nil || len(rows) != 1105 {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		want := []string{"4", "2026-11-21T09:30:00.000Z", "Alex Admin", "1", "Grace Hopper", "note.added", "Note added", "Call first", ""}
		if diff := cmp.Diff(want, rows[1102]); diff != "" {
			t.Error(diff)
		}
		path = filepath.Join(t.TempDir(), "log.json")
		if n, err = o.Log.Export(ctx, path, exporting.FormatJSON, app.LogFilter{Kind: app.LogMoney}, app.Quiet{}); err != nil || n != 1 {
			t.Fatalf("%d lines, %v", n, err)
		}
		var objects []map[string]string
		if b, err = os.ReadFile(path); err != nil || json.Unmarshal(b, &objects) != nil || objects[0]["Details"] != "Credit balance: 0.00 GBP → 12.50 GBP" {
			t.Errorf("%s, %v", b, err)
		}
	})
}
