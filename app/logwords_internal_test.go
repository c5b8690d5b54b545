package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// SU-5: each act that is written into the log has its words and its kind there, and each deletion that can be undone has its own.
func TestEachActHasWords(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.CONST {
				continue
			}
			for _, spec := range g.Specs {
				v := spec.(*ast.ValueSpec)
				name := v.Names[0].Name
				if !strings.HasPrefix(name, "act") || len(name) < 4 || name[3] < 'A' || name[3] > 'Z' || name == "actUndone" || len(v.Values) != 1 {
					continue
				}
				literal, ok := v.Values[0].(*ast.BasicLit)
				if !ok {
					continue
				}
				action, err := strconv.Unquote(literal.Value)
				if err != nil {
					t.Fatal(err)
				}
				seen++
				if _, ok := acts[action]; !ok {
					t.Errorf("%s in %s has no words in logwords.go", name, path)
				}
			}
		}
	}
	if seen < 20 {
		t.Errorf("only %d acts were found", seen)
	}
	for kind := range restorers {
		if _, ok := acts[undone(kind)]; !ok {
			t.Errorf("an undone %s has no words in logwords.go", kind)
		}
	}
	for action, w := range acts {
		if w.words == "" || !slices.ContainsFunc(logKinds, func(k struct {
			kind LogKind
			name string
		},
		) bool {
			return k.kind == w.kind
		}) {
			t.Errorf("%s has no words or no kind", action)
		}
	}
	if w := wordsOf("robot.painted"); w.words != "robot painted" {
		t.Errorf("an act of a newer version is called %q", w.words)
	}
}

// SU-5: mails, logins and reveals can be looked for by themselves: what is done there is of their kind.
func TestKindsOfActs(t *testing.T) {
	for kind, want := range map[LogKind][]string{
		LogReveals: {actCardRefused, actCardRevealed},
		LogMail:    {actMailQueued, actMailSent, actMailFailed, actMailCancelled, actMailRetried},
		LogLogins:  {actLoggedIn, actLoginSlowed, actOpenedAs, actResetAsked, actPasswordReset, actPasswordSet, actSignedIn, actSignInRefused},
	} {
		for _, act := range want {
			if got := acts[act].kind; got != kind {
				t.Errorf("%s is of the kind %s, not %s", act, got, kind)
			}
		}
	}
	if n := len(actionsOf(LogReveals)); n != 2 {
		t.Errorf("%d acts count as reveals", n)
	}
}
