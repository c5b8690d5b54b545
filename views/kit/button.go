package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Button is the toolkit's button that also answers Enter, and hands Escape on to
// the form or dialog around it.
type Button struct {
	widget.Button
	// OnEscape is called for the Escape key; nil leaves the dialog that the button is in, if it is in one.
	OnEscape func()
}

// NewButton returns an ordinary button.
func NewButton(label string, icon fyne.Resource, tapped func()) *Button {
	b := &Button{}
	b.Text, b.Icon, b.OnTapped = label, icon, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimary returns the one button of a page or dialog that does what it is for.
func NewPrimary(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.HighImportance
	return b
}

// NewDanger returns a red button, for what destroys something.
func NewDanger(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.DangerImportance
	return b
}

// NewQuiet returns a button without a ground, for what lies beside the point.
func NewQuiet(label string, icon fyne.Resource, tapped func()) *Button {
	b := NewButton(label, icon, tapped)
	b.Importance = widget.LowImportance
	return b
}

// TypedKey is for the toolkit.
func (b *Button) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	switch ev.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	case fyne.KeyEscape:
		if b.OnEscape != nil {
			b.OnEscape()
		} else {
			escapeFrom(b)
		}
	default:
		b.Button.TypedKey(ev)
	}
}
