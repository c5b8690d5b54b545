// Package firststart is what a new office sees first: a few questions, or made-up clients to look around with (AP-1).
package firststart

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/settings/choices"
	"clientele/views/task"
	"clientele/views/theme"
)

// Params are the ways on from here. All are called on the UI thread.
type Params struct {
	// Done goes on once the answers are stored, and Import goes on to the import of a file.
	Done, Import func()
	// Restore goes on to the restoring of a backup; nil leaves the button out.
	Restore func()
	// OnSample opens a separate file with made-up clients; nil leaves the button out.
	OnSample func()
	// OnShare asks for the server of an office that is shared; nil leaves the button out.
	OnShare func()
}

// Page asks for the business name, country, currency and language of a new office.
type Page struct {
	desk.Plain
	desk    *desk.Desk
	params  Params
	form    *kit.Form
	start   *kit.Button
	load    *kit.Button
	sample  *kit.Button
	share   *kit.Button
	others  *fyne.Container
	restore *kit.Button
	message *kit.Para
	column  *fyne.Container
	object  fyne.CanvasObject

	country string // as it was last
	own     bool   // the currency is not the country's usual one
	quiet   bool   // values are being set, not chosen
	saving  bool
}

var _ desk.Page = (*Page)(nil)

const width = 624

// againKey is the field in which the passphrase is typed once more.
const againKey = "again"

// New builds the page with what the locale proposes.
func New(d *desk.Desk, params Params) *Page {
	p := &Page{desk: d, params: params, message: kit.NewPara("", theme.Danger)}
	p.message.Hide()
	p.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: "business_name", Label: i18n.T("What is your business called?"), Wide: true, Help: i18n.T("Mails to clients are signed with it."), Input: kit.NewText(500)},
		{Key: "country", Label: i18n.T("Country"), Input: choices.Country(i18n.T("Choose a country"))},
		{Key: "currency", Label: i18n.T("Currency"), Input: kit.NewSearchSelect(i18n.T("Choose a currency"), choices.Currencies()...)},
		{Key: "language", Label: i18n.T("Language of your mails"), Wide: true, Help: i18n.T("Each client can have another."), Input: kit.NewSearchSelect(i18n.T("Choose a language"), choices.Languages()...)},
		{Key: app.FieldNewPassphrase, Label: i18n.T("Passphrase for this window (optional)"), Help: i18n.T("Asked for at the start, and when nobody was here for %d minutes.", app.DefaultLockMinutes), Input: kit.NewSecret(256, "")},
		{Key: againKey, Label: i18n.T("Once more"), Input: kit.NewSecret(256, "")},
	}})
	p.propose()
	p.form.OnSubmit = func() { p.save(params.Done) }
	p.form.OnDirty = func(dirty bool) {
		if dirty {
			p.form.MarkClean() // so that the next change is one again
			p.follow()
		}
	}
	p.start = kit.NewPrimary(i18n.T("Start"), nil, p.form.OnSubmit)
	p.load = kit.NewButton(i18n.T("Import Clients from a File"), icons.Import, func() { p.save(params.Import) })
	p.sample = kit.NewQuiet(i18n.T("Try with Sample Data"), icons.Clients, func() {
		if !p.saving {
			params.OnSample()
		}
	})
	p.share = kit.NewQuiet(i18n.T("Share with Colleagues…"), nil, func() {
		if !p.saving {
			params.OnShare()
		}
	})
	welcome := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit), kit.NewHeading(i18n.T("Welcome to Clientele")),
		kit.NewPara(i18n.T("A few answers to begin with. You can change all of them later in the settings."), theme.Muted))
	mail := kit.NewPara(i18n.T("Mail can wait: enter your mail server in the settings when you want to write to clients."), theme.Muted)
	p.restore = kit.NewQuiet(i18n.T("Restore a Backup"), icons.Backup, func() {
		if !p.saving {
			params.Restore()
		}
	})
	p.restore.Hidden = params.Restore == nil
	buttons := kit.NewButtons(p.load, p.restore, layout.NewSpacer(), p.start)
	p.others = container.New(layout.NewGridLayout(2))
	p.other(i18n.T("Only looking around? Made-up clients are put into a file of their own, apart from your data."), p.sample, params.OnSample != nil)
	p.other(i18n.T("Working with others? All desktops of an office can work on one server."), p.share, params.OnShare != nil)
	p.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Inset), welcome, kit.NewCard("", p.form), p.message, mail, buttons, p.others)
	p.object = kit.Scrolled(container.New(&middle{}, p.column))
	return p
}

