package app

import (
	"encoding/json"
	"strconv"
	"strings"
)

// movedTo has what the journal holds of a client, as JSON, belong to another one.
func movedTo(content string, from, to int64) (string, error) {
	if content == "" {
		return "", nil
	}
	d := json.NewDecoder(strings.NewReader(content))
	d.UseNumber() // amounts are whole numbers of any size
	var v any
	if err := d.Decode(&v); err != nil {
		return "", err
	}
	b, err := json.Marshal(renumbered(v, json.Number(strconv.FormatInt(from, 10)), json.Number(strconv.FormatInt(to, 10))))
	return string(b), err
}

func renumbered(v any, from, to json.Number) any {
	switch v := v.(type) {
	case map[string]any:
		for key, value := range v {
			if key == "ClientID" && value == from {
				v[key] = to
				continue
			}
			v[key] = renumbered(value, from, to)
		}
	case []any:
		for i := range v {
			v[i] = renumbered(v[i], from, to)
		}
	}
	return v
}
