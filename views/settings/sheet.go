package settings

import (
	"context"
	"errors"
	"image/color"
	"maps"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// sheet is a form over some of the settings, which are saved together.
type sheet struct {
	desk    *desk.Desk
	form    *kit.Form
	button  *kit.Button
	message *kit.Para // what is wrong with the form as a whole
	column  *fyne.Container
	root    fyne.CanvasObject

	loader *task.Loader[app.Settings]
	loaded bool
	saving bool
	saved  app.Settings

	// fill writes settings as the form has them, and merge takes what the form has into settings.
	fill  func(app.Settings) map[string]string
	merge func(app.Settings, map[string]string) app.Settings
	// also saves what is no setting, after the settings; nil where there is nothing.
	also func(ctx context.Context, values map[string]string) error
	// told is called after settings were read or saved; nil where nobody asks.
	told func()
}

// build puts the form into a page with a button that saves it, beside others. What is above stands between them, what is below follows.
func (s *sheet) build(d *desk.Desk, title string, form *kit.Form, above, below fyne.CanvasObject, others ...fyne.CanvasObject) {
	s.desk, s.form = d, form
	s.loader = task.NewLoader[app.Settings](d.Run)
	s.message = kit.NewPara("", theme.Danger)
	s.message.Hide()
	s.button = kit.NewPrimary(i18n.T("Save Changes"), nil, func() { s.save(func(error) {}) })
	s.button.Disable()
	form.OnSubmit = func() { s.save(func(error) {}) }
	form.OnDirty = func(dirty bool) {
		if dirty {
			s.button.Enable()
		} else {
			s.button.Disable()
		}
	}
	s.column = container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap))
	for _, o := range []fyne.CanvasObject{s.message, above, kit.NewCard("", form), below} {
		if o != nil {
			s.column.Add(o)
		}
	}
	pane := scrolled(s.column)
	s.root = under(kit.NewHeader(title, "", append(others, s.button)...), pane)
}

// under puts content below a header, which is as high with buttons as without.
func under(header, content fyne.CanvasObject) fyne.CanvasObject {
	room := canvas.NewRectangle(color.Transparent)
	room.SetMinSize(fyne.NewSize(1, 11*theme.Unit))
	return kit.Border(container.New(layout.NewCustomPaddedLayout(0, 2*theme.Unit, 0, 0), container.NewStack(room, header)), nil, nil, nil, content)
}

// scrolled lets content scroll, with room for the scroll bar beside it.
func scrolled(content fyne.CanvasObject) fyne.CanvasObject {
	return kit.Scrolled(container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 0, theme.Inset), content))
}

func (s *sheet) object() fyne.CanvasObject { return s.root }
func (s *sheet) first() fyne.CanvasObject  { return s.form }

func (s *sheet) dirty() bool { return s.form.Dirty() }

func (s *sheet) discard() { s.show(s.saved) }

// shown reads the settings, unless something is typed.
func (s *sheet) shown() {
	if s.dirty() {
		return
	}
	s.loader.Load(func(ctx context.Context) (app.Settings, error) { return s.desk.App.Settings.Get(ctx) },
		func(got app.Settings, err error) {
			switch {
			case err != nil:
				s.say(app.Explain(err))
			case !s.dirty():
				s.show(got)
				s.loaded = true
			}
		})
}

func (s *sheet) show(set app.Settings) {
	s.saved = set
	s.form.SetValues(s.fill(set))
	s.say("")
	if s.told != nil {
		s.told()
	}
}

func (s *sheet) changed(c app.Change) {
	if c.Topic == app.TopicSettings && s.loaded && !s.saving {
		s.shown()
	}
}

// typed is the settings with what the form has now.
func (s *sheet) typed() app.Settings { return s.merge(s.saved, s.form.Values()) }

// save saves the settings of this form. Those of others, which may have been changed meanwhile, stay as they are.
func (s *sheet) save(done func(error)) {
	if s.saving {
		return
	}
	s.saving = true
	values := s.form.Values()
	var now app.Settings
	s.desk.Run.Task(i18n.T("Save Changes"), func(ctx context.Context, _ *task.Progress) (err error) {
		service := s.desk.App.Settings
		if now, err = service.Get(ctx); err != nil {
			return err
		}
		now = s.merge(now, values)
		if err = service.Save(ctx, now); err == nil && s.also != nil {
			err = s.also(ctx, values)
		}
		return err
	}, func(err error) {
		s.saving = false
		if err != nil {
			done(s.fail(err))
			return
		}
		if maps.Equal(values, s.form.Values()) {
			s.show(now)
		}
		s.desk.Say(i18n.T("The settings were saved."))
		done(nil)
	})
}

// fail shows what is wrong beside the fields, and what belongs to none above them. It answers the same in words.
func (s *sheet) fail(err error) error {
	fields, rest := desk.FieldErrors(err)
	left := s.form.SetErrors(fields)
	for _, key := range slices.Sorted(maps.Keys(left)) {
		rest = strings.TrimSpace(rest + "\n" + left[key])
	}
	s.say(rest)
	words := app.Explain(err)
	if rest != "" && len(fields) == 0 {
		words = rest // an error that nobody can act on has one reference
	}
	return errors.New(words)
}

func (s *sheet) say(words string) {
	s.message.Set(words, theme.Danger)
	s.message.Hidden = words == ""
	s.column.Refresh()
}

// tick is how a form writes a box of the key "true".
func tick(on bool) string {
	if on {
		return ticked
	}
	return ""
}

const ticked = "true"
