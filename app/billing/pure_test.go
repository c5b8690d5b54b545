package billing

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// CR-2, IN-3: amounts are integers from end to end, and the rules know of nothing but values: no binary fraction, no clock,
// no storage.
func TestPure(t *testing.T) {
	values := []string{"clientele/app/money", "clientele/app/date", "clientele/app/i18n", "clientele/app/fold"}
	without := []string{"time", "os", "context", "math/rand", "math/rand/v2"}
	files, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		checked++
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, f.Name(), nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			path, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			ours := strings.HasPrefix(path, "clientele/")
			if ours && !slices.Contains(values, path) || strings.Contains(path, ".") || slices.Contains(without, path) || path == "math" {
				t.Errorf("%s imports %s", f.Name(), path)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				if strings.Contains(strings.ToLower(n.Name), "float") {
					t.Errorf("%s: %s", set.Position(n.Pos()), n.Name)
				}
			case *ast.BasicLit:
				if n.Kind == token.FLOAT {
					t.Errorf("%s: %s", set.Position(n.Pos()), n.Value)
				}
			}
			return true
		})
	}
	if checked < 10 {
		t.Errorf("only %d files were looked at", checked)
	}
}
