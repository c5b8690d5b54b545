package date

import (
	"database/sql/driver"
	"fmt"
	"math"
)

// Value stores the date as its days since 1970-01-01, no date as NULL. Days sort and subtract in SQL of
// either engine, and no driver can add a zone to them.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil
	}
	return int64(d.Days()), nil
}

// Scan reads what Value stored.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case int64:
		if v < math.MinInt32 || v > math.MaxInt32 {
			return fmt.Errorf("date: %d days is no date", v)
		}
		got, err := FromDays(int(v))
		if err != nil {
			return fmt.Errorf("date: %d days is no date", v)
		}
		*d = got
		return nil
	}
	return fmt.Errorf("date: cannot read a date from %T", src)
}

// MarshalText writes the date as ISO 8601 has it, no date as the empty text.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = Date{}
		return nil
	}
	got, err := Parse(string(text))
	if err != nil {
		return err
	}
	*d = got
	return nil
}
