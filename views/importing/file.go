package importing

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/date"
	"clientele/app/i18n"
	csvfile "clientele/app/importing"
	"clientele/views/kit"
	"clientele/views/theme"
)

// filePanel is how the file is read, as it was found and as a person may change it.
type filePanel struct {
	page   *Page
	form   *kit.Form
	dates  *kit.Form // made anew for the layouts that a file shows
	notes  *fyne.Container
	column *fyne.Container
	object fyne.CanvasObject

	layouts []date.Layout
	decimal *bool // what a person chose, or nil
}

const (
	keyEncoding  = "encoding"
	keyDelimiter = "delimiter"
	keyHeader    = "header"
	keyDecimal   = "decimal"
	keyStrict    = "strict"
	keyDates     = "dates"

	comma = "comma"
	point = "point"
	yes   = "yes"
)

func newFilePanel(p *Page) *filePanel {
	f := &filePanel{page: p, notes: container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))}
	var encodings []kit.Choice
	for _, e := range []csvfile.Encoding{csvfile.UTF8, csvfile.UTF16LE, csvfile.UTF16BE, csvfile.Windows1252} {
		encodings = append(encodings, kit.Choice{Key: e.String(), Label: e.String()})
	}
	f.form = kit.NewForm(kit.Group{Fields: []kit.Field{
		{Key: keyEncoding, Label: i18n.T("Characters"), Wide: true, Input: kit.NewSelect(encodings...)},
		{Key: keyDelimiter, Label: i18n.T("Between columns"), Wide: true, Input: kit.NewSelect(
			kit.Choice{Key: ",", Label: i18n.T("Comma")},
			kit.Choice{Key: ";", Label: i18n.T("Semicolon")},
			kit.Choice{Key: "\t", Label: i18n.T("Tab")},
			kit.Choice{Key: "|", Label: i18n.T("Vertical bar")},
		)},
		{Key: keyDecimal, Label: i18n.T("Amounts are written"), Wide: true, Input: kit.NewSelect(
			kit.Choice{Key: point, Label: "1,234.50"},
			kit.Choice{Key: comma, Label: "1.234,50"},
		)},
		{Key: keyHeader, Wide: true, Input: kit.NewChecks(kit.Choice{Key: yes, Label: i18n.T("The first row names the columns")})},
		{Key: keyStrict, Wide: true, Input: kit.NewChecks(kit.Choice{Key: yes, Label: i18n.T("All or nothing")}), Help: i18n.T("One row with a problem keeps all out.")},
	}})
	each(f.form, f.changed)
	f.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), f.notes, f.form)
	f.object = kit.NewCard("", f.column)
	return f
}

// forget takes back what was chosen for the file before.
func (f *filePanel) forget() { f.decimal, f.layouts, f.dates = nil, nil, nil }

// set shows how a file is read.
func (f *filePanel) set(got *found) {
	decimal := point
	if f.decimalComma(got) {
		decimal = comma
	}
	values := map[string]string{keyEncoding: got.encoding.String(), keyDelimiter: string(got.delimiter), keyHeader: "", keyDecimal: decimal}
	if got.hasHeader {
		values[keyHeader] = yes
	}
	f.form.SetValues(values)
	f.setDates(got.habits.Dates)
	f.notes.RemoveAll()
	if got.trouble != "" {
		f.notes.Add(kit.NewPara(got.trouble, theme.Danger))
	}
	if names := got.missing(); len(names) > 0 {
		f.notes.Add(kit.NewPara(i18n.T("Every client needs: %s. Choose the columns that hold them.", joined(names)), theme.Danger))
	}
	for _, w := range got.warnings {
		f.notes.Add(kit.NewPara(w, theme.Waiting))
	}
	f.notes.Hidden = len(f.notes.Objects) == 0
	f.column.Refresh()
}

// setDates asks how dates are written where the file can be read in more than one way.
func (f *filePanel) setDates(layouts []date.Layout) {
	if slices.Equal(layouts, f.layouts) {
		return
	}
	f.layouts, f.dates = layouts, nil
	f.column.Objects = []fyne.CanvasObject{f.notes, f.form}
	if len(layouts) > 1 {
		choices := make([]kit.Choice, len(layouts))
		for i, l := range layouts {
			choices[i] = kit.Choice{Key: strconv.Itoa(i), Label: l.String()}
		}
		f.dates = kit.NewForm(kit.Group{Fields: []kit.Field{{
			Key: keyDates, Label: i18n.T("Dates are written"), Wide: true, Input: kit.NewSelect(choices...),
			Help: i18n.T("The dates of this file can be read in several ways. Choose the right one."),
		}}})
		each(f.dates, func(map[string]string) { f.page.recheck() })
		f.column.Objects = []fyne.CanvasObject{f.notes, f.dates, f.form}
	}
}

func (f *filePanel) decimalComma(got *found) bool {
	if f.decimal != nil {
		return *f.decimal
	}
	return got.habits.DecimalComma
}

// changed does what a person changed. While the file is read nothing can be changed.
func (f *filePanel) changed(v map[string]string) {
	p := f.page
	if p.found == nil {
		return
	}
	if p.outcome.running() {
		f.set(p.found)
		return
	}
	again := func(form *app.ImportForm, err error) error {
		form.Mapping = csvfile.Guess(form.File.Header)
		return err
	}
	switch {
	case v[keyEncoding] != p.found.encoding.String():
		p.reform(func(_ context.Context, form *app.ImportForm) error {
			return again(form, form.File.Decode(encodingOf(v[keyEncoding])))
		})
	case v[keyDelimiter] != string(p.found.delimiter):
		p.reform(func(_ context.Context, form *app.ImportForm) error {
			return again(form, form.File.Split(v[keyDelimiter][0]))
		})
	case (v[keyHeader] == yes) != p.found.hasHeader:
		p.reform(func(_ context.Context, form *app.ImportForm) error {
			return again(form, form.File.TakeHeader(v[keyHeader] == yes))
		})
	default:
		on := v[keyDecimal] == comma
		if on != f.decimalComma(p.found) {
			f.decimal = &on
		}
		p.recheck()
	}
}

func encodingOf(name string) csvfile.Encoding {
	for _, e := range []csvfile.Encoding{csvfile.UTF16LE, csvfile.UTF16BE, csvfile.Windows1252} {
		if e.String() == name {
			return e
		}
	}
	return csvfile.UTF8
}

// options are the choices for the import.
func (f *filePanel) options() app.ImportOptions {
	o := app.ImportOptions{DecimalComma: f.decimal, AllOrNothing: f.form.Value(keyStrict) == yes}
	if f.dates != nil {
		if i, err := strconv.Atoi(f.dates.Value(keyDates)); err == nil && i < len(f.layouts) {
			o.Dates = &f.layouts[i]
		}
	}
	return o
}

// recheck makes what a check found void: it may be different by other choices.
func (p *Page) recheck() {
	p.outcome.clear()
	p.offer()
}
