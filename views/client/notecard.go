package client

import (
	"context"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/task"
	"clientele/views/theme"
)

// How much of a long note is shown before a person asks for the whole of it.
const (
	noteCharacters = 1500
	noteLines      = 15
)

// noteCard is one note: who wrote it and when, its text, and what can be done with it. It is edited in its own place.
type noteCard struct {
	d    *desk.Desk
	note data.Note
	// grown is called after the height changed, typed after what is not saved did.
	grown, typed func()

	about  func() string // the client's name
	whole  bool          // a long note is shown to its end
	editor *noteEditor   // nil while it is only read
	keeper *desk.Keeper  // of what is typed in it
	save   *kit.Button
	change *kit.Button // begins editing
	pin    *kit.Button // makes it sticky, or no longer
	bin    *kit.Button
	column *fyne.Container
	object fyne.CanvasObject
}

func newNoteCard(d *desk.Desk, n data.Note, about func() string, grown, typed func()) *noteCard {
	c := &noteCard{d: d, note: n, about: about, grown: grown, typed: typed, column: container.New(&kit.Stacked{Gap: 2 * theme.Unit})}
	c.object = kit.NewCard("", c.column)
	c.change = kit.NewQuiet(i18n.T("Edit"), icons.Edit, c.edit)
	c.pin = kit.NewQuiet("", icons.Sticky, func() { c.stick(!c.note.Sticky) })
	c.bin = kit.NewQuiet(i18n.T("Delete"), icons.Delete, c.remove)
	c.draw()
	return c
}

// show follows what is stored. A text that is being edited stays, and with it the version that it began with, so that saving finds the conflict.
func (c *noteCard) show(n data.Note) {
	if n == c.note {
		return
	}
	if c.editor != nil {
		c.note.Sticky = n.Sticky
		if !c.unsaved() {
			c.stop(n)
		}
		return
	}
	c.note = n
	c.draw()
}

// unsaved tells whether the text was changed and is not stored.
func (c *noteCard) unsaved() bool { return c.editor != nil && c.editor.text() != c.note.Body }

// draw builds what is in the card.
func (c *noteCard) draw() {
	c.column.RemoveAll()
	c.column.Add(c.head())
	if c.editor != nil {
		c.column.Add(c.keeper.Object())
		c.column.Add(c.editor.object)
		cancel := kit.NewButton(i18n.T("Cancel"), nil, c.cancel)
		c.column.Add(kit.NewTrailing(cancel, c.save))
	} else {
		text, cut := c.note.Body, false
		if !c.whole {
			text, cut = firstPart(text)
		}
		c.column.Add(formatted(text))
		if cut {
			c.column.Add(container.NewHBox(kit.NewQuiet(i18n.T("Show the Whole Note"), icons.Down, func() {
				c.whole = true
				c.draw()
				c.grown()
			})))
		}
	}
	c.column.Refresh()
}

// firstPart is the beginning of a long text, in whole lines where that goes, and whether there is more.
func firstPart(text string) (string, bool) {
	cut := false
	if r := []rune(text); len(r) > noteCharacters {
		text, cut = string(r[:noteCharacters])+"…", true
	}
	if lines := strings.SplitN(text, "\n", noteLines+1); len(lines) > noteLines {
		text, cut = strings.Join(lines[:noteLines], "\n"), true
	}
	return text, cut
}

// head says who wrote the note and when, with what can be done.
func (c *noteCard) head() fyne.CanvasObject {
	n := c.note
	words := i18n.T("%s, %s", n.CreatedBy, mailview.When(n.CreatedAt))
	if n.Edited() {
		words += "  ·  " + i18n.T("edited by %s, %s", n.UpdatedBy, mailview.When(n.UpdatedAt))
	}
	var mark fyne.CanvasObject
	if n.Sticky {
		mark = container.NewHBox(widget.NewIcon(icons.Sticky))
	}
	pin := i18n.T("Make Sticky")
	if n.Sticky {
		pin = i18n.T("Not Sticky")
	}
	c.pin.SetText(pin)
	enable(c.change, c.editor == nil)
	actions := container.NewHBox(c.change, c.pin, c.bin)
	line := container.NewVBox(layout.NewSpacer(), kit.NewLine(words, theme.Muted), layout.NewSpacer())
	return kit.Border(nil, nil, mark, actions, line)
}

// edit turns the text into a field.
func (c *noteCard) edit() {
	if c.editor != nil {
		return
	}
	c.editor = newNoteEditor(c.d, 6, false)
	c.editor.set(c.note.Body)
	c.editor.changed, c.editor.grown = c.typed, c.grown
	c.editor.entry.OnEscape = c.cancel
	place := app.Place{Form: app.FormNote, Client: c.note.ClientID, Of: c.note.ID}
	c.keeper = c.d.Keep(desk.Typing{Place: func() app.Place { return place }, About: c.about, Typed: c.kept, Bring: c.bring, Grown: c.grown})
	c.save = kit.NewPrimary(i18n.T("Save Note"), nil, func() { c.store(func(error) {}) })
	c.draw()
	c.grown()
	c.d.Canvas().Focus(c.editor.entry)
}

