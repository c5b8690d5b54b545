package payment

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/views/kit"
	"clientele/views/mailview"
	"clientele/views/theme"
)

// Send is the tick box by which an act on an invoice mails the client too. Beside it stands who receives the mail, or why it cannot be sent.
type Send struct {
	check  *kit.Tick
	object fyne.CanvasObject
}

// NewSend builds the box. on is how it stands at first; where no mail server is set up, or nobody would receive the mail, it is off.
func NewSend(label string, on, ready bool, to app.Audience) *Send {
	s := &Send{check: kit.NewTick(label, nil)}
	words := ""
	for i, r := range to.To {
		if i > 0 {
			words += ", "
		}
		words += mailview.Address(r)
	}
	switch {
	case !ready:
		words = i18n.T("No mail server is set up yet, so nothing is sent. See Settings, Mail.")
		s.check.Disable()
	case len(to.To) == 0:
		words = to.Why
		s.check.Disable()
	default:
		s.check.SetChecked(on)
	}
	s.object = container.New(layout.NewCustomPaddedVBoxLayout(0), s.check, container.New(layout.NewCustomPaddedLayout(0, 0, 7*theme.Unit, 0), kit.NewPara(words, theme.Muted)))
	return s
}

// On tells whether the mail is to go.
func (s *Send) On() bool { return s.check.Checked && !s.check.Disabled() }

// Object is what is drawn.
func (s *Send) Object() fyne.CanvasObject { return s.object }
