package main_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"go/types"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// Every text that is shown to people has its translation in each language that is shipped, and nothing is translated that is not shown. A text that counts
// has a form for each plural of the language. That verbs are the same in both was seen when the file was read: a program with others does not start.
func TestTranslations(t *testing.T) {
	shown, err := texts(".")
	if err != nil {
		t.Fatal(err)
	}
	if len(shown) < 2000 {
		t.Fatalf("only %d texts were found", len(shown))
	}
	files, err := filepath.Glob("assets/translations/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no translations: %v", err)
	}
	for _, file := range files {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range faults(shown, b) {
			t.Errorf("%s: %s", file, problem)
		}
	}
}

// faults lists what is missing, left over or wrong in a file of translations.
func faults(shown map[string]shownText, file []byte) (problems []string) {
	var translated map[string]json.RawMessage
	if err := json.Unmarshal(file, &translated); err != nil {
		return []string{err.Error()}
	}
	for _, text := range slices.Sorted(maps.Keys(shown)) {
		value, ok := translated[text]
		if !ok {
			problems = append(problems, fmt.Sprintf("not translated, in %s: %q", shown[text].file, text))
			continue
		}
		if problem := fault(text, shown[text].counts, value); problem != "" {
			problems = append(problems, fmt.Sprintf("%s: %q: %s", problem, text, value))
		}
	}
	for _, text := range slices.Sorted(maps.Keys(translated)) {
		if _, ok := shown[text]; !ok {
			problems = append(problems, fmt.Sprintf("translated, but shown nowhere: %q", text))
		}
	}
	if n := strings.Count(string(file), "\n  \""); n != len(translated) {
		problems = append(problems, fmt.Sprintf("%d lines for %d texts: is one there twice?", n, len(translated)))
	}
	return problems
}

// fault says what is wrong with one translation; nothing where all is well.
func fault(text string, counts bool, value json.RawMessage) string {
	var forms map[string]string
	if counts {
		if json.Unmarshal(value, &forms) != nil || forms["one"] == "" || forms["other"] == "" {
			return "it counts something, and needs a form for one and one for others"
		}
	} else {
		var one string
		if json.Unmarshal(value, &one) != nil {
			return "it counts nothing, and needs one text"
		}
		forms = map[string]string{"": one}
	}
	for _, form := range forms {
		switch {
		case strings.TrimSpace(form) == "":
			return "empty"
		case edges(form) != edges(text):
			return "begins or ends with other blanks, a colon or dots"
		}
	}
	return ""
}

// edges is that in which the beginning and the end of a translation are as those of its text: blanks, and the marks that promise something behind them.
func edges(s string) string {
	trimmed := strings.TrimSpace(s)
	blank := func(yes bool) string { return strconv.FormatBool(yes) }
	return blank(strings.HasPrefix(s, " ")) + blank(strings.HasSuffix(s, " ")) + blank(strings.HasSuffix(trimmed, ":")) + blank(strings.HasSuffix(trimmed, "…"))
}