// keyVersion is where the version is kept that an edit began with, so that saving finds out whether somebody else changed it since.
const keyVersion = ".version"

// kept is what comes back after a crash.
func (c *noteCard) kept() map[string]string {
	if !c.unsaved() {
		return nil
	}
	return map[string]string{app.FieldNote: c.editor.text(), keyVersion: strconv.FormatInt(c.note.Version, 10)}
}

// bring puts back what was kept.
func (c *noteCard) bring(kept map[string]string) {
	if v, err := strconv.ParseInt(kept[keyVersion], 10, 64); err == nil {
		c.note.Version = v
	}
	c.editor.set(kept[app.FieldNote])
}

// stop turns the field back into a text, as it is stored. The keyboard goes from it to where it came from.
func (c *noteCard) stop(stored data.Note) {
	had := kit.Holds(c.d.Canvas(), c.column)
	c.keeper.Forget()
	c.editor, c.keeper, c.note = nil, nil, stored
	c.draw()
	if had {
		c.d.Canvas().Focus(c.change)
	}
	c.typed()
	c.grown()
}

// cancel leaves the field, after having asked where something was typed.
func (c *noteCard) cancel() {
	if !c.unsaved() {
		c.stop(c.note)
		return
	}
	kit.AskUnsaved(c.d.Canvas(), i18n.T("The note has changes that are not saved."), func(done func(error)) {
		c.store(func(error) { done(nil) })
	}, c.discard)
}

// discard forgets what was typed and shows what is stored.
func (c *noteCard) discard() {
	c.stop(c.note)
	c.reread()
}

// reread shows the note as it is stored now.
func (c *noteCard) reread() {
	task.NewLoader[data.Note](c.d.Run).Load(func(ctx context.Context) (data.Note, error) { return c.d.App.Notes.Get(ctx, c.note.ID) }, func(n data.Note, err error) {
		if err == nil && c.editor == nil {
			c.show(n)
			c.grown()
		}
	})
}

// store stores what was typed. over is called with what went wrong, before that is said beside the field.
func (c *noteCard) store(over func(error)) { c.storeOver(c.note.Version, over) }

func (c *noteCard) storeOver(version int64, over func(error)) {
	text := c.editor.text()
	c.save.Disable()
	c.editor.entry.Disable()
	c.d.Run.Task(i18n.T("Save Note"), func(ctx context.Context, _ *task.Progress) error {
		return c.d.App.Notes.Edit(ctx, c.note.ID, version, text)
	}, func(err error) {
		c.save.Enable()
		c.editor.entry.Enable()
		over(err)
		switch {
		case err == nil:
			c.note.Body = text
			c.stop(c.note)
			c.d.Say(i18n.T("The note was saved."))
			c.reread()
		case app.CodeOf(explainedChange(err)) == app.Conflict:
			c.conflict()
		default:
			c.editor.fail(err)
		}
	})
}

// conflict says that somebody else changed the note meanwhile, and what it says now; what was typed stays until a person decides.
func (c *noteCard) conflict() {
	task.NewLoader[data.Note](c.d.Run).Load(func(ctx context.Context) (data.Note, error) { return c.d.App.Notes.Get(ctx, c.note.ID) }, func(n data.Note, err error) {
		if err != nil {
			c.editor.fail(err)
			return
		}
		text, _ := firstPart(n.Body)
		kit.ShowDialog(c.d.Canvas(), kit.Dialog{
			Title:  i18n.T("Somebody else changed this note"),
			Text:   i18n.T("Nothing was overwritten, and what you typed is still here. The note of %s, %s, says now:", n.UpdatedBy, mailview.When(n.UpdatedAt)),
			Body:   kit.NewCard("", formatted(text)),
			Action: i18n.T("Save Over It"), Danger: true,
			Do: func(done func(error)) {
				done(nil)
				c.storeOver(n.Version, func(error) {})
			},
			Other: i18n.T("Reload"), DoOther: func() { c.stop(n) },
			Close: i18n.T("Go On Editing"),
		})
	})
}

func (c *noteCard) stick(on bool) {
	c.d.Act(i18n.T("Make Sticky"), func(ctx context.Context) error { return c.d.App.Notes.SetSticky(ctx, c.note.ID, on) }, func() {
		if on {
			c.d.Say(i18n.T("The note is shown on every tab now."))
		} else {
			c.d.Say(i18n.T("The note is no longer shown on every tab."))
		}
	})
}

func (c *noteCard) remove() {
	var undo int64
	c.d.Act(i18n.T("Delete"), func(ctx context.Context) (err error) {
		undo, err = c.d.App.Notes.Delete(ctx, c.note.ID)
		return err
	}, func() { c.d.Deleted(i18n.T("Note deleted."), undo) })
}
