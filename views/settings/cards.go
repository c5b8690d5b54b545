package settings

import (
	"context"
	"errors"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/app/vault"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// cardsSection is the card vault: what is kept of cards, where the hash is, and what can be done with it.
type cardsSection struct {
	sheet
	page    *Page
	vault   *task.Loader[app.Vault]
	got     app.Vault
	facts   *facts.List
	words   *kit.Para
	buttons *fyne.Container
	begun   bool // the keyboard was put where the page begins
	old     *kit.Para

	sheetOf, away, change, lost, adopt, numbers, backups *kit.Button
}

const last4Key = "cards_last4_only"

func newCards(p *Page) section {
	s := &cardsSection{page: p, vault: task.NewLoader[app.Vault](p.desk.Run), facts: facts.New(), words: kit.NewPara("", theme.Waiting), old: kit.NewPara("", theme.Muted)}
	form := kit.NewForm(kit.Group{Title: i18n.T("What is kept"), Fields: []kit.Field{{
		Key: last4Key, Label: i18n.T("Card numbers"), Wide: true, Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Keep the last 4 digits and the expiry only")}),
		Help: i18n.T("Then no full number is stored from now on. Whoever stores full numbers has the duties of the card industry's standard (PCI DSS); the documentation says which."),
	}}})
	s.fill = func(set app.Settings) map[string]string {
		return map[string]string{last4Key: tick(set.CardsLast4Only)}
	}
	s.merge = func(set app.Settings, v map[string]string) app.Settings {
		set.CardsLast4Only = v[last4Key] == ticked
		return set
	}
	s.sheetOf = kit.NewButton(i18n.T("Save Recovery Sheet…"), icons.Export, s.saveSheet)
	s.away = kit.NewButton(i18n.T("Take the Hash off This Machine…"), icons.Conceal, s.takeAway)
	s.change = kit.NewButton(i18n.T("Change the Hash…"), icons.Retry, s.changeHash)
	s.lost = kit.NewButton(i18n.T("The Hash Is Lost…"), nil, s.newVault)
	s.adopt = kit.NewButton(i18n.T("Enter the Hash Once…"), nil, s.enterOnce)
	s.numbers = kit.NewButton(i18n.T("Remove All Stored Numbers…"), icons.Delete, s.removeNumbers)
	s.backups = kit.NewButton(i18n.T("Backups with Old Cards…"), icons.Backup, s.showBackups)
	s.buttons = container.New(layout.NewCustomPaddedVBoxLayout(2*theme.Unit), s.adopt, s.sheetOf, s.away, s.change, s.lost, s.numbers, s.backups)
	above := kit.NewCard(i18n.T("CC Encryption Hash"), container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), s.facts, s.words, container.NewHBox(s.buttons)))
	s.build(p.desk, i18n.T("Cards"), form, above, nil)
	return s
}

func (s *cardsSection) shown() {
	s.sheet.shown()
	s.vault.Load(s.desk.App.Cards.Vault, func(v app.Vault, err error) {
		if err != nil {
			s.say(app.Explain(err))
			return
		}
		s.got = v
		s.tell()
		if !s.begun {
			s.begun = true
			kit.Begin(s.desk.Canvas(), s.first())
		}
	})
}

// first are the acts: in the form below, the keyboard would scroll the page's beginning out of sight.
func (s *cardsSection) first() fyne.CanvasObject { return s.buttons }

func (s *cardsSection) changed(c app.Change) {
	s.sheet.changed(c)
	if (c.Topic == app.TopicCard || c.Topic == app.TopicSettings) && s.loaded {
		s.shown()
	}
}

