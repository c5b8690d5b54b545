package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/money"
	"clientele/data"
)

// actsJob is the job of a child that does all kinds of things to a client until it is killed.
const actsJob = "acts"

// R1, R26: a child that writes, edits and deletes notes, takes that back and changes profile and credit is killed at random moments, again and again.
// Each act that it acknowledged has its line in the log, no line stands there without its act, and the chain is whole.
func TestKillBetweenActs(t *testing.T) {
	k, kills := apptest.NewKiller(t, 6)
	o := k.Open()
	client := o.Add(t, "a@example.com", nil)
	o.Store.Close()
	done := map[string]int{}
	for ; k.Round < kills || k.Round < 6*kills && len(done) < 7; k.Round++ {
		delay := k.Moment(300 * time.Millisecond)
		for line := range k.Child(k.Folder, fmt.Sprint(actsJob, client), "ready", delay) {
			if action, ok := strings.CutPrefix(line, "did "); ok {
				done[action]++
			} else if line != "ready" {
				t.Fatalf("the child said %q", line)
			}
		}
		o := k.Open()
		o.Sound(t) // the chain and its end among all else
		logged := map[string]int{}
		for _, a := range logOf(t, o, client) {
			logged[a.Action]++
		}
		for action, n := range done {
			if logged[action] < n || logged[action] > n+k.Round+1 {
				t.Errorf("%s was acknowledged %d times and is in the log %d times after %d kills", action, n, logged[action], k.Round+1)
			}
		}
		there, err := o.Notes.List(ctx, client, 0, 1_000_000)
		if err != nil {
			t.Fatal(err)
		}
		if want := logged["note.added"] - logged["note.deleted"] + logged["undone.note"]; len(there) != want {
			t.Errorf("%d notes are there, the log says %d", len(there), want)
		}
		if c := o.Get(t, client); c.Credit != int64(logged["credit.adjusted"]) {
			t.Errorf("the credit is %d after %d adjustments by one", c.Credit, logged["credit.adjusted"])
		}
		o.Store.Close()
		if t.Failed() {
			t.Fatalf("after kill %d", k.Round+1)
		}
	}
	t.Logf("%d kills; acknowledged: %v", k.Round, done)
	if len(done) < 7 {
		t.Error("the children did too little for the test to mean anything")
	}
}

// logOf is the whole log of a client.
func logOf(t *testing.T, o *apptest.Office, client int64) []app.LogLine {
	t.Helper()
	lines, err := o.Log.List(ctx, app.LogFilter{ClientID: client}, data.ActivityPlace{}, 1_000_000)
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// actForever is the child's part. It says what was done.
func actForever(a *app.App, client int64) error {
	for i := 0; ; i++ {
		id, err := a.Notes.Add(ctx, app.NewNote{ClientID: client, Body: fmt.Sprint("note ", i)})
		if err != nil {
			return err
		}
		fmt.Println("did note.added")
		if err := a.Notes.Edit(ctx, id, 1, fmt.Sprint("edited ", i)); err != nil {
			return err
		}
		fmt.Println("did note.changed")
		if err := a.Notes.SetSticky(ctx, id, true); err != nil {
			return err
		}
		fmt.Println("did note.sticky")
		undo, err := a.Notes.Delete(ctx, id)
		if err != nil {
			return err
		}
		fmt.Println("did note.deleted")
		if i%2 == 0 {
			if _, err := a.Undos.Undo(ctx, undo); err != nil {
				return err
			}
			fmt.Println("did undone.note")
		}
		c, err := a.Clients.Get(ctx, client)
		if err != nil {
			return err
		}
		p := app.ProfileOf(c)
		p.City = fmt.Sprint("City ", c.Version)
		if err := a.Clients.Update(ctx, client, c.Version, p, ""); err != nil {
			return err
		}
		fmt.Println("did client.changed")
		if c, err = a.Clients.Get(ctx, client); err != nil {
			return err
		}
		if err := a.Credit.Adjust(ctx, client, c.Version, money.New(c.Credit+1, "GBP")); err != nil {
			return err
		}
		fmt.Println("did credit.adjusted")
	}
}

// actsChild is the program that is killed between its acts.
func actsChild(c apptest.Child, client int64) int {
	a, _, err := c.Open()
	if err != nil {
		return c.Fail(err)
	}
	fmt.Println("ready")
	return c.Fail(actForever(a, client))
}
