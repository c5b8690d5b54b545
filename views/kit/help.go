package kit

import "fyne.io/fyne/v2"

// OnHelp is called for F1, wherever the keyboard is: the toolkit knows no shortcuts without a modifier, so each thing that takes keys passes it on.
var OnHelp func()

// helped tells whether a key asked for help, which is given then.
func helped(ev *fyne.KeyEvent) bool {
	if ev.Name != fyne.KeyF1 || OnHelp == nil {
		return false
	}
	OnHelp()
	return true
}

// HelpKey has F1 ask for help also where nothing has the keyboard.
func HelpKey(c fyne.Canvas) {
	c.SetOnTypedKey(func(ev *fyne.KeyEvent) {
		if !helped(ev) && ev.Name == fyne.KeyEscape {
			escapeOn(c)
		}
	})
}
