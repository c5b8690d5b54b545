package settings

import (
	"context"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// lockSection is the passphrase that this desktop's window can be locked with, and after how long it locks itself (AP-4). Each change is kept at once.
type lockSection struct {
	kept
	desk   *desk.Desk
	state  *kit.Para
	idle   *kit.Form
	card   *fyne.Container // around the form
	column *fyne.Container
	root   fyne.CanvasObject

	set, lock, change, remove *kit.Button
}

// The fields of this section's forms that no rule names.
const (
	againKey   = "again"
	presentKey = app.FieldLockPassphrase
	nextKey    = app.FieldNewPassphrase
)

func newLock(p *Page) section {
	s := &lockSection{desk: p.desk, state: kit.NewPara("", theme.Plain)}
	s.idle = kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: app.FieldLockMinutes, Label: i18n.T("Lock by itself"), Input: kit.NewSelect(minutesChoices()...), Wide: true,
		Help: i18n.T("When nobody typed or moved the pointer in a window of Clientele for so long. Also when the computer slept for so long."),
	}}})
	s.idle.OnDirty = func(dirty bool) {
		if dirty {
			s.idle.MarkClean()
			s.saveIdle()
		}
	}
	s.set = kit.NewPrimary(i18n.T("Set a Passphrase…"), nil, s.askSet)
	s.lock = kit.NewButton(i18n.T("Lock Now"), nil, func() { s.desk.Go.Lock() })
	s.change = kit.NewButton(i18n.T("Change the Passphrase…"), nil, s.askChange)
	s.remove = kit.NewButton(i18n.T("Remove the Passphrase…"), nil, s.askRemove)
	s.card = container.NewStack(kit.NewCard("", s.idle))
	s.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset), s.state,
		kit.NewPara(i18n.T("Locking takes everything off the window until the passphrase is entered; what was typed is there again then. Mail goes out meanwhile, and the client area is served."), theme.Muted),
		kit.NewPara(i18n.T("It is a gate for a desk that people pass by. The data file itself is not encrypted by it: encrypt the disk against theft (BitLocker, FileVault, LUKS)."), theme.Muted),
		s.card, kit.NewButtons(s.set, s.lock, s.change, s.remove))
	s.root = under(kit.NewHeader(i18n.T("Window Lock"), ""), scrolled(s.column))
	s.tell()
	return s
}

func minutesChoices() (all []kit.Choice) {
	for _, m := range app.LockMinutes() {
		label := i18n.N(int64(m), "After one minute", "After %d minutes")
		if m == 0 {
			label = i18n.T("Never, only when I lock it")
		}
		all = append(all, kit.Choice{Key: strconv.Itoa(m), Label: label})
	}
	return all
}

func (s *lockSection) object() fyne.CanvasObject { return s.root }
func (s *lockSection) first() fyne.CanvasObject  { return s.column }

func (s *lockSection) shown() { s.tell() }

func (s *lockSection) changed(c app.Change) {
	if c.Topic == app.TopicSettings {
		s.tell()
	}
}

// tell shows how the lock stands, and what can be done then.
func (s *lockSection) tell() {
	state := s.desk.App.Lock.State()
	words := i18n.T("This window opens without a passphrase.")
	if state.Set {
		words = i18n.T("This window opens with a passphrase: at the start, and after it was locked.")
	}
	s.state.Set(words, theme.Plain)
	s.idle.SetValues(map[string]string{app.FieldLockMinutes: strconv.Itoa(int(state.Idle / time.Minute))})
	s.set.Hidden = state.Set
	for _, b := range []*kit.Button{s.lock, s.change, s.remove} {
		b.Hidden = !state.Set
	}
	s.card.Hidden = !state.Set
	s.column.Refresh()
}

func (s *lockSection) saveIdle() {
	minutes, err := strconv.Atoi(s.idle.Value(app.FieldLockMinutes))
	if err != nil {
		return
	}
	s.desk.Act(i18n.T("Save Changes"), func(ctx context.Context) error { return s.desk.App.Lock.SetIdle(ctx, minutes) }, func() { s.desk.Say(i18n.T("The settings were saved.")) })
}

