package terminal

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"pgregory.net/rapid"

	"clientele/app"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestExitCodes: each kind of end has its code, its words on standard error, and its object for programs.
func TestExitCodes(t *testing.T) {
	before := slog.Default()
	defer slog.SetDefault(before)
	slog.SetDefault(slog.New(slog.DiscardHandler))
	stopped, stop := context.WithCancel(t.Context())
	stop()
	for _, c := range []struct {
		name  string
		ctx   context.Context
		err   error
		code  int
		words string
	}{
		{"done", t.Context(), nil, Done, ""},
		{"rule", t.Context(), &app.Error{Code: app.NotAllowed, Message: "No."}, Failed, "No.\n"},
		{"fault", t.Context(), errors.New("x"), Failed, "Something went wrong (ref "},
		{"usage", t.Context(), misused("Wrong."), Misused, "Wrong.\n"},
		{"differs", t.Context(), errDiffers, Differs, ""},
		{"refused", t.Context(), errRefused, Failed, ""},
		{"stopped", stopped, context.Canceled, Failed, "Stopped. Nothing was changed.\n"},
	} {
		for _, args := range [][]string{nil, {"check", "--json"}} {
			var out, problems bytes.Buffer
			fail := func(context.Context) error { return c.err }
			p := Program{
				Out: &out, Err: &problems, Window: func(ctx context.Context, _ Where) error { return fail(ctx) },
				Open: func(ctx context.Context, _ Where) (*Session, error) { return nil, fail(ctx) },
			}
			if c.err == nil && args != nil {
				continue // a command that goes on needs data: the scripts run those
			}
			if code := p.Run(c.ctx, args); code != c.code || !strings.HasPrefix(problems.String(), c.words) {
				t.Errorf("%s %v: code %d, %q", c.name, args, code, problems.String())
			}
			if args == nil || c.words == "" {
				continue
			}
			var object struct{ Error string }
			if err := json.Unmarshal(out.Bytes(), &object); err != nil || object.Error != strings.TrimSpace(problems.String()) {
				t.Errorf("%s: %q is not the object of %q", c.name, out.String(), problems.String())
			}
		}
	}
}

// TestWhere: the options say which data, before and behind the command.
func TestWhere(t *testing.T) {
	for _, args := range [][]string{
		{"--data", "d", "--database", "postgres://h/x", "check"}, {"check", "--data=d", "--database=postgres://h/x"},
	} {
		var got Where
		p := Program{Out: &bytes.Buffer{}, Err: &bytes.Buffer{}, Open: func(_ context.Context, w Where) (*Session, error) {
			got = w
			return nil, errRefused
		}}
		p.Run(t.Context(), args)
		if (got != Where{Folder: "d", Database: "postgres://h/x", MustExist: true}) {
			t.Errorf("%v: %+v", args, got)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"import", "export", "mail", "check", "settings"}
	for given, want := range map[string]string{
		"exprot": "export", "IMPORT": "import", "chek": "check", "mial": "mail", "seting": "settings", "x": "", "": "", "daily": "",
		strings.Repeat("long", 1000): "",
	} {
		if got := nearest(given, names); got != want {
			t.Errorf("%.20q: %q, want %q", given, got, want)
		}
	}
}

// TestDistance: it is nought for the same, the same both ways, and no more than the length of the longer.
func TestDistance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.StringOfN(rapid.RuneFrom([]rune("abcä")), 0, 12, -1).Draw(t, "a"), rapid.StringOfN(rapid.RuneFrom([]rune("abcä")), 0, 12, -1).Draw(t, "b")
		d := distance(a, b)
		if (d == 0) != (a == b) || d != distance(b, a) || d > max(len([]rune(a)), len([]rune(b))) {
			t.Fatalf("%q and %q: %d", a, b, d)
		}
	})
}

// TestProgressLine shows what a person would see, and that nothing of it stays.
func TestProgressLine(t *testing.T) {
	l := &progressLine{}
	if got := l.text(); got != "Working …" {
		t.Errorf("%q", got)
	}
	l.Step("Reading the file")
	l.SetTotal(200)
	l.Add(50)
	if got := l.text(); got != "Reading the file … 25 %" {
		t.Errorf("%q", got)
	}
	l.Add(500)
	if got := l.text(); got != "Reading the file … 100 %" {
		t.Errorf("%q", got)
	}
	var problems bytes.Buffer
	c := &commandLine{Program: Program{Err: &problems}}
	_, done := c.progress()
	done()
	if problems.Len() > 0 {
		t.Errorf("nobody looks, and still: %q", problems.String())
	}
	c.Watched = true
	_, done = c.progress()
	done()
	if s := problems.String(); s != "" && !strings.HasSuffix(s, "\r") {
		t.Errorf("the line stays: %q", s)
	}
}

// Shells show the words of an option alone: the name of its value stands in the help only.
func TestCompletedOptions(t *testing.T) {
	for args, want := range map[string]string{
		"daily":          "--date\tas if it were this day\n",
		"import whmcs":   "--data\tthe data folder, instead of the usual one\n",
		"export clients": "--output\tthe file to write, instead of standard output\n",
	} {
		var out, problems bytes.Buffer
		p := Program{Out: &out, Err: &problems}
		if code := p.Run(t.Context(), append(append([]string{"__complete"}, strings.Fields(args)...), "--")); code != Done {
			t.Errorf("%s: code %d: %s", args, code, problems.String())
		}
		if !strings.Contains(out.String(), want) || strings.Contains(out.String(), "`") {
			t.Errorf("%s: %q", args, out.String())
		}
		out.Reset()
		p.Run(t.Context(), append([]string{"help"}, strings.Fields(args)...))
		if name, words, _ := strings.Cut(strings.TrimSpace(want), "\t"); !regexp.MustCompile(name + ` [A-Z-]+ +` + words + `\n`).MatchString(out.String()) {
			t.Errorf("help %s: %q", args, out.String())
		}
	}
}
