package data

// Settings reads all settings by key, but for the long ones.
func (tx *Tx) Settings() (map[string]string, error) {
	type setting struct{ key, value string }
	rows, err := scan(tx.db.Raw("SELECT key, value FROM settings WHERE key NOT LIKE 'long.%'"), func(s *setting) []any { return []any{&s.key, &s.value} })
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(rows))
	for _, r := range rows {
		all[r.key] = r.value
	}
	return all, nil
}

// LongSetting reads a setting that is too long to be read with all others, such as a picture; empty where there is none.
func (tx *Tx) LongSetting(key string) (string, error) {
	var values []string
	err := tx.db.Raw("SELECT value FROM settings WHERE key = ?", "long."+key).Scan(&values).Error
	if err != nil || len(values) == 0 {
		return "", err
	}
	return values[0], nil
}

// SetLongSetting stores one of those; empty removes it.
func (tx *Tx) SetLongSetting(key, value string) error {
	if value == "" {
		return tx.db.Exec("DELETE FROM settings WHERE key = ?", "long."+key).Error
	}
	return tx.SetSetting("long."+key, value)
}

// SetSetting stores one setting.
func (tx *Tx) SetSetting(key, value string) error {
	return tx.db.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value).Error
}