// tell shows how the vault stands, and the acts that make sense then.
func (s *cardsSection) tell() {
	v := s.got
	where := i18n.T("Not on this machine")
	if v.HashHere {
		where = i18n.T("In the configuration file on this machine")
	}
	list := []facts.Fact{
		{Label: i18n.T("The hash is"), Value: where},
		{Label: i18n.T("Fingerprint"), Value: v.Fingerprint},
		{Label: i18n.T("Cards stored"), Value: i18n.FormatInt(v.Cards)},
		{Label: i18n.T("With a full number"), Value: i18n.FormatInt(v.Sealed)},
	}
	if v.Old > 0 {
		list = append(list, facts.Fact{Label: i18n.T("Sealed with a lost hash"), Value: i18n.FormatInt(v.Old)})
	}
	s.facts.Set(list...)
	words := v.State.Words()
	if words == "" && v.HashHere {
		words = i18n.T("As long as the hash is in the configuration file, whoever copies the whole data folder can read the cards. Save the recovery sheet, then take the hash off this machine. Cards can be added without it.")
	}
	s.words.Set(words, theme.Waiting)
	s.words.Hidden = words == ""
	ready := v.State == app.VaultReady
	for b, on := range map[*kit.Button]bool{
		s.adopt: !ready, s.sheetOf: v.HashHere, s.away: ready && v.HashHere, s.change: ready, s.lost: ready && !v.HashHere, s.numbers: v.Sealed+v.Old > 0, s.backups: !s.desk.App.Shared(),
	} {
		b.Hidden = !on
	}
	s.buttons.Refresh()
	s.column.Refresh()
}

// saveSheet asks where the recovery sheet is to go, and writes it.
func (s *cardsSection) saveSheet() {
	h, err := s.desk.App.Cards.Hash()
	if err != nil {
		s.desk.Fail(err)
		return
	}
	s.saveSheetOf(h)
}

// saveSheetOf asks where the recovery sheet of a hash is to go, writes it and wipes the hash.
func (s *cardsSection) saveSheetOf(h vault.Hash) {
	desk.SaveFile{
		Title: i18n.T("Save Recovery Sheet"), Name: "clientele-recovery-sheet.pdf", Action: i18n.T("Save"),
		Text: i18n.T("The sheet holds the hash. A stick or another drive is a better place than this machine."),
		Write: func(path string) {
			s.desk.Run.Task(i18n.T("Save Recovery Sheet"), func(ctx context.Context, _ *task.Progress) error {
				defer h.Wipe()
				return s.desk.App.Cards.SaveSheet(ctx, path, h)
			}, func(err error) {
				if err != nil {
					s.desk.Fail(err)
					return
				}
				s.desk.Say(i18n.T("The recovery sheet was saved. Print it, keep it apart from this machine, and delete the file."))
			})
		},
	}.Ask(s.desk)
}

// secretForm is a form with one field for a secret.
func secretForm(key, label, help string) *kit.Form {
	return kit.NewForm(kit.Group{Fields: []kit.Field{{Key: key, Label: label, Help: help, Wide: true, Input: kit.NewSecret(200, "")}}})
}

func (s *cardsSection) takeAway() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: app.FieldCheck, Label: i18n.T("The six check characters"), Wide: true, Input: kit.NewText(20),
		Help: i18n.T("They are at the end of the hash on the recovery sheet."),
	}}})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Take the hash off this machine?"), Form: form, Action: i18n.T("Take It Off"),
		Consequences: []string{
			i18n.T("The hash is removed from the configuration file. It cannot be brought back from this machine."),
			i18n.T("Without your recovery sheet, no stored card number can ever be read again."),
			i18n.T("Cards can be added as before."),
		},
		Do: func(done func(error)) {
			answer := form.Value(app.FieldCheck)
			s.desk.SaveForm(i18n.T("Take the Hash off This Machine"), form, func(ctx context.Context) error { return s.desk.App.Cards.TakeHashAway(ctx, answer) }, done)
		},
	})
}

func (s *cardsSection) enterOnce() {
	form := secretForm(app.FieldHash, i18n.T("CC Encryption Hash"), i18n.T("It is compared and not kept here."))
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Enter the CC Encryption Hash once"), Form: form, Action: i18n.T("Submit"), Text: i18n.T("From then on cards can be stored on this desktop."),
		Do: func(done func(error)) {
			hash := form.Value(app.FieldHash)
			s.desk.SaveForm(i18n.T("Enter the hash"), form, func(ctx context.Context) error { return s.desk.App.Cards.Adopt(ctx, hash) }, done)
		},
	})
}

// keep has a new hash saved on a recovery sheet at once.
func (s *cardsSection) keep(h vault.Hash) {
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("The hash is another one now"), Close: i18n.T("Later"), Action: i18n.T("Save Recovery Sheet…"),
		Text: i18n.T("The old recovery sheet opens no card any more. The new hash is in the configuration file: save its recovery sheet, and print it."),
		Do: func(done func(error)) {
			done(nil)
			s.saveSheetOf(h)
		},
	})
}

