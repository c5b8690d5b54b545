package client

import (
	"context"
	"strings"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
)

// chooseCards asks for a file of address cards, whose people become contacts.
func (c *contacts) chooseCards() {
	desk.OpenFile{Title: i18n.T("Which vCard file is to be imported?"), Endings: []string{".vcf", ".vcard"}, Chosen: c.takeCards}.Ask(c.d)
}

// takeCards adds the people of a file of address cards.
func (c *contacts) takeCards(path string) {
	var report app.CardsReport
	id := c.client.ID
	c.d.Run.Task(i18n.T("Import vCard…"), func(ctx context.Context, _ *task.Progress) (err error) {
		report, err = c.d.App.Contacts.ImportCards(ctx, id, path)
		return err
	}, func(err error) {
		if err != nil {
			c.d.Fail(err)
			return
		}
		words := i18n.N(int64(len(report.Added)), "One contact came in.", "%d contacts came in.")
		if len(report.Added) > 0 {
			words += " " + i18n.T("Tick what they should receive.")
		}
		c.d.Say(words)
		if len(report.Problems) > 0 {
			c.left(report.Problems)
		}
	})
}

// left shows which cards did not come in, and why.
func (c *contacts) left(problems []string) {
	const most = 12
	shown := problems[:min(len(problems), most)]
	text := strings.Join(shown, "\n")
	if n := len(problems) - most; n > 0 {
		text += "\n" + i18n.N(int64(n), "and one more", "and %d more")
	}
	kit.Message(c.d.Canvas(), i18n.N(int64(len(problems)), "One card was left out", "%d cards were left out"), i18n.T("Nothing else was changed."), text)
}
