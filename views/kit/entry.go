package kit

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"clientele/app/i18n"
)

// DefaultLimit is how many characters a field holds unless it says otherwise.
const DefaultLimit = 10_000

// Entry is the toolkit's text field that hands Enter and Escape on, and that
// cannot be flooded: what does not fit is refused with a word about it, never
// cut in silence.
type Entry struct {
	widget.Entry
	// Limit is how many characters fit; 0 means DefaultLimit.
	Limit int
	// OnReturn is called for Enter in a field of one line.
	OnReturn func()
	// OnEscape is called for the Escape key; nil leaves the dialog that the field is in, if it is in one.
	OnEscape func()
	// OnRefused is called with a sentence when something did not fit.
	OnRefused func(why string)
	// OnKey is asked before every other key; true means that it is done with.
	OnKey func(fyne.KeyName) bool
	// Whole has the whole text selected when the keyboard comes, for what one writes anew more often than one mends it, such as an amount.
	Whole bool
	// OnEmptyTap is called for a click into the field while nothing stands in it.
	OnEmptyTap func()
	// OnFocus is called when the keyboard comes (true) or goes (false).
	OnFocus func(on bool)
	// onFocused is the form's: it is called with the field when the keyboard comes.
	onFocused func(fyne.CanvasObject)

	typed bool // something was, since the keyboard came or another text was shown
}

// NewEntry returns a field of one line.
func NewEntry() *Entry {
	e := &Entry{}
	e.Wrapping = fyne.TextWrapOff
	e.AlwaysShowValidationError = true
	e.ExtendBaseWidget(e)
	return e
}

// NewMultiLineEntry returns a field of several lines.
func NewMultiLineEntry(rows int) *Entry {
	e := &Entry{}
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.AlwaysShowValidationError = true
	e.ExtendBaseWidget(e)
	e.SetMinRowsVisible(rows)
	return e
}

func (e *Entry) limit() int {
	if e.Limit > 0 {
		return e.Limit
	}
	return DefaultLimit
}

// Mark shows the field as wrong, or as right again if why is empty.
func (e *Entry) Mark(why string) {
	if why == "" {
		e.SetValidationError(nil)
		return
	}
	e.SetValidationError(errors.New(why))
}

// TypedKey is for the toolkit.
func (e *Entry) TypedKey(ev *fyne.KeyEvent) {
	Present()
	if helped(ev) {
		return
	}
	if e.OnKey != nil && e.OnKey(ev.Name) {
		return
	}
	switch ev.Name {
	case fyne.KeyEscape:
		escape(e, e.OnEscape)
		return
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine {
			if e.OnReturn != nil {
				e.OnReturn()
			}
			return
		}
		if !e.fits(1) {
			return
		}
	}
	e.change(func() { e.Entry.TypedKey(ev) })
}

// Tapped is for the toolkit.
func (e *Entry) Tapped(ev *fyne.PointEvent) {
	e.Entry.Tapped(ev)
	if e.OnEmptyTap != nil && e.Text == "" && !e.Disabled() {
		e.OnEmptyTap()
	}
}

// change does something that may change the text, and tells whether it did.
func (e *Entry) change(do func()) bool {
	before := e.Text
	do()
	e.typed = e.typed || e.Text != before
	return e.Text != before
}

// SetText shows another text, in which nothing was typed yet.
func (e *Entry) SetText(text string) {
	e.Entry.SetText(text)
	e.typed = false
}

// undo takes back what was typed. Where nothing was since the keyboard came, and nothing is left to be taken back, it is for the window: whoever deleted something
// may have been led to this field by that. Else one time too many would bring back what was deleted long ago.
func (e *Entry) undo(s fyne.Shortcut) {
	if !e.change(func() { e.Entry.TypedShortcut(s) }) && !e.typed {
		passOn(e, s)
	}
}

// TypedRune is for the toolkit.
func (e *Entry) TypedRune(r rune) {
	Present()
	if unicode.IsControl(r) || !e.fits(1) {
		return
	}
	e.change(func() { e.Entry.TypedRune(r) })
}

// TypedShortcut is for the toolkit; the context menu's Paste comes here too.
func (e *Entry) TypedShortcut(s fyne.Shortcut) {
	if _, ok := s.(*fyne.ShortcutUndo); ok {
		e.undo(s)
		return
	}
	if down, ok := s.(*desktop.CustomShortcut); ok && down.KeyName == fyne.KeyDown && down.Modifier == fyne.KeyModifierAlt && e.OnKey != nil {
		e.OnKey(fyne.KeyDown)
		return
	}
	paste, ok := s.(*fyne.ShortcutPaste)
	if !ok {
		e.change(func() { e.Entry.TypedShortcut(s) })
		return
	}
	if paste.Clipboard == nil {
		return
	}
	text := paste.Clipboard.Content()
	// Megabytes are refused before they are looked at letter by letter.
	if len(text) > e.limit()*utf8.UTFMax {
		e.refuse()
		return
	}
	text = clean(text, e.MultiLine)
	if !e.fits(utf8.RuneCountInString(text)) {
		return
	}
	e.change(func() {
		e.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fixedClipboard(text), Secondary: paste.Secondary})
	})
}

// fits tells whether n more characters fit, and says so if they do not.
func (e *Entry) fits(n int) bool {
	have := utf8.RuneCountInString(e.Text) - utf8.RuneCountInString(e.SelectedText())
	if have+n <= e.limit() {
		return true
	}
	e.refuse()
	return false
}

func (e *Entry) refuse() {
	if e.OnRefused != nil {
		e.OnRefused(i18n.T("That does not fit: this field holds at most %s characters. The text is as it was.",
			i18n.FormatInt(int64(e.limit()))))
	}
}

// left is the field that the keyboard left last: where it comes back to that one, as when the window comes to the front again, somebody is in the middle of typing.
var left *Entry

// FocusGained is for the toolkit.
func (e *Entry) FocusGained() {
	e.Entry.FocusGained()
	e.typed = e.typed && left == e
	if e.Whole && left != e && e.Text != "" {
		e.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	}
	if e.OnFocus != nil {
		e.OnFocus(true)
	}
	inSight(e, e.onFocused)
}

// FocusLost is for the toolkit.
func (e *Entry) FocusLost() {
	e.Entry.FocusLost()
	left = e
	if e.OnFocus != nil {
		e.OnFocus(false)
	}
}

// fixedClipboard is a clipboard that holds one text.
type fixedClipboard string

func (c fixedClipboard) Content() string   { return string(c) }
func (c fixedClipboard) SetContent(string) {}

// clean takes control characters out of a text. Line ends become one kind, and
// in a field of one line a space.
func clean(s string, multiLine bool) string {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			if !multiLine {
				return ' '
			}
			return r
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
}

// AcceptsTab is for the toolkit: Tab goes on to the next field, from a field of several lines too, so that the keyboard alone reaches everything.
func (e *Entry) AcceptsTab() bool { return false }
