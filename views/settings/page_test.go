package settings

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/data/datatest"
	"clientele/mail"
	"clientele/mail/mailtest"
	"clientele/views/kit"
	"clientele/views/theme"
	"clientele/views/viewtest"
)

var ctx = context.Background()

// ring is a keyring in memory; Err is what it answers where it is set.
type ring struct {
	secret string
	safe   bool
	err    error
}

func (r *ring) Get(string) (string, error) {
	if r.secret == "" {
		return "", app.ErrNoSecret
	}
	return r.secret, r.err
}

func (r *ring) Set(_, secret string) error {
	if r.err != nil {
		return r.err
	}
	r.secret = secret
	return nil
}

func (r *ring) Safe() bool { return r.safe }

// bench is a desk with real SMTP to a scripted server and a keyring in memory.
type bench struct {
	*viewtest.Bench
	ring   *ring
	server *mailtest.Server
	looks  []theme.Options
}

func newBench(t *testing.T, script mailtest.Script) *bench {
	t.Helper()
	b := &bench{Bench: viewtest.New(t), ring: &ring{safe: true}, server: mailtest.Start(t, script)}
	config, err := configuration.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b.Desk.App = app.New(app.Params{
		Store: b.Store, Configuration: config, Now: datatest.Clock, Who: "Ann", Keyring: b.ring,
		Mailer: mail.New(mail.Options{Now: datatest.Clock, ConnectTimeout: 5 * time.Second, ReplyTimeout: 5 * time.Second, RootCAs: b.server.RootCAs()}),
	})
	return b
}

// open shows a section.
func (b *bench) open(name string) (*Page, section) {
	p := New(b.Desk, Params{Version: "1.0", Folder: "/home/ann/clientele", OnLook: func(o theme.Options) { b.looks = append(b.looks, o) }})
	b.Show(p)
	p.Section(name)
	return p, p.current.section
}

func (b *bench) saved(t *testing.T) app.Settings {
	t.Helper()
	s, err := b.App.Settings.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// enter fills fields in as a person does.
func enter(t *testing.T, w fyne.Window, form *kit.Form, values map[string]string) {
	t.Helper()
	before := form.Values()
	for k, v := range values {
		if _, ok := before[k]; !ok {
			t.Fatalf("there is no field %s", k)
		}
		before[k] = v
	}
	form.SetValues(before)
	// What is set by a program counts as saved; one key stroke makes it a person's.
	form.FocusFirst(w.Canvas())
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	w.Canvas().Focused().TypedRune('x')
}

// words answers the words of all texts and buttons of what lies above the page.
func words(w fyne.Window) (all []string) {
	for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
		switch o := o.(type) {
		case *kit.Para:
			all = append(all, o.Text())
		case *kit.Button:
			all = append(all, o.Text)
		}
	}
	return all
}

// press presses a button of the dialog that is open.
func press(t *testing.T, w fyne.Window, label string) {
	t.Helper()
	if w.Canvas().Overlays().Top() != nil {
		for _, o := range test.LaidOutObjects(w.Canvas().Overlays().Top()) {
			if b, ok := o.(*kit.Button); ok && b.Text == label {
				test.Tap(b)
				return
			}
		}
	}
	t.Fatalf("no dialog has a button %q: %q", label, words(w))
}

// CL-5, AP-5: what the office chooses is stored, and what is wrong is said beside the field, with nothing typed lost.
func TestOffice(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, s := b.open(Office)
	form := s.(*sheet).form
	if form.Value("country") != "US" || form.Value(requiredMore) != "country" || form.Value("send_welcome_email") != ticked {
		t.Errorf("the defaults are not shown: %v", form.Values())
	}
	enter(t, b.Window, form, map[string]string{
		"business_name": "Northwind", "country": "DE", "currency": "EUR", "language": "de", "file_max_mb": "much", "send_welcome_email": "",
		requiredKey: "city", requiredMore: "country,phone",
	})
	p.Save()
	if !form.Dirty() || form.Value("business_name") != "Northwindx" {
		t.Error("what was typed is lost")
	}
	if got := b.saved(t); got.BusinessName != "" {
		t.Errorf("half of it was saved: %+v", got)
	}
	enter(t, b.Window, form, map[string]string{"file_max_mb": "20", "business_name": "Northwind"})
	p.Save()
	got := b.saved(t)
	if got.BusinessName != "Northwindx" || got.Country != "DE" || got.Currency != "EUR" || got.Language != "de" || got.SendWelcome ||
		!slices.Equal(got.RequiredFields, []string{"city", "country", "phone"}) || got.MaxFileMB != 20 {
		t.Errorf("saved %+v", got)
	}
	if form.Dirty() || b.Bar.Text() != "The settings were saved." {
		t.Errorf("dirty %v, bar %q", form.Dirty(), b.Bar.Text())
	}
}

