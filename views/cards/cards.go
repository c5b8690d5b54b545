// Package cards is the Manage Credit Card Information dialog: the stored card at a glance, its full number for whoever has the CC encryption hash, and ways to
// add, replace and clear it (CC-1 to CC-5).
package cards

import (
	"context"
	"errors"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/card"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/facts"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Dialog is the Manage Credit Card Information dialog of one client. Open it by Show.
type Dialog struct {
	d      *desk.Desk
	client int64
	load   *task.Loader[state]
	got    state
	loaded bool

	stored  *facts.List
	none    *kit.Para
	warning *kit.Para
	reveal  *reveal
	form    *kit.Form
	number  *kit.Text
	heading *kit.Para
	save    *kit.Button
	clear   *kit.Button
	message *kit.Para
	body    *fyne.Container
	open    *kit.OpenDialog
	saving  bool
	clears  bool // it was opened to clear the card
}

// state is what the dialog shows.
type state struct {
	card  app.StoredCard
	vault app.Vault
}

// byNumber is the choice of a type that the number tells.
const byNumber = "auto"

// Show opens the dialog for a client.
func Show(d *desk.Desk, client int64) *Dialog {
	c := &Dialog{
		d: d, client: client, load: task.NewLoader[state](d.Run), stored: facts.New(), none: kit.NewPara("", theme.Muted), warning: kit.NewPara("", theme.Waiting),
		heading: kit.NewStrong(i18n.T("Add a card")), message: kit.NewPara("", theme.Danger),
	}
	c.reveal = newReveal(d, client, func() { c.refit() })
	c.number = kit.NewText(40)
	types := []kit.Choice{{Key: byNumber, Label: i18n.T("As the number tells")}}
	for _, b := range card.Brands() {
		types = append(types, kit.Choice{Key: string(b), Label: brandLabel(b)})
	}
	c.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: app.FieldCardNumber, Label: i18n.T("Card number"), Help: i18n.T("Blanks and hyphens do not matter."), Input: c.number},
		{Key: app.FieldCardType, Label: i18n.T("Card type"), Input: kit.NewSelect(types...)},
		{Key: app.FieldCardExpiry, Label: i18n.T("Expiry date"), Help: i18n.T("Month and year, such as 08/29."), Input: kit.NewText(10)},
		{Key: app.FieldCardStart, Label: i18n.T("Start date (optional)"), Input: kit.NewText(10)},
		{Key: app.FieldCardIssue, Label: i18n.T("Issue number (optional)"), Input: kit.NewText(3)},
	}})
	c.save = kit.NewPrimary(i18n.T("Save Changes"), nil, c.submit)
	c.clear = kit.NewDanger(i18n.T("Clear Details"), icons.Delete, c.ask)
	c.clear.Disable()
	c.form.OnSubmit = c.submit
	c.form.OnChange = func() { c.say("") } // what was wrong may be right now; saving tells
	// The message stands beside the button, which stays where it is when the message goes.
	foot := kit.Border(nil, nil, nil, c.save, container.NewVBox(layout.NewSpacer(), c.message, layout.NewSpacer()))
	column := layout.NewCustomPaddedVBoxLayout(theme.Gap)
	c.body = container.New(column,
		kit.NewCard(i18n.T("Stored card"), container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), c.none, c.stored, c.warning)),
		c.reveal.object,
		kit.NewCard("", container.New(column, c.heading, c.form, foot)),
	)
	cancel := d.App.Events.Subscribe(func(ch app.Change) {
		if ch.Topic == app.TopicSettings || ch.Topic == app.TopicCard && (ch.ClientID == 0 || ch.ClientID == client) {
			d.Run.OnUI(c.reload)
		}
	})
	c.open = kit.ShowDialog(d.Canvas(), kit.Dialog{
		Title: i18n.T("Manage Credit Card Information"), Body: c.body, Close: i18n.T("Close"), Right: c.clear, Width: 720,
		OnClose: func() { cancel(); c.reveal.close(); c.number.SetValue("") },
	})
	c.reload()
	return c
}

