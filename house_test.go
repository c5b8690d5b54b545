package main_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// room is a part of the program with one idea, and what it may know.
type room struct {
	name string
	// in says whether a package, named from the module's root, belongs to the room. The first room that says
	// yes is taken.
	in func(pkg string) bool
	// knows names the rooms whose packages may be imported, besides its own.
	knows []string
	// never names packages of others, with all below them, that must not be imported.
	never []string
	// neverReaches is like never, but over all steps of the way.
	neverReaches []string
}

var (
	windows  = []string{"fyne.io/fyne/v2", "fyne.io/systray"}
	database = []string{"database/sql", "gorm.io", "github.com/glebarez", "modernc.org/sqlite", "github.com/jackc"}
	smtp     = []string{"net/smtp", "github.com/wneessen/go-mail"}
	web      = []string{"net/http"}
)

// house is the plan of docs/development.md. The linter holds the same directions with a sentence for each; this
// test holds them where the linter is not run, and over all steps of the way.
var house = []room{
	{
		name:  "app's services",
		in:    oneOf("app", "app/importing", "app/exporting", "app/sample"),
		knows: []string{"values", "documents", "data", "assets"},
		never: slices.Concat(windows, database, smtp, web),
		// data knows the database and the services know data, so that is out of reach only directly.
		neverReaches: windows,
	},
	{
		// Tests alone use it.
		name:         "the application under test",
		in:           under("app/apptest"),
		knows:        []string{"app's services", "values", "data", "mail"},
		neverReaches: windows,
	},
	{
		// What is printed: it is handed plain values and knows nothing of where they are kept.
		name:         "documents",
		in:           under("app/document"),
		knows:        []string{"values", "assets"},
		neverReaches: slices.Concat(windows, database, smtp, web),
	},
	{
		name:         "values",
		in:           under("app"),
		knows:        []string{"assets"},
		neverReaches: slices.Concat(windows, database, smtp, web),
	},
	{
		name:         "data",
		in:           under("data"),
		knows:        []string{"values"},
		neverReaches: slices.Concat(windows, smtp),
	},
	{
		name:  "mail",
		in:    under("mail"),
		knows: []string{"app's services", "values", "assets"},
		never: slices.Concat(windows, database, web),
	},
	{
		name:         "theme",
		in:           under("views/theme"),
		knows:        []string{"values", "assets"},
		neverReaches: slices.Concat(database, smtp),
	},
	{
		// The two ways off the window's goroutine.
		name:         "tasks",
		in:           under("views/task"),
		knows:        []string{"values"},
		neverReaches: slices.Concat(database, smtp),
	},
	{
		name:         "kit",
		in:           under("views/kit"),
		knows:        []string{"values", "tasks", "theme", "assets"},
		neverReaches: slices.Concat(database, smtp),
	},
	{
		// The clients' web pages: they run on servers too, where there are no windows.
		name:         "client area",
		in:           under("views/clientarea"),
		knows:        []string{"app's services", "values", "data", "assets"},
		never:        slices.Concat(database, smtp),
		neverReaches: windows,
	},
	{
		name:  "views",
		in:    under("views"),
		knows: []string{"app's services", "values", "data", "client area", "kit", "tasks", "theme", "assets"},
		// The toolkit's dialogs cannot be left by Escape, and menus start things behind them; see desk.OpenFile.
		never: slices.Concat(database, smtp, []string{"fyne.io/fyne/v2/dialog"}),
	},
	{
		// Pictures are handed out as the toolkit's own resources; values cannot use those, as they reach no windows. The user guide lies in docs, where it
		// can be read without the program.
		name:         "assets",
		in:           func(pkg string) bool { return under("assets")(pkg) || pkg == "docs" },
		neverReaches: slices.Concat(database, smtp),
	},
	{
		// The owner of the process, and what measures, tests and packs it from outside.
		name:  "outside",
		in:    func(pkg string) bool { return pkg == "" || oneOf("bench", "e2e", "packaging")(first(pkg)) },
		knows: []string{"app's services", "values", "data", "mail", "views", "client area", "kit", "tasks", "theme", "assets"},
	},
}

func oneOf(names ...string) func(string) bool {
	return func(pkg string) bool { return slices.Contains(names, pkg) }
}

func under(folder string) func(string) bool {
	return func(pkg string) bool { return pkg == folder || strings.HasPrefix(pkg, folder+"/") }
}

func first(pkg string) string {
	name, _, _ := strings.Cut(pkg, "/")
	return name
}

func roomOf(pkg string) *room {
	for i := range house {
		if house[i].in(pkg) {
			return &house[i]
		}
	}
	return nil
}

// TestDirections holds who may import whom.
func TestDirections(t *testing.T) {
	packages := listPackages(t)
	for _, p := range packages {
		for _, problem := range problemsOf(p) {
			t.Error(problem)
		}
	}
	if len(packages) < 5 {
		t.Errorf("go list named only %d packages of ours", len(packages))
	}
}

