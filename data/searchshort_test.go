package data_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gorm.io/gorm"

	"clientele/data"
	"clientele/data/datatest"
)

// Goal 22 by its shape: on a server the trigram index finds words of one and two characters that few clients have, with hardly a text read in vain, in whichever script.
func TestShortWordsUseTheIndexOnAServer(t *testing.T) {
	const clients = 1000
	s := datatest.OpenWith(t, data.Options{URL: datatest.PostgresURL(t, "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"), Now: datatest.Clock})
	datatest.Fill(t, s, clients, sampled())
	rare := datatest.Client(clients + 1)
	rare.FirstName, rare.LastName, rare.Company, rare.City = "Xqvj", "麒麟", "Smøjqæ", "Ћжџ"
	first := datatest.Client(clients + 2)
	first.FirstName, first.LastName = "龘", "龗" // at the very beginning of the text
	datatest.Add(t, s, rare, first)
	for text, found := range map[string]int{
		"xq": 1, "qv": 1, "vj": 1, "ojq": 1, "jq": 1, "qa": 1, // beginning, middle and end, and beside a letter that has a stroke
		"麒": 1, "麟": 1, "麒麟": 1, "龘": 1, "龗": 1, "ћж": 1, "жџ": 1, "џ": 1, "ћ": 1,
		"vj麒": 0, "麒龘": 0, "鑫鱻": 0, "xq 麟": 1, "xq 龗": 0, "qv vj": 1,
	} {
		stop := listen(s)
		var got data.Found
		err := s.Read(ctx, func(tx *data.Tx) (err error) {
			got, err = tx.Search(text, 50)
			return err
		})
		statements := stop()
		if err != nil || len(got.Rows) != found || got.Total != found {
			t.Errorf("%q: %d of %d found, want %d (%v)", text, len(got.Rows), got.Total, found, err)
		}
		if len(statements) > 7 {
			t.Errorf("%q takes %d statements:\n%s", text, len(statements), strings.Join(statements, "\n"))
		}
		for _, sql := range statements {
			if !strings.Contains(sql, "FROM search_docs") {
				continue
			}
			if vain := readInVain(t, s, sql); vain > clients/20 {
				t.Errorf("%q reads %d of %d texts in vain:\n%s", text, vain, clients, sql)
			}
		}
	}
}

// A client that is changed is found by what is new in its text, however short the word.
func TestShortWordsFindWhatChanged(t *testing.T) {
	datatest.Each(t, func(t *testing.T, s *data.Store) {
		before := datatest.Add(t, s, datatest.Client(1))[0]
		after := before
		after.City = "大阪"
		if err := s.Write(ctx, func(tx *data.Tx) error { return tx.UpdateProfile(before, &after) }); err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{"大", "阪", "大阪"} {
			err := s.Read(ctx, func(tx *data.Tx) error {
				got, err := tx.Search(text, 50)
				if len(got.Rows) != 1 {
					t.Errorf("%q finds %d clients", text, len(got.Rows))
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}

// readInVain is how many rows a statement on a server reads that are not wanted, where the server looks into an index if there is any way.
func readInVain(t *testing.T, s *data.Store, sql string) (rows int) {
	t.Helper()
	var out string
	err := s.Reader().Transaction(func(tx *gorm.DB) error {
		if err := tx.Exec("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off").Error; err != nil {
			return err
		}
		return tx.Raw("EXPLAIN (ANALYZE, FORMAT JSON) " + strings.ReplaceAll(sql, "?", "??")).Scan(&out).Error
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}

	var plans []struct{ Plan map[string]any }
	if err := json.Unmarshal([]byte(out), &plans); err != nil || len(plans) != 1 {
		t.Fatalf("%s: %v", out, err)
	}
	var add func(step map[string]any)
	add = func(step map[string]any) {
		for _, what := range []string{"Rows Removed by Index Recheck", "Rows Removed by Filter"} {
			if n, ok := step[what].(float64); ok {
				rows += int(n)
			}
		}
		for _, below := range asList(step["Plans"]) {
			add(below)
		}
	}
	add(plans[0].Plan)
	return rows
}

func asList(v any) (steps []map[string]any) {
	list, _ := v.([]any)
	for _, x := range list {
		step, ok := x.(map[string]any)
		if !ok {
			panic(fmt.Sprintf("a step of a plan is a %T", x))
		}
		steps = append(steps, step)
	}
	return steps
}
