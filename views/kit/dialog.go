package kit

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
	"clientele/views/theme"
)

// Dialog says what a dialog is for and does.
type Dialog struct {
	Title string
	// Text is said below the title; may be empty.
	Text string
	// Consequences are the things that will happen, one line each.
	Consequences []string
	// Form is filled in; Enter in it does the act, Escape leaves. May be nil.
	Form *Form
	// Body is anything else to show; may be nil.
	Body fyne.CanvasObject
	// First is where the keyboard begins in the body; nil begins in the form, or at the button that does no harm.
	First fyne.CanvasObject

	// Action names what the dialog does: Save Changes, Delete Client. Empty
	// leaves only the button to close.
	Action string
	// Danger makes the act's button red; it is then never the default.
	Danger bool
	// Other is a second way out, such as Discard; empty means none.
	Other string
	// Right is a button at the right end, beside the others, for what is done
	// without closing the dialog; may be nil.
	Right *Button
	// Close names the way back; empty means Cancel.
	Close string
	// Width is how wide it should be; 0 means the usual.
	Width float32

	// Do does the act and calls done, on the UI thread, when it is over. With
	// an error the dialog stays open and says it.
	Do func(done func(error))
	// DoOther is called after the dialog closed by Other.
	DoOther func()
	// OnClose is called after the dialog closed without the act.
	OnClose func()
}

// openDialogs counts what is open: the main menu's shortcuts reach through a
// dialog, so their handlers must ask.
var openDialogs []*OpenDialog

// DialogOpen tells whether a dialog is open, or a window is blank. What a menu
// starts must not start then.
func DialogOpen() bool { return len(openDialogs) > 0 || Blanked() }

// escape does what Escape means at o: what its form says, or else it closes the dialog on top of the canvas of o. So Escape leaves a dialog
// wherever the keyboard is in it.
func escape(o fyne.CanvasObject, cancel func()) {
	if cancel != nil {
		cancel()
		return
	}
	escapeOn(fyne.CurrentApp().Driver().CanvasForObject(o))
}

// escapeOn closes the dialog on top of a canvas, if there is one.
func escapeOn(c fyne.Canvas) {
	for _, d := range slices.Backward(openDialogs) {
		if d.canvas == c && c.Overlays().Top() == d.overlay {
			d.Dismiss()
			return
		}
	}
}

// OpenDialog is a dialog on the screen.
type OpenDialog struct {
	spec    Dialog
	canvas  fyne.Canvas
	pop     *widget.PopUp
	overlay fyne.CanvasObject // what the toolkit put the pop-up into
	title   *Para
	message *Para
	buttons *fyne.Container
	content *fyne.Container
	action  *Button
	other   *Button
	closer  *Button
	back    fyne.Focusable
	busy    bool
	open    bool
}

const dialogWidth float32 = 480

// ShowDialog opens a dialog on a canvas. The keyboard goes into the form, or to
// the button that does no harm, and returns to where it was when it closes.
func ShowDialog(c fyne.Canvas, spec Dialog) *OpenDialog {
	leaveTips()
	d := &OpenDialog{spec: spec, canvas: c, back: c.Focused(), message: NewPara("", theme.Danger)}
	d.message.Hide()
	d.build()
	d.pop = widget.NewModalPopUp(Watched(container.New(layout.NewCustomPaddedLayout(theme.Inset, theme.Inset, theme.Inset, 0), d.content)), c)
	openDialogs = append(openDialogs, d)
	d.open = true
	d.pop.Show()
	d.overlay = c.Overlays().Top()
	d.fit()
	if b := blankOf(c); b != nil {
		b.hold(d)
		return d
	}
	d.focus()
	return d
}

// focus puts the keyboard to what is first in the dialog, into the form, or to the button that does no harm.
func (d *OpenDialog) focus() {
	switch {
	case d.spec.First != nil && Begin(d.canvas, d.spec.First):
	case d.spec.Form != nil:
		d.spec.Form.FocusFirst(d.canvas)
	case d.spec.Action != "" && !d.spec.Danger:
		d.canvas.Focus(d.action)
	default:
		d.canvas.Focus(d.closer)
	}
}

