package client

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/theme"
)

// password is the field for a client's password with a button that makes one up.
type password struct {
	*kit.Text
	object fyne.CanvasObject
}

func newPassword(placeholder string) *password {
	const most = 256 // what the rules accept at most
	p := &password{Text: kit.NewSecret(most, placeholder)}
	generate := kit.NewButton(i18n.T("Generate"), nil, func() {
		p.SetValue(app.GeneratePassword())
		p.reveal()
	})
	p.object = kit.Border(nil, nil, nil, generate, p.Entry)
	return p
}

// Object is what is drawn.
func (p *password) Object() fyne.CanvasObject { return p.object }

// reveal shows what is in the field: a password that nobody typed has to be read to be passed on.
func (p *password) reveal() {
	if !p.Entry.Password {
		return
	}
	if pad, ok := p.Entry.ActionItem.(*fyne.Container); ok && len(pad.Objects) == 1 {
		if eye, ok := pad.Objects[0].(fyne.Tappable); ok {
			eye.Tapped(&fyne.PointEvent{})
		}
	}
}

// address is the field for the email address with a button, where another client has the address, that opens that client.
type address struct {
	*kit.Text
	other  *kit.Button
	object fyne.CanvasObject
}

func newAddress() *address {
	a := &address{Text: kit.NewText(app.FieldLimit(app.FieldEmail))}
	a.other = kit.NewButton("", nil, nil)
	a.other.Hide()
	a.object = kit.Border(nil, nil, nil, a.other, a.Entry)
	return a
}

// Object is what is drawn.
func (a *address) Object() fyne.CanvasObject { return a.object }

// takenBy offers to open the client that has the address; 0 offers nothing.
func (a *address) takenBy(id int64, open func(int64)) {
	if id == 0 {
		a.other.Hide()
	} else {
		a.other.OnTapped = func() { open(id) }
		a.other.SetText(i18n.T("Open %s", number(id)))
		a.other.Show()
	}
	a.object.Refresh()
}

// noticed is a field with a notice below it of what its value means.
type noticed struct {
	kit.Input
	notice *kit.Para
	object *fyne.Container
}

func newNoticed(in kit.Input) *noticed {
	n := &noticed{Input: in, notice: kit.NewPara("", theme.Waiting)}
	n.notice.Hide()
	n.object = container.New(&belowLayout{}, in.Object(), n.notice)
	return n
}

// Object is what is drawn.
func (n *noticed) Object() fyne.CanvasObject { return n.object }

// tell shows a notice, or none where it is empty, and answers whether that changed the height.
func (n *noticed) tell(words string) (changed bool) {
	changed = n.notice.Visible() != (words != "") || n.notice.Text() != words
	n.notice.Set(words, theme.Waiting)
	if words == "" {
		n.notice.Hide()
	} else {
		n.notice.Show()
	}
	return changed
}

// belowLayout puts a text that wraps below something.
type belowLayout struct{ width float32 }

func (l *belowLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	m := o[0].MinSize()
	if o[1].Visible() {
		if l.width > 0 {
			o[1].Resize(fyne.NewSize(l.width, o[1].Size().Height))
		}
		m.Height += theme.Unit + o[1].MinSize().Height
	}
	return m
}

func (l *belowLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	h := o[0].MinSize().Height
	o[0].Move(fyne.Position{})
	o[0].Resize(fyne.NewSize(size.Width, h))
	o[1].Move(fyne.NewPos(0, h+theme.Unit))
	o[1].Resize(fyne.NewSize(size.Width, max(size.Height-h-theme.Unit, 0)))
}

// welcome is the tick box for the welcome mail, with the reason beside it where none can be sent.
type welcome struct {
	*kit.Checks
	object fyne.CanvasObject
}

func newWelcome(ready bool, setUp func()) *welcome {
	w := &welcome{Checks: kit.NewChecks(kit.Choice{Key: on, Label: i18n.T("Send welcome email")})}
	w.object = w.Checks.Object()
	if ready {
		return w
	}
	if col, ok := w.object.(*fyne.Container); ok {
		for _, o := range col.Objects {
			if box, ok := o.(fyne.Disableable); ok {
				box.Disable()
			}
		}
	}
	link := kit.NewButton(i18n.T("Set Up Mail"), nil, setUp)
	why := kit.NewLine(i18n.T("No mail server is set up yet."), theme.Muted)
	w.object = container.New(&sideLayout{}, w.object, why, link)
	return w
}

// Object is what is drawn.
func (w *welcome) Object() fyne.CanvasObject { return w.object }
