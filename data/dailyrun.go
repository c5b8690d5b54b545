package data

import (
	"clientele/app/date"
)

// RunState is how a daily run went.
type RunState string

// The states. One that is running in the table without any program holding the lease was ended in the middle.
const (
	RunRunning RunState = "running"
	RunDone    RunState = "done"
	RunStopped RunState = "stopped"
	RunFailed  RunState = "failed"
	RunBroken  RunState = "broken off"
)

// DailyRun is one run of the daily work.
type DailyRun struct {
	ID        int64
	Day       date.Date // the day that it was for
	StartedAt int64
	EndedAt   *int64
	Who       string
	Cause     string // what started it
	State     RunState
	Done      int64  // lines of what was done
	Skipped   int64  // lines of what was not
	Words     string // what else there is to say, such as where the backup lies
}

// TableName tells GORM the table.
func (DailyRun) TableName() string { return "daily_runs" }

// DailyLine is one thing that a run did, or did not do.
type DailyLine struct {
	RunID     int64 `gorm:"primaryKey;autoIncrement:false"`
	N         int64 `gorm:"primaryKey;autoIncrement:false"` // from 1
	Kind      string
	Outcome   string
	ClientID  int64
	InvoiceID int64 // or 0
	Currency  string
	Amount    int64
	Reason    string
	Days      int64 // what the reason counts
}

// TableName tells GORM the table.
func (DailyLine) TableName() string { return "daily_lines" }

// BeginRun notes that a run began. Earlier ones that never ended were broken off, since only one runs at a time.
func (tx *Tx) BeginRun(r *DailyRun) error {
	if err := tx.db.Exec("UPDATE daily_runs SET state = ?, ended_at = started_at WHERE ended_at IS NULL", RunBroken).Error; err != nil {
		return err
	}
	r.StartedAt, r.State = millis(tx.now), RunRunning
	return tx.db.Create(r).Error
}

// AddRunLines notes what a run did, and counts it.
func (tx *Tx) AddRunLines(run int64, lines []DailyLine, done, skipped int64) error {
	if len(lines) > 0 {
		if err := tx.engine.insertDailyLines(tx.db, lines); err != nil {
			return err
		}
	}
	return tx.db.Exec("UPDATE daily_runs SET done = done + ?, skipped = skipped + ? WHERE id = ?", done, skipped, run).Error
}

// EndRun notes how a run went.
func (tx *Tx) EndRun(run int64, s RunState, words string) error {
	return one(tx.db.Exec("UPDATE daily_runs SET state = ?, words = ?, ended_at = ? WHERE id = ?", s, words, millis(tx.now), run))
}

// ForgetRuns removes the lines of runs that began before an instant; that they took place stays known.
func (tx *Tx) ForgetRuns(before int64) error {
	return tx.db.Exec("DELETE FROM daily_lines WHERE run_id IN (SELECT id FROM daily_runs WHERE started_at < ?)", before).Error
}

// DailyRuns lists up to n runs older than the one with the number before, or the newest where it is 0, newest first.
func (tx *Tx) DailyRuns(before int64, n int) ([]DailyRun, error) {
	db := tx.db.Order("id DESC").Limit(n)
	if before != 0 {
		db = db.Where("id < ?", before)
	}
	var all []DailyRun
	return all, db.Find(&all).Error
}

// DailyRun reads one run.
func (tx *Tx) DailyRun(id int64) (DailyRun, error) {
	var r DailyRun
	err := translate(tx.db.Take(&r, "id = ?", id).Error)
	return r, err
}

// ReportLine is a line of a run with what its client and invoice are called now; empty where they are gone.
type ReportLine struct {
	DailyLine
	ClientName string
	Number     string
}

// RunLines lists up to n lines of a run after the one with the number after. Where skipped is set it lists those alone that were not done.
func (tx *Tx) RunLines(run, after int64, skipped bool, n int) ([]ReportLine, error) {
	where := ""
	if skipped {
		where = " AND l.outcome <> 'done'"
	}
	return scan(tx.db.Raw(`SELECT l.n, l.kind, l.outcome, l.client_id, l.invoice_id, l.currency, l.amount, l.reason, l.days,
		coalesce((SELECT CASE WHEN c.company <> '' THEN c.company ELSE c.first_name || ' ' || c.last_name END FROM clients c WHERE c.id = l.client_id), ''),
		coalesce((SELECT i.number FROM invoices i WHERE i.id = l.invoice_id), '')
		FROM daily_lines l WHERE l.run_id = ? AND l.n > ?`+where+` ORDER BY l.n LIMIT ?`, run, after, n), func(r *ReportLine) []any {
		l := &r.DailyLine
		return []any{&l.N, &l.Kind, &l.Outcome, &l.ClientID, &l.InvoiceID, &l.Currency, &l.Amount, &l.Reason, &l.Days, &r.ClientName, &r.Number}
	})
}

// RunSum is how many lines of a kind and an outcome a run has, and what they come to in a currency.
type RunSum struct {
	Kind     string
	Outcome  string
	Currency string
	N        int64
	Amount   int64
}

// RunSums adds up the lines of a run.
func (tx *Tx) RunSums(run int64) ([]RunSum, error) {
	return scan(tx.db.Raw(`SELECT kind, outcome, currency, count(*), CAST(sum(amount) AS BIGINT) FROM daily_lines WHERE run_id = ? GROUP BY kind, outcome, currency
		ORDER BY kind, outcome, currency`, run), func(s *RunSum) []any { return []any{&s.Kind, &s.Outcome, &s.Currency, &s.N, &s.Amount} })
}
