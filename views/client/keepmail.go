package client

import (
	"encoding/json"

	"clientele/app"
)

// keyEnclosed is where it is kept which documents go with a mail, and what it was begun from.
const keyEnclosed = ".enclosed"

// kept is what comes back after a crash.
func (w *writer) kept() map[string]string {
	switch {
	case w.back != nil:
		return w.back
	case !w.unsent():
		return nil
	}
	with := w.with
	with.Subject, with.Body = "", ""
	enclosed, err := json.Marshal(with)
	if err != nil {
		return nil
	}
	kept := w.form.Plain()
	kept[keyOfForm], kept[keyEnclosed] = w.key, string(enclosed)
	return kept
}

// bring puts back what was kept, once what goes with it is read.
func (w *writer) bring(kept map[string]string) {
	w.key, w.back, w.form = kept[keyOfForm], kept, nil
	with := app.Manual{}
	if json.Unmarshal([]byte(kept[keyEnclosed]), &with) == nil {
		w.with = with
	}
	w.with.ClientID = w.id
	w.read()
}

// goOn fills in what is brought back, over what a mail begins with.
func (w *writer) goOn() {
	if back := w.back; back != nil {
		w.back = nil
		w.form.SetValues(back)
		w.show()
		w.keeper.Touch()
	}
	if left := w.left; left != nil {
		w.left = nil
		w.keeper.Bring(*left)
	}
}

// reopen brings back what an earlier run left.
func (w *writer) reopen(t app.Typed) {
	if w.form == nil {
		w.left = &t
		return
	}
	w.keeper.Bring(t)
}
