// Package instance sees to it that a data folder has one window: the first holds a lock, which the system gives back even where the
// program is killed, and listens for those that come later and ask it to show itself.
package instance

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"clientele/app/atomicfile"
)

const (
	lockName = "app.lock"
	// noteName is a file of its own, since on Windows nobody can read what is locked.
	noteName = "app.running"
	// patience is how long the first program may take to answer, and a caller to ask.
	patience = 2 * time.Second
)

// ErrTaken: another program has the folder.
var ErrTaken = errors.New("another program has this data folder open")

// ErrSilent: the other program does not answer.
var ErrSilent = errors.New("the other program does not answer")

// Note is what the program that has a folder says of itself.
type Note struct {
	PID  int    `json:"pid"`
	Host string `json:"host"`
	// Address is where it listens, on the loopback interface, and Token what it must be told: only who may read the folder knows it.
	Address string `json:"address"`
	Token   string `json:"token"`
}

// Instance is the hold on a folder.
type Instance struct {
	folder   string
	lock     *flock.Flock
	listener net.Listener
	note     Note
	show     chan struct{}
	done     sync.WaitGroup
}

// Take takes a folder, or fails with ErrTaken where another program has it.
func Take(folder string) (*Instance, error) {
	lock := flock.New(filepath.Join(folder, lockName), flock.SetPermissions(0o600))
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrTaken
	}
	i := &Instance{folder: folder, lock: lock, show: make(chan struct{}, 1)}
	if err := i.listen(); err != nil {
		return nil, errors.Join(err, i.Close())
	}
	return i, nil
}

func (i *Instance) listen() error {
	host, err := os.Hostname()
	if err != nil {
		host = "" // it is only there to be read by a person
	}
	if i.listener, err = net.Listen("tcp", "127.0.0.1:0"); err != nil { //nolint:noctx // it returns at once
		return err
	}
	i.note = Note{PID: os.Getpid(), Host: host, Address: i.listener.Addr().String(), Token: rand.Text()}
	i.done.Go(i.serve)
	return atomicfile.Write(context.Background(), filepath.Join(i.folder, noteName), func(w io.Writer) error { return json.NewEncoder(w).Encode(i.note) })
}

// Show has a value each time that another start asked the window to come to the front. Several at once are one.
func (i *Instance) Show() <-chan struct{} { return i.show }

// Close gives the folder back.
func (i *Instance) Close() error {
	if i.listener != nil {
		_ = i.listener.Close() // nobody is being served any more, whatever it says
		i.done.Wait()
		_ = os.Remove(filepath.Join(i.folder, noteName)) // a note without a lock misleads nobody
	}
	return i.lock.Unlock()
}

func (i *Instance) serve() {
	for {
		conn, err := i.listener.Accept()
		if err != nil {
			return // closed
		}
		i.answer(conn)
	}
}

// answer hears one caller. They come one after the other: each has a line to say and little time.
func (i *Instance) answer(conn net.Conn) {
	hangUp := func() { _ = conn.Close() }
	defer hangUp()
	defer time.AfterFunc(patience, hangUp).Stop()
	line, err := bufio.NewReader(io.LimitReader(conn, 200)).ReadString('\n')
	if err != nil || subtle.ConstantTimeCompare([]byte(strings.TrimSpace(line)), []byte("show "+i.note.Token)) != 1 {
		return
	}
	select {
	case i.show <- struct{}{}:
	default: // it was asked already
	}
	fmt.Fprintln(conn, "shown")
}

// Running tells who has a folder; ok is false where nobody has. It takes nothing.
func Running(folder string) (note Note, ok bool, err error) {
	if _, err := os.Stat(filepath.Join(folder, lockName)); err != nil {
		return Note{}, false, nil //nolint:nilerr // without a lock file nobody ever had it
	}
	lock := flock.New(filepath.Join(folder, lockName), flock.SetPermissions(0o600))
	// A shared lock is enough to know, and two that ask at once do not take each other for a window.
	switch free, err := lock.TryRLock(); {
	case err != nil:
		return Note{}, false, err
	case free:
		return Note{}, false, lock.Unlock()
	}
	b, err := os.ReadFile(filepath.Join(folder, noteName))
	if err == nil {
		err = json.Unmarshal(b, &note)
	}
	return note, true, err
}

// Raise asks the program that has a folder to bring its window to the front, and tells who it is. ErrSilent where it does not answer, as when the folder
// lies on a network drive and the program runs on another machine.
func Raise(ctx context.Context, folder string) (Note, error) {
	note, ok, err := Running(folder)
	if err != nil || !ok {
		return note, errors.Join(ErrSilent, err)
	}
	ctx, stop := context.WithTimeout(ctx, patience)
	defer stop()
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", note.Address)
	if err != nil {
		return note, errors.Join(ErrSilent, err)
	}
	hangUp := func() { _ = conn.Close() }
	defer hangUp()
	defer context.AfterFunc(ctx, hangUp)()
	fmt.Fprintln(conn, "show "+note.Token)
	if answer, err := bufio.NewReader(io.LimitReader(conn, 200)).ReadString('\n'); err != nil || answer != "shown\n" {
		return note, errors.Join(ErrSilent, err)
	}
	return note, nil
}
