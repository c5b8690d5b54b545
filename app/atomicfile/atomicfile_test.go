package atomicfile_test

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"clientele/app/atomicfile"
)

func say(text string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}
}

// onlyFile fails unless the folder holds nothing but the named file with this content.
func onlyFile(t *testing.T, path, want string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != filepath.Base(path) {
		t.Errorf("folder holds %v, want only %s", entries, filepath.Base(path))
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("content %q, want %q", got, want)
	}
}

func TestWriteReplacesTheFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clients.csv")
	for _, text := range []string{"first", "second, and longer", ""} {
		if err := atomicfile.Write(context.Background(), path, say(text)); err != nil {
			t.Fatal(err)
		}
		onlyFile(t, path, text)
	}
	if runtime.GOOS != "windows" {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, want 0600", info.Mode().Perm())
		}
	}
}

func TestFailureLeavesTheOldFileAlone(t *testing.T) {
	boom := errors.New("boom")
	over, cancel := context.WithCancel(context.Background())
	cancel()
	ending, end := context.WithCancel(context.Background())
	cases := map[string]struct {
		ctx  context.Context
		fill func(io.Writer) error
		want error
	}{
		"fill fails": {context.Background(), func(w io.Writer) error {
			_ = say(strings.Repeat("x", 1<<20))(w)
			return boom
		}, boom},
		"cancelled while writing": {ending, func(w io.Writer) error {
			end()
			return say(strings.Repeat("x", 1<<20))(w)
		}, context.Canceled},
		"cancelled with nothing written": {over, func(io.Writer) error { return nil }, context.Canceled},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "clients.csv")
			if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := atomicfile.Write(c.ctx, path, c.fill); !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			onlyFile(t, path, "old")
		})
	}
}

func TestPanicLeavesNothingBehind(t *testing.T) {
	path := filepath.Join(t.TempDir(), "clients.csv")
	if err := os.WriteFile(path, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = atomicfile.Write(context.Background(), path, func(io.Writer) error { panic("boom") })
	}()
	onlyFile(t, path, "old")
}

func TestRefusesWhatIsNoOrdinaryFile(t *testing.T) {
	folder := t.TempDir()
	if err := atomicfile.Write(context.Background(), folder, say("x")); !errors.Is(err, atomicfile.ErrNotRegular) {
		t.Errorf("onto a folder: %v, want ErrNotRegular", err)
	}
	if runtime.GOOS != "windows" {
		if err := atomicfile.Write(context.Background(), os.DevNull, say("x")); !errors.Is(err, atomicfile.ErrNotRegular) {
			t.Errorf("onto a device: %v, want ErrNotRegular", err)
		}
	}
	missing := filepath.Join(folder, "no", "such", "folder.csv")
	if err := atomicfile.Write(context.Background(), missing, say("x")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("into a missing folder: %v, want ErrNotExist", err)
	}
}

// What a write left that was killed goes, and nothing else.
func TestSweep(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "keys.toml")
	stay := []string{"keys.toml", "keys.toml.1.tmp", ".keys.toml.1", ".other.toml.1.tmp", ".keys.toml.2.tmp"}
	for _, name := range append(stay, ".keys.toml.1.tmp", ".keys.toml.384756.tmp") {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("secret"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	// A folder of that name is nobody's write.
	if err := errors.Join(os.Remove(filepath.Join(folder, ".keys.toml.2.tmp")), os.Mkdir(filepath.Join(folder, ".keys.toml.2.tmp"), 0o700)); err != nil {
		t.Fatal(err)
	}
	atomicfile.Sweep(path)
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	slices.Sort(stay)
	if !slices.Equal(left, stay) {
		t.Errorf("%q are left, not %q", left, stay)
	}
}
