package app_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/exporting"
	"clientele/app/importing"
	"clientele/app/money"
	"clientele/data"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

// inspect writes a file and opens it as the import page does.
func inspect(t testing.TB, o *apptest.Office, text string) *app.ImportForm {
	t.Helper()
	path := filepath.Join(t.TempDir(), "clients.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return inspectFile(t, o, path)
}

func inspectFile(t testing.TB, o *apptest.Office, path string) *app.ImportForm {
	t.Helper()
	form, err := o.Imports.Inspect(ctx, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { form.Close() })
	return form
}

// IO-1: a file that was saved anew is opened anew, with what was chosen for it; one that was not is left alone.
func TestFormOfAFileThatWasSavedAnew(t *testing.T) {
	o := apptest.Open(t)
	first := inspect(t, o, "Who;Address\nAda Lovelace;ada@example.com\n")
	if again, err := o.Imports.Again(ctx, first); err != nil || again != first {
		t.Fatalf("a file that nobody touched: %v", err)
	}
	save := func(text string) *app.ImportForm {
		t.Helper()
		if err := errors.Join(os.WriteFile(first.Path+".new", []byte(text), 0o600), os.Rename(first.Path+".new", first.Path)); err != nil {
			t.Fatal(err)
		}
		again, err := o.Imports.Again(ctx, first)
		if err != nil || again == first {
			t.Fatalf("a file in the place of the old one: %v", err)
		}
		t.Cleanup(func() { again.Close() })
		return again
	}
	first.Mapping = importing.Mapping{importing.FullName, importing.Email}
	if again := save("Who;Address\nGrace Hopper;grace@example.com\n"); !slices.Equal(again.Mapping, first.Mapping) || again.Samples[0].Value(importing.FullName) != "Grace Hopper" {
		t.Errorf("the same columns hold %v", again.Mapping)
	}
	if again := save("Who;Email\nGrace Hopper;grace@example.com\n"); slices.Equal(again.Mapping, first.Mapping) {
		t.Error("other columns hold what the old ones held")
	}
	if err := first.File.Split(','); err != nil {
		t.Fatal(err)
	}
	if again := save("Who;Address\nGrace Hopper;grace@example.com\n"); again.File.Delimiter != ',' {
		t.Errorf("the chosen delimiter is now %q", again.File.Delimiter)
	}
	if err := os.Remove(first.Path); err != nil {
		t.Fatal(err)
	}
	if _, err := o.Imports.Again(ctx, first); app.CodeOf(err) != app.Unavailable {
		t.Errorf("a file that is gone: %v", err)
	}
}

func run(t testing.TB, o *apptest.Office, form *app.ImportForm, options app.ImportOptions) app.ImportReport {
	t.Helper()
	r, err := o.Imports.Run(ctx, form, options, app.Quiet{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func count(t testing.TB, o *apptest.Office) int64 {
	t.Helper()
	n, _, err := o.Clients.Count(ctx, data.ClientFilter{})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const header = "First Name,Last Name,Company Name,Email,City,Country,Phone Number,Currency,Client Group,Credit,Creation Date,Status,Tax Exempt,Notes\n"

const mixed = header +
	"Ada,Lovelace,Engines,ada@example.com,London,GB,+44 20 7946 0958,GBP,Trade,10.50,2024-03-01,Active,yes,\"two\nlines\"\n" +
	"Zoë,Müller,,zoe@bücher.example,Köln,Germany,,EUR,trade,0,2024-03-02,Closed,no,\n" +
	",Nobody,,no@example.com,,GB,,,,,,,,\n" +
	"Again,Lovelace,,ADA@example.com,,GB,,,,,,,,\n" +
	"Taken,Already,,taken@example.com,,GB,,,,,,,,\n" +
	"Al,Khwarizmi,,al@example.com,Baghdad,IQ,,IQD,7,1.250,,,,=1+1\n" +
	"Two,Wrongs,,nobody,,Atlantis,,,,-5,,,,\n"

// IO-1: a dry run says what the real one does, row by row, and stores nothing; what comes in is what the file has.
func TestDryRunAndRun(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		taken := o.Add(t, "taken@example.com", nil)
		if _, err := o.Groups.Save(ctx, data.Group{Name: "TRADE", Colour: "#112233"}); err != nil {
			t.Fatal(err)
		}
		form := inspect(t, o, mixed)
		if len(form.Samples) != 5 {
			t.Errorf("%d samples", len(form.Samples))
		}
		dry := run(t, o, form, app.ImportOptions{DryRun: true})
		if n := count(t, o); n != 1 || dry.ImportID != 0 || !dry.DryRun {
			t.Errorf("the dry run left %d clients, import %d", n, dry.ImportID)
		}
		wet := run(t, o, form, app.ImportOptions{})
		if diff := cmp.Diff(dry, wet, cmpopts.IgnoreFields(app.ImportReport{}, "ImportID", "DryRun")); diff != "" {
			t.Errorf("-dry +wet:\n%s", diff)
		}
		if wet.Rows != 7 || wet.Imported != 3 || wet.Rejected != 4 || wet.ImportID == 0 || !slices.Equal(wet.NewGroups, []string{"Group 7"}) {
			t.Errorf("%+v", wet)
		}
		var problems []string
		for _, p := range wet.Problems {
			problems = append(problems, fmt.Sprintf("%d %s", p.Line, p.Column))
		}
		slices.Sort(problems)
		if want := []string{"5 First Name", "6 Email", "7 Email", "9 Country", "9 Credit", "9 Email"}; !slices.Equal(problems, want) {
			t.Errorf("problems %v, want %v", problems, want)
		}
		if last := wet.Problems[slices.IndexFunc(wet.Problems, func(p importing.Problem) bool { return p.Line == 7 })]; last.Reason != fmt.Sprintf("Client #%d has this address already.", taken) {
			t.Errorf("%+v", last)
		}
		rows, _, err := o.Clients.Page(ctx, data.ClientQuery{Sort: data.ByID}, nil, false, 10)
		if err != nil || len(rows) != 4 {
			t.Fatal(rows, err)
		}
		ada, zoe, al := o.Get(t, rows[1].ID), o.Get(t, rows[2].ID), o.Get(t, rows[3].ID)
		if ada.Group.Name != "TRADE" || zoe.Group.Name != "TRADE" || al.Group.Name != "Group 7" || ada.Notes != "two\nlines" || !ada.TaxExempt ||
			zoe.Country != "DE" || zoe.Status != data.Closed || al.Notes != "=1+1" || ada.Created.String() != "2024-03-01" || al.Created.String() != "2026-11-20" ||
			ada.PasswordHash != "" || *ada.ImportID != wet.ImportID {
			t.Errorf("%+v\n%+v\n%+v", ada, zoe, al)
		}
		if ada.Credit != 1050 || zoe.Credit != 0 || al.Credit != 1250 || al.Currency != "IQD" {
			t.Errorf("credit %d, %d, %d", ada.Credit, zoe.Credit, al.Credit)
		}
		for _, c := range []app.Client{ada, zoe, al} {
			var moves []data.CreditMove
			if err := o.Store.Read(ctx, func(tx *data.Tx) (err error) { moves, err = tx.CreditMoves(c.ID); return err }); err != nil {
				t.Fatal(err)
			}
			if len(moves) != min(1, int(c.Credit)) || len(moves) == 1 && (moves[0].Amount != c.Credit || moves[0].Kind != data.CreditOpening) {
				t.Errorf("%s: %+v", c.FirstName, moves)
			}
		}
		if found, err := o.Clients.Search(ctx, "khwariz", 5); err != nil || len(found.Rows) != 1 {
			t.Errorf("%+v, %v", found, err)
		}
		// All of it again: everything is there.
		again := run(t, o, form, app.ImportOptions{})
		if again.Imported != 0 || again.Rejected != 7 || again.ImportID != 0 {
			t.Errorf("again: %+v", again)
		}
		if is, err := o.Imports.List(ctx, 10); err != nil || len(is) != 1 || is[0].Imported != 3 || is[0].Rejected != 4 || is[0].RowsRead != 7 || is[0].FileName != "clients.csv" {
			t.Errorf("%+v, %v", is, err)
		}
		o.Sound(t)
	})
}

// IO-1: with all or nothing, one bad row keeps the others out, in the dry run's report too.
func TestAllOrNothing(t *testing.T) {
	o := apptest.Open(t)
	form := inspect(t, o, mixed)
	for _, dry := range []bool{true, false} {
		r := run(t, o, form, app.ImportOptions{AllOrNothing: true, DryRun: dry})
		if r.Imported != 0 || r.Rejected != 3 || len(r.NewGroups) != 0 || r.ImportID != 0 || len(r.Problems) == 0 {
			t.Errorf("dry %t: %+v", dry, r)
		}
	}
	groups, err := o.Groups.List(ctx)
	is, _ := o.Imports.List(ctx, 5)
	if count(t, o) != 0 || len(groups) != 0 || len(is) != 0 || err != nil {
		t.Errorf("left: %d clients, %v, %v, %v", count(t, o), groups, is, err)
	}
	good := inspect(t, o, header+strings.SplitAfter(mixed, "\n")[3])
	if r := run(t, o, good, app.ImportOptions{AllOrNothing: true}); r.Imported != 1 {
		t.Errorf("%+v", r)
	}
	o.Sound(t)
}

// IO-1: an import goes out again as a whole, unless one of its clients was touched since.
func TestUndo(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		kept := o.Add(t, "kept@example.com", nil)
		touch := map[string]func(id int64){
			"status": func(id int64) { o.Clients.SetStatus(ctx, []int64{id}, data.Inactive) },
			"credit": func(id int64) { o.Credit.Adjust(ctx, id, 1, money.New(7, "GBP")) },
			"edit": func(id int64) {
				c := o.Get(t, id)
				p := app.ProfileOf(c)
				p.City = "Leeds"
				o.Clients.Update(ctx, id, c.Version, p, "")
			},
			"untouched": func(int64) {},
		}
		for name, change := range touch {
			r := run(t, o, inspect(t, o, strings.ReplaceAll(mixed, "@", "@"+name+".")), app.ImportOptions{})
			if r.Imported != 4 {
				t.Fatalf("%s: %+v", name, r)
			}
			before := count(t, o)
			found, err := o.Clients.Search(ctx, "ada@"+name, 5)
			if err != nil || len(found.Rows) != 1 {
				t.Fatal(found, err)
			}
			change(found.Rows[0].ID)
			gone, err := o.Imports.Undo(ctx, r.ImportID, app.Quiet{})
			if name == "untouched" {
				if err != nil || gone != 4 || count(t, o) != before-4 {
					t.Errorf("%d gone, %v", gone, err)
				}
				if found, _ := o.Clients.Search(ctx, "khwariz untouched", 5); len(found.Rows) != 0 {
					t.Errorf("still found: %+v", found.Rows)
				}
				_, err = o.Imports.Undo(ctx, r.ImportID, app.Quiet{})
			} else if count(t, o) != before {
				t.Errorf("%s: %d clients of %d", name, count(t, o), before)
			}
			if app.CodeOf(err) != app.NotAllowed {
				t.Errorf("%s: %v", name, err)
			}
		}
		if _, err := o.Imports.Undo(ctx, 999, app.Quiet{}); app.CodeOf(err) != app.NotFound {
			t.Errorf("no such import: %v", err)
		}
		o.Get(t, kept)
		o.Sound(t)
	})
}

// stopAt is a Progress that cancels the work at its nth report.
type stopAt struct {
	n      int
	cancel context.CancelFunc
}

func (s *stopAt) Step(string)    { s.tick() }
func (s *stopAt) SetTotal(int64) { s.tick() }
func (s *stopAt) Add(int64)      { s.tick() }
func (s *stopAt) tick() {
	if s.n--; s.n == 0 {
		s.cancel()
	}
}

// IO-1: an import that is cancelled at any moment leaves nothing: no client, no group, no record of itself, and the next one works.
func TestCancelledImport(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		var text strings.Builder
		text.WriteString(header)
		for i := range 1100 {
			fmt.Fprintf(&text, "First%d,Last,,c%d@example.com,London,GB,,GBP,G%d,5,,,,\n", i, i, i%3)
		}
		form := inspect(t, o, text.String())
		at := 1
		for ; ; at++ {
			running, cancel := context.WithCancel(ctx)
			_, err := o.Imports.Run(running, form, app.ImportOptions{}, &stopAt{at, cancel})
			cancel()
			if err == nil {
				break // it was over before the moment came
			}
			groups, _ := o.Groups.List(ctx)
			is, _ := o.Imports.List(ctx, 5)
			if !errors.Is(err, context.Canceled) || count(t, o) != 0 || len(groups) != 0 || len(is) != 0 {
				t.Fatalf("stopped at %d: %v; %d clients, %d groups, %d imports", at, err, count(t, o), len(groups), len(is))
			}
		}
		if at < 6 || count(t, o) != 1100 {
			t.Errorf("%d moments, %d clients", at, count(t, o))
		}
		o.Sound(t)
	})
}