func TestFaultsOfTranslationsAreFound(t *testing.T) {
	shown := map[string]shownText{"Save": {file: "p.go"}, "%d clients": {file: "p.go", counts: true}, "Open…": {file: "p.go"}}
	for name, c := range map[string]struct {
		file string
		want int
	}{
		"whole":        {"{\n  \"Save\": \"Speichern\",\n  \"%d clients\": {\"one\": \"ein Kunde\", \"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen…\"\n}", 0},
		"missing":      {"{\n  \"Save\": \"Speichern\",\n  \"Open…\": \"Öffnen…\"\n}", 1},
		"left over":    {"{\n  \"Save\": \"Speichern\",\n  \"%d clients\": {\"one\": \"ein Kunde\", \"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen…\",\n  \"Old\": \"Alt\"\n}", 1},
		"empty":        {"{\n  \"Save\": \" \",\n  \"%d clients\": {\"one\": \"ein Kunde\", \"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen…\"\n}", 1},
		"without form": {"{\n  \"Save\": \"Speichern\",\n  \"%d clients\": {\"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen…\"\n}", 1},
		"no dots":      {"{\n  \"Save\": \"Speichern\",\n  \"%d clients\": {\"one\": \"ein Kunde\", \"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen\"\n}", 1},
		"twice":        {"{\n  \"Save\": \"Sichern\",\n  \"Save\": \"Speichern\",\n  \"%d clients\": {\"one\": \"ein Kunde\", \"other\": \"%d Kunden\"},\n  \"Open…\": \"Öffnen…\"\n}", 1},
	} {
		if got := faults(shown, []byte(c.file)); len(got) != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestTextsAreFound(t *testing.T) {
	dir := t.TempDir()
	const source = `package p
func f(n int64) {
	i18n.T("plain"); p.T("of " + "two parts", n); i18n.N(n, "%d thing", "%d things"); x.T(1); row.Text("column"); i18n.Text("said elsewhere")
}`
	const page = `<p>{{.T "of a \"page\"" .Name}}</p>`
	for name, text := range map[string]string{"p.go": source, "p.html": page} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	found, err := texts(dir)
	if got := slices.Sorted(maps.Keys(found)); err != nil || !slices.Equal(got, []string{"%d things", `of a "page"`, "of two parts", "plain", "said elsewhere"}) {
		t.Errorf("%q, %v", got, err)
	}
}

// A text that is not written where it is handed over comes out of a table, and the table is among those that are read here.
func TestTablesOfTextsAreKnown(t *testing.T) {
	unknown := slices.Clone(computed)
	err := eachSource(".", func(name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || strings.HasPrefix(name, "app/i18n/") {
				return true
			}
			arg, ok := textArgument(call)
			if !ok {
				return true
			}
			if _, written := literal(arg); written {
				return true
			}
			where := name + ": " + types.ExprString(arg)
			if conversion, ok := arg.(*ast.CallExpr); ok && types.ExprString(conversion.Fun) == "string" {
				return true // a status: its constants are in tables
			}
			if at := slices.Index(unknown, where); at >= 0 {
				unknown = slices.Delete(unknown, at, at+1)
			} else if !slices.Contains(computed, where) {
				t.Errorf("%s is translated, and where its texts are written is not known here: name the place in tables", where)
			}
			return true
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, gone := range unknown {
		t.Errorf("there is no %s any more", gone)
	}
}

// computed are the places where a text of one of the tables is translated.
var computed = []string{
	"app/email/email.go: text",
	"app/importing/encoding.go: kind.text",
	"app/log.go: w.words",
	"app/logwords.go: k.name",
	"app/mergefields.go: f.label",
	"app/money/currency.go: known.name",
	"app/profile.go: f.label",
	"app/profile.go: fieldOf(key).label",
	"app/settingnames.go: n.name",
	"views/client/deleting.go: many",
	"views/importing/work.go: f.Key()",
}

// tables are the places where texts stand that are translated elsewhere: a variable, a function or a type of constants, and at which place of each of its
// rows, or arguments, the text is.
var tables = []struct {
	file, of string
	at       int
}{
	{"app/billing/status.go", "InvoiceStatus", 0},
	{"app/email/email.go", "refuse", 0},
	{"app/importing/encoding.go", "refuseBinary", 1},
	{"app/importing/fields.go", "fields", 0},
	{"app/logwords.go", "acts", 1},
	{"app/logwords.go", "logKinds", 1},
	{"app/mergefields.go", "flag", 1},
	{"app/mergefields.go", "mergeables", 1},
	{"app/money/currencies.go", "active", 1},
	{"app/paymentmethod.go", "methodNames", 1},
	{"app/profile.go", "textFields", 3},
	{"app/settingnames.go", "settingNames", 1},
	{"data/client.go", "Status", 0},
	{"data/service.go", "ServiceStatus", 0},
	{"views/client/deleting.go", "put", 2},
}

// shownText is where a text is shown, and whether it counts something.
type shownText struct {
	file   string
	counts bool
}

// texts are the texts that the program's source and its pages hand over to be translated.
func texts(root string) (map[string]shownText, error) {
	found := map[string]shownText{}
	err := eachSource(root, func(name string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if arg, ok := textArgument(call); ok {
					if text, ok := literal(arg); ok {
						found[text] = shownText{name, called(call) == "N"}
					}
				}
			}
			return true
		})
		for _, table := range tables {
			if table.file == name {
				for _, text := range rows(file, table.of, table.at) {
					found[text] = shownText{name, table.of == "put"}
				}
			}
		}
	})
	if err != nil {
		return nil, err
	}
	return found, eachFile(root, ".html", func(name string, b []byte) error {
		for _, m := range inPage.FindAllSubmatch(b, -1) {
			text, err := strconv.Unquote(string(m[1]))
			if err != nil {
				return fmt.Errorf("%s: %s: %w", name, m[1], err)
			}
			found[text] = shownText{file: name}
		}
		return nil
	})
}

// inPage is a text in a page of the client area.
var inPage = regexp.MustCompile(`\.T ("(?:[^"\\]|\\.)*")`)

// eachSource reads the program's source, without its tests.
func eachSource(root string, do func(name string, file *ast.File)) error {
	return eachFile(root, ".go", func(name string, b []byte) error {
		if strings.HasSuffix(name, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, b, parser.SkipObjectResolution)
		if err == nil {
			do(name, file)
		}
		return err
	})
}

func eachFile(root, ending string, do func(name string, b []byte) error) error {
	return fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name == "build" || (strings.HasPrefix(name, ".") && name != ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || path.Ext(name) != ending:
			return nil
		}
		b, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			return err
		}
		return do(name, b)
	})
}

