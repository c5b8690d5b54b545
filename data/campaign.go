package data

import (
	"slices"
	"strings"
)

// CampaignState is where a mail to many clients stands.
type CampaignState string

// The states. A paused one goes on where it was; a stopped one does not.
const (
	CampaignRunning CampaignState = "running"
	CampaignPaused  CampaignState = "paused"
	CampaignDone    CampaignState = "done"
	CampaignStopped CampaignState = "stopped"
)

// Campaign is a mail to many clients.
type Campaign struct {
	ID         int64
	Kind       string // of its template, or of a new message
	Category   string
	Subject    string
	Body       string
	Filter     string // JSON of whom it goes to
	Agreed     bool   // to those alone who agreed to marketing
	State      CampaignState
	LastClient int64 // clients up to this one are done
	Total      int64 // how many clients it was for when it began
	Queued     int64 // mails in the outbox or gone
	Skipped    int64 // clients who do not want it
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	Who        string
}

// TableName tells GORM the table.
func (Campaign) TableName() string { return "campaigns" }

// AddCampaign stores a new one.
func (tx *Tx) AddCampaign(c *Campaign) error {
	c.CreatedAt = millis(tx.now)
	return tx.db.Create(c).Error
}

// CampaignToChange reads one and keeps others from changing it until the transaction ends.
func (tx *Tx) CampaignToChange(id int64) (Campaign, error) {
	var c Campaign
	err := translate(tx.db.Clauses(toChange).Take(&c, "id = ?", id).Error)
	return c, err
}

// UpdateCampaign writes how far one is.
func (tx *Tx) UpdateCampaign(c Campaign) error {
	return one(tx.db.Model(&Campaign{}).Where("id = ?", c.ID).Updates(map[string]any{
		"state": c.State, "last_client": c.LastClient, "queued": c.Queued, "skipped": c.Skipped,
	}))
}

// Campaigns lists up to n of them, newest first. Whom they go to is not read.
func (tx *Tx) Campaigns(n int) ([]Campaign, error) {
	var all []Campaign
	err := tx.db.Omit("filter", "body").Order("id DESC").Limit(n).Find(&all).Error
	return all, err
}

// RunningCampaigns lists the numbers of those that are to go on, oldest first.
func (tx *Tx) RunningCampaigns() ([]int64, error) {
	var ids []int64
	err := tx.db.Model(&Campaign{}).Where("state = ?", CampaignRunning).Order("id").Pluck("id", &ids).Error
	return ids, err
}

// CampaignWaiting tells how many mails of one wait for their first try.
func (tx *Tx) CampaignWaiting(id int64) (n int64, err error) {
	err = tx.db.Model(&Mail{}).Where("campaign_id = ? AND state = ? AND attempts = 0", id, MailQueued).Count(&n).Error
	return n, err
}

// CampaignMails tells how many mails of one are in each state.
func (tx *Tx) CampaignMails(id int64) (map[MailState]int64, error) {
	var rows []struct {
		State MailState
		N     int64
	}
	err := tx.db.Model(&Mail{}).Select("state, count(*) AS n").Where("campaign_id = ?", id).Group("state").Scan(&rows).Error
	counts := make(map[MailState]int64, len(rows))
	for _, r := range rows {
		counts[r.State] = r.N
	}
	return counts, err
}

// ClientsAfter reads up to n clients of a filter whose numbers come after one, in the order of their numbers. There are fewer only where no others come after.
func (tx *Tx) ClientsAfter(f ClientFilter, after int64, n int) ([]Client, error) {
	if len(f.IDs) == 0 {
		return tx.clientsAfter(f, after, n)
	}
	ids := slices.DeleteFunc(slices.Clone(f.IDs), func(id int64) bool { return id <= after })
	slices.Sort(ids)
	ids = slices.Compact(ids)
	var all []Client
	for len(ids) > 0 && len(all) < n { // those chosen one by one may be more than a statement can name, and some may be gone
		f.IDs = ids[:min(n-len(all), len(ids))]
		ids = ids[len(f.IDs):]
		some, err := tx.clientsAfter(f, after, n)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

func (tx *Tx) clientsAfter(f ClientFilter, after int64, n int) ([]Client, error) {
	where, args := f.where()
	var all []Client
	err := tx.db.Where(strings.Join(append(where, "id > ?"), " AND "), append(args, after)...).Order("id").Limit(n).Find(&all).Error
	return all, err
}

// CountAgreed tells how many clients of a filter agreed to marketing.
func (tx *Tx) CountAgreed(f ClientFilter) (n int64, err error) {
	f.IDs = nil
	where, args := f.where()
	err = tx.db.Model(&Client{}).Where(strings.Join(append(where, "marketing_opt_in"), " AND "), args...).Count(&n).Error
	return n, err
}