// A file that goes away or is no table is said so, and nothing is imported.
func TestUnreadableFiles(t *testing.T) {
	o := apptest.Open(t)
	dir := t.TempDir()
	if _, err := o.Imports.Inspect(ctx, filepath.Join(dir, "none.csv")); app.CodeOf(err) != app.Unavailable || strings.Contains(err.Error(), dir) {
		t.Errorf("no file: %v", err)
	}
	for name, text := range map[string]string{"empty": "", "header alone": "", "binary": "PK\x03\x04\x00\x00\x00"} {
		path := filepath.Join(dir, "x.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if form, err := o.Imports.Inspect(ctx, path); err == nil {
			form.Close()
			t.Errorf("%s was taken", name)
		} else if app.CodeOf(err) == "" || err.Error() == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
	form := inspect(t, o, "First Name,Last Name\nAda,Lovelace\n")
	if _, err := o.Imports.Run(ctx, form, app.ImportOptions{}, app.Quiet{}); app.CodeOf(err) != app.Invalid || !strings.Contains(err.Error(), "Email") {
		t.Errorf("no column for the address: %v", err)
	}
	form = inspect(t, o, mixed)
	o.Store.SetReadOnly()
	if _, err := o.Imports.Run(ctx, form, app.ImportOptions{}, app.Quiet{}); app.CodeOf(err) != app.Unavailable {
		t.Errorf("into a store that is read-only: %v", err)
	}
}

// R10, issue 2: among good rows, 200 bad ones of all kinds are each named by line, column and reason, and the good ones come in.
func TestTwoHundredBadRows(t *testing.T) {
	o := apptest.Open(t)
	o.Add(t, "taken@example.com", nil)
	cells := []string{"First", "Last", "Company", "good%d@example.com", "London", "GB", "+44 20 7946 0958", "GBP", "Trade", "5.00", "2024-03-01", "Active", "no", "fine"}
	columns := strings.Split(strings.TrimSpace(header), ",")
	long := strings.Repeat("x", 300)
	kinds := []struct {
		column int
		value  string
	}{
		{0, ""},
		{0, "   "},
		{0, long},
		{0, "a\x00b"},
		{0, "a\x1bb"},
		{1, ""},
		{1, "\"two\nlines\""},
		{1, "a\u202eb"},
		{2, long},
		{3, ""},
		{3, "nobody"},
		{3, "a@b@c"},
		{3, "taken@example.com"},
		{3, "first@example.com"},
		{3, "a b@example.com"},
		{3, long + "@example.com"},
		{4, long},
		{5, "Atlantis"},
		{5, long},
		{6, "call me"},
		{6, "1"},
		{7, "Dollarydoos"},
		{8, long},
		{9, "a lot"},
		{9, "-5"},
		{9, "1.234567"},
		{9, "99999999999999999999"},
		{10, "yesterday"},
		{10, "2024-02-30"},
		{10, "31/12/2024"},
		{11, "Perhaps"},
		{12, "maybe"},
		{13, "a\x00b"},
		{13, "a\x07b"},
	}
	var text strings.Builder
	text.WriteString(header)
	type place struct {
		line   int
		column string
	}
	var want []place
	line := 2
	row := func(change func([]string)) {
		c := slices.Clone(cells)
		c[3] = fmt.Sprintf(c[3], line)
		change(c)
		whole := strings.Join(c, ",") + "\n"
		text.WriteString(whole)
		line += strings.Count(whole, "\n")
	}
	row(func(c []string) { c[3] = "first@example.com" })
	good := 1
	for len(want) < 194 {
		k := kinds[len(want)%len(kinds)]
		want = append(want, place{line, columns[k.column]})
		row(func(c []string) { c[k.column] = k.value })
		row(func([]string) {})
		good++
	}
	for _, shape := range []string{"too,few\n", strings.Repeat("x,", 20) + "\n", "First,Last,C,bad\xff@example.com,,GB,,,,,,,,\n"} {
		for range 2 {
			want = append(want, place{line: line})
			text.WriteString(shape)
			line++
			row(func([]string) {})
			good++
		}
	}
	form := inspect(t, o, text.String())
	for _, dry := range []bool{true, false} {
		r := run(t, o, form, app.ImportOptions{DryRun: dry})
		if r.Rows != int64(good+len(want)) || r.Imported != int64(good) || r.Rejected != int64(len(want)) || r.MoreFaults != 0 {
			t.Errorf("dry %t: %d rows, %d in, %d out; want %d good and %d bad", dry, r.Rows, r.Imported, r.Rejected, good, len(want))
		}
		for _, w := range want {
			if !slices.ContainsFunc(r.Problems, func(p importing.Problem) bool {
				return p.Line == w.line && (w.column == "" || p.Column == w.column) && p.Reason != ""
			}) {
				t.Errorf("line %d, column %q is not named", w.line, w.column)
			}
		}
		for _, p := range r.Problems {
			if len(p.Reason) > 400 || strings.ContainsAny(p.Reason, "\x00\x1b\n") || regexp.MustCompile(`%!|\{\$`).MatchString(p.Reason) {
				t.Errorf("line %d: %q", p.Line, p.Reason)
			}
		}
	}
	o.Sound(t)
}

// IO-3: what is exported comes back as it was, whatever characters it holds.
func TestExportAndImport(t *testing.T) {
	first := apptest.Open(t)
	group, err := first.Groups.Save(ctx, data.Group{Name: "Größe =1", Colour: "#112233"})
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{
		"=1+1", "+49", "-x", "@cmd", "'quoted", "''twice", "a,b;c", "\"", "\"\"", "שלום\u200f", "🦊🏳️‍🌈", "<b>", "{$client_name}", "=", "'", "'=x", "O'Neill", "\u00a0x", "NULL", "0012", "1e5",
	}
	for i, s := range texts {
		first.Add(t, fmt.Sprintf("c%d@bücher.example", i), func(n *app.NewClient) {
			n.FirstName, n.LastName, n.Company, n.City, n.State, n.Address1, n.TaxID = s, "L"+s, s, s, s, s, s
			n.Notes, n.GroupID, n.Currency, n.Language = s+"\n\n"+s+"\t.", group*int64(i%2), []string{"JPY", "EUR", "KWD"}[i%3], "de"
			n.Status, n.TaxExempt, n.NoLateFees = app.Statuses[i%3], i%2 == 0, i%3 == 0
		})
	}
	for i := range texts {
		if i%2 == 0 {
			c := first.Get(t, int64(i+1))
			if err := first.Credit.Adjust(ctx, c.ID, c.Version, money.New(int64(1000+i), money.Currency(c.Currency))); err != nil {
				t.Fatal(err)
			}
		}
	}
	path := filepath.Join(t.TempDir(), "clients.csv")
	if n, err := first.Exports.Clients(ctx, path, exporting.FormatCSV, data.ClientFilter{}, nil, app.Quiet{}); err != nil || n != len(texts) {
		t.Fatal(n, err)
	}
	second := apptest.Open(t)
	r := run(t, second, inspectFile(t, second, path), app.ImportOptions{AllOrNothing: true})
	if r.Imported != int64(len(texts)) {
		t.Fatalf("%+v", r)
	}
	var a, b [][]string
	for o, rows := range map[*apptest.Office]*[][]string{first: &a, second: &b} {
		for row, err := range o.Exports.EachClient(ctx, data.ClientFilter{}, nil) {
			if err != nil {
				t.Fatal(err)
			}
			*rows = append(*rows, slices.Clone(row))
		}
	}
	if diff := cmp.Diff(a, b); diff != "" {
		t.Errorf("-first +second:\n%s", diff)
	}
	// A filter and a selection leave the others out.
	if n, err := first.Exports.Clients(ctx, path, exporting.FormatCSV, data.ClientFilter{}, []int64{2, 3}, app.Quiet{}); err != nil || n != 2 {
		t.Error(n, err)
	}
	if n, err := first.Exports.Clients(ctx, path, exporting.FormatCSV, data.ClientFilter{Statuses: []data.Status{data.Closed}}, nil, app.Quiet{}); err != nil || n != 7 {
		t.Error(n, err)
	}
	second.Sound(t)
}

// What an import lets in, the form lets be saved: the two have one set of rules.
func TestImportedClientsCanBeSaved(t *testing.T) {
	o := apptest.Open(t)
	n := 0
	cell := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "0", "x", "+49 (0) 221", "12345678901234567890", "Köln", "\u200e", "a  b", "-", "1.5"}))
	rapid.Check(t, func(rt *rapid.T) {
		n++
		quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
		columns := []string{"First Name", "Last Name", "Company Name", "Address 1", "City", "Postcode", "Phone Number", "Tax ID", "Payment Method", "Notes"}
		values := make([]string, len(columns))
		for i, c := range columns {
			values[i] = quote(cell.Draw(rt, c))
		}
		form := inspect(t, o, strings.Join(columns, ",")+",Email,Country\n"+strings.Join(values, ",")+fmt.Sprintf(",r%d@example.com,GB\n", n))
		r := run(t, o, form, app.ImportOptions{})
		form.Close()
		if r.Imported == 0 {
			return
		}
		rows, _, err := o.Clients.Page(ctx, data.ClientQuery{Sort: data.ByID, Descending: true}, nil, false, 1)
		if err != nil {
			rt.Fatal(err)
		}
		c := o.Get(t, rows[0].ID)
		p := app.ProfileOf(c)
		p.NoLateFees = !p.NoLateFees
		if err := o.Clients.Update(ctx, c.ID, c.Version, p, ""); err != nil {
			rt.Fatalf("%+v: %v", p, err)
		}
		after := app.ProfileOf(o.Get(t, c.ID))
		if diff := cmp.Diff(p, after); diff != "" {
			rt.Errorf("saving changed:\n%s", diff)
		}
	})
}
