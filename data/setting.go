package data

// Settings reads all settings by key.
func (tx *Tx) Settings() (map[string]string, error) {
	type setting struct{ key, value string }
	rows, err := scan(tx.db.Raw("SELECT key, value FROM settings"), func(s *setting) []any { return []any{&s.key, &s.value} })
	if err != nil {
		return nil, err
	}
	all := make(map[string]string, len(rows))
	for _, r := range rows {
		all[r.key] = r.value
	}
	return all, nil
}

// SetSetting stores one setting.
func (tx *Tx) SetSetting(key, value string) error {
	return tx.db.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value).Error
}
