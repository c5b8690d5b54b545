package data

// Guard counts the wrong tries at something that a secret guards. It outlives the program.
type Guard struct {
	Name     string `gorm:"primaryKey"`
	Failures int64  // since the last right one
	Since    int64  // of the newest wrong one, in milliseconds
	Wait     int64  // how long none is taken after it, in milliseconds
}

// TableName tells GORM the table.
func (Guard) TableName() string { return "guards" }

// Guard reads a guard; one that was never tried has no failures.
func (tx *Tx) Guard(name string) (Guard, error) {
	var gs []Guard
	err := tx.db.Where("name = ?", name).Find(&gs).Error
	if err != nil || len(gs) == 0 {
		return Guard{Name: name}, err
	}
	return gs[0], nil
}

// GuardToChange is Guard, and keeps others from trying until the transaction ends: of two tries at once, the second one counts the first.
func (tx *Tx) GuardToChange(name string) (Guard, error) {
	if err := tx.db.Exec("INSERT INTO guards (name, failures, since, wait) VALUES (?, 0, 0, 0) ON CONFLICT DO NOTHING", name).Error; err != nil {
		return Guard{}, err
	}
	var g Guard
	err := translate(tx.db.Clauses(toChange).Take(&g, "name = ?", name).Error)
	return g, err
}

// SetGuard writes a guard that GuardToChange read.
func (tx *Tx) SetGuard(g Guard) error {
	return one(tx.db.Model(&Guard{}).Where("name = ?", g.Name).Updates(map[string]any{"failures": g.Failures, "since": g.Since, "wait": g.Wait}))
}