func (d *OpenDialog) build() {
	s := d.spec
	inner := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap))
	if s.Text != "" {
		inner.Add(NewPara(s.Text, theme.Plain))
	}
	if len(s.Consequences) > 0 {
		list := container.New(layout.NewCustomPaddedVBoxLayout(theme.Unit))
		for _, line := range s.Consequences {
			dot := container.NewVBox(NewLine("•", theme.Muted))
			list.Add(Border(nil, nil, dot, nil, NewPara(line, theme.Plain)))
		}
		inner.Add(list)
	}
	if s.Form != nil {
		s.Form.OnSubmit, s.Form.OnCancel = d.act, d.Dismiss
		inner.Add(s.Form)
	}
	if s.Body != nil {
		inner.Add(s.Body)
	}
	closeName := s.Close
	if closeName == "" {
		closeName = i18n.T("Cancel")
	}
	d.closer = NewButton(closeName, nil, d.Dismiss)
	buttons := NewTrailing(d.closer)
	d.buttons = buttons
	if s.Other != "" {
		d.other = NewButton(s.Other, nil, func() {
			if d.busy {
				return
			}
			d.shut()
			if s.DoOther != nil {
				s.DoOther()
			}
		})
		buttons.Add(d.other)
	}
	if s.Action != "" {
		if s.Danger {
			d.action = NewDanger(s.Action, nil, d.act)
		} else {
			d.action = NewPrimary(s.Action, nil, d.act)
		}
		buttons.Add(d.action)
	}
	if s.Right != nil {
		buttons.Add(s.Right)
	}
	for _, b := range []*Button{d.closer, d.other, d.action, s.Right} {
		if b != nil {
			b.OnEscape = d.Dismiss
		}
	}
	foot := container.New(layout.NewCustomPaddedVBoxLayout(theme.Gap), d.message, buttons)
	// The bar that scrolls is in the margin, beside what it scrolls.
	d.title = NewHeading(s.Title)
	d.title.oneRow = false // a question is read to its end
	head := container.New(layout.NewCustomPaddedLayout(0, theme.Gap, 0, theme.Inset), d.title)
	foot = container.New(layout.NewCustomPaddedLayout(theme.Gap, 0, 0, theme.Inset), foot)
	within := container.New(layout.NewCustomPaddedLayout(0, 0, 0, theme.Inset), inner)
	d.content = Border(head, foot, nil, nil, Scrolled(within))
	d.spec.Body = within
}

// fit gives the dialog the height that its content needs at its width, and
// never more than the window has.
func (d *OpenDialog) fit() {
	width := d.spec.Width
	if width == 0 {
		width = dialogWidth
	}
	width = theme.Wider(width)
	room := d.canvas.Size().SubtractWidthHeight(2*theme.Inset, 2*theme.Inset)
	width = min(width, room.Width)
	d.spec.Body.Resize(fyne.NewSize(width-theme.Inset, d.spec.Body.Size().Height))
	d.title.Resize(fyne.NewSize(width-2*theme.Inset, 1))
	d.message.Resize(fyne.NewSize(width-2*theme.Inset, 1))
	d.buttons.Resize(fyne.NewSize(width-2*theme.Inset, 1))
	// Border's minimum counts the scrolled part with a token height.
	rest := d.pop.MinSize().Height - 32
	height := min(rest+d.spec.Body.MinSize().Height, room.Height)
	d.pop.Resize(fyne.NewSize(width, height))
}

// Fit gives the dialog the height that its content needs now, after that has
// changed.
func (d *OpenDialog) Fit() {
	if d.open {
		d.content.Refresh()
		d.fit()
	}
}

func (d *OpenDialog) act() {
	if d.busy || !d.open || d.spec.Action == "" {
		return
	}
	if d.spec.Do == nil {
		d.shut()
		return
	}
	d.setBusy(true)
	d.say("")
	d.spec.Do(func(err error) {
		d.setBusy(false)
		if err == nil {
			d.shut()
			return
		}
		d.Fail(err.Error())
	})
}

// Fail says what went wrong and lets the person try again.
func (d *OpenDialog) Fail(why string) {
	if !d.open {
		return
	}
	d.say(why)
	if d.action != nil && d.spec.Form == nil && blankOf(d.canvas) == nil {
		d.canvas.Focus(d.closer)
	}
}

func (d *OpenDialog) say(why string) {
	d.message.Set(why, theme.Danger)
	setVisible(d.message, why != "")
	d.content.Refresh()
	d.fit()
}

func (d *OpenDialog) setBusy(on bool) {
	d.busy = on
	for _, b := range []*Button{d.closer, d.other, d.action} {
		if b == nil {
			continue
		}
		if on {
			b.Disable()
		} else {
			b.Enable()
		}
	}
}

