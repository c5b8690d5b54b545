package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"clientele/app"
	"clientele/data/datatest"
	"clientele/views/terminal"
)

const (
	// officeLong is for how long the office works, with one of its programs killed every 20 seconds, such as "10m"; without it the test is over in seconds.
	officeLong = "CLIENTELE_OFFICE"
	// officeSeed repeats who is killed when, and what the visitor does.
	officeSeed = "CLIENTELE_SEED"
	// officeClients have been there from the beginning, with these numbers.
	officeClients = 5
	// officePatience is how long a program of the office may take to begin, on a machine that is busy.
	officePatience = 2 * time.Minute
)

// member is a program of the office: a desktop, or the server of the client area with a visitor at it.
type member struct {
	name    string
	command *exec.Cmd
	stop    func()      // asks it to finish
	acts    chan string // "done" or what failed, for each act; closed when there will be no more
	ending  atomic.Bool // from here on an act may fail, as the program may be gone
}

// office starts members on one server.
type office struct {
	*testing.T
	address string
	app     *app.App
	random  *rand.Rand
	acts    int
}

func (o *office) start(name string, args ...string) (*member, *bufio.Scanner, io.Closer) {
	o.Helper()
	m := &member{name: name, command: exec.Command(args[0], args[1:]...), acts: make(chan string, 1000)}
	m.command.Stderr = os.Stderr
	m.command.Env = append(os.Environ(), "DBUS_SESSION_BUS_ADDRESS=")
	in, err := m.command.StdinPipe()
	if err != nil {
		o.Fatal(err)
	}
	out, err := m.command.StdoutPipe()
	if err != nil {
		o.Fatal(err)
	}
	if err := m.command.Start(); err != nil {
		o.Fatal(err)
	}
	return m, bufio.NewScanner(out), in
}

// desk starts a desktop, which does random acts until its standard input ends.
func (o *office) desk() *member {
	o.Helper()
	m, lines, in := o.start("a desktop", deskProgram, o.TempDir(), o.address)
	m.stop = func() { in.Close() }
	go func() {
		defer close(m.acts)
		for lines.Scan() {
			m.acts <- lines.Text()
		}
	}()
	return m
}

// area starts the server of the client area, as an office has it running, with a client at it who looks around and changes things.
func (o *office) area() *member {
	o.Helper()
	m, lines, _ := o.start("the client area", "clientele", "--data", o.TempDir(), "--database", o.address, "--json", "serve", "--listen", "127.0.0.1:0")
	m.stop = func() { _ = m.command.Process.Signal(os.Interrupt) }
	client := 1 + o.random.Int64N(officeClients)
	random := rand.New(rand.NewPCG(o.random.Uint64(), 2))
	go func() {
		defer close(m.acts)
		var at struct{ Address string }
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &at) != nil {
			if !m.ending.Load() {
				m.acts <- "it did not say where it listens"
			}
			return
		}
		v, err := newVisitor(o.app, at.Address, client, random)
		for pause := time.NewTicker(visitorPause); ; <-pause.C {
			if err == nil && !m.ending.Load() {
				err = v.act()
			}
			switch {
			case m.ending.Load():
				return
			case err != nil:
				m.acts <- err.Error()
				return
			}
			m.acts <- "done"
		}
	}()
	return m
}

// count takes down an act.
func (o *office) count(m *member, words string) {
	o.acts++
	if words != "done" {
		o.Errorf("%s: %s", m.name, words)
	}
}

// end lets a member finish what it is at, or kills it in the middle of it.
func (o *office) end(m *member, kill bool) {
	o.Helper()
	m.ending.Store(true)
	if kill {
		_ = m.command.Process.Kill()
	} else {
		m.stop()
	}
	for words := range m.acts {
		o.count(m, words)
	}
	if err := m.command.Wait(); err != nil && !kill {
		o.Errorf("%s ended with %v", m.name, err)
	}
}

// Issue 10: three desktops and a server of the client area on one PostgreSQL do random acts at once, one of them is killed again and again, and in the end every comparison
// that the program knows finds nothing.
func TestOffice(t *testing.T) {
	address := datatest.PostgresURL(t)
	session, err := openForCommand(t.Context(), terminal.Where{Folder: t.TempDir(), Database: address})
	if err != nil {
		t.Fatal(err)
	}
	defer session.Close()
	furnish(t, session.App)
	seed := uint64(time.Now().UnixNano())
	if n, err := strconv.ParseUint(os.Getenv(officeSeed), 10, 64); err == nil {
		seed = n
	}
	t.Logf("seed %d", seed)
	o := &office{T: t, address: address, app: session.App, random: rand.New(rand.NewPCG(seed, 1))}
	begin := []func() *member{o.desk, o.desk, o.desk, o.area}
	all := make([]*member, len(begin))
	for i, f := range begin {
		all[i] = f()
	}
	kills, pause := len(begin), time.Duration(0)
	if long, err := time.ParseDuration(os.Getenv(officeLong)); err == nil {
		pause = 20 * time.Second
		kills = int(long / pause)
	}
	order := o.random.Perm(len(begin)) // in the short run each is killed once
	for k := range kills {
		o.work(all, pause)
		i := order[k%len(order)]
		if pause > 0 {
			i = o.random.IntN(len(all))
		}
		o.end(all[i], true)
		all[i] = begin[i]()
	}
	o.work(all, 0)
	for _, m := range all {
		o.end(m, false)
	}
	t.Logf("%d acts by %d programs, %d kills", o.acts, len(all), kills)
	out, err := exec.Command("clientele", "--data", t.TempDir(), "--database", address, "check").CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Errorf("clientele check: %v", err)
	}
}

// work waits until each has done something, so that there is something to be lost, and then reads on for a time.
func (o *office) work(all []*member, pause time.Duration) {
	o.Helper()
	for _, m := range all {
		select {
		case words, ok := <-m.acts:
			if !ok {
				o.Fatalf("%s ended by itself", m.name)
			}
			o.count(m, words)
		case <-time.After(officePatience):
			o.Fatalf("%s does nothing", m.name)
		}
	}
	for began := time.Now(); time.Since(began) < pause; { // so that nobody waits to be heard
		for _, m := range all {
			select {
			case words, ok := <-m.acts:
				if !ok {
					o.Fatalf("%s ended by itself", m.name)
				}
				o.count(m, words)
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
}

// furnish is the office as it begins.
func furnish(t *testing.T, a *app.App) {
	t.Helper()
	ctx := context.Background()
	set, err := a.Settings.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	set.BusinessName, set.AutoApplyCredit = "Northwind Studio", false
	if err := a.Settings.Save(ctx, set); err != nil {
		t.Fatal(err)
	}
	for i := range officeClients {
		if _, err := a.Clients.Add(ctx, app.NewClient{Profile: person(fmt.Sprintf("c%d@example.com", i))}); err != nil {
			t.Fatal(err)
		}
	}
}

// person is a profile that can be saved.
func person(email string) app.Profile {
	return app.Profile{FirstName: "Ann", LastName: "Lee", Email: email, Country: "GB", Currency: "GBP", Language: "en", Status: "Active"}
}
