package logfile

import (
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// TestSecretsNever logs what must not be logged, in each form in which it could slip in.
func TestSecretsNever(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.log")
	log, file := Open(path)
	defer file.Close()
	log.Error("connect", "password", "hunter2", "url", "postgres://ann:hunter2@db/office", "error", errors.New("dial postgres://ann:hunter2@db: refused"), "n", 5)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(b), "hunter2") {
		t.Errorf("a secret is in the log: %s", b)
	}
	var line map[string]any
	if err := json.Unmarshal(b, &line); err != nil || line["msg"] != "connect" || line["url"] != "postgres://ann:********@db/office" || line["n"] != 5.0 {
		t.Errorf("%s: %v", b, err)
	}
	if info, err := os.Stat(path); err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o600) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestCrashes breaks a program down, which is this test run once more, and reads its last words.
func TestCrashes(t *testing.T) {
	const variable = "CLIENTELE_TEST_CRASH"
	if path := os.Getenv(variable); path != "" {
		if err := Crashes(path); err != nil {
			t.Fatal(err)
		}
		done := make(chan struct{})
		go func() { panic("the last words") }() // in a goroutine that the test cannot catch
		<-done
	}
	path := filepath.Join(t.TempDir(), "crash.log")
	if err := os.WriteFile(path, make([]byte, crashBytes+1), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrashes$")
	cmd.Env = append(os.Environ(), variable+"="+path)
	if err := cmd.Run(); err == nil {
		t.Fatal("it did not break down")
	}
	b, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(b), "the last words") {
		t.Errorf("%q, %v", b, err)
	}
	if len(b) > crashBytes {
		t.Errorf("the file grew to %d bytes", len(b))
	}
}
