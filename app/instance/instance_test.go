package instance

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"
)

const holdVariable = "CLIENTELE_TEST_HOLD"

// TestMain is the other program too: one that holds a folder until it is killed.
func TestMain(m *testing.M) {
	if folder := os.Getenv(holdVariable); folder != "" {
		if _, err := Take(folder); err != nil {
			panic(err)
		}
		fmt.Println("taken")
		select {}
	}
	goleak.VerifyTestMain(m)
}

// AP-8.
func TestSecondRaisesFirst(t *testing.T) {
	folder := t.TempDir()
	first, err := Take(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	if _, err := Take(folder); !errors.Is(err, ErrTaken) {
		t.Errorf("taken twice: %v", err)
	}
	for range 3 { // nobody looks meanwhile: the askers do not wait for that
		note, err := Raise(context.Background(), folder)
		if err != nil || note.PID != os.Getpid() || note.Host == "" {
			t.Errorf("%+v, %v", note, err)
		}
	}
	<-first.Show()
	select {
	case <-first.Show():
		t.Error("three that came at once are shown more than once")
	default:
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if _, ok, err := Running(folder); ok || err != nil {
		t.Errorf("running after the end: %v, %v", ok, err)
	}
	if _, err := Raise(context.Background(), folder); !errors.Is(err, ErrSilent) {
		t.Errorf("raised what has ended: %v", err)
	}
	again, err := Take(folder)
	if err != nil {
		t.Fatal(err)
	}
	again.Close()
}

// TestStranger: another account can reach the port but does not know the token.
func TestStranger(t *testing.T) {
	folder := t.TempDir()
	i, err := Take(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	for _, words := range []string{"show \n", "show wrong\n", "\n", "show " + i.note.Token + "x\n"} {
		conn, err := net.Dial("tcp", i.note.Address)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(conn, words)
		if answer, err := bufio.NewReader(conn).ReadString('\n'); err == nil {
			t.Errorf("%q was answered %q", words, answer)
		}
		conn.Close()
	}
	select {
	case <-i.Show():
		t.Error("a stranger raised the window")
	default:
	}
}

// TestKilled: what the killed program leaves stops nobody.
func TestKilled(t *testing.T) {
	folder := t.TempDir()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), holdVariable+"="+folder)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "taken\n" {
		t.Fatalf("%q, %v", line, err)
	}
	if note, ok, err := Running(folder); !ok || err != nil || note.PID != cmd.Process.Pid {
		t.Errorf("%+v, %v, %v", note, ok, err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	if _, err := os.Stat(filepath.Join(folder, noteName)); err != nil {
		t.Fatalf("the killed program tidied up, so this tests nothing: %v", err)
	}
	i, err := Take(folder)
	if err != nil {
		t.Fatal(err)
	}
	i.Close()
}

// TestSilent: the program that has the folder listens elsewhere, as on another machine.
func TestSilent(t *testing.T) {
	folder := t.TempDir()
	i, err := Take(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer i.Close()
	b, err := json.Marshal(Note{PID: 1, Host: "elsewhere", Address: "127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, noteName), b, 0o600); err != nil {
		t.Fatal(err)
	}
	if note, err := Raise(context.Background(), folder); !errors.Is(err, ErrSilent) || note.Host != "elsewhere" {
		t.Errorf("%+v, %v", note, err)
	}
}