// other adds another way to begin below the questions, where there is it.
func (p *Page) other(words string, button *kit.Button, there bool) {
	button.Hidden = !there
	if there {
		p.others.Add(kit.Border(kit.NewPara(words, theme.Muted), nil, nil, nil, container.NewVBox(container.NewHBox(button))))
	}
}

// propose fills in what the locale of this computer suggests.
func (p *Page) propose() {
	l := i18n.CurrentLocale()
	p.country = choices.CountryOf(l)
	p.form.SetValues(map[string]string{"country": p.country, "currency": choices.CurrencyOf(p.country), "language": choices.LanguageOf(l)})
}

// follow chooses the usual currency of another country, unless the person chose one of their own.
func (p *Page) follow() {
	if p.quiet {
		return
	}
	country, currency := p.form.Value("country"), p.form.Value("currency")
	if country == p.country {
		p.own = currency != choices.CurrencyOf(country)
		return
	}
	p.country = country
	if usual := choices.CurrencyOf(country); usual != "" && !p.own {
		p.quiet = true
		p.form.SetValues(map[string]string{"currency": usual})
		p.quiet = false
	}
}

// Object is what is drawn.
func (p *Page) Object() fyne.CanvasObject { return p.object }

// Shown puts the keyboard into the first field.
func (p *Page) Shown() {
	p.form.FocusFirst(p.desk.Canvas())
}

// Save is the button Start.
func (p *Page) Save() { p.save(p.params.Done) }

// save stores the answers and goes on.
func (p *Page) save(then func()) {
	if p.saving {
		return
	}
	v := p.form.Values()
	if v[app.FieldNewPassphrase] != v[againKey] {
		p.form.SetErrors(map[string]string{againKey: i18n.T("This is not the same as above.")})
		return
	}
	p.saving = true
	p.desk.Run.Task(i18n.T("Save Changes"), func(ctx context.Context, _ *task.Progress) error {
		set, err := p.desk.App.Settings.Get(ctx)
		if err != nil {
			return err
		}
		set.SetUp = true
		set.BusinessName, set.Country, set.Currency, set.Language = v["business_name"], v["country"], v["currency"], v["language"]
		if err := p.desk.App.Settings.Save(ctx, set); err != nil {
			return err
		}
		// A desktop that has one already, of data that was here before, keeps it.
		if passphrase := v[app.FieldNewPassphrase]; passphrase != "" && !p.desk.App.Lock.State().Set {
			return p.desk.App.Lock.Set(ctx, passphrase, app.DefaultLockMinutes)
		}
		return nil
	}, func(err error) {
		p.saving = false
		if err != nil {
			p.fail(err)
			return
		}
		p.fail(nil)
		then()
	})
}

// fail shows what is wrong beside the fields, and the rest below them.
func (p *Page) fail(err error) {
	rest := ""
	if err != nil {
		var fields map[string]string
		fields, rest = desk.FieldErrors(err)
		p.form.SetErrors(fields)
	}
	p.message.Set(rest, theme.Danger)
	p.message.Hidden = rest == ""
	p.column.Refresh()
}

// middle keeps the questions in the middle, at a width that reads well.
type middle struct{}

func (middle) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, o[0].MinSize().Height+4*theme.Inset)
}

func (middle) Layout(o []fyne.CanvasObject, s fyne.Size) {
	w := min(width, s.Width-2*theme.Inset)
	o[0].Resize(fyne.NewSize(w, o[0].Size().Height))
	h := o[0].MinSize().Height
	o[0].Move(fyne.NewPos((s.Width-w)/2, max((s.Height-h)/2, theme.Inset)))
	o[0].Resize(fyne.NewSize(w, h))
}
