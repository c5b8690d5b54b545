package main_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// No text that a person reads in the window, in the terminal or on a page of the client area is written past the translations. Two things are looked for in the
// source of package views and what is below it: texts that read like words for people wherever they stand, and any text at all that is handed to a widget.
func TestNoTextEscapesTranslation(t *testing.T) {
	unused := map[string]bool{}
	for _, s := range untranslated {
		unused[s] = true
	}
	read := 0
	err := eachSource(".", func(name string, file *ast.File) {
		if !strings.HasPrefix(name, "views/") || slices.ContainsFunc(forDevelopers, func(folder string) bool { return strings.HasPrefix(name, folder) }) {
			return
		}
		read++
		for _, text := range escapes(file, tabled(name)) {
			if slices.Contains(untranslated, text) {
				delete(unused, text)
				continue
			}
			t.Errorf("%s: %q is shown as it stands: hand it to i18n.T, or name it in untranslated with the reason", name, text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < 100 {
		t.Errorf("only %d files were read", read)
	}
	for text := range unused {
		t.Errorf("%q is allowed and stands nowhere", text)
	}
}

// forDevelopers are folders of programs that no user has.
var forDevelopers = []string{"views/gallery/", "views/screens/", "views/viewtest/"}

// untranslated are texts that are the same in every language, or that nobody is shown.
var untranslated = []string{
	// The name of the program.
	"Clientele",
	// Folders that systems call so.
	"Documents", "Desktop", "Downloads", "Resources",
	// How commands are written.
	"backup FILE", "restore FILE", "all DIR", "clients FILE.csv", "contacts FILE.vcf", "whmcs DUMP.sql[.gz]", "set KEY VALUE", "completion SHELL",
	// Names of kinds that only the source knows: tones of a badge, tabs of the window.
	"Plain", "Muted", "Good", "Waiting", "Danger", "Info", "new invoice ",
	// Web pages: headers, and who did something, for the log file.
	"Accept-Language", "Cache-Control", "Content-Disposition", "Content-Length", "Content-Security-Policy", "Content-Type", "Cross-Origin-Opener-Policy",
	"Cross-Origin-Resource-Policy", "Permissions-Policy", "Referrer-Policy", "Retry-After", "Strict-Transport-Security",
	"public, max-age=", "client area", "client area: file", "client area: reset", "client area: too many resets are waiting",
	// Errors by which the source tells cases apart. What is said to people instead is translated.
	"an unexpected fault stopped this: %v", "read the password: %w", "something was rejected or differs", "nothing was done",
}

// tabled says whether a file holds a table of texts that are translated where they are shown.
func tabled(name string) bool {
	for _, table := range tables {
		if table.file == name {
			return true
		}
	}
	return false
}

// worded reads like words for people: it begins with a capital and goes on small, or has two words in a row.
var worded = regexp.MustCompile(`^\p{Lu}\p{Ll}|\p{L}{2,}[,:]? +\p{L}{2,}`)

// lettered has at least one word of letters.
var lettered = regexp.MustCompile(`\p{L}{2,}`)

// escapes lists the texts of a file that are shown and do not go through the translations.
func escapes(file *ast.File, tabled bool) (found []string) {
	widgets := shownBy(file)
	put := func(e ast.Expr, words *regexp.Regexp) {
		if text, ok := literal(e); ok && words.MatchString(text) && !slices.Contains(found, text) && !fileName(text) {
			found = append(found, text)
		}
	}
	var look func(n ast.Node) bool
	look = func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GenDecl:
			return n.Tok != token.IMPORT
		case *ast.KeyValueExpr:
			ast.Inspect(n.Value, look) // the key of a map names something, and is not shown
			return false
		case *ast.Field:
			return n.Tag == nil
		case *ast.CallExpr:
			if tabled && called(n) == "put" {
				return false // a table of texts, see tables
			}
			if arg, ok := textArgument(n); ok {
				_, written := literal(arg)
				return !written
			}
			if f, ok := n.Fun.(*ast.SelectorExpr); ok && slices.Contains(widgets, types.ExprString(f.X)) {
				for _, arg := range n.Args {
					put(arg, lettered)
				}
			}
		case *ast.BasicLit:
			put(n, worded)
		}
		return true
	}
	ast.Inspect(file, look)
	return found
}

// shownBy are the names under which a file knows the packages whose functions show what they are given.
func shownBy(file *ast.File) (names []string) {
	for _, spec := range file.Imports {
		from, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !slices.Contains([]string{"fyne.io/fyne/v2/widget", "fyne.io/fyne/v2/dialog", "clientele/views/kit"}, from) {
			continue
		}
		name := path.Base(from)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names = append(names, name)
	}
	return names
}

// fileName says whether a text is the name of a file, or of something kept, such as clients.list.
func fileName(text string) bool {
	return regexp.MustCompile(`^[\w-]+(\.[\w-]+)+$`).MatchString(text)
}

func TestEscapingTextsAreFound(t *testing.T) {
	const source = `package p
import (
	"clientele/views/kit"
	w "fyne.io/fyne/v2/widget"
)
func f() {
	kit.NewButton("save", nil)
	w.NewLabel("Hello")
	say("Nothing was changed.")
	title := "Two words"
	_ = kit.NewButton(i18n.T("Fine"), nil)
	_ = i18n.N(n, "one thing", "%d things")
	key("clients.list"); column("name"); kit.NewSpace("")
	return "done in " + title
}`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := escapes(file, false), []string{"save", "Hello", "Nothing was changed.", "Two words", "done in "}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
