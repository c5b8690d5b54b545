package main

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"
)

// The private server of the tests ends with the script that started it, even where that is killed and can do nothing about it.
func TestWithPostgresLeavesNothing(t *testing.T) {
	if os.Getenv("CLIENTELE_TEST_POSTGRES") == "" || runtime.GOOS != "linux" {
		t.Skip("there is no PostgreSQL here, or no Linux")
	}
	folder, err := os.MkdirTemp("", "clientele-with-postgres") //nolint:usetesting // the server's account cannot get into folders of the test
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(folder)
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	// The command ends with its standard output, which nobody reads any more in the end.
	script := exec.Command("packaging/scripts/with-postgres", "sh", "-c", `while echo "$CLIENTELE_TEST_POSTGRES"; do sleep 0.2; done`)
	script.Env = append(os.Environ(), "TMPDIR="+folder)
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	script.Stdout = write
	if err := script.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	line, err := bufio.NewReader(read).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	u, err := url.Parse(strings.TrimSpace(line))
	if err != nil || u.Host == "" {
		t.Fatalf("the server is named %q: %v", line, err)
	}
	if err := script.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = script.Wait()
	read.Close()
	patience := time.After(time.Minute)
	for tick := time.NewTicker(50 * time.Millisecond); ; {
		c, dialled := net.Dial("tcp", u.Host)
		if dialled == nil {
			c.Close()
		}
		left, err := os.ReadDir(folder)
		if err != nil {
			t.Fatal(err)
		}
		if dialled != nil && len(left) == 0 {
			return
		}
		select {
		case <-tick.C:
		case <-patience:
			t.Fatalf("a minute later the server answers (%v) or has left %v", dialled == nil, left)
		}
	}
}
