package data

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/schema"
)

// rowset is how many rows go into one statement of insertRows.
const rowset = 500

// insertRows adds rows to T's table, each with its number. The rows travel as one JSON parameter: the driver compiles a statement
// anew each time it is run, and binds parameters in time that grows with the square of their count, so a parameter a value
// costs more than all of the engine's work on the row. Text that is no UTF-8 gets U+FFFD in place of what cannot be read.
func insertRows[T any](db *gorm.DB, rows []T) error {
	st := gorm.Statement{DB: db}
	if err := st.Parse(new(T)); err != nil {
		return err
	}
	if len(rows) == 1 {
		return insertRow(db, st.Schema, reflect.ValueOf(rows).Index(0))
	}
	for len(rows) > 0 {
		n := min(rowset, len(rows))
		values, err := jsonRows(db, st.Schema, reflect.ValueOf(rows[:n]))
		if err != nil {
			return err
		}
		if err := db.Exec(insertStatement(st.Schema), values).Error; err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// insertRow adds one row, for which parameters are cheaper.
func insertRow(db *gorm.DB, s *schema.Schema, row reflect.Value) error {
	names, values := make([]string, len(s.Fields)), make([]any, len(s.Fields))
	for i, f := range s.Fields {
		names[i] = f.DBName
		values[i], _ = f.ValueOf(db.Statement.Context, row)
	}
	return db.Exec("INSERT INTO "+s.Table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")+")", values...).Error
}

// shelf is how many values lie together in the JSON of a row. The engine finds a value by walking past those before it, first over
// shelves and then on one.
const shelf = 7

// insertStatement takes the values of a row from where jsonRows put them. MATERIALIZED keeps the engine from making the row's JSON anew
// for each value.
func insertStatement(s *schema.Schema) string {
	var names, values strings.Builder
	for i, f := range s.Fields {
		if i > 0 {
			names.WriteString(", ")
			values.WriteString(", ")
		}
		names.WriteString(f.DBName)
		fmt.Fprintf(&values, "row->>'$[%d][%d]'", i/shelf, i%shelf)
	}
	return "WITH r AS MATERIALIZED (SELECT value AS row FROM jsonb_each(?)) INSERT INTO " + s.Table + " (" + names.String() + ") SELECT " + values.String() + " FROM r"
}

// jsonRows writes rows as an array of rows of shelves of values.
func jsonRows(db *gorm.DB, s *schema.Schema, rows reflect.Value) (string, error) {
	b := make([]byte, 0, rows.Len()*len(s.Fields)*12)
	for i := range rows.Len() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for j, f := range s.Fields {
			switch {
			case j == 0:
				b = append(b, '[')
			case j%shelf == 0:
				b = append(b, "],["...)
			default:
				b = append(b, ',')
			}
			v, _ := f.ValueOf(db.Statement.Context, rows.Index(i))
			var err error
			if b, err = appendJSON(b, v); err != nil {
				return "", fmt.Errorf("%s.%s: %w", s.Table, f.DBName, err)
			}
		}
		b = append(b, "]]"...)
	}
	return "[" + string(b) + "]", nil
}

// appendJSON writes a column's value.
func appendJSON(b []byte, v any) ([]byte, error) {
	switch v := v.(type) {
	case string:
		return appendText(b, v)
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case driver.Valuer:
		stored, err := v.Value()
		if err != nil {
			return nil, err
		}
		return appendJSON(b, stored)
	case nil:
		return append(b, "null"...), nil
	}
	switch r := reflect.ValueOf(v); r.Kind() {
	case reflect.String:
		return appendText(b, r.String())
	case reflect.Pointer:
		if r.IsNil() {
			return append(b, "null"...), nil
		}
		return appendJSON(b, r.Elem().Interface())
	}
	return nil, fmt.Errorf("%T cannot be stored in this way", v)
}

// appendText quotes text. Nearly all of it needs nothing but the quotes.
func appendText(b []byte, s string) ([]byte, error) {
	plain := utf8.ValidString(s)
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] >= ' ' && s[i] != '"' && s[i] != '\\'
	}
	if plain {
		return append(append(append(b, '"'), s...), '"'), nil
	}
	quoted, err := json.Marshal(s)
	return append(b, quoted...), err
}