// secret is a field for a passphrase.
func secret(key, label, help string) kit.Field {
	return kit.Field{Key: key, Label: label, Help: help, Required: true, Wide: true, Input: kit.NewSecret(256, "")}
}

// newOnes are the fields for a new passphrase, which is typed twice.
func newOnes() []kit.Field {
	return []kit.Field{
		secret(nextKey, i18n.T("New passphrase"), i18n.T("At least 12 characters. A few words in a row are easy to remember.")),
		secret(againKey, i18n.T("Once more"), ""),
	}
}

// typedTwice tells whether the new passphrase was typed the same twice, and says beside the field where it was not.
func typedTwice(form *kit.Form, done func(error)) bool {
	if form.Value(nextKey) == form.Value(againKey) {
		return true
	}
	form.SetErrors(map[string]string{againKey: i18n.T("This is not the same as above.")})
	done(desk.Unsaved())
	return false
}

func (s *lockSection) askSet() {
	form := kit.NewForm(kit.Group{Fields: append(newOnes(), kit.Field{
		Key: app.FieldLockMinutes, Label: i18n.T("Lock by itself"), Wide: true, Input: kit.NewSelect(minutesChoices()...),
	})})
	form.SetValues(map[string]string{app.FieldLockMinutes: strconv.Itoa(app.DefaultLockMinutes)})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Set a passphrase for this window"), Form: form, Action: i18n.T("Set the Passphrase"),
		Text: i18n.T("Clientele asks for it at the start and after it was locked. Nobody can read it, so keep it in mind: the documentation says what can be done where it is forgotten."),
		Do: func(done func(error)) {
			if !typedTwice(form, done) {
				return
			}
			phrase := form.Value(nextKey)
			minutes, _ := strconv.Atoi(form.Value(app.FieldLockMinutes))
			s.desk.SaveForm(i18n.T("Set the Passphrase"), form, func(ctx context.Context) error { return s.desk.App.Lock.Set(ctx, phrase, minutes) }, s.told(done, i18n.T("The passphrase was set.")))
		},
	})
}

func (s *lockSection) askChange() {
	form := kit.NewForm(kit.Group{Fields: append([]kit.Field{secret(presentKey, i18n.T("The present passphrase"), "")}, newOnes()...)})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Change the passphrase"), Form: form, Action: i18n.T("Change the Passphrase"),
		Do: func(done func(error)) {
			if !typedTwice(form, done) {
				return
			}
			present, next := form.Value(presentKey), form.Value(nextKey)
			s.desk.SaveForm(i18n.T("Change the Passphrase"), form, func(ctx context.Context) error { return s.desk.App.Lock.Change(ctx, present, next) }, s.told(done, i18n.T("The passphrase was changed.")))
		},
	})
}

func (s *lockSection) askRemove() {
	form := kit.NewForm(kit.Group{Fields: []kit.Field{secret(presentKey, i18n.T("The present passphrase"), "")}})
	kit.ShowDialog(s.desk.Canvas(), kit.Dialog{
		Title: i18n.T("Remove the passphrase?"), Form: form, Action: i18n.T("Remove the Passphrase"),
		Consequences: []string{i18n.T("This window opens without a passphrase from then on, and does not lock any more.")},
		Do: func(done func(error)) {
			present := form.Value(presentKey)
			s.desk.SaveForm(i18n.T("Remove the Passphrase"), form, func(ctx context.Context) error { return s.desk.App.Lock.Remove(ctx, present) }, s.told(done, i18n.T("The passphrase was removed.")))
		},
	})
}

// told says what was done once it was, and shows how the lock stands then.
func (s *lockSection) told(done func(error), words string) func(error) {
	return func(err error) {
		done(err)
		if err == nil {
			s.desk.Say(words)
			s.tell()
		}
	}
}
