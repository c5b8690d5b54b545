package folder

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestUsual(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the paths of this test are those of Unix")
	}
	for _, c := range []struct {
		system string
		env    map[string]string
		want   string
	}{
		{"linux", map[string]string{"HOME": "/home/ann"}, "/home/ann/.local/share/clientele"},
		{"linux", map[string]string{"HOME": "/home/ann", "XDG_DATA_HOME": "/big"}, "/big/clientele"},
		{"linux", map[string]string{"HOME": "/home/ann", "XDG_DATA_HOME": "big"}, "/home/ann/.local/share/clientele"},
		{"freebsd", map[string]string{"HOME": "/home/ann"}, "/home/ann/.local/share/clientele"},
		{"linux", nil, ""},
		{"darwin", map[string]string{"HOME": "/Users/ann", "XDG_DATA_HOME": "/big"}, "/Users/ann/Library/Application Support/Clientele"},
		{"windows", map[string]string{"LocalAppData": "/c/ann/Local"}, "/c/ann/Local/Clientele"},
		{"windows", map[string]string{"HOME": "/home/ann"}, ""},
	} {
		got, err := usual(c.system, func(name string) string { return c.env[name] })
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s %v: %q, %v, want %q", c.system, c.env, got, err, c.want)
		}
	}
}

func TestOpenMakesItForItsOwnerAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b c")
	f, err := Open(path, false)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil || (runtime.GOOS != "windows" && info.Mode().Perm() != 0o700) {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if f.Path() != path || f.Database() != filepath.Join(path, "clientele.db") {
		t.Errorf("%q, %q", f.Path(), f.Database())
	}
	if _, err := Open(path, true); err != nil {
		t.Errorf("again: %v", err)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	writable := filepath.Join(dir, "it's open")
	if err := os.Mkdir(writable, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(writable, 0o770); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, path string
		mustExist  bool
		cause      error
		words      string
	}{
		{"missing", filepath.Join(dir, "none"), true, ErrNone, "There is no data folder"},
		{"a file", file, false, nil, "is a file"},
		{"below a file", filepath.Join(file, "x"), false, nil, "cannot be made"},
		{"open to the group", writable, false, nil, `chmod go-w '` + filepath.Join(dir, `it'\''s open`) + `'`},
	} {
		if runtime.GOOS == "windows" && c.path == writable {
			continue
		}
		_, err := Open(c.path, c.mustExist)
		var p *Problem
		if !errors.As(err, &p) || !strings.Contains(p.Words, c.words) || (c.cause != nil && !errors.Is(err, c.cause)) {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "none")); !os.IsNotExist(err) {
		t.Error("a folder that must be there was made")
	}
}

func TestDatabaseIsRemembered(t *testing.T) {
	f, err := Open(t.TempDir(), true)
	if err != nil {
		t.Fatal(err)
	}
	if f.HadDatabase() || !f.Empty() {
		t.Error("an empty folder had a database")
	}
	for range 2 {
		if err := f.NoteDatabase(); err != nil {
			t.Fatal(err)
		}
	}
	if !f.HadDatabase() || f.Empty() {
		t.Error("forgotten")
	}
}
