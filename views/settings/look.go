package settings

import (
	"maps"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/date"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/assets/icons"
	"clientele/views/kit"
	"clientele/views/theme"
)

// The keys of the fields.
const (
	lookMode     = "mode"
	lookDensity  = "density"
	lookText     = "text"
	lookLanguage = "language"
	lookRegion   = "region"
)

// textSizes are the sizes on offer, in percent.
var textSizes = []int{80, 90, 100, 115, 130, 150, 200}

// asSystem is the key of the choice that follows the system.
const asSystem = "system"

// languages are those that the windows can be in: that of the system, those that are shipped, and those whose files lie in the data folder.
func languages() []kit.Choice {
	all := []kit.Choice{{Key: asSystem, Label: i18n.T("As the system")}}
	for _, l := range i18n.Translated() {
		all = append(all, kit.Choice{Key: l.Tag, Label: l.Name})
	}
	return all
}

// regions are those after whose manner dates and numbers can be written, each with what that comes to.
func regions() []kit.Choice {
	all := []kit.Choice{{Key: asSystem, Label: i18n.T("As the system")}}
	for _, r := range i18n.Regions() {
		l := i18n.LocaleFor(r.Tag)
		sample := date.MustNew(2026, 12, 31).Format(l) + ", " + money.New(123_456, "EUR").FormatNumber(l)
		all = append(all, kit.Choice{Key: r.Tag, Label: i18n.CountryName(r.Country) + ": " + sample})
	}
	return all
}

// orSystem is the key of a choice that may be left to the system, and orNone turns it back.
func orSystem(tag string) string {
	if tag == "" {
		return asSystem
	}
	return tag
}

func orNone(key string) string {
	if key == asSystem {
		return ""
	}
	return key
}

// lookSection is how the windows look on this desktop (AP-5).
type lookSection struct {
	kept
	page   *Page
	form   *kit.Form
	root   fyne.CanvasObject
	rows   *fyne.Container
	speech Speech          // as it was chosen last
	again  *fyne.Container // says that what was chosen comes with the next start, and offers that
}

func newLook(p *Page) section {
	s := &lookSection{page: p, speech: p.params.Speech}
	sizes := make([]kit.Choice, len(textSizes))
	for i, n := range textSizes {
		sizes[i] = kit.Choice{Key: strconv.Itoa(n), Label: i18n.T("%d %%", n)}
	}
	s.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: lookMode, Label: i18n.T("Colours"), Input: kit.NewSelect(
			number(theme.System, i18n.T("As the system")), number(theme.Light, i18n.T("Light")), number(theme.Dark, i18n.T("Dark")),
		)},
		{Key: lookDensity, Label: i18n.T("Rows of lists"), Input: kit.NewSelect(
			number(theme.Dense, i18n.T("Close together")), number(theme.Compact, i18n.T("Usual")), number(theme.Comfortable, i18n.T("Far apart")),
		)},
		{Key: lookText, Label: i18n.T("Text size"), Input: kit.NewSelect(sizes...)},
		{Key: lookLanguage, Label: i18n.T("Language of the windows"), Help: i18n.T("Mails are in the language of each client. Further languages: a file for each in the folder “languages” beside the data."), Input: kit.NewSelect(languages()...)},
		{Key: lookRegion, Label: i18n.T("Dates and numbers"), Help: i18n.T("In the windows. Invoices and mails follow the language of each client."), Input: kit.NewSearchSelect(i18n.T("As the system"), regions()...)},
	}})
	var now theme.Options
	if t, ok := fyne.CurrentApp().Settings().Theme().(*theme.Theme); ok {
		now = t.Options()
	}
	s.form.SetValues(map[string]string{
		lookMode: number(now.Mode, "").Key, lookDensity: number(now.Density, "").Key, lookText: strconv.Itoa(percent(now.TextFactor)),
		lookLanguage: orSystem(s.speech.Language), lookRegion: orSystem(s.speech.Region),
	})
	// Each choice is kept at once, so the form is never changed for longer than that.
	s.form.OnDirty = func(dirty bool) {
		if dirty {
			s.form.MarkClean()
			s.choose()
		}
	}
	s.again = container.NewStack()
	rows := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), kit.NewCard("", s.form),
		s.again, kit.NewPara(i18n.T("What is chosen here is for this desktop alone. All but the language and the manner of dates and numbers is shown at once; those come when Clientele starts again."), theme.Muted))
	s.restart()
	s.rows = rows
	for _, name := range slices.Sorted(maps.Keys(p.params.Faults)) {
		rows.Add(kit.NewPara(i18n.T("The file of a language cannot be used. %s: %s", name, p.params.Faults[name].Error()), theme.Danger))
	}
	s.root = under(kit.NewHeader(i18n.T("Look"), ""), scrolled(rows))
	return s
}

// number is a choice whose key is the number of a constant.
func number[T ~uint8](n T, label string) kit.Choice {
	return kit.Choice{Key: strconv.Itoa(int(n)), Label: label}
}

// percent is the size on offer that is nearest to a factor; 0 means the usual one.
func percent(factor float32) int {
	if factor == 0 {
		return 100
	}
	best, away := 100, float32(theme.MaxFactor)
	for _, n := range textSizes {
		if d := max(factor-float32(n)/100, float32(n)/100-factor); d < away {
			best, away = n, d
		}
	}
	return best
}

func (s *lookSection) object() fyne.CanvasObject { return s.root }

func (s *lookSection) first() fyne.CanvasObject { return s.form }

// restart says that what was chosen comes with the next start, and offers that, as long as it is other than what the windows are in.
func (s *lookSection) restart() {
	s.again.Objects = nil
	if s.again.Hidden = s.speech == s.page.params.Shown; !s.again.Hidden {
		words := kit.NewPara(i18n.T("The windows are written so when Clientele starts again."), theme.Waiting)
		var now fyne.CanvasObject
		if s.page.params.Again != nil {
			now = kit.NewPrimary(i18n.T("Restart Now"), icons.Retry, s.page.params.Again)
		}
		s.again.Objects = []fyne.CanvasObject{kit.NewCard("", kit.Border(nil, nil, nil, now, words))}
	}
	s.again.Refresh()
	if s.rows != nil {
		s.rows.Refresh()
	}
}

// choose shows and keeps what is chosen.
func (s *lookSection) choose() {
	value := func(key string) int {
		n, err := strconv.Atoi(s.form.Value(key))
		if err != nil {
			return 0 // nothing is chosen: the usual
		}
		return n
	}
	if now := (Speech{orNone(s.form.Value(lookLanguage)), orNone(s.form.Value(lookRegion))}); now != s.speech {
		s.speech = now
		s.page.params.OnSpeech(now)
		s.restart()
		return
	}
	s.page.params.OnLook(theme.Options{
		Mode: theme.Mode(value(lookMode)), Density: theme.Density(value(lookDensity)), TextFactor: float32(value(lookText)) / 100,
	})
}
