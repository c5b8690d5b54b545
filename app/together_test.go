package app_test

import (
	"context"
	"errors"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/data/datatest"
)

// patience is how long a test waits for what should come at once; a machine may be busy.
const patience = time.Minute

// follow has an office hear its colleagues until the test ends, and returns what is published there.
func follow(t *testing.T, o *apptest.Office) <-chan app.Change {
	t.Helper()
	published := make(chan app.Change, 10000)
	t.Cleanup(o.Events.Subscribe(func(c app.Change) { published <- c }))
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { defer close(done); o.Together.Follow(ctx) }()
	t.Cleanup(func() { stop(); <-done })
	return published
}

// await waits for a change.
func await(t *testing.T, published <-chan app.Change, want app.Change) {
	t.Helper()
	late := time.After(patience)
	for {
		select {
		case c := <-published:
			if c == want {
				return
			}
		case <-late:
			t.Fatalf("%v was not published", want)
		}
	}
}

// line waits until an office stands like that with its server.
func line(t *testing.T, o *apptest.Office, published <-chan app.Change, want app.Line) {
	t.Helper()
	for o.Together.Line() != want {
		await(t, published, app.Change{Topic: app.TopicLine})
	}
}

// AP-4: what one desktop does is shown at the others at once, and only what was committed.
func TestColleaguesSeeEachOthersChanges(t *testing.T) {
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: datatest.PostgresURL(t)})
	other := o.Colleague(t)
	published := follow(t, other)
	await(t, published, app.Change{Topic: app.TopicAdmins}) // the last that is published once the line is up
	id := o.Add(t, "a@example.com", nil)
	await(t, published, app.Change{Topic: app.TopicClient, ClientID: id})
	if _, err := o.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "Called."}); err != nil {
		t.Fatal(err)
	}
	await(t, published, app.Change{Topic: app.TopicNotes, ClientID: id})
	if c := other.Get(t, id); c.Email != "a@example.com" {
		t.Errorf("the colleague reads %+v", c)
	}
}

// AP-4: what an admin may is what they may now, at once, at whichever desktop they sit; and an act on very many clients is told as one on all.
func TestRolesAndManyClientsFollow(t *testing.T) {
	o := shared(t)
	other := colleague(t, o, "Sam Staff", data.Staff)
	published := follow(t, other)
	await(t, published, app.Change{Topic: app.TopicAdmins})
	sam, _ := other.Admins.Me()
	if err := o.Admins.Change(ctx, sam.ID, app.NewAdmin{Name: sam.Name, Role: data.Owner}); err != nil {
		t.Fatal(err)
	}
	await(t, published, app.Change{Topic: app.TopicAdmins})
	if !other.May(app.Deleting) {
		t.Error("promoted, but not allowed")
	}
	var cs []data.Client
	for i := range 301 {
		cs = append(cs, datatest.Client(i))
	}
	var ids []int64
	for _, c := range datatest.Add(t, o.Store, cs...) {
		ids = append(ids, c.ID)
	}
	if n, err := o.Clients.SetStatus(ctx, ids, data.Inactive); err != nil || n != len(ids) {
		t.Fatalf("%d, %v", n, err)
	}
	await(t, published, app.Change{Topic: app.TopicClient})
}

// A lost connection is told and mended; what was saved meanwhile is refused with words, and what others did is asked for anew.
func TestLostLine(t *testing.T) {
	direct := datatest.PostgresURL(t)
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: direct})
	wire := newWire(t, direct)
	other := apptest.OpenIn(t, t.TempDir(), data.Options{URL: wire.url})
	published := follow(t, other)
	await(t, published, app.Change{Topic: app.TopicAdmins})
	wire.cut()
	line(t, other, published, app.LineLost)
	id := o.Add(t, "a@example.com", nil)
	if _, err := other.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "Lost?"}); !errors.Is(err, data.ErrLost) && !errors.Is(err, data.ErrUncertain) || app.CodeOf(err) != app.Unavailable {
		t.Errorf("saved without a line: %v", err)
	}
	wire.mend()
	line(t, other, published, app.LineUp)
	await(t, published, app.Change{Topic: app.TopicClient})
	if _, err := other.Notes.Add(ctx, app.NewNote{ClientID: id, Body: "Again."}); err != nil {
		t.Errorf("after the line was mended: %v", err)
	}
	notes, err := o.Notes.List(ctx, id, 0, 10)
	if err != nil || len(notes) != 1 {
		t.Errorf("%d notes, %v", len(notes), err)
	}
	o.Sound(t)
}

// wire is a way to the server that can be cut.
type wire struct {
	url    string
	server string
	listen net.Listener
	mu     sync.Mutex
	down   bool
	open   []net.Conn
}

func newWire(t *testing.T, to string) *wire {
	t.Helper()
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{server: u.Host, listen: l}
	u.Host = l.Addr().String()
	w.url = u.String()
	t.Cleanup(func() { l.Close(); w.cut() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go w.carry(c)
		}
	}()
	return w
}

func (w *wire) carry(c net.Conn) {
	s, err := net.Dial("tcp", w.server)
	if err != nil {
		c.Close()
		return
	}
	w.mu.Lock()
	if w.down {
		c.Close()
		s.Close()
	}
	w.open = append(w.open, c, s)
	w.mu.Unlock()
	pump := func(to, from net.Conn) {
		defer to.Close()
		b := make([]byte, 1<<15)
		for {
			n, err := from.Read(b)
			if _, failed := to.Write(b[:n]); err != nil || failed != nil {
				return
			}
		}
	}
	go pump(s, c)
	pump(c, s)
}

func (w *wire) cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down = true
	for _, c := range w.open {
		c.Close()
	}
	w.open = nil
}

func (w *wire) mend() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.down = false
}
