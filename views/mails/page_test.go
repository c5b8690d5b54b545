package mails

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"clientele/app"
	"clientele/data"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

func TestMain(m *testing.M) {
	time.Local = time.UTC // times of day are shown in the zone of the computer
	os.Exit(m.Run())
}

var ctx = context.Background()

// queue puts n mails into the outbox; state says what became of number i, from 0.
func queue(t *testing.T, b *viewtest.Bench, n int, state func(i int) data.MailState) {
	t.Helper()
	for from := 0; from < n; from += 1000 {
		err := b.Store.LongWrite(ctx, func(tx *data.Tx) error {
			for i := from; i < min(from+1000, n); i++ {
				m := data.Mail{
					MessageID: fmt.Sprintf("m%d.%d@example.com", n, i), Kind: "welcome", Category: "general", Recipients: `[{"email":"ada@example.com"}]`,
					ToLine: fmt.Sprintf("client%d@example.com", i+1), Subject: fmt.Sprintf("Welcome, number %d", i+1), BodyText: "Hello.", State: state(i),
				}
				if m.State == data.MailFailed {
					m.Answer = "550 5.1.1 No such user here"
				}
				if err := tx.QueueMail(&m); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func always(s data.MailState) func(int) data.MailState { return func(int) data.MailState { return s } }

var all = []data.MailState{
	data.MailSent, data.MailFailed, data.MailQueued, data.MailUncertain, data.MailSending, data.MailSuppressed, data.MailCancelled, data.MailSent,
}

func mixed(i int) data.MailState { return all[i%len(all)] }

func open(t *testing.T, n int, state func(int) data.MailState) (*viewtest.Bench, *Page) {
	t.Helper()
	b := viewtest.New(t)
	queue(t, b, n, state)
	p := New(b.Desk)
	b.Show(p)
	return b, p
}

func subject(p *Page, row int) string {
	if r := p.list.Row(row); r != nil {
		return r.Cells[1]
	}
	return ""
}

// ML-5: every mail with its state, newest first, and how many there are of each.
func TestEveryMailWithItsState(t *testing.T) {
	_, p := open(t, 24, mixed)
	if p.list.Len() != 24 || subject(p, 0) != "Welcome, number 24" || subject(p, 23) != "Welcome, number 1" {
		t.Fatalf("%d rows, from %q to %q", p.list.Len(), subject(p, 0), subject(p, 23))
	}
	if p.all.Text != "All  24" || p.chips[data.MailSent].Text != "Sent  6" || p.chips[data.MailFailed].Text != "Failed  3" {
		t.Errorf("chips: %q %q %q", p.all.Text, p.chips[data.MailSent].Text, p.chips[data.MailFailed].Text)
	}
	p.chips[data.MailFailed].OnTapped()
	if p.list.Len() != 3 || p.all.On() {
		t.Errorf("%d failed ones, all is on: %v", p.list.Len(), p.all.On())
	}
	p.chips[data.MailQueued].OnTapped()
	if p.list.Len() != 6 {
		t.Errorf("%d failed or queued ones, want 6", p.list.Len())
	}
	p.all.OnTapped()
	if p.list.Len() != 24 || !p.all.On() || p.chips[data.MailFailed].On() {
		t.Errorf("all shows %d", p.list.Len())
	}
}

// What can be done with a mail depends on its state.
func TestActionsFitTheState(t *testing.T) {
	for state, want := range map[data.MailState]struct {
		send, cancel bool
		label        string
	}{
		data.MailQueued:     {true, true, "Send Now"},
		data.MailSending:    {false, false, "Retry"},
		data.MailSent:       {false, false, "Retry"},
		data.MailFailed:     {true, true, "Retry"},
		data.MailUncertain:  {true, true, "Retry"},
		data.MailSuppressed: {false, false, "Retry"},
		data.MailCancelled:  {true, false, "Retry"},
	} {
		t.Run(string(state), func(t *testing.T) {
			_, p := open(t, 1, always(state))
			if !p.open.Disabled() || !p.send.Disabled() || !p.cancel.Disabled() {
				t.Error("nothing is chosen yet")
			}
			p.grid.Select(0)
			if p.open.Disabled() || p.send.Disabled() == want.send || p.cancel.Disabled() == want.cancel || p.send.Text != want.label {
				t.Errorf("send %v (%s), cancel %v", !p.send.Disabled(), p.send.Text, !p.cancel.Disabled())
			}
		})
	}
}

// ML-2, ML-5: a failed mail goes back into the outbox, and one that waits is taken out.
func TestRetryAndCancel(t *testing.T) {
	b, p := open(t, 2, always(data.MailFailed))
	p.grid.Select(1)
	p.send.OnTapped()
	b.Run.Advance(reloadEvery)
	if got := p.list.Row(1).Cells[3]; got != "Queued" {
		t.Fatalf("after Retry it is %s", got)
	}
	if p.chosen == 0 || p.send.Text != "Send Now" {
		t.Errorf("the mail is no longer chosen (%d, %s)", p.chosen, p.send.Text)
	}
	p.cancel.OnTapped()
	b.Run.Advance(reloadEvery)
	if got := p.list.Row(1).Cells[3]; got != "Cancelled" {
		t.Errorf("after Cancel it is %s", got)
	}
	if p.list.Row(0).Cells[3] != "Failed" {
		t.Error("the other mail was changed too")
	}
}

// Buttons act on the mail that is marked, even after others came in above it.
func TestTheChosenMailStaysChosen(t *testing.T) {
	b, p := open(t, 3, always(data.MailFailed))
	p.grid.Select(1)
	chosen := p.chosen
	queue(t, b, 5, always(data.MailQueued))
	p.Changed(app.Change{Topic: app.TopicMail})
	b.Run.Advance(reloadEvery)
	if p.grid.Cursor() != 6 || p.chosen != chosen || subject(p, 6) != "Welcome, number 2" {
		t.Errorf("row %d, mail %d, want row 6, mail %d", p.grid.Cursor(), p.chosen, chosen)
	}
	p.Filter(data.MailQueued)
	if p.chosen != 0 || !p.send.Disabled() {
		t.Errorf("a mail that is not listed is still chosen: %d", p.chosen)
	}
}

// While many mails are being sent, the list is read a few times a second and not once for each.
func TestManyChangesCostLittle(t *testing.T) {
	b, p := open(t, 5, always(data.MailQueued))
	reads := 0
	counted := p.list.came
	p.list.came = func(err error) { reads++; counted(err) }
	for range 1000 {
		p.Changed(app.Change{Topic: app.TopicMail})
		b.Run.Advance(time.Millisecond)
	}
	b.Run.Advance(time.Second)
	if reads < 2 || reads > 4 {
		t.Errorf("1000 changes in a second made %d reads, want 3", reads)
	}
}

// A list longer than memory is read by pages as one scrolls, and every mail is there once, whatever changes meanwhile.
func TestLongListIsReadByPages(t *testing.T) {
	const n = 3*pageSize*reach + 50
	b, p := open(t, n, always(data.MailSent))
	if len(p.list.pages) > 2 {
		t.Errorf("%d pages are in memory before anybody scrolled", len(p.list.pages))
	}
	p.desk.Canvas().Focus(p.grid.FocusTarget())
	last := -1
	for p.grid.Cursor() != last || p.list.Len() < n {
		last = p.grid.Cursor()
		p.grid.Select(p.list.Len() - 1)
	}
	if p.list.Len() != n || subject(p, n-1) != "Welcome, number 1" {
		t.Fatalf("the end is row %d, %q", p.list.Len(), subject(p, n-1))
	}
	if len(p.list.pages) > 2*reach+3 {
		t.Errorf("%d pages stay in memory", len(p.list.pages))
	}
	queue(t, b, 30, always(data.MailQueued)) // they come in at the top
	p.Changed(app.Change{Topic: app.TopicMail})
	b.Run.Advance(reloadEvery)
	if subject(p, n-1) != "Welcome, number 1" {
		t.Errorf("the place in the list was lost: %q", subject(p, n-1))
	}
	for p.grid.Cursor() > 0 {
		p.grid.Select(max(p.grid.Cursor()-20, 0))
	}
	seen := map[int64]bool{}
	for i := 0; i < p.list.Len(); i++ {
		p.grid.Select(i)
		m, ok := p.list.mail(i)
		if !ok || seen[m.ID] {
			t.Fatalf("row %d: loaded %v, seen before %v", i, ok, seen[m.ID])
		}
		seen[m.ID] = true
	}
	if len(seen) != n+30 {
		t.Errorf("%d different mails were seen, want %d", len(seen), n+30)
	}
}

// The mail that fills the last page exactly does not promise another one.
func TestPagesThatAreFull(t *testing.T) {
	_, p := open(t, 2*pageSize, always(data.MailSent))
	p.grid.Select(p.list.Len() - 1)
	p.grid.Select(p.list.Len() - 1)
	if p.list.Len() != 2*pageSize {
		t.Errorf("%d rows, want %d", p.list.Len(), 2*pageSize)
	}
}

// ML-2: how sending stands is told with the server's words, and what can be done about it.
func TestBanner(t *testing.T) {
	b, p := open(t, 1, always(data.MailQueued))
	if p.banner.Visible() {
		t.Error("there is nothing to tell yet")
	}
	labels := func() (all []string) {
		for _, o := range p.banner.acts.Objects {
			all = append(all, o.(*kit.Button).Text)
		}
		return all
	}
	p.banner.set(app.OutboxStatus{Blocked: "535 5.7.8 Authentication failed"})
	if !p.banner.Visible() || p.banner.words.Text() != "535 5.7.8 Authentication failed" || !slices.Equal(labels(), []string{"Open Mail Settings", "Try Again"}) {
		t.Errorf("blocked: %q, %q", p.banner.words.Text(), labels())
	}
	p.banner.acts.Objects[0].(*kit.Button).OnTapped()
	if b.Went.Last() != "settings mail" {
		t.Errorf("went to %q", b.Went.Last())
	}
	p.banner.set(app.OutboxStatus{Waiting: "connection refused", NextTry: time.Date(2026, 11, 20, 9, 35, 0, 0, time.UTC)})
	if !strings.Contains(p.banner.title.Text(), "09:35") || !slices.Equal(labels(), []string{"Try Now"}) {
		t.Errorf("waiting: %q, %q", p.banner.title.Text(), labels())
	}
	p.banner.set(app.OutboxStatus{Sending: true})
	if !p.banner.Visible() || len(labels()) != 0 {
		t.Error("sending is not told")
	}
	p.banner.set(app.OutboxStatus{})
	if p.banner.Visible() {
		t.Error("the banner stays after all was sent")
	}
}

// Without a mail server the outbox says so by itself, and the page follows.
func TestBannerFollowsTheOutbox(t *testing.T) {
	b, p := open(t, 1, always(data.MailQueued))
	if _, err := b.App.Outbox.SendDue(ctx, app.Quiet{}); err != nil {
		t.Fatal(err)
	}
	if !p.banner.Visible() || !strings.Contains(p.banner.words.Text(), "No mail server is set up yet") {
		t.Errorf("%v %q", p.banner.Visible(), p.banner.words.Text())
	}
}

func TestEmptyStates(t *testing.T) {
	_, p := open(t, 0, nil)
	if p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("an empty table is shown in place of words")
	}
	_, p = open(t, 1, always(data.MailSent))
	p.Filter(data.MailFailed)
	if p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("an empty table is shown in place of words")
	}
	p.Filter()
	if p.middle.Objects[0] != fyne.CanvasObject(p.grid) {
		t.Error("the table is gone")
	}
}

// What cannot be read is said, with a way to try again.
func TestUnreadable(t *testing.T) {
	_, p := open(t, 1, always(data.MailSent))
	p.came(errors.New("broken"))
	if p.middle.Objects[0] == fyne.CanvasObject(p.grid) {
		t.Error("the failure is not shown")
	}
	p.restart()
	if p.middle.Objects[0] != fyne.CanvasObject(p.grid) {
		t.Error("the table did not come back")
	}
}

// The keyboard is enough: arrows choose, Enter opens, Delete cancels.
func TestKeyboard(t *testing.T) {
	b, p := open(t, 3, always(data.MailQueued))
	body := p.grid.FocusTarget()
	b.Window.Canvas().Focus(body)
	body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	b.Run.Advance(reloadEvery)
	if p.list.Row(0).Cells[3] != "Cancelled" {
		t.Errorf("after Delete it is %s", p.list.Row(0).Cells[3])
	}
	body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if !kit.DialogOpen() {
		t.Fatal("Enter opened nothing")
	}
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if kit.DialogOpen() {
		t.Error("Escape did not close the mail")
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			queue(t, b, 24, mixed)
			p := New(b.Desk)
			b.Window.SetPadded(false)
			b.Show(p)
			p.banner.set(app.OutboxStatus{Blocked: "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"})
			p.grid.Select(6)
			b.Window.Resize(fyne.NewSize(1100, 640))
			viewtest.Looks(t, "mails-"+mode+".png", b.Window.Canvas())
		})
	}
}