// ShowClear opens the dialog and asks at once whether the card is to be cleared, where there is one.
func ShowClear(d *desk.Desk, client int64) *Dialog {
	c := Show(d, client)
	c.clears = true
	if c.loaded {
		c.begin()
	}
	return c
}

// begin does what the dialog was opened for, once it is known what is stored.
func (c *Dialog) begin() {
	if c.clears && c.d.Allowed(app.Deleting) {
		c.ask()
	}
	c.clears = false
}

func brandLabel(b card.Brand) string {
	if b == card.Other {
		return i18n.T("Another type")
	}
	return string(b)
}

func (c *Dialog) reload() {
	if c.open != nil && !c.open.Open() {
		return
	}
	c.load.Load(func(ctx context.Context) (s state, err error) {
		if s.card, err = c.d.App.Cards.Stored(ctx, c.client); err != nil {
			return s, err
		}
		s.vault, err = c.d.App.Cards.Vault(ctx)
		return s, err
	}, func(s state, err error) {
		if err != nil {
			c.say(app.Explain(err))
			return
		}
		c.got, c.loaded = s, true
		c.show()
		if !s.card.Stored && c.open != nil && c.d.Canvas().Focused() == c.open.Closer() {
			c.d.Canvas().Focus(c.number.Focus()) // there is nothing else to do here
		}
		c.begin()
	})
}

func (c *Dialog) show() {
	s, v := c.got.card, c.got.vault
	words := ""
	if !s.Stored {
		words = i18n.T("No card is stored for this client.")
	}
	c.none.Set(words, theme.Muted)
	c.none.Hidden = s.Stored
	c.stored.Hidden = !s.Stored
	c.stored.Set(known(s)...)
	warning, tone := v.State.Words(), theme.Waiting
	if warning == "" && v.HashHere && !v.Last4Only {
		// Nothing is wrong, and before there is a card there is nothing to be read either.
		warning = i18n.T("Card numbers are kept locked. Their key, the CC Encryption Hash, lies on this computer too, so whoever copies the whole data folder has both. Settings, Cards shows how to keep it elsewhere.")
		if !s.Stored {
			tone = theme.Muted
		}
	}
	c.warning.Set(warning, tone)
	c.warning.Hidden = warning == ""
	c.reveal.offer(s)
	heading := i18n.T("Add a card")
	if s.Stored {
		heading = i18n.T("Replace the card")
	}
	if s.Stored && c.d.App.May(app.Deleting) {
		c.clear.Enable()
	} else {
		c.clear.Disable()
	}
	if v.Last4Only {
		heading += " – " + i18n.T("last 4 digits and expiry only")
	}
	c.heading.Set(heading, theme.Plain)
	c.refit()
}

// known lists what is seen at once (CC-1). What the card does not bear is left out.
func known(s app.StoredCard) []facts.Fact {
	if !s.Stored {
		return nil
	}
	expiry := facts.Fact{Label: i18n.T("Expiry date"), Value: s.Expiry.String()}
	if s.ExpiredNow {
		expiry.Value, expiry.Tone = i18n.T("%s – expired", s.Expiry.String()), theme.Danger
	}
	return []facts.Fact{
		{Label: i18n.T("Card type"), Value: brandLabel(s.Type)},
		{Label: i18n.T("Last 4 digits"), Value: s.Last4},
		expiry,
		{Label: i18n.T("Issue number"), Value: s.Issue},
		{Label: i18n.T("Start date"), Value: s.Start.String()},
		{Label: i18n.T("Saved"), Value: i18n.T("%s by %s", desk.Moment(s.SavedAt), s.SavedBy)},
	}
}

func (c *Dialog) refit() {
	if c.open != nil {
		c.body.Refresh()
		c.open.Fit()
	}
}

// say says below the form what is wrong with it as a whole.
func (c *Dialog) say(words string) {
	if c.message.Text() == words {
		return
	}
	c.message.Set(words, theme.Danger)
	c.refit()
}

