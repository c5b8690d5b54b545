package desk

import (
	"context"
	"crypto/rand"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// Typing is a form as its Keeper sees it.
type Typing struct {
	// Place is which form it is now.
	Place func() app.Place
	// About is whom it is about, by name; it may be empty.
	About func() string
	// Typed is what was typed and is not saved, without what is secret; nil where there is nothing.
	Typed func() map[string]string
	// Bring puts what Typed answered in an earlier run into the form, as unsaved changes.
	Bring func(values map[string]string)
	// Grown lays the form out anew after the offer came or went.
	Grown func()
}

// Keeper has what is typed in a form come back after a crash, and offers in the form what an earlier run left. The form calls Touch after each change, and Forget
// once what was typed is saved or discarded.
type Keeper struct {
	d      *Desk
	of     Typing
	id     string
	kept   bool            // something is kept under the ID
	stop   func()          // the next keeping; nil where nothing was typed since the last one
	offer  *fyne.Container // what an earlier run left
	object *fyne.Container // the same with room around it
}

// Keepers are those with something that is not kept yet, of all windows. It is used on the UI thread only.
type Keepers struct{ late map[*Keeper]bool }

// NewKeepers returns a set of none.
func NewKeepers() *Keepers { return &Keepers{late: map[*Keeper]bool{}} }

// KeepAfter is how long after a change it is kept, and so how much typing a crash costs at most. Whoever types on and on has it kept as often.
const KeepAfter = 2 * time.Second

// Keep returns the keeper of a form.
func (d *Desk) Keep(of Typing) *Keeper {
	k := &Keeper{d: d, of: of, id: rand.Text(), offer: container.New(layout.NewCustomPaddedVBoxLayout(2 * theme.Unit))}
	k.object = container.NewStack(k.offer)
	k.show()
	return k
}

// Object is the offer of what an earlier run left; it takes no room where there is none.
func (k *Keeper) Object() fyne.CanvasObject { return k.object }

// Inset is Object where nothing else keeps it clear of the edges of the page.
func (k *Keeper) Inset() fyne.CanvasObject {
	k.object.Layout = layout.NewCustomPaddedLayout(2*theme.Unit, 2*theme.Unit, theme.Inset, theme.Inset)
	return k.object
}

// Touch has what is typed kept in a while. It costs nothing that would be felt while typing.
func (k *Keeper) Touch() {
	if k.stop != nil {
		return
	}
	k.d.Keepers.late[k] = true
	k.stop = k.d.Run.After(KeepAfter, k.now)
}

// Follow is Touch while something is unsaved, and otherwise Forget.
func (k *Keeper) Follow(unsaved bool) {
	if unsaved {
		k.Touch()
	} else {
		k.Forget()
	}
}

// now keeps what is typed now.
func (k *Keeper) now() {
	k.rest()
	values := k.of.Typed()
	if values == nil {
		k.Forget()
		return
	}
	k.kept = true
	k.d.App.Unsaved.Keep(app.Typed{ID: k.id, Place: k.of.Place(), About: k.of.About(), Values: values})
	k.d.writeUnsaved()
}

// rest calls off the next keeping.
func (k *Keeper) rest() {
	if k.stop != nil {
		k.stop()
		k.stop = nil
	}
	delete(k.d.Keepers.late, k)
}

// Forget removes what is kept, as it was saved or discarded.
func (k *Keeper) Forget() {
	k.rest()
	if k.kept {
		k.kept = false
		k.d.App.Unsaved.Forget(k.id)
		k.d.writeUnsaved()
	}
}

// Offer shows in the form what an earlier run left of it, if anything.
func (k *Keeper) Offer() {
	before := len(k.offer.Objects)
	k.show()
	if len(k.offer.Objects) != before {
		k.of.Grown()
	}
}

func (k *Keeper) show() {
	left := k.d.App.Unsaved.LeftAt(k.of.Place())
	k.offer.RemoveAll()
	if len(left) > 0 {
		t := left[0]
		words := kit.NewPara(i18n.T("The program ended while you were writing here (%s). What you typed was kept.", Moment(t.When)), theme.Waiting)
		back := kit.NewButton(i18n.T("Bring Back What You Typed"), nil, func() { k.Bring(t) })
		discard := kit.NewQuiet(i18n.T("Discard"), nil, func() { k.d.DiscardTyped(t, k.Offer) })
		k.offer.Add(words)
		k.offer.Add(container.NewHBox(back, discard))
	}
	k.object.Hidden = len(left) == 0
	k.object.Refresh()
}

// Bring puts something that an earlier run left into the form. What is typed there now stays unless the person gives it up.
func (k *Keeper) Bring(t app.Typed) {
	if k.of.Typed() == nil {
		k.bring(t)
		return
	}
	kit.Confirm(k.d.Canvas(), i18n.T("Bring back what you typed before?"), []string{i18n.T("It takes the place of what is typed here now and not saved.")},
		i18n.T("Bring Back"), true, func(done func(error)) {
			done(nil)
			k.bring(t)
		})
}

func (k *Keeper) bring(t app.Typed) {
	if t, ok := k.d.App.Unsaved.Take(t.ID); ok {
		k.Forget()
		k.id, k.kept = t.ID, true
		k.of.Bring(t.Values)
		k.Touch()
	}
	k.Offer()
}

// Flush keeps what was typed since the last keeping, for the end of the program.
func (d *Desk) Flush() {
	for k := range d.Keepers.late {
		k.now()
	}
}

// DiscardTyped forgets something that an earlier run left, which can be undone; over is called after each of the two.
func (d *Desk) DiscardTyped(t app.Typed, over func()) {
	d.App.Unsaved.Forget(t.ID)
	d.writeUnsaved()
	over()
	d.Say(i18n.T("What you typed was discarded."), kit.Action{Label: i18n.T("Undo"), Do: func() {
		d.App.Unsaved.Return(t)
		d.writeUnsaved()
		over()
	}})
}

// writeUnsaved brings the file of what is typed in step, off the UI thread.
func (d *Desk) writeUnsaved() {
	task.NewLoader[struct{}](d.Run).Load(func(context.Context) (struct{}, error) {
		d.App.Unsaved.Write()
		return struct{}{}, nil
	}, func(struct{}, error) {})
}