// FI-2: how large files may be and which kinds are usual is set here, and what is no size is said beside the field.
func TestFileSettings(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, s := b.open(Office)
	form := s.(*sheet).form
	if form.Value("file_max_mb") != "50" || form.Value("client_files_max_mb") != "1024" || !strings.Contains(form.Value("file_extensions"), "pdf") {
		t.Errorf("begins with %v", form.Values())
	}
	fill := func(values map[string]string) {
		enter(t, b.Window, form, values)
		p.Save()
	}
	fill(map[string]string{"file_max_mb": "many", "client_files_max_mb": "2000"})
	if got := b.saved(t); got.MaxFileMB != 50 || got.MaxClientFilesMB != 1024 {
		t.Errorf("saved %d and %d", got.MaxFileMB, got.MaxClientFilesMB)
	}
	fill(map[string]string{"file_max_mb": " 20 ", "client_files_max_mb": "2000", "file_extensions": ".PDF, dwg txt"})
	if got := b.saved(t); got.MaxFileMB != 20 || got.MaxClientFilesMB != 2000 || !slices.Equal(got.FileExtensions, []string{"pdf", "dwg", "txt"}) {
		t.Errorf("saved %d, %d, %v", got.MaxFileMB, got.MaxClientFilesMB, got.FileExtensions)
	}
}

// Every field that the form offers as one that can be required is taken by the rules.
func TestRequiredFieldsFitTheRules(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	if err := b.App.Settings.SetValue(ctx, "required_client_fields", strings.Join(canBeRequired, ",")); err != nil {
		t.Error(err)
	}
}

// CL-8: leaving with something typed asks, and so does another section.
func TestUnsavedSettingsAsk(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, s := b.open(Office)
	form := s.(*sheet).form
	enter(t, b.Window, form, map[string]string{"business_name": "North"})
	left := 0
	p.Leave(func() { left++ })
	if left != 0 || !kit.DialogOpen() {
		t.Fatal("it left without asking")
	}
	press(t, b.Window, "Stay Here")
	if left != 0 || form.Value("business_name") != "Northx" {
		t.Error("staying lost something")
	}
	p.Section(Mail)
	press(t, b.Window, "Discard")
	if p.current.name != Mail || b.saved(t).BusinessName != "" {
		t.Errorf("after Discard: %s, %q", p.current.name, b.saved(t).BusinessName)
	}
	p.Section(Office)
	if form.Value("business_name") != "" {
		t.Errorf("after Discard the form still has %q", form.Value("business_name"))
	}
	enter(t, b.Window, form, map[string]string{"business_name": "North"})
	p.Leave(func() { left++ })
	press(t, b.Window, "Save Changes")
	if left != 1 || b.saved(t).BusinessName != "Northx" || kit.DialogOpen() {
		t.Errorf("left %d times, saved %q", left, b.saved(t).BusinessName)
	}
	p.Leave(func() { left++ })
	if left != 2 {
		t.Error("it asks although nothing is typed")
	}
}

// What a colleague saves meanwhile is neither hidden nor overwritten.
func TestOthersSettingsStay(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, s := b.open(Office)
	form := s.(*sheet).form
	b.Settings(func(s *app.Settings) { s.BusinessName = "Southwind" })
	if form.Value("business_name") != "Southwind" {
		t.Errorf("the form shows %q", form.Value("business_name"))
	}
	enter(t, b.Window, form, map[string]string{"business_name": "North"})
	b.Settings(func(s *app.Settings) { s.SMTPHost = "smtp.example.com" })
	if form.Value("business_name") != "Northx" {
		t.Error("what was typed was overwritten")
	}
	s.save(func(error) {})
	if got := b.saved(t); got.BusinessName != "Northx" || got.SMTPHost != "smtp.example.com" {
		t.Errorf("saved %q, %q", got.BusinessName, got.SMTPHost)
	}
}

