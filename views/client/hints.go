package client

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/data"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/task"
	"clientele/views/theme"
)

// hintPause is how long nobody types before likely duplicates are looked for.
const hintPause = 300 * time.Millisecond

// hints names clients that the one being typed may be a double of (CL-6). They stand below the form, so that no field moves under the hands.
type hints struct {
	d      *desk.Desk
	load   *task.Loader[[]data.ClientRow]
	stop   func()
	asked  app.Profile
	object *fyne.Container
	rows   *fyne.Container
	// resized is called after the hints became higher or lower.
	resized func()
}

func newHints(d *desk.Desk, resized func()) *hints {
	h := &hints{d: d, resized: resized, load: task.NewLoader[[]data.ClientRow](d.Run)}
	h.rows = container.New(layout.NewCustomPaddedVBoxLayout(0))
	h.object = container.NewStack(kit.NewCard("", container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit),
		kit.NewStrong(i18n.T("This client may be here already")), h.rows)))
	h.object.Hide()
	return h
}

// ask looks for doubles of what was typed, once the typing pauses.
func (h *hints) ask(p app.Profile) {
	about := app.Profile{Email: p.Email, Phone: p.Phone, FirstName: p.FirstName, LastName: p.LastName, Postcode: p.Postcode}
	if about.Email == h.asked.Email && about.Phone == h.asked.Phone && about.FirstName == h.asked.FirstName &&
		about.LastName == h.asked.LastName && about.Postcode == h.asked.Postcode {
		return
	}
	h.asked = about
	if h.stop != nil {
		h.stop()
	}
	h.stop = h.d.Run.After(hintPause, func() {
		h.load.Load(func(ctx context.Context) ([]data.ClientRow, error) { return h.d.App.Clients.Alike(ctx, about, 0) }, h.show)
	})
}

// show lists them. A failed look says nothing: it is an offer only, and saving finds what matters.
func (h *hints) show(found []data.ClientRow, err error) {
	h.rows.RemoveAll()
	if err != nil {
		found = nil
	}
	for _, c := range found {
		words := fullName(c.FirstName, c.LastName, c.Company)
		if c.Company != "" && c.Company != words {
			words += " · " + c.Company
		}
		open := kit.NewButton(i18n.T("Open %s", number(c.ID)), nil, func() { h.d.Go.Client(c.ID) })
		line := kit.NewLine(words+" · "+c.Email, theme.Plain)
		h.rows.Add(kit.Border(nil, nil, nil, open, container.New(&sideLayout{}, line)))
	}
	if len(found) > 0 {
		h.object.Show()
	} else {
		h.object.Hide()
	}
	h.resized()
}
