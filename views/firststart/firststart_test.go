package firststart

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

// start shows the questions on a computer with a locale.
func start(t *testing.T, locale string, params Params) (*viewtest.Bench, *Page, *[]string) {
	t.Helper()
	b := viewtest.New(t)
	i18n.SetLocale(i18n.LocaleFor(locale))
	var went []string
	params.Done = func() { went = append(went, "office") }
	params.Import = func() { went = append(went, "import") }
	p := New(b.Desk, params)
	b.Show(p)
	return b, p, &went
}

func settings(t *testing.T, b *viewtest.Bench) app.Settings {
	t.Helper()
	s, err := b.App.Settings.Get(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// AP-1: the name and Enter are enough where the locale tells the rest.
func TestNameAndEnter(t *testing.T) {
	b, _, went := start(t, "de-AT", Params{})
	for _, r := range "Tischlerei Huber" {
		b.Canvas().Focused().TypedRune(r)
	}
	b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	s := settings(t, b)
	if !s.SetUp || s.BusinessName != "Tischlerei Huber" || s.Country != "AT" || s.Currency != "EUR" || s.Language != "de" {
		t.Errorf("stored %+v", s)
	}
	if len(*went) != 1 || (*went)[0] != "office" {
		t.Errorf("went %q", *went)
	}
}

// The currency follows the country until the person chose one.
func TestCurrencyFollowsTheCountry(t *testing.T) {
	b, p, _ := start(t, "en-US", Params{})
	choose := func(key, value string) {
		for _, o := range test.LaidOutObjects(p.object) {
			if f, ok := o.(fyne.Focusable); ok && p.form.Value(key) != value {
				before := p.form.Value(key)
				b.Canvas().Focus(f)
				f.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
				if b.Canvas().Overlays().Top() == nil {
					continue
				}
				for _, r := range map[string]string{"CH": "Switzerland", "JP": "Japan", "CHF": "CHF", "EUR": "EUR"}[value] {
					b.Canvas().Focused().TypedRune(r)
				}
				b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
				if over := b.Canvas().Overlays().Top(); over != nil {
					b.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
				}
				if p.form.Value(key) != before {
					return
				}
			}
		}
		if p.form.Value(key) != value {
			t.Fatalf("%s could not be chosen: %v", value, p.form.Values())
		}
	}
	if p.form.Value("currency") != "USD" {
		t.Fatalf("proposed %v", p.form.Values())
	}
	choose("country", "CH")
	if p.form.Value("currency") != "CHF" {
		t.Fatalf("in Switzerland: %v", p.form.Values())
	}
	choose("currency", "EUR")
	choose("country", "JP")
	if p.form.Value("currency") != "EUR" {
		t.Errorf("the chosen currency was replaced: %v", p.form.Values())
	}
}

// What is missing is said beside the field, and nothing is stored.
func TestWhatIsMissingIsSaid(t *testing.T) {
	b, p, went := start(t, "en-GB", Params{})
	p.form.SetValues(map[string]string{"country": ""})
	p.Save()
	if s := settings(t, b); s.SetUp || len(*went) != 0 {
		t.Errorf("stored %+v, went %q", s, *went)
	}
	p.form.SetValues(map[string]string{"country": "GB"})
	p.Save()
	if s := settings(t, b); s.SetUp || len(*went) != 0 {
		t.Errorf("stored without the name of the business: %+v, went %q", s, *went)
	}
	p.form.SetValues(map[string]string{"business_name": "Northwind"})
	p.load.OnTapped()
	if s := settings(t, b); !s.SetUp || len(*went) != 1 || (*went)[0] != "import" {
		t.Errorf("stored %+v, went %q", s, *went)
	}
}

// AP-4: the window gets a passphrase where one is typed twice, and what is wrong with it is said beside its field.
func TestPassphrase(t *testing.T) {
	b, p, went := start(t, "en-GB", Params{})
	p.form.SetValues(map[string]string{"business_name": "Northwind", app.FieldNewPassphrase: "four words of mine", againKey: "four words of yours"})
	p.Save()
	if b.App.Lock.State().Set || settings(t, b).SetUp || len(*went) != 0 {
		t.Fatal("it was typed in two ways, and taken")
	}
	p.form.SetValues(map[string]string{app.FieldNewPassphrase: "short", againKey: "short"})
	p.Save()
	if b.App.Lock.State().Set || len(*went) != 0 {
		t.Fatal("one of five characters was taken")
	}
	p.form.SetValues(map[string]string{app.FieldNewPassphrase: "four words of mine", againKey: "four words of mine"})
	p.Save()
	if s := b.App.Lock.State(); !s.Set || s.Idle != app.DefaultLockMinutes*time.Minute || len(*went) != 1 {
		t.Errorf("the lock is %+v, went %q", s, *went)
	}
	if err := b.App.Lock.Unlock(t.Context(), "four words of mine"); err != nil {
		t.Error(err)
	}
}

// AP-1: sample data leaves these settings alone; without a way to it there is no button.
func TestSampleData(t *testing.T) {
	opened := 0
	b, p, went := start(t, "en-GB", Params{OnSample: func() { opened++ }})
	p.sample.OnTapped()
	if opened != 1 || settings(t, b).SetUp || len(*went) != 0 {
		t.Errorf("opened %d times, went %q", opened, *went)
	}
	_, p, _ = start(t, "en-GB", Params{})
	if p.sample.Visible() {
		t.Error("there is a button that does nothing")
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := viewtest.New(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			b.Window.SetPadded(false)
			p := New(b.Desk, Params{OnSample: func() {}, OnShare: func() {}})
			b.Show(p)
			p.form.SetValues(map[string]string{"business_name": "Northwind Studio"})
			b.Window.Resize(fyne.NewSize(1024, 700))
			viewtest.Looks(t, "start-"+mode+".png", b.Window.Canvas())
		})
	}
}
