package client

import (
	"context"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// notePage is how many notes are read at once.
const notePage = 20

// notes is the tab with the notes about a client, newest first, below the field for a new one. They are read when the tab is first looked at.
type notes struct {
	d     *desk.Desk
	page  *Page
	load  *task.Loader[[]data.Note]
	quick *composer // the field on the Summary, whose text is lost no more easily than this tab's

	composer *composer
	seen     bool
	marked   bool // the tab says that something is not saved
	cards    []*noteCard
	more     bool       // there may be older ones
	left     *app.Typed // what is brought back once the notes are there
	list     *fyne.Container
	older    *kit.Button
	pane     *pane
}

func newNotes(d *desk.Desk, page *Page) *notes {
	n := &notes{d: d, page: page, load: task.NewLoader[[]data.Note](d.Run), list: container.New(&kit.Stacked{Gap: theme.Gap})}
	n.composer, n.quick = newComposer(d, page.id, page.name, false), newComposer(d, page.id, page.name, true)
	n.composer.editor.grown = n.relayout
	for _, c := range []*composer{n.composer, n.quick} {
		c.editor.changed = n.mark
	}
	n.older = kit.NewButton(i18n.T("Show Older Notes"), icons.Down, n.readOlder)
	body := container.New(&kit.Stacked{Gap: theme.Gap}, kit.NewCard("", n.composer.object), n.list)
	n.pane = newPane(container.New(layout.NewCustomPaddedLayout(theme.Gap, 2*theme.Inset, theme.Inset, theme.Inset), body))
	return n
}

func (n *notes) title() string             { return i18n.T("Notes") }
func (n *notes) object() fyne.CanvasObject { return n.pane.object }
func (n *notes) show(loaded)               {}

func (n *notes) front(c fyne.Canvas) {
	c.Focus(n.composer.editor.entry)
	n.composer.keeper.Offer()
	if !n.seen {
		n.seen = true
		n.read()
	}
}

func (n *notes) changed(c app.Change) {
	if n.seen && c.Topic == app.TopicNotes && (c.ClientID == 0 || c.ClientID == n.page.id) {
		n.read()
	}
}

func (n *notes) relayout() { n.pane.relayout() }

// read shows the newest notes, as many as there were and one that may be new. What is being edited stays.
func (n *notes) read() {
	want := max(len(n.cards)+1, notePage)
	n.load.Load(func(ctx context.Context) ([]data.Note, error) { return n.d.App.Notes.List(ctx, n.page.id, 0, want) }, func(all []data.Note, err error) {
		switch {
		case err != nil && len(n.cards) > 0:
			n.d.Fail(err)
		case err != nil:
			n.list.RemoveAll()
			n.list.Add(n.d.ErrorState(err, n.read))
			n.relayout()
		default:
			n.more = len(all) == want
			n.take(all)
		}
	})
}

// readOlder reads on where the list ends.
func (n *notes) readOlder() {
	if n.load.Busy() || len(n.cards) == 0 {
		return
	}
	last := n.cards[len(n.cards)-1].note.ID
	n.load.Load(func(ctx context.Context) ([]data.Note, error) {
		return n.d.App.Notes.List(ctx, n.page.id, last, notePage)
	}, func(all []data.Note, err error) {
		if err != nil {
			n.d.Fail(err)
			return
		}
		n.more = len(all) == notePage
		var have []data.Note
		for _, c := range n.cards {
			have = append(have, c.note)
		}
		n.take(append(have, all...))
	})
}

// take shows these notes. Cards of notes that were there stay, and with them what is being edited and the keyboard. One that was deleted while it
// was being edited stays too, until a person is done with its text.
func (n *notes) take(all []data.Note) {
	var cards []*noteCard
	for _, stored := range all {
		i := slices.IndexFunc(n.cards, func(c *noteCard) bool { return c.note.ID == stored.ID })
		if i < 0 {
			cards = append(cards, newNoteCard(n.d, stored, n.page.name, n.relayout, n.mark))
			continue
		}
		n.cards[i].show(stored)
		cards = append(cards, n.cards[i])
	}
	for _, c := range n.cards {
		if c.unsaved() && !slices.Contains(cards, c) {
			c.editor.tell(i18n.T("Somebody else deleted this note. What you typed is still here: copy it to a new note to keep it."))
			cards = append(cards, c)
		}
	}
	slices.SortFunc(cards, func(a, b *noteCard) int { return int(b.note.ID - a.note.ID) })
	had := slices.IndexFunc(n.cards, func(c *noteCard) bool { return kit.Holds(n.d.Canvas(), c.object) })
	gone := had >= 0 && !slices.Contains(cards, n.cards[had])
	n.cards = cards
	n.list.RemoveAll()
	for _, c := range cards {
		n.list.Add(c.object)
	}
	switch {
	case len(cards) == 0:
		n.list.Add(kit.NewEmptyState(icons.Note, i18n.T("No notes yet"),
			i18n.T("Write down what whoever works with this client should know. A sticky note is shown on every tab."), nil))
	case n.more:
		n.list.Add(container.NewHBox(layout.NewSpacer(), n.older, layout.NewSpacer()))
	}
	n.list.Refresh()
	n.mark()
	n.relayout()
	if gone {
		n.goOn(had)
	}
	if left := n.left; left != nil {
		n.left = nil
		n.reopen(*left)
	}
}

// goOn puts the keyboard to the note that has the place of one that is gone, or to the field for a new one where none is left.
func (n *notes) goOn(place int) {
	if c := n.d.Canvas(); len(n.cards) > 0 {
		c.Focus(n.cards[min(place, len(n.cards)-1)].change)
	} else {
		c.Focus(n.composer.editor.entry)
	}
}

// reopen brings back what an earlier run left: a new note in the field for one, an edit in its note. The text of a note that is not among those in sight, or
// there no more, comes back as a new one.
func (n *notes) reopen(t app.Typed) {
	if t.Place.Of == 0 {
		n.composer.keeper.Bring(t)
		return
	}
	if n.load.Busy() {
		n.left = &t
		return
	}
	i := slices.IndexFunc(n.cards, func(c *noteCard) bool { return c.note.ID == t.Place.Of })
	if i < 0 {
		n.composer.keeper.Bring(t)
		n.composer.editor.tell(i18n.T("The note that this was typed in was deleted, or is older than those below. The text is here as a new note."))
		return
	}
	n.cards[i].edit()
	n.cards[i].keeper.Bring(t)
	n.relayout()
}

// unsaved tells whether something was typed that is not stored, here or on the Summary.
func (n *notes) unsaved() bool {
	return n.composer.unsaved() || n.quick.unsaved() || len(n.edited()) > 0
}

// edited are the notes whose text was changed and is not stored.
func (n *notes) edited() (all []*noteCard) {
	for _, c := range n.cards {
		if c.unsaved() {
			all = append(all, c)
		}
	}
	return all
}

// mark shows on the tab whether something is not saved, and has it kept.
func (n *notes) mark() {
	for _, c := range []*composer{n.composer, n.quick} {
		c.keeper.Follow(c.unsaved())
	}
	for _, c := range n.cards {
		if c.editor != nil {
			c.keeper.Follow(c.unsaved())
		}
	}
	on := n.unsaved()
	if on == n.marked {
		return
	}
	n.marked = on
	title := n.title()
	if on {
		title = i18n.T("%s (not saved)", title)
	}
	n.page.retitle(n, title)
}

// save stores everything that was typed, as Ctrl+S does.
func (n *notes) save() {
	if !n.unsaved() {
		n.d.Say(i18n.T("Everything is saved already."))
		return
	}
	n.saveAll(func(error) {})
}

// saveAll stores one text after the other, until one cannot be.
func (n *notes) saveAll(over func(error)) {
	var all []func(func(error))
	for _, c := range []*composer{n.composer, n.quick} {
		if c.unsaved() {
			all = append(all, c.save)
		}
	}
	for _, c := range n.edited() {
		all = append(all, c.store)
	}
	var next func(i int)
	next = func(i int) {
		if i == len(all) {
			over(nil)
			return
		}
		all[i](func(err error) {
			if err != nil {
				over(err)
				return
			}
			next(i + 1)
		})
	}
	next(0)
}

// leave asks where something was typed that is not saved.
func (n *notes) leave(proceed func()) {
	if !n.unsaved() {
		proceed()
		return
	}
	kit.AskUnsaved(n.d.Canvas(), i18n.T("A note has text that is not saved."), func(done func(error)) {
		n.saveAll(func(err error) {
			done(nil) // what is wrong is said beside the field
			if err == nil {
				proceed()
			}
		})
	}, func() {
		n.composer.clear()
		n.quick.clear()
		for _, c := range n.edited() {
			c.discard()
		}
		n.mark()
		proceed()
	})
}