func (s *cardsSection) changeHash() {
	form := secretForm(app.FieldHash, i18n.T("The present CC Encryption Hash"), "")
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Change the hash?"), Form: form, Action: i18n.T("Change the Hash"),
		Consequences: []string{
			i18n.N(s.got.Sealed, "One card is sealed anew, with a backup before.", "%d cards are sealed anew, with a backup before."),
			i18n.T("The present hash and its recovery sheet open nothing any more, except backups that were made before."),
			i18n.T("Other desktops have to enter the new hash once."),
		},
		Do: func(done func(error)) {
			old := form.Value(app.FieldHash)
			var next vault.Hash
			s.desk.Run.Task(i18n.T("Change the Hash"), func(ctx context.Context, p *task.Progress) (err error) {
				next, err = s.desk.App.Cards.ChangeHash(ctx, old, p)
				return err
			}, func(err error) {
				if err != nil {
					done(desk.Refused(form, err))
					return
				}
				done(nil)
				s.keep(next)
			})
		},
	})
}

const keepSealed = "keep"

func (s *cardsSection) newVault() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: keepSealed, Label: i18n.T("The sealed numbers there are"), Wide: true,
		Input: kit.NewChecks(kit.Choice{Key: ticked, Label: i18n.T("Keep them, in case the old hash turns up")}),
	}}})
	form.SetValues(map[string]string{keepSealed: ticked})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Begin a new vault?"), Form: form, Action: i18n.T("Begin a New Vault"), Danger: true,
		Consequences: []string{
			i18n.N(s.got.Sealed, "The number of one card can no longer be viewed.", "The numbers of %d cards can no longer be viewed."),
			i18n.T("Type, last 4 digits and dates stay. Cards that are entered from now on belong to a new hash."),
		},
		Do: func(done func(error)) {
			keep := form.Value(keepSealed) == ticked
			var next vault.Hash
			s.desk.Run.Task(i18n.T("Begin a New Vault"), func(ctx context.Context, p *task.Progress) (err error) {
				next, err = s.desk.App.Cards.NewVault(ctx, keep, p)
				return err
			}, func(err error) {
				done(desk.Explained(err))
				if err == nil {
					s.keep(next)
				}
			})
		},
	})
}

func (s *cardsSection) removeNumbers() {
	kit.Confirm(s.desk.Canvas(), i18n.T("Remove all stored numbers?"), []string{
		i18n.N(s.got.Sealed+s.got.Old, "The number of one card is removed for good.", "The numbers of %d cards are removed for good."),
		i18n.T("Type, last 4 digits and dates stay."),
	}, i18n.T("Remove All Numbers"), true, func(done func(error)) {
		s.desk.Run.Task(i18n.T("Remove All Stored Numbers"), func(ctx context.Context, _ *task.Progress) error {
			_, err := s.desk.App.Cards.RemoveNumbers(ctx)
			return err
		}, func(err error) { done(desk.Explained(err)) })
	})
}

// showBackups lists the backups that hold sealed numbers which are not stored any more, and offers to delete them.
func (s *cardsSection) showBackups() {
	var found []app.CardBackup
	s.desk.Run.Task(i18n.T("Looking through the backups"), func(ctx context.Context, p *task.Progress) (err error) {
		found, err = s.desk.App.Cards.Backups(ctx, p)
		return err
	}, func(err error) {
		if err != nil {
			s.desk.Fail(err)
			return
		}
		if len(found) == 0 {
			kit.Message(s.desk.Canvas(), i18n.T("Backups with old cards"), i18n.T("No backup holds a card number that is not stored any more."), "")
			return
		}
		var lines, names []string
		for _, b := range found {
			lines = append(lines, b.Name+": "+i18n.N(b.Old, "one number", "%d numbers"))
			names = append(names, b.Name)
		}
		kit.Confirm(s.desk.Canvas(), i18n.T("Delete the backups with old cards?"), append(lines,
			i18n.T("These backups hold sealed numbers of cards that were cleared, replaced or sealed anew since. What else is in them goes with them. The newest sound backup stays.")),
			i18n.T("Delete These Backups"), true, func(done func(error)) {
				s.desk.Run.Task(i18n.T("Delete These Backups"), func(ctx context.Context, _ *task.Progress) error {
					var errs []error
					for _, name := range names {
						errs = append(errs, s.desk.App.Backups.Delete(ctx, name))
					}
					return errors.Join(errs...)
				}, func(err error) { done(desk.Explained(err)) })
			})
	})
}
