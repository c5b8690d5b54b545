package app

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"
)

// AP-4: after a lost connection everything is asked for anew. What is of this desktop alone is left out.
func TestTopicsAreWhole(t *testing.T) {
	here := []Topic{TopicOutbox, TopicBackups, TopicLine}
	file, err := parser.ParseFile(token.NewFileSet(), "events.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	ast.Inspect(file, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok || len(v.Values) != 1 {
			return true
		}
		if of, ok := v.Type.(*ast.Ident); !ok || of.Name != "Topic" {
			return true
		}
		name, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
		if err != nil {
			t.Fatal(err)
		}
		found++
		if topic := Topic(name); slices.Contains(topics, topic) == slices.Contains(here, topic) {
			t.Errorf("%q must be either in topics or of this desktop alone", name)
		}
		return true
	})
	if found < 15 {
		t.Errorf("only %d topics were found", found)
	}
}