// TestDirectionsCanFail shows the test above something to refuse of each kind.
func TestDirectionsCanFail(t *testing.T) {
	for _, p := range []listed{
		{ImportPath: "clientele/app", Imports: []string{"clientele/views"}},
		{ImportPath: "clientele/app", Imports: []string{"gorm.io/gorm"}},
		{ImportPath: "clientele/app", Imports: []string{"net/http"}},
		{ImportPath: "clientele/app/money", Imports: []string{"clientele/app"}},
		{ImportPath: "clientele/app/money", Imports: []string{"clientele/app/document"}},
		{ImportPath: "clientele/app/document", Imports: []string{"clientele/data"}},
		{ImportPath: "clientele/app/money", Deps: []string{"database/sql"}},
		{ImportPath: "clientele/app/billing", Imports: []string{"clientele/data"}},
		{ImportPath: "clientele/data", Imports: []string{"clientele/app"}},
		{ImportPath: "clientele/mail/mailtest", Imports: []string{"clientele/data"}},
		{ImportPath: "clientele/views/clients", Imports: []string{"database/sql"}},
		{ImportPath: "clientele/views/clients", Imports: []string{"clientele/mail"}},
		{ImportPath: "clientele/views/clients", Imports: []string{"fyne.io/fyne/v2/dialog"}},
		{ImportPath: "clientele/views/kit", Imports: []string{"clientele/data"}},
		{ImportPath: "clientele/views/clientarea", Imports: []string{"clientele/views/kit"}},
		{ImportPath: "clientele/views/clientarea", Imports: []string{"gorm.io/gorm"}},
		{ImportPath: "clientele/views/clientarea", Deps: []string{"fyne.io/fyne/v2"}},
		{ImportPath: "clientele/app", Imports: []string{"clientele/views/clientarea"}},
		{ImportPath: "clientele/utils"},
	} {
		if len(problemsOf(p)) == 0 {
			t.Errorf("%+v was allowed", p)
		}
	}
}

// listed is what `go list -json` says of a package.
type listed struct {
	ImportPath string
	Imports    []string // direct
	Deps       []string // over all steps
}

const module = "clientele"

func problemsOf(p listed) (problems []string) {
	name, _ := own(p.ImportPath)
	from := roomOf(name)
	if from == nil {
		return []string{p.ImportPath + " belongs to no room of the house; see docs/development.md"}
	}
	for _, imported := range p.Imports {
		if target, ours := own(imported); ours {
			if to := roomOf(target); to != nil && to != from && !slices.Contains(from.knows, to.name) {
				problems = append(problems, p.ImportPath+" imports "+imported+", but "+from.name+" may not know "+to.name)
			}
		}
		if matches(imported, from.never) {
			problems = append(problems, p.ImportPath+" imports "+imported+", which "+from.name+" may not")
		}
	}
	for _, reached := range p.Deps {
		if matches(reached, from.neverReaches) {
			problems = append(problems, p.ImportPath+" reaches "+reached+", which "+from.name+" may not")
		}
	}
	return problems
}

// own returns the name of a package of ours from the module's root.
func own(path string) (name string, ours bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// matches says whether path is one of the folders or below one. database/sql/driver is let through: it is the
// few interfaces by which a value says how it is stored.
func matches(path string, folders []string) bool {
	return path != "database/sql/driver" && slices.ContainsFunc(folders, func(folder string) bool { return under(folder)(path) })
}

func listPackages(t *testing.T) []listed {
	t.Helper()
	decoder := json.NewDecoder(strings.NewReader(goCommand(t, "list", "-tags", "ci,migrated_fynedo",
		"-json=ImportPath,Imports,Deps", "./...")))
	var packages []listed
	for {
		var p listed
		err := decoder.Decode(&p)
		if errors.Is(err, io.EOF) {
			return packages
		}
		if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}

// TestEngineLibrary: SQLite's Go translation works only with the very libc that it was made with, and go.mod
// could name another without any complaint from the compiler.
func TestEngineLibrary(t *testing.T) {
	type version struct{ Path, Version string }
	var required struct{ Require []version }
	engine := strings.TrimSpace(goCommand(t, "list", "-m", "-f", "{{.GoMod}}", "modernc.org/sqlite"))
	if engine == "" {
		t.Fatal("go list does not name the go.mod of modernc.org/sqlite")
	}
	if err := json.Unmarshal([]byte(goCommand(t, "mod", "edit", "-json", engine)), &required); err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(required.Require, func(v version) bool { return v.Path == "modernc.org/libc" })
	if at < 0 {
		t.Fatal("modernc.org/sqlite requires no modernc.org/libc; has its layout changed?")
	}
	want := required.Require[at].Version
	if got := strings.TrimSpace(goCommand(t, "list", "-m", "-f", "{{.Version}}", "modernc.org/libc")); got != want {
		t.Errorf("modernc.org/libc is %s, but modernc.org/sqlite was made with %s: go get modernc.org/libc@%s", got, want, want)
	}
}

func goCommand(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	var problems strings.Builder
	cmd.Stderr = &problems
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, problems.String())
	}
	return string(out)
}

// AP-4: what deletes, merges or reveals asks first whether the admin at this desktop may.
func TestPermissionContract(t *testing.T) {
	files, err := filepath.Glob("app/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	asked := 0
	for _, path := range files {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || !guardedName.MatchString(f.Name.Name) || strings.HasSuffix(f.Name.Name, "Preview") {
				continue
			}
			if asks(f.Body) {
				asked++
			} else {
				t.Errorf("%s: %s does not begin with a question for permission: s.may(Deleting) or s.may(Revealing); see app/seat.go", path, f.Name.Name)
			}
		}
	}
	if asked < 10 {
		t.Errorf("only %d methods ask: the test looks for the wrong ones", asked)
	}
}

var guardedName = regexp.MustCompile(`^(Delete|Merge|Reveal)([A-Z]|$)`)

func asks(body *ast.BlockStmt) (asks bool) {
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && s.Sel.Name == "may" {
				asks = true
			}
		}
		return !asks
	})
	return asks
}