// KeepInDialog finds the keyboard a place in the dialog on top of a canvas, where what had it there is gone or became disabled. It does nothing while a dialog does its
// act, and answers whether there is a dialog.
func KeepInDialog(c fyne.Canvas) bool {
	for _, d := range slices.Backward(openDialogs) {
		if d.canvas != c || c.Overlays().Top() != d.overlay {
			continue
		}
		switch had, ok := c.Focused().(fyne.CanvasObject); {
		case d.busy:
		case ok && !Seen(had):
			d.focus()
		case Idle(c):
			GoOn(c, d.content)
		}
		return true
	}
	return false
}

// SaveDialog does the act of the dialog on top of a canvas where that saves what a form has, as Enter in it does. What destroys something is asked for by its button
// alone.
func SaveDialog(c fyne.Canvas) {
	for _, d := range slices.Backward(openDialogs) {
		if d.canvas == c && c.Overlays().Top() == d.overlay {
			if d.spec.Form != nil && !d.spec.Danger {
				d.act()
			}
			return
		}
	}
}

// Closer is the button that closes it without the act.
func (d *OpenDialog) Closer() fyne.Focusable { return d.closer }

// Act does what the button of the act does.
func (d *OpenDialog) Act() { d.act() }

// Wait has the buttons answer nothing, and Escape leave nothing, while what the dialog shows is read anew; false ends it.
func (d *OpenDialog) Wait(on bool) { d.setBusy(on) }

// Busy tells whether the act is being done, or the dialog waits.
func (d *OpenDialog) Busy() bool { return d.busy }

// SetAction gives the act another name, after what it is about has changed. A dialog without an act has none to name.
func (d *OpenDialog) SetAction(name string) {
	if d.action != nil {
		d.action.SetText(name)
	}
}

// Dismiss closes the dialog without its act, unless that is being done just now.
func (d *OpenDialog) Dismiss() {
	if d.busy || !d.open {
		return
	}
	d.shut()
	if d.spec.OnClose != nil {
		d.spec.OnClose()
	}
}

// Open tells whether it is still on the screen.
func (d *OpenDialog) Open() bool { return d.open }

// ReturnTo has the keyboard go there once the dialog is closed, as what had it before is no longer on the screen.
func (d *OpenDialog) ReturnTo(f fyne.Focusable) { d.back = f }

// CloseDialogs takes all dialogs off the screen without a question, for pictures of one screen after another.
func CloseDialogs() {
	for _, d := range slices.Clone(openDialogs) {
		d.shut()
	}
}

func (d *OpenDialog) shut() {
	if !d.open {
		return
	}
	d.open = false
	openDialogs = slices.DeleteFunc(openDialogs, func(o *OpenDialog) bool { return o == d })
	d.pop.Hide()
	if b := blankOf(d.canvas); b != nil {
		b.drop(d)
		return
	}
	if back, ok := d.back.(fyne.CanvasObject); ok && Seen(back) && able(d.back) {
		d.canvas.Focus(d.back)
	} else if d.back != nil && OnLost != nil {
		OnLost()
	}
}

// OnLost is called where a dialog closed, and what had the keyboard before is gone or disabled; nil where nobody finds it another place.
var OnLost func()

// Confirm asks before something is done, and lists what will happen.
func Confirm(c fyne.Canvas, title string, consequences []string, action string, danger bool, do func(done func(error))) *OpenDialog {
	return ShowDialog(c, Dialog{Title: title, Consequences: consequences, Action: action, Danger: danger, Do: do})
}

// AskUnsaved asks what is to become of changes: saved, discarded, or the person
// stays where they are.
func AskUnsaved(c fyne.Canvas, text string, save func(done func(error)), discard func()) *OpenDialog {
	return ShowDialog(c, Dialog{
		Title: i18n.T("Unsaved changes"), Text: text,
		Action: i18n.T("Save Changes"), Do: save,
		Other: i18n.T("Discard"), DoOther: discard,
		Close: i18n.T("Stay Here"),
	})
}

// Message says something that needs more than the bar at the bottom. Details may
// be empty; they can be copied.
func Message(c fyne.Canvas, title, text, details string) *OpenDialog {
	d := Dialog{Title: title, Text: text, Close: i18n.T("Close")}
	if details != "" {
		more := widget.NewLabel(details)
		more.Wrapping = fyne.TextWrapBreak
		more.Selectable = true
		d.Body = NewCard("", more)
	}
	return ShowDialog(c, d)
}
