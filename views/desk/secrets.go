package desk

import (
	"time"

	"fyne.io/fyne/v2"

	"clientele/views/task"
)

// Secrets knows what is in sight that nobody must see who only passes by, such as a full card number: it is hidden when the window loses the keyboard, when the person goes
// to another page, and when the window is locked. It is used on the UI thread only. A nil one does nothing.
type Secrets struct {
	next   int
	hide   map[int]func()
	copied string // what was copied last and may still be on the clipboard
}

// Shown has hide called when what is shown must no longer be in sight. The function that it answers forgets it.
func (s *Secrets) Shown(hide func()) (gone func()) {
	if s == nil {
		return func() {}
	}
	if s.hide == nil {
		s.hide = map[int]func(){}
	}
	id := s.next
	s.next++
	s.hide[id] = hide
	return func() { delete(s.hide, id) }
}

// Hide hides everything that is shown.
func (s *Secrets) Hide() {
	if s == nil {
		return
	}
	all := make([]func(), 0, len(s.hide))
	for _, hide := range s.hide {
		all = append(all, hide)
	}
	clear(s.hide)
	for _, hide := range all {
		hide()
	}
}

// ClipboardLife is how long a copied secret stays on the clipboard.
const ClipboardLife = 10 * time.Second

// Copy copies a secret, and takes it from the clipboard after a while, unless something else is there by then.
func (s *Secrets) Copy(run *task.Runner, secret string) {
	fyne.CurrentApp().Clipboard().SetContent(secret)
	if s == nil {
		return
	}
	s.copied = secret
	run.After(ClipboardLife, func() {
		if s.copied == secret {
			s.Forget()
		}
	})
}

// Forget takes a copied secret from the clipboard at once, as at the end of the program.
func (s *Secrets) Forget() {
	if s == nil || s.copied == "" {
		return
	}
	if board := fyne.CurrentApp().Clipboard(); board.Content() == s.copied {
		board.SetContent("")
	}
	s.copied = ""
}
