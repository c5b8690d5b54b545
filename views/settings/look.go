package settings

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// Under these names the look is kept in the preferences of this desktop.
const (
	prefMode     = "look.mode"
	prefDensity  = "look.density"
	prefText     = "look.text"
	prefLanguage = "language"
)

var (
	modes     = map[string]theme.Mode{"system": theme.System, "light": theme.Light, "dark": theme.Dark}
	densities = map[string]theme.Density{"dense": theme.Dense, "compact": theme.Compact, "comfortable": theme.Comfortable}
	// textSizes are the sizes on offer, in percent.
	textSizes = []int{80, 90, 100, 115, 130, 150, 200}
)

// LookOf is the look that is kept in the preferences, for the start of the program.
func LookOf(p fyne.Preferences) theme.Options {
	return theme.Options{
		Mode: modes[p.String(prefMode)], Density: densities[p.String(prefDensity)],
		TextFactor: float32(p.IntWithFallback(prefText, 100)) / 100,
	}
}

// LanguageOf is the language of the windows that is kept in the preferences, for the start of the program: a BCP 47 tag of one that is offered.
func LanguageOf(p fyne.Preferences) string {
	for _, l := range languages() {
		if l.Key == p.String(prefLanguage) {
			return l.Key
		}
	}
	return languages()[0].Key
}

// languages are those in which the windows can be read whole. A translation comes in when nothing of it is missing any more.
func languages() []kit.Choice { return []kit.Choice{{Key: "en", Label: i18n.T("English")}} }

// lookSection is how the windows look on this desktop.
type lookSection struct {
	kept
	page *Page
	form *kit.Form
	root fyne.CanvasObject
}

func newLook(p *Page) section {
	s := &lookSection{page: p}
	sizes := make([]kit.Choice, len(textSizes))
	for i, n := range textSizes {
		sizes[i] = kit.Choice{Key: strconv.Itoa(n), Label: i18n.T("%d %%", n)}
	}
	s.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: prefMode, Label: i18n.T("Colours"), Input: kit.NewSelect(
			kit.Choice{Key: "system", Label: i18n.T("As the system")},
			kit.Choice{Key: "light", Label: i18n.T("Light")},
			kit.Choice{Key: "dark", Label: i18n.T("Dark")},
		)},
		{Key: prefDensity, Label: i18n.T("Rows of lists"), Input: kit.NewSelect(
			kit.Choice{Key: "dense", Label: i18n.T("Close together")},
			kit.Choice{Key: "compact", Label: i18n.T("Usual")},
			kit.Choice{Key: "comfortable", Label: i18n.T("Far apart")},
		)},
		{Key: prefText, Label: i18n.T("Text size"), Input: kit.NewSelect(sizes...)},
		{Key: prefLanguage, Label: i18n.T("Language of the windows"), Help: i18n.T("Mails are in the language of each client."), Input: kit.NewSelect(languages()...)},
	}})
	prefs := p.desk.Prefs
	s.form.SetValues(map[string]string{
		prefMode: prefs.StringWithFallback(prefMode, "system"), prefDensity: prefs.StringWithFallback(prefDensity, "compact"),
		prefText: strconv.Itoa(prefs.IntWithFallback(prefText, 100)), prefLanguage: LanguageOf(prefs),
	})
	// Each choice is kept at once, so the form is never changed for longer than that.
	s.form.OnDirty = func(dirty bool) {
		if dirty {
			s.form.MarkClean()
			s.keep()
		}
	}
	note := kit.NewPara(i18n.T("What is chosen here is for this desktop alone and is shown at once."), theme.Muted)
	s.root = under(kit.NewHeader(i18n.T("Look"), ""), kit.Scrolled(container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), kit.NewCard("", s.form), note)))
	return s
}

func (s *lookSection) object() fyne.CanvasObject { return s.root }

func (s *lookSection) shown() { s.form.FocusFirst(s.page.desk.Canvas()) }

// keep remembers what is chosen and shows it.
func (s *lookSection) keep() {
	prefs := s.page.desk.Prefs
	prefs.SetString(prefMode, s.form.Value(prefMode))
	prefs.SetString(prefDensity, s.form.Value(prefDensity))
	prefs.SetString(prefLanguage, s.form.Value(prefLanguage))
	if n, err := strconv.Atoi(s.form.Value(prefText)); err == nil {
		prefs.SetInt(prefText, n)
	}
	if s.page.OnLook != nil {
		s.page.OnLook(LookOf(prefs))
	}
}
