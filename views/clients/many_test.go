package clients

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/viewtest"
)

// sendToMany fills the dialog that is open and sends, and tells to whom mails were written.
func sendToMany(t *testing.T, b *viewtest.Bench) (to []string) {
	t.Helper()
	for _, o := range test.LaidOutObjects(b.Window.Canvas().Overlays().Top()) {
		if form, ok := o.(*kit.Form); ok {
			form.SetValues(map[string]string{app.FieldSubject: "News", app.FieldBody: "We have news."})
			break
		}
	}
	press(t, b, "Send")
	for more := true; more; {
		var err error
		if more, err = b.App.Campaigns.Step(ctx); err != nil {
			t.Fatal(err)
		}
	}
	ms, err := b.App.Mails.List(ctx, app.MailFilter{}, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range ms {
		to = append(to, m.ToLine)
	}
	slices.Sort(to)
	return to
}

// two selects a row and the next one, by the keyboard.
func two(p *Page, row int) {
	p.grid.Select(row)
	keys, ok := p.grid.FocusTarget().(desktop.Keyable)
	if !ok {
		return
	}
	keys.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	keys.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	keys.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
}

// emails are the addresses in some rows of the list.
func emails(p *Page, rows ...int) (all []string) {
	for _, i := range rows {
		all = append(all, p.list.rows[i].email)
	}
	slices.Sort(all)
	return all
}

// CL-3, ML-6: a mail to clients that were picked goes to them alone, whatever the filter says of others; where the whole list is picked, to those of its filter.
func TestMailToThosePicked(t *testing.T) {
	t.Run("two of a list", func(t *testing.T) {
		b, p := agreed(t, 12)
		two(p, 2)
		want := emails(p, 2, 3)
		p.mailMany()
		if got := sendToMany(t, b); !slices.Equal(got, want) {
			t.Errorf("went to %q, picked were %q", got, want)
		}
	})
	t.Run("all that a search found, closed ones too", func(t *testing.T) {
		b, p := agreed(t, 12)
		p.search.SetText("last0001")
		want := emails(p, 0, 1, 2)
		p.grid.SelectAll()
		p.mailMany()
		if got := sendToMany(t, b); !slices.Equal(got, want) {
			t.Errorf("went to %q, found were %q", got, want)
		}
	})
	t.Run("a whole list", func(t *testing.T) {
		b, p := agreed(t, 12)
		p.grid.SelectAll()
		p.mailMany()
		if got := sendToMany(t, b); len(got) != 11 {
			t.Errorf("went to %q, and one of twelve is closed", got)
		}
	})
}

// Where all that were picked were deleted meanwhile, and none can be named any more, nothing is done with the others.
func TestPickedAndGone(t *testing.T) {
	b, p := agreed(t, 12)
	p.list.n = 10_000 // as it was before the others were deleted
	p.grid.Update()
	two(p, 3000)
	p.mailMany()
	if kit.DialogOpen() || !strings.Contains(b.Bar.Text(), "no longer there") {
		t.Errorf("a mail to everybody is offered; it says %q", b.Bar.Text())
	}
	b.Bar.Clear()
	path := filepath.Join(t.TempDir(), "c.csv")
	p.exportTo(path, p.grid.Selected())
	if _, err := os.Stat(path); err == nil || !strings.Contains(b.Bar.Text(), "no longer there") {
		t.Errorf("others were written; it says %q", b.Bar.Text())
	}
}

// CL-3: where the selected clients cannot be written to a file, it is said why, what was there is as it was, and nothing half done is left.
func TestExportThatFails(t *testing.T) {
	b, p := agreed(t, 12)
	folder := t.TempDir()
	old := filepath.Join(folder, "old.csv")
	if err := os.WriteFile(old, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, words := range map[string]string{
		filepath.Join(folder, "none", "c.csv"): "is not there, so nothing was saved",
		filepath.Join(old, "c.csv"):            "could not be saved in the folder",
		folder:                                 "is no ordinary file",
	} {
		p.grid.Select(2)
		p.exportTo(path, p.grid.Selected())
		if got := b.Bar.Text(); !strings.Contains(got, words) {
			t.Errorf("%s: it says %q", path, got)
		}
		b.Bar.Clear()
	}
	stopped, stop := context.WithCancel(ctx)
	stop()
	if _, err := b.App.Exports.Clients(stopped, old, "csv", data.ClientFilter{}, []int64{1, 2}, app.Quiet{}); err == nil {
		t.Error("an export that was stopped says that it is done")
	}
	left, err := os.ReadDir(folder)
	if content, _ := os.ReadFile(old); err != nil || len(left) != 1 || string(content) != "old" {
		t.Errorf("the folder has %v, %v, and the old file %q", left, err, content)
	}
}

// The Delete key asks for the client of the cursor; several are deleted one at a time, which is said.
func TestDeleteKeyAsks(t *testing.T) {
	b, p := office(t, 12)
	del := func() { p.grid.FocusTarget().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) }
	p.grid.Select(3)
	del()
	asked := fmt.Sprintf("delete client %d", p.list.rows[3].id)
	if got := b.Went.Last(); got != asked {
		t.Fatalf("went to %q, want %q", got, asked)
	}
	two(p, 5)
	before := len(b.Went.Steps)
	del()
	if got := b.Went.Steps; len(got) != before {
		t.Errorf("with two selected went to %q", got)
	}
	if said := b.Desk.Bar.Text(); !strings.Contains(said, "one at a time") {
		t.Errorf("said %q", said)
	}
}
