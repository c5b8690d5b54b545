package client

import (
	"fyne.io/fyne/v2/container"

	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
)

// newMailLine is the line of a mail on the Summary.
func newMailLine(d *desk.Desk, m data.Mail) *kit.Item {
	word, tone := mailview.State(m.State)
	return kit.NewItem(m.Subject, mailview.When(m.CreatedAt), container.NewCenter(kit.NewPill(word, tone)), m.Subject+", "+word, func() { mailview.Show(d, m.ID) })
}
