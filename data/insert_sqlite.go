package data

import (
	"database/sql"
	"database/sql/driver"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"
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
	if len(rows) == 0 {
		return nil
	}
	st := gorm.Statement{DB: db}
	if err := st.Parse(new(T)); err != nil {
		return err
	}
	if len(rows) == 1 {
		_, err := insertRow(db, st.Schema, reflect.ValueOf(rows).Index(0))
		return err
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

// insertNew adds one row to T's table, which gives it its number, and returns that.
func insertNew[T any](db *gorm.DB, row *T) (id int64, err error) {
	st := gorm.Statement{DB: db}
	if err := st.Parse(row); err != nil {
		return 0, err
	}
	return insertRow(db, st.Schema, reflect.ValueOf(row).Elem())
}

// insertRow adds one row, for which parameters are cheaper. Where the number is 0 the table gives it.
func insertRow(db *gorm.DB, s *schema.Schema, row reflect.Value) (id int64, err error) {
	names, values := make([]string, 0, len(s.Fields)), make([]any, 0, len(s.Fields))
	for _, f := range s.Fields {
		v, zero := f.ValueOf(db.Statement.Context, row)
		if f.AutoIncrement && zero {
			continue
		}
		names, values = append(names, f.DBName), append(values, v)
	}
	r, err := run(db, "INSERT INTO "+s.Table+" ("+strings.Join(names, ", ")+") VALUES ("+strings.TrimSuffix(strings.Repeat("?, ", len(names)), ", ")+")", values...)
	if err != nil {
		return 0, err
	}
	return r.LastInsertId()
}

// run has the driver execute a statement that is written as SQLite wants it, without GORM building it from its parts. It is what the
// acts that people wait for consist of.
func run(db *gorm.DB, statement string, args ...any) (r sql.Result, err error) {
	r, err = db.Statement.ConnPool.ExecContext(db.Statement.Context, statement, args...)
	var rows int64
	if err == nil {
		rows, err = r.RowsAffected()
	} else if t, ok := db.Dialector.(gorm.ErrorTranslator); ok {
		err = t.Translate(err)
	}
	db.Logger.Trace(db.Statement.Context, time.Time{}, func() (string, int64) { return db.Explain(statement, args...), rows }, err)
	return r, err
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
		form := "row->>'$[%d][%d]'"
		if f.FieldType == bytesType {
			form = "unhex(" + form + ")"
		}
		fmt.Fprintf(&values, form, i/shelf, i%shelf)
	}
	return "WITH r AS MATERIALIZED (SELECT value AS row FROM jsonb_each(?)) INSERT INTO " + s.Table + " (" + names.String() + ") SELECT " + values.String() + " FROM r"
}

// bytesType is a column of bytes, which JSON has no form for: they travel as hexadecimal digits.
var bytesType = reflect.TypeFor[[]byte]()

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
	case int:
		return strconv.AppendInt(b, int64(v), 10), nil
	case int64:
		return strconv.AppendInt(b, v, 10), nil
	case bool:
		return strconv.AppendBool(b, v), nil
	case []byte:
		if v == nil {
			return append(b, "null"...), nil
		}
		return append(hex.AppendEncode(append(b, '"'), v), '"'), nil
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
