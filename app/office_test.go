package app_test

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/data"
	"clientele/data/datatest"
)

const (
	// officeVariable tells this test's program that it is one desktop of an office, and at which server.
	officeVariable = "CLIENTELE_TEST_OFFICE"
	// officeLong is for how long the office works, with a desktop killed every 20 seconds, such as "10m"; without it the test is over in seconds.
	officeLong = "CLIENTELE_OFFICE"
)

// deskProgram is a desktop in a process of its own.
type deskProgram struct {
	command *exec.Cmd
	in      io.Closer
	acts    chan string // a line for each act; closed with the process
}

func startDesk(t *testing.T, address string) *deskProgram {
	t.Helper()
	d := &deskProgram{command: exec.Command(os.Args[0], "-test.run", "^TestOffice$", "-test.timeout", "30m"), acts: make(chan string, 1000)}
	d.command.Env = append(os.Environ(), officeVariable+"="+address)
	in, err := d.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := d.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := d.command.Start(); err != nil {
		t.Fatal(err)
	}
	d.in = in
	go func() {
		defer close(d.acts)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			if text, ok := strings.CutPrefix(lines.Text(), "act: "); ok {
				d.acts <- text
			}
		}
	}()
	return d
}

// end lets a desktop finish what it is at, or kills it in the middle of it, and returns what it said last.
func (d *deskProgram) end(kill bool) (acts int, failed []string) {
	if kill {
		_ = d.command.Process.Kill()
	}
	d.in.Close()
	for text := range d.acts {
		acts++
		if text != "done" {
			failed = append(failed, text)
		}
	}
	_ = d.command.Wait()
	return acts, failed
}

// Issue 10: desktops and a server of the client area on one PostgreSQL do random acts at once, one of them is killed again and again, and in the end every
// comparison that the program knows finds nothing.
func TestOffice(t *testing.T) {
	if address := os.Getenv(officeVariable); address != "" {
		workAsDesk(t, address)
		return
	}
	if raceDetector {
		t.Skip("under the race detector a desktop has hardly begun when it is killed; the tests without it kill")
	}
	address := datatest.PostgresURL(t)
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: address})
	o.Change(t, func(s *app.Settings) { s.BusinessName, s.AutoApplyCredit = "Northwind Studio", false })
	for i := range 5 {
		o.Add(t, fmt.Sprintf("c%d@example.com", i), nil)
	}
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv(seedVariable), 10, 64); err == nil {
		seed = n
	}
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	const desks = 4 // three desktops and one that works for the client area
	var all [desks]*deskProgram
	for i := range all {
		all[i] = startDesk(t, address)
	}
	long, err := time.ParseDuration(os.Getenv(officeLong))
	kills, pause := 3, time.Duration(0)
	if err == nil {
		pause = 20 * time.Second
		kills = int(long / pause)
	}
	acts := 0
	count := func(n int, failed []string) {
		acts += n
		for _, f := range failed {
			t.Error(f)
		}
	}
	for range kills {
		// Not before each of them has done something, so that there is something to be lost.
		for i, d := range all {
			select {
			case text, ok := <-d.acts:
				if !ok {
					t.Fatalf("desktop %d ended by itself", i)
				}
				acts++
				if text != "done" {
					t.Error(text)
				}
			case <-time.After(2 * patience):
				t.Fatalf("desktop %d does nothing", i)
			}
		}
		for began := time.Now(); time.Since(began) < pause; { // reading on, so that nobody waits for it
			for _, d := range all {
				select {
				case text := <-d.acts:
					acts++
					if text != "done" {
						t.Error(text)
					}
				case <-time.After(100 * time.Millisecond):
				}
			}
		}
		i := random.IntN(desks)
		count(all[i].end(true))
		all[i] = startDesk(t, address)
	}
	for _, d := range all {
		count(d.end(false))
	}
	t.Logf("%d acts by %d desktops, %d kills", acts, desks, kills)
	o.Sound(t)
}

// workAsDesk does random acts until the test closes standard input.
func workAsDesk(t *testing.T, address string) {
	closed := make(chan struct{})
	go func() { defer close(closed); _, _ = io.Copy(io.Discard, os.Stdin) }()
	o := apptest.OpenIn(t, t.TempDir(), data.Options{URL: address})
	follow(t, o)
	for {
		select {
		case <-closed:
			return
		default:
		}
		words := "done"
		if err := randomAct(t, o); err != nil {
			switch app.CodeOf(err) {
			case app.Conflict, app.NotFound, app.NotAllowed, app.Duplicate: // a colleague was quicker
			default:
				words = err.Error()
			}
		}
		fmt.Println("act: " + words)
	}
}

func randomAct(t *testing.T, o *apptest.Office) error {
	client := 1 + rand.Int64N(5)
	switch rand.IntN(6) {
	case 0:
		_, err := o.Clients.Add(ctx, app.NewClient{Profile: apptest.Profile(fmt.Sprintf("x%d@example.com", rand.Int64()))})
		return err
	case 1:
		_, err := o.Notes.Add(ctx, app.NewNote{ClientID: client, Body: "Called."})
		return err
	case 2:
		notes, err := o.Notes.List(ctx, client, 0, 1)
		if err != nil || len(notes) == 0 {
			return err
		}
		undo, err := o.Notes.Delete(ctx, notes[0].ID)
		if err == nil && rand.IntN(2) == 0 {
			_, err = o.Undos.Undo(ctx, undo)
		}
		return err
	case 3:
		c := o.Get(t, client)
		p := app.ProfileOf(c)
		p.Notes = strconv.FormatInt(rand.Int64(), 36)
		return o.Clients.Update(ctx, client, c.Version, p, "")
	default:
		return work(o, client)
	}
}