// submit saves what was entered.
func (c *Dialog) submit() {
	if c.saving || !c.loaded {
		return
	}
	v := c.form.Values()
	n := app.NewCard{
		Number: card.Text(v[app.FieldCardNumber]), Expiry: v[app.FieldCardExpiry], Start: v[app.FieldCardStart], Issue: v[app.FieldCardIssue], Version: c.got.card.Version,
	}
	if t := v[app.FieldCardType]; t != byNumber {
		n.Type = card.Brand(t)
	}
	c.saving = true
	c.save.Disable()
	c.reveal.hide()
	c.d.SaveForm(i18n.T("Save Changes"), c.form, func(ctx context.Context) error { return c.d.App.Cards.Save(ctx, c.client, n) }, func(err error) {
		c.saving = false
		c.save.Enable()
		if err != nil {
			c.say(err.Error())
			return
		}
		c.say("")
		c.form.SetValues(map[string]string{app.FieldCardNumber: "", app.FieldCardType: byNumber, app.FieldCardExpiry: "", app.FieldCardStart: "", app.FieldCardIssue: ""})
		c.d.Say(i18n.T("The card details were saved."))
		c.reload()
	})
}

// ask asks before the card is cleared.
func (c *Dialog) ask() {
	if !c.got.card.Stored {
		return
	}
	c.reveal.hide()
	kit.Confirm(c.d.Canvas(), i18n.T("Clear the card details?"), []string{
		i18n.T("%s is removed from this client, and cannot be brought back.", c.got.card.String()),
		i18n.T("Backups that were made before still hold it, sealed. Settings, Cards lists them."),
	}, i18n.T("Clear Details"), true, func(done func(error)) {
		gone := false
		c.d.Run.Task(i18n.T("Clear Details"), func(ctx context.Context, _ *task.Progress) (err error) {
			gone, err = c.d.App.Cards.Clear(ctx, c.client)
			return err
		}, func(err error) {
			done(desk.Explained(err))
			if err != nil {
				return
			}
			words := i18n.T("The card details were cleared.")
			if !gone {
				words = i18n.T("The card details were cleared. The last traces in the file go as soon as nobody reads it.")
			}
			c.d.Say(words)
			c.reload()
		})
	})
}

// revealFor is how long a full number is shown.
const revealFor = 30 * time.Second

// reveal is the part of the dialog that shows the full number to whoever has the hash (CC-4).
type reveal struct {
	d      *desk.Desk
	client int64
	refit  func()

	hash   *kit.Text
	form   *kit.Form
	submit *kit.Button
	cannot *kit.Para
	asked  *fyne.Container
	number *kit.Para // a label, not a field: a field keeps copies for undoing and selecting
	left   *kit.Para
	shown  *fyne.Container
	copied *kit.Button
	away   *kit.Button
	object fyne.CanvasObject
	closed bool

	digits  card.Number
	until   time.Time
	stop    func()
	gone    func()
	busy    bool
	request int
}

func newReveal(d *desk.Desk, client int64, refit func()) *reveal {
	r := &reveal{d: d, client: client, refit: refit, number: kit.NewHeading(""), left: kit.NewPara("", theme.Muted), cannot: kit.NewPara("", theme.Muted)}
	r.hash = kit.NewSecret(200, "")
	r.form = kit.NewForm(kit.Group{Fields: []kit.Field{{
		Key: app.FieldHash, Label: i18n.T("CC Encryption Hash"), Wide: true, Input: r.hash,
		Help: i18n.T("The key to the stored cards. It stands on your recovery sheet, which Settings, Cards saves while the hash is on this machine. Each try is written down in the activity log."),
	}}})
	r.submit = kit.NewButton(i18n.T("Submit"), icons.Reveal, r.ask)
	r.form.OnSubmit = r.ask
	r.asked = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), r.form, kit.NewTrailing(r.submit))
	r.copied = kit.NewButton(i18n.T("Copy"), icons.Copy, func() {
		if !r.digits.IsZero() {
			d.Secrets.Copy(d.Run, r.digits.Digits())
			d.Say(i18n.T("The card number was copied. It is taken from the clipboard again in %d seconds.", int(desk.ClipboardLife.Seconds())))
		}
	})
	r.away = kit.NewButton(i18n.T("Hide"), icons.Conceal, r.hide)
	r.shown = kit.Border(nil, r.left, nil, container.NewHBox(r.copied, r.away), r.number)
	r.shown.Hide()
	r.object = kit.NewCard(i18n.T("View full card number"), container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), r.cannot, r.asked, r.shown))
	return r
}

