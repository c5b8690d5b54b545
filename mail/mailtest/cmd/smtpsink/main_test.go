package main

import (
	"bufio"
	"context"
	"io"
	"net/smtp"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestSink sends two mails and finds them as files and as lines.
func TestSink(t *testing.T) {
	dir := t.TempDir()
	read, write := io.Pipe()
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error)
	go func() {
		done <- run(ctx, []string{"-listen", "127.0.0.1:0", "-dir", dir, "-first", "greylist-450"}, write)
		write.Close()
	}()
	lines := bufio.NewScanner(read)
	next := func() string {
		if !lines.Scan() {
			t.Fatal("no more lines")
		}
		return lines.Text()
	}
	address := strings.Fields(next())[1]
	text := []byte("Message-ID: <7@example.com>\r\nSubject: =?UTF-8?B?w6Q=?=\r\n\r\nHello\r\n")
	send := func() <-chan error {
		sent := make(chan error, 1)
		go func() { sent <- smtp.SendMail(address, nil, "a@example.com", []string{"b@example.com"}, text) }()
		return sent
	}
	if err := <-send(); err == nil || !strings.HasPrefix(err.Error(), "450") {
		t.Errorf("first mail: %v; want 450", err)
	}
	for _, name := range []string{"000001.eml", "000002.eml"} {
		sent := send()
		want := "accepted " + name + ` id=7@example.com from=a@example.com to=b@example.com subject="ä"`
		if got := next(); got != want {
			t.Errorf("line %q; want %q", got, want)
		}
		if err := <-sent; err != nil {
			t.Error(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != string(text) {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if err := run(ctx, []string{"-listen", "0.0.0.0:0", "-dir", dir}, io.Discard); err == nil {
		t.Error("the sink listens to other machines")
	}
}
