//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"clientele/app"
	"clientele/mail"
)

// mails is goal 21, by wall time: mails of 400 bytes to a server on this machine over one connection, beside those of Postfix's smtp-source over
// one. It does not depend on the clients and is measured once.
func mails(ctx context.Context, b *bench) error {
	if !b.first {
		return nil
	}
	server, err := startSink(ctx, b.postfix)
	if errors.Is(err, exec.ErrNotFound) {
		fmt.Fprintln(os.Stderr, "bench: goal 21 is left out, as smtp-source and smtp-sink of the package postfix are not here")
		return nil
	}
	if err != nil {
		return err
	}
	defer server.stop()
	heapOfFew := int64(0)
	for _, n := range []int{1_000, 10_000} {
		f := &figure{goal: 21, act: "mails over one connection (wall, each; the number is of mails)", n: n, against: "smtp-source"}
		var ours, theirs []int64
		grown := int64(0)
		for range b.rounds {
			before := liveHeap()
			mine, err := server.send(ctx, n)
			if err != nil {
				return err
			}
			grown = max(grown, liveHeap()-before)
			other, err := take(func() error { return server.source(ctx, n) })
			if err != nil {
				return err
			}
			ours, theirs = append(ours, int64(mine.wall)/int64(n)), append(theirs, int64(other.wall)/int64(n))
			f.ratios = append(f.ratios, float64(mine.wall)/float64(other.wall))
		}
		f.ours, f.beside = duration(ours), duration(theirs)
		b.table.add(f).ratio(2).flat(1.25)
		if heapOfFew == 0 {
			heapOfFew = grown
		} else {
			f.want("memory ≤ 20 MB over that of a tenth", grown-heapOfFew <= 20<<20)
		}
	}
	return nil
}

// liveHeap is how many bytes are in use once the collector has run.
func liveHeap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// sink is Postfix's smtp-sink, which takes all mail and keeps none.
type sink struct {
	postfix string
	port    int
	command *exec.Cmd
}

// program is a command of Postfix's, from the folder where the package was unpacked or, where that is not there, from the system.
func (s *sink) program(ctx context.Context, name string, args ...string) *exec.Cmd {
	path := filepath.Join(s.postfix, "usr/sbin", name)
	if _, err := os.Stat(path); err != nil {
		path = name
	}
	c := exec.CommandContext(ctx, path, args...)
	c.Env = append(os.Environ(), "LD_LIBRARY_PATH="+filepath.Join(s.postfix, "usr/lib/postfix"))
	return c
}

func startSink(ctx context.Context, postfix string) (*sink, error) {
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{postfix: postfix, port: free.Addr().(*net.TCPAddr).Port}
	if err := free.Close(); err != nil {
		return nil, err
	}
	args := []string{s.address(), "100"}
	if os.Getuid() == 0 {
		args = append([]string{"-u", "nobody"}, args...) // it does not run as root
	}
	s.command = s.program(ctx, "smtp-sink", args...)
	if err := s.command.Start(); err != nil {
		return nil, fmt.Errorf("smtp-sink: %w", err)
	}
	for range 100 {
		conn, err := net.Dial("tcp", s.address())
		if err == nil {
			return s, conn.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.stop()
	return nil, errors.New("smtp-sink does not listen")
}

func (s *sink) address() string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(s.port)) }

func (s *sink) stop() {
	_ = s.command.Process.Kill()
	_ = s.command.Wait()
}

// send is the program's own sending.
func (s *sink) send(ctx context.Context, n int) (taken, error) {
	session, attempt := mail.New(mail.Options{Now: time.Now}).Connect(ctx, app.MailServer{Host: "127.0.0.1", Port: s.port, Security: app.SecurityNone})
	if session == nil {
		return taken{}, fmt.Errorf("no connection: %s", attempt.Answer)
	}
	defer session.Close()
	m := app.Message{
		From: app.Address{Name: "Office", Email: "office@example.com"}, To: []app.Address{{Name: "Ada", Email: "ada@example.org"}},
		Subject: "Invoice 7", Text: strings.Repeat("0123456789 abcdefghijklmnopqrstuvwxyz.\n", 10),
	}
	return take(func() error {
		for i := range n {
			m.MessageID = fmt.Sprintf("%d@example.com", i)
			if a := session.Send(ctx, m); a.Delivery != app.Delivered {
				return fmt.Errorf("mail %d: %s", i, a.Answer)
			}
		}
		return nil
	})
}

// source is the same by smtp-source, which keeps its connection (-d).
func (s *sink) source(ctx context.Context, n int) error {
	c := s.program(ctx, "smtp-source", "-d", "-l", "400", "-m", strconv.Itoa(n), "-f", "office@example.com", "-t", "ada@example.org", s.address())
	c.Stderr = os.Stderr
	return c.Run()
}