// textArgument is what a call of T, Text or N looks up: the first argument, or the plural of N. Others have methods of the name Text too, so that one
// counts only of the package and of what the client area calls p, words and s.words.
func textArgument(call *ast.CallExpr) (ast.Expr, bool) {
	f, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil, false
	}
	at, ok := map[string]int{"T": 0, "Text": 0, "N": 2}[f.Sel.Name]
	if !ok || len(call.Args) <= at {
		return nil, false
	}
	if f.Sel.Name == "Text" && !slices.Contains([]string{"i18n", "p", "words", "s.words"}, types.ExprString(f.X)) {
		return nil, false
	}
	return call.Args[at], true
}

// called is the name of the function or method of a call.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// rows are the texts of a table: those at one place in the rows of a variable or a function, in the calls of a function, or all constants of a type.
func rows(file *ast.File, of string, at int) (texts []string) {
	put := func(e ast.Expr) {
		if text, ok := literal(e); ok {
			texts = append(texts, text)
		}
	}
	inside := func(n ast.Node) {
		ast.Inspect(n, func(n ast.Node) bool {
			if row, ok := n.(*ast.CompositeLit); ok && len(row.Elts) > at {
				if _, list := row.Type.(*ast.ArrayType); !list {
					put(row.Elts[at])
				}
			}
			return true
		})
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ValueSpec:
			if kind, ok := n.Type.(*ast.Ident); ok && kind.Name == of {
				for _, v := range n.Values {
					put(v)
				}
			}
			if n.Names[0].Name == of {
				inside(n)
			}
		case *ast.FuncDecl:
			if n.Name.Name == of {
				inside(n)
			}
		case *ast.CallExpr:
			if called(n) == of && len(n.Args) > at {
				put(n.Args[at])
			}
		}
		return true
	})
	return texts
}

// literal is the value of a string that is written out, in one or several parts.
func literal(e ast.Expr) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind != token.STRING {
			return "", false
		}
		return constant.StringVal(constant.MakeFromLiteral(e.Value, token.STRING, 0)), true
	case *ast.ParenExpr:
		return literal(e.X)
	case *ast.BinaryExpr:
		left, ok := literal(e.X)
		right, also := literal(e.Y)
		return left + right, ok && also && e.Op == token.ADD
	}
	return "", false
}
