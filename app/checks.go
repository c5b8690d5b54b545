package app

import (
	"context"

	"clientele/app/i18n"
	"clientele/data"
)

// Checks compare what is stored with itself: the file, the ledgers, the search index, the activity log, the contents of files.
type Checks struct{ core }

// Check is one comparison and what it found.
type Check struct {
	Name  string   // what was compared
	Found []string // what differs; none means all is well
}

// CheckReport is what all comparisons found.
type CheckReport struct {
	Engine  string
	Clients int64
	Lines   int64 // of the activity log
	Files   int64 // whose contents were compared, those that go with mails among them
	Checks  []Check
}

// Sound tells whether nothing was found.
func (r CheckReport) Sound() bool {
	for _, c := range r.Checks {
		if len(c.Found) > 0 {
			return false
		}
	}
	return true
}

// Run makes every comparison.
func (s *Checks) Run(ctx context.Context, p Progress) (CheckReport, error) {
	r := CheckReport{Engine: s.store.Engine()}
	add := func(name string, found []string) { r.Checks = append(r.Checks, Check{name, found}) }

	p.Step(i18n.T("File and references"))
	found, err := s.store.Integrity(ctx, false)
	if err != nil {
		return r, known(err)
	}
	add(i18n.T("File and references"), found)

	p.Step(i18n.T("Search index"))
	index, err := s.store.CheckSearchIndex(ctx)
	if err != nil {
		return r, known(err)
	}
	err = s.store.LongSnapshot(ctx, func(tx *data.Tx) error {
		total, _, err := tx.CountClients(data.ClientFilter{})
		if err != nil {
			return err
		}
		p.SetTotal(total)
		texts, n, err := tx.CheckSearch(func(n int) { p.Add(int64(n)) })
		if err != nil {
			return err
		}
		r.Clients = n
		add(i18n.T("Search index"), append(index, texts...))

		p.Step(i18n.T("Ledgers and counts"))
		counts, err := tx.CheckCounts()
		if err != nil {
			return err
		}
		money, err := tx.CheckMoney()
		if err != nil {
			return err
		}
		add(i18n.T("Ledgers and counts"), append(counts, money...))

		p.Step(i18n.T("Cards"))
		cards, err := tx.CheckCards()
		if err != nil {
			return err
		}
		add(i18n.T("Cards"), cards)

		p.Step(i18n.T("Activity log"))
		log, err := s.checkLog(tx)
		if err != nil {
			return err
		}
		r.Lines = log.Lines
		var wrong []string
		for _, words := range []string{log.Broken, log.Gap} {
			if words != "" {
				wrong = append(wrong, words)
			}
		}
		add(i18n.T("Activity log"), wrong)

		p.Step(i18n.T("Files"))
		n, err = tx.CountContents()
		if err != nil {
			return err
		}
		p.SetTotal(n)
		files, err := tx.CheckFiles(func(n int) { p.Add(int64(n)) })
		if err != nil {
			return err
		}
		r.Files = files.Contents
		add(i18n.T("Files"), files.Wrong)
		return nil
	})
	return r, known(err)
}

// Quick looks the file over as the program starts. Where it is damaged, the data can be read from then on but not changed, and the words say so.
func (s *Checks) Quick(ctx context.Context) (words string, err error) {
	found, err := s.store.Integrity(ctx, true)
	if err != nil || len(found) == 0 {
		return "", known(err)
	}
	s.store.SetReadOnly()
	s.log.Error("damaged", "found", found)
	s.events.publish(Change{Topic: TopicSettings})
	return i18n.T("The data file is damaged. It can no longer be changed, so that nothing gets worse: export what can still be read, and restore a backup."), nil
}
