package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stream is what `go test -json` says of one package; each line of it is {Action, Package p/q, Test, Output}.
func stream(lines ...[3]string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(`{"Action":"` + l[0] + `","Package":"p/q"`)
		if l[1] != "" {
			b.WriteString(`,"Test":"` + l[1] + `"`)
		}
		if l[2] != "" {
			b.WriteString(`,"Output":"` + l[2] + `\n"`)
		}
		b.WriteString("}\n")
	}
	return b.String()
}

func TestReport(t *testing.T) {
	tests := []struct {
		name      string
		events    string
		forbid    string
		want      []string // all must be in the output
		wantNot   []string
		wantLast  string
		wantClean bool
	}{
		{
			name: "passed and skipped",
			events: stream([3]string{"output", "TestA", "noise of a passing test"}, [3]string{"pass", "TestA"},
				[3]string{"output", "TestB", "=== RUN TestB"}, [3]string{"output", "TestB", "  b_test.go:3: no PostgreSQL"}, [3]string{"skip", "TestB"},
				[3]string{"output", "", `ok  \tp/q\t0.01s`}, [3]string{"pass"}),
			want:      []string{"ok  \tp/q\t0.01s", "skipped p/q TestB: b_test.go:3: no PostgreSQL"},
			wantNot:   []string{"noise"},
			wantLast:  "1 passed, 0 failed, 1 skipped",
			wantClean: true,
		},
		{
			name: "subtests are counted, their parent is not",
			events: stream([3]string{"pass", "TestA/x"}, [3]string{"output", "TestA/y", "want 1, got 2"}, [3]string{"fail", "TestA/y"},
				[3]string{"pass", "TestA/z/deep"}, [3]string{"pass", "TestA/z"}, [3]string{"fail", "TestA"}, [3]string{"fail"}),
			want:      []string{"want 1, got 2"},
			wantLast:  "2 passed, 1 failed, 0 skipped",
			wantClean: true,
		},
		{
			name:      "a parent that fails by itself is counted",
			events:    stream([3]string{"pass", "TestA/x"}, [3]string{"fail", "TestA"}, [3]string{"fail"}),
			wantLast:  "1 passed, 1 failed, 0 skipped",
			wantClean: true,
		},
		{
			name: "a package that dies is a failure and shows the test that was running",
			events: stream([3]string{"pass", "TestA"}, [3]string{"output", "TestB", "panic: boom"}, [3]string{"output", "", `FAIL\tp/q\t0.01s`}, [3]string{"fail"}) +
				"a line that is no event\n",
			want:      []string{"panic: boom", "FAIL\tp/q", "a line that is no event"},
			wantLast:  "1 passed, 1 failed, 0 skipped",
			wantClean: true,
		},
		{
			name:      "a build that fails",
			events:    `{"ImportPath":"p/q","Action":"build-output","Output":"q.go:1:1: syntax error\n"}` + "\n" + stream([3]string{"fail"}),
			want:      []string{"q.go:1:1: syntax error"},
			wantLast:  "0 passed, 1 failed, 0 skipped",
			wantClean: true,
		},
		{
			name: "packages are not parents of the packages below them",
			events: stream([3]string{"fail"}) + strings.ReplaceAll(stream([3]string{"pass", "TestA"}, [3]string{"fail"}), "p/q", "p/q/r") +
				strings.ReplaceAll(stream([3]string{"fail"}), "p/q", "p/q/s"),
			wantLast:  "1 passed, 3 failed, 0 skipped",
			wantClean: true,
		},
		{
			name:     "forbidden output of a test that passes",
			events:   stream([3]string{"output", "TestA", "*** Error in call thread ***"}, [3]string{"pass", "TestA"}, [3]string{"pass"}),
			forbid:   "Error in call thread",
			want:     []string{"forbidden output in p/q TestA: *** Error in call thread ***"},
			wantLast: "1 passed, 0 failed, 0 skipped",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			var forbidden []string
			if tt.forbid != "" {
				forbidden = []string{tt.forbid}
			}
			r := newReport(&out, forbidden)
			if err := r.read(strings.NewReader(tt.events)); err != nil {
				t.Fatal(err)
			}
			if clean := r.close(); clean != tt.wantClean {
				t.Errorf("clean = %v, want %v", clean, tt.wantClean)
			}
			for _, want := range tt.want {
				if !strings.Contains(out.String(), want) {
					t.Errorf("output lacks %q:\n%s", want, out.String())
				}
			}
			for _, not := range tt.wantNot {
				if strings.Contains(out.String(), not) {
					t.Errorf("output holds %q:\n%s", not, out.String())
				}
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if last := lines[len(lines)-1]; last != tt.wantLast {
				t.Errorf("last line %q, want %q", last, tt.wantLast)
			}
		})
	}
}

// TestTotal adds up two lanes: one test ran in both and is counted once, with its worst result.
func TestTotal(t *testing.T) {
	dir := t.TempDir()
	one, two := filepath.Join(dir, "one"), filepath.Join(dir, "two")
	for file, r := range map[string]results{
		one: {"p TestA": "pass", "p TestB": "skip", "p TestC": "pass"},
		two: {"p TestA": "fail", "p TestB": "pass", "q TestD": "skip"},
	} {
		if err := save(file, r); err != nil {
			t.Fatal(err)
		}
	}
	var out, problems bytes.Buffer
	if code := run([]string{"-total", one, two}, &out, &problems); code != 1 {
		t.Errorf("exit %d, want 1 as a test failed", code)
	}
	if want := "2 passed, 1 failed, 1 skipped\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}

	if err := os.Remove(two); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"-total", one, two}, &out, &problems); code != 1 || !strings.Contains(problems.String(), "two") {
		t.Errorf("a missing record: exit %d, %q; want 1 and the file's name", code, problems.String())
	}
}

// TestExitCode holds that the exit code of the command is kept, and that a command that cannot start is a failure.
func TestExitCode(t *testing.T) {
	for _, tt := range []struct {
		command []string
		want    int
	}{
		{[]string{"go", "version"}, 0},
		{[]string{"go", "no-such-command"}, 2},
		{[]string{filepath.Join(t.TempDir(), "missing")}, 1},
	} {
		var out, problems bytes.Buffer
		if code := run(tt.command, &out, &problems); code != tt.want {
			t.Errorf("%v: exit %d, want %d (%s)", tt.command, code, tt.want, problems.String())
		}
	}
}
