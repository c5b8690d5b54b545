package data

// Settings reads all settings by key.
func (tx *Tx) Settings() (map[string]string, error) {
	var rows []struct{ Key, Value string }
	if err := tx.db.Table("settings").Find(&rows).Error; err != nil {
		return nil, err
	}
	all := make(map[string]string, len(rows))
	for _, r := range rows {
		all[r.Key] = r.Value
	}
	return all, nil
}

// SetSetting stores one setting.
func (tx *Tx) SetSetting(key, value string) error {
	return tx.db.Exec("INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value).Error
}