func TestLookIsShownAtOnce(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	p, s := b.open(Look)
	form := s.(*lookSection).form
	if form.Value(lookText) != "100" || form.Value(lookMode) != "1" {
		t.Errorf("shown: %v", form.Values())
	}
	form.FocusFirst(b.Window.Canvas())
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if len(b.looks) != 1 || b.looks[0].Mode != theme.Dark || b.looks[0].TextFactor != 1 || b.looks[0].Density != theme.Compact {
		t.Fatalf("told %+v", b.looks)
	}
	b.Window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	if len(b.looks) != 2 || b.looks[1].Mode != theme.Light {
		t.Errorf("told %+v", b.looks)
	}
	left := false
	if p.Leave(func() { left = true }); !left {
		t.Error("it asks although every choice is kept at once")
	}
}

// AP-5: the language of the windows is chosen beside the look, among those that are shipped and those whose files lie in the data folder.
func TestLanguageIsChosen(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	var told []Speech
	p := New(b.Desk, Params{
		OnLook: func(theme.Options) { t.Error("the look changed") }, OnSpeech: func(s Speech) { told = append(told, s) },
		Faults: map[string]error{"es.json": errors.New("“%s of %s” has other verbs")},
	})
	b.Window.SetContent(p.Object())
	p.Section(Look)
	s := p.current.section.(*lookSection)
	if s.form.Value(lookLanguage) != asSystem || s.form.Value(lookRegion) != asSystem {
		t.Errorf("shown: %v", s.form.Values())
	}
	var offered []string
	for _, c := range languages() {
		offered = append(offered, c.Key+" "+c.Label)
	}
	if got := strings.Join(offered, ", "); got != "system As the system, en English, de Deutsch" {
		t.Errorf("offered %s", got)
	}
	again := 0
	p.params.Again = func() { again++ }
	for _, tag := range []string{"de", asSystem} {
		s.form.SetValues(map[string]string{lookLanguage: tag})
		s.choose()
		var now *kit.Button // stays as long as the windows are in another language
		for _, o := range test.LaidOutObjects(p.Object()) {
			if k, ok := o.(*kit.Button); ok && k.Text == "Restart Now" && k.Visible() {
				now = k
			}
		}
		if (now != nil) != (tag == "de") {
			t.Fatalf("after %s was chosen a restart is offered: %v", tag, now != nil)
		}
		if now != nil {
			test.Tap(now)
		}
	}
	if again != 1 {
		t.Errorf("the program started again %d times", again)
	}
	s.form.SetValues(map[string]string{lookRegion: "en-GB"})
	s.choose()
	if s.again.Hidden || !slices.ContainsFunc(regions(), func(c kit.Choice) bool { return c.Label == "United Kingdom: 31/12/2026, 1,234.56" }) {
		t.Errorf("a restart is offered: %v, offered are %v", !s.again.Hidden, regions())
	}
	if !slices.Equal(told, []Speech{{"de", ""}, {"", ""}, {"", "en-GB"}}) {
		t.Errorf("told %q", told)
	}
	named := slices.ContainsFunc(test.LaidOutObjects(p.Object()), func(o fyne.CanvasObject) bool {
		para, ok := o.(*kit.Para)
		return ok && strings.Contains(para.Text(), "es.json: “%s of %s” has other verbs")
	})
	if !named {
		t.Error("the faulty file is not named")
	}
}

// Every work that the program is built from is there with its licence, and each text is short enough in its lines to be read.
func TestAbout(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, s := b.open(About)
	about := s.(*aboutSection)
	if len(about.works) < 40 {
		t.Fatalf("only %d works", len(about.works))
	}
	if about.text.Text() == "" || about.grid.Cursor() != 0 {
		t.Error("no licence is shown at first")
	}
	at := slices.IndexFunc(about.works, func(w work) bool { return w.name == "fyne.io/fyne/v2" })
	if at < 0 {
		t.Fatal("the toolkit is missing")
	}
	about.grid.Select(at)
	if !strings.Contains(about.text.Text(), "Redistribution and use in source and binary forms") {
		t.Errorf("the licence shown is %.200q", about.text.Text())
	}
	for _, w := range about.works {
		if len(w.texts) == 0 || strings.TrimSpace(w.text()) == "" {
			t.Errorf("%s has no licence", w.line)
		}
	}
}

// Whichever licence follows another, no letter is drawn over another.
func TestAboutLettersHaveTheirPlaces(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	_, s := b.open(About)
	about := s.(*aboutSection)
	for row := range 6 {
		about.grid.Select(row)
		over := 0
		var walk func(o fyne.CanvasObject)
		walk = func(o fyne.CanvasObject) {
			w, ok := o.(fyne.Widget)
			if !ok {
				return
			}
			seen := map[fyne.Position]bool{}
			for _, child := range test.WidgetRenderer(w).Objects() {
				if letter, ok := child.(*canvas.Text); ok && strings.TrimSpace(letter.Text) != "" {
					if seen[letter.Position()] {
						over++
					}
					seen[letter.Position()] = true
				}
				walk(child)
			}
		}
		walk(about.text)
		if over > 0 {
			t.Errorf("%d letters of %s are drawn over others", over, about.works[row].line)
		}
	}
}