// offer shows the box for the hash where there is a number to be seen.
func (r *reveal) offer(s app.StoredCard) {
	words := ""
	switch {
	case !s.Stored:
		words = i18n.T("There is none as long as no card is stored.")
	case s.Form == app.CardLast4:
		words = i18n.T("Only the last four digits of this card are kept.")
	case !r.d.App.May(app.Revealing):
		words = app.Explain(r.d.App.Allowed(app.Revealing))
	case s.Form == app.CardOld:
		words = i18n.T("This number was sealed before a new vault was begun: it opens with the hash of that time.")
	}
	if !s.Stored || s.Form == app.CardLast4 || !r.d.App.May(app.Revealing) {
		r.hide()
		r.asked.Hide()
	} else if r.digits.IsZero() {
		r.asked.Show()
	}
	r.cannot.Set(words, theme.Muted)
	r.cannot.Hidden = words == ""
}

// ask has the number shown where the hash is the right one.
func (r *reveal) ask() {
	if r.busy || !r.asked.Visible() {
		return
	}
	r.busy = true
	r.submit.Disable()
	entered := r.hash.Value()
	r.request++
	request := r.request
	var n card.Number
	r.d.SaveForm(i18n.T("View full card number"), r.form, func(ctx context.Context) (err error) {
		n, err = r.d.App.Cards.Reveal(ctx, r.client, entered)
		return err
	}, func(err error) {
		r.busy = false
		r.submit.Enable()
		switch {
		case err != nil:
			r.cannot.Set(rest(r.form, err), theme.Danger)
			r.cannot.Hidden = r.cannot.Text() == ""
			r.refit()
		case request != r.request: // it was hidden while it was on its way
			n.Wipe()
		default:
			r.show(n)
		}
	})
}

// rest is what is not said beside the field already.
func rest(f *kit.Form, err error) string {
	if errors.Is(err, context.Canceled) || err.Error() == desk.BesideFields() {
		return ""
	}
	return err.Error()
}

func (r *reveal) show(n card.Number) {
	r.hash.SetValue("")
	r.digits, r.until = n, r.d.Run.Now().Add(revealFor)
	r.number.Set(n.Grouped(), theme.Plain)
	r.cannot.Hide()
	r.asked.Hide()
	r.shown.Show()
	r.gone = r.d.Secrets.Shown(r.hide)
	r.count()
	r.refit()
	r.follow(r.away, r.hash.Focus(), r.submit)
}

// follow keeps the keyboard with the number, as it comes and goes: it was with what is no longer in sight.
func (r *reveal) follow(to fyne.Focusable, from ...fyne.Focusable) {
	if at := r.d.Canvas().Focused(); at == nil || slices.Contains(from, at) {
		r.d.Canvas().Focus(to)
	}
}

// count says how long the number stays, and hides it then.
func (r *reveal) count() {
	left := r.until.Sub(r.d.Run.Now())
	if left <= 0 {
		r.hide()
		return
	}
	seconds := int64((left + time.Second - 1) / time.Second)
	r.left.Set(i18n.N(seconds, "Hidden again in one second.", "Hidden again in %d seconds."), theme.Muted)
	r.stop = r.d.Run.After(min(time.Second, left), r.count)
}

// hide takes the number out of sight, and what was entered for it.
func (r *reveal) hide() {
	r.request++
	r.hash.SetValue("")
	if r.digits.IsZero() {
		return
	}
	r.stop()
	r.gone()
	r.digits.Wipe()
	r.digits = card.Number{}
	r.number.Set("", theme.Plain)
	r.shown.Hide()
	r.asked.Show()
	r.refit()
	if !r.closed {
		r.follow(r.hash.Focus(), r.copied, r.away)
	}
}

// close hides the number for good.
func (r *reveal) close() {
	r.closed = true
	r.hide()
}
