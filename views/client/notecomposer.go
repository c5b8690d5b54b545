package client

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// composer is where a new note is written. What was typed stays until it is stored, whatever else is looked at meanwhile.
type composer struct {
	d      *desk.Desk
	id     int64
	keeper *desk.Keeper
	key    string // tells this note from all others, so that two presses of the button add one
	editor *noteEditor
	sticky *kit.Tick
	add    *kit.Button
	saving bool
	object *fyne.Container
}

// newComposer returns a composer; a plain one, as on the Summary, is a field and a button. about names the client.
func newComposer(d *desk.Desk, id int64, about func() string, plain bool) *composer {
	rows := 4
	if plain {
		rows = 2
	}
	c := &composer{d: d, id: id, key: newKey(), editor: newNoteEditor(d, rows, plain)}
	c.editor.entry.SetPlaceHolder(i18n.T("Write a note…"))
	c.sticky = kit.NewTick(i18n.T("Sticky: show it on every tab"), nil)
	c.add = kit.NewPrimary(i18n.T("Add Note"), icons.Add, func() { c.save(func(error) {}) })
	if plain {
		c.add.Importance = widget.MediumImportance
		c.sticky.Hide()
	}
	c.keeper = d.Keep(desk.Typing{
		Place: func() app.Place { return app.Place{Form: app.FormNote, Client: id} }, About: about, Typed: c.kept, Bring: c.bring,
		Grown: func() {
			c.object.Refresh()
			c.editor.grown()
		},
	})
	c.object = container.New(&kit.Stacked{Gap: 2 * theme.Unit}, c.editor.object, kit.NewButtons(c.sticky, layout.NewSpacer(), c.add))
	if !plain { // on the Summary there is no room for an offer
		c.object.Objects = append([]fyne.CanvasObject{c.keeper.Object()}, c.object.Objects...)
	}
	return c
}

// unsaved tells whether something was typed.
func (c *composer) unsaved() bool { return strings.TrimSpace(c.editor.text()) != "" }

// keySticky is where it is kept that a new note is to be sticky.
const keySticky = ".sticky"

// kept is what comes back after a crash.
func (c *composer) kept() map[string]string {
	if !c.unsaved() {
		return nil
	}
	kept := map[string]string{app.FieldNote: c.editor.text(), keyOfForm: c.key}
	if c.sticky.Checked {
		kept[keySticky] = on
	}
	return kept
}

// bring puts back what was kept.
func (c *composer) bring(kept map[string]string) {
	c.key = newKey()
	if key := kept[keyOfForm]; key != "" { // else it was typed in a note that is there no more
		c.key = key
	}
	c.editor.set(kept[app.FieldNote])
	c.sticky.SetChecked(kept[keySticky] == on)
}

// clear begins another note.
func (c *composer) clear() {
	c.key = newKey()
	c.editor.set("")
	c.sticky.SetChecked(false)
}

// save stores the note. over is called with what went wrong, before that is said beside the field.
func (c *composer) save(over func(error)) {
	if c.saving {
		return
	}
	c.saving = true
	c.add.Disable()
	n := app.NewNote{ClientID: c.id, Body: c.editor.text(), Sticky: c.sticky.Checked, Key: c.key}
	c.d.Run.Task(i18n.T("Add Note"), func(ctx context.Context, _ *task.Progress) error {
		_, err := c.d.App.Notes.Add(ctx, n)
		return err
	}, func(err error) {
		c.saving = false
		c.add.Enable()
		over(err)
		switch {
		case err != nil:
			c.editor.fail(err)
		case c.editor.text() == n.Body:
			c.clear()
		default:
			c.key = newKey() // what was typed since is another note
		}
		if err == nil {
			c.d.Say(i18n.T("Note added."))
		}
	})
}