func TestReadLicences(t *testing.T) {
	rule, line := licenceRule+"\n", worksRule+"\n"
	works := readLicences("Thanks.\n\n" + rule + "b v2\na v1\n" + line + "\nFirst text.\n\n" + rule + "b v2\nassets/fonts\n" + line + strings.Repeat("word ", 40) + "\n")
	var got []string
	for _, w := range works {
		got = append(got, w.line)
	}
	if !slices.Equal(got, []string{"a v1", "assets/fonts", "b v2"}) || works[2].version != "v2" || len(works[2].texts) != 2 || works[0].text() != "First text." {
		t.Errorf("read %q", got)
	}
	if w := workOf("example.com/a v1.2.3 (its fonts)"); w.name != "example.com/a (its fonts)" || w.version != "v1.2.3" {
		t.Errorf("read %+v", w)
	}
	if w := workOf("Go standard library 1.26"); w.name != "Go standard library" || w.version != "1.26" {
		t.Errorf("read %+v", w)
	}
	for _, l := range strings.Split(works[1].text(), "\n") {
		if len(l) > licenceColumns {
			t.Errorf("a line of %d", len(l))
		}
	}
}

// The looks, light and dark. After a wanted change look at the new ones in testdata/failed and put them in the place of the old ones.
func TestPictures(t *testing.T) {
	for mode, m := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		t.Run(mode, func(t *testing.T) {
			b := newBench(t, mailtest.Script{})
			fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Options{Mode: m}))
			b.ring.secret = "kept"
			b.Settings(func(s *app.Settings) {
				s.BusinessName, s.SMTPHost, s.SMTPUser, s.MailFrom = "Northwind Studio", "smtp.example.com", "office", "office@example.com"
			})
			b.Window.SetPadded(false)
			_, s := b.open(Mail)
			trial := s.(*mailSection).trial
			trial.end(app.Attempt{Delivery: app.Blocked, Code: 535, Answer: "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"}, nil)
			b.Window.Resize(fyne.NewSize(1100, 760))
			viewtest.Looks(t, "mail-"+mode+".png", b.Window.Canvas())
		})
	}
}

// In a low window the list of sections follows to the one that is shown, whether it was chosen before the page came into sight or after.
func TestSectionInSight(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	b.Window.Resize(fyne.NewSize(900, 420))
	p := New(b.Desk, Params{})
	inSight := func(name string) {
		t.Helper()
		driver := fyne.CurrentApp().Driver()
		button, list := p.current.button, p.names
		top := driver.AbsolutePositionForObject(button).Y - driver.AbsolutePositionForObject(list).Y
		if p.Current() != name || top < 0 || top+button.Size().Height > list.Size().Height {
			t.Errorf("%s lies at %v of a list that is %v high", p.Current(), top, list.Size().Height)
		}
	}
	p.Section(Lock)
	b.Show(p)
	inSight(Lock)
	p.Section(Office)
	inSight(Office)
	p.Section(About)
	inSight(About)
}

// AP-5: each part of the look is told as it is chosen, and is shown as it was kept when the settings are opened again.
func TestEachPartOfTheLook(t *testing.T) {
	b := newBench(t, mailtest.Script{})
	want := theme.Options{Mode: theme.Dark, Density: theme.Comfortable, TextFactor: 1.3}
	fyne.CurrentApp().Settings().SetTheme(theme.New(want))
	_, s := b.open(Look)
	look, ok := s.(*lookSection)
	if !ok {
		t.Fatalf("opened %T", s)
	}
	for key, kept := range map[string]string{lookMode: "2", lookDensity: "1", lookText: "130"} {
		if got := look.form.Value(key); got != kept {
			t.Errorf("%s is shown as %q, want %q", key, got, kept)
		}
	}
	look.choose()
	look.form.SetValues(map[string]string{lookDensity: number(theme.Dense, "").Key, lookText: "200"})
	look.choose()
	if n := len(b.looks); n < 2 || b.looks[0] != want || b.looks[n-1] != (theme.Options{Mode: theme.Dark, Density: theme.Dense, TextFactor: 2}) {
		t.Errorf("told %+v", b.looks)
	}
}
