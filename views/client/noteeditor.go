package client

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"

	"clientele/app"
	"clientele/app/i18n"
	"clientele/assets/icons"
	"clientele/views/desk"
	"clientele/views/kit"
	"clientele/views/theme"
)

// previewPause is how long typing must pause before the preview follows.
const previewPause = 300 * time.Millisecond

// noteEditor is where the text of a note is typed: the field, buttons for its looks above it, a preview below it, and what is wrong.
type noteEditor struct {
	d       *desk.Desk
	entry   *kit.Entry
	preview *kit.Button
	shown   *fyne.Container // the preview; empty while it is not wanted
	message *kit.Para
	object  *fyne.Container
	stop    func() // the preview that is due
	// changed is called after each change of the text, grown after each of the height.
	changed, grown func()
}

// newNoteEditor returns an editor of so many rows; a plain one has the field alone.
func newNoteEditor(d *desk.Desk, rows int, plain bool) *noteEditor {
	e := &noteEditor{d: d, entry: kit.NewMultiLineEntry(rows), message: kit.NewPara("", theme.Danger), changed: func() {}, grown: func() {}}
	e.entry.Limit = app.NoteLimit
	e.entry.OnRefused = e.tell
	e.entry.OnChanged = func(string) {
		e.tell("")
		e.changed()
		e.follow()
	}
	e.message.Hide()
	e.shown = container.New(&kit.Stacked{})
	e.shown.Hide()
	e.object = container.New(&kit.Stacked{Gap: 2 * theme.Unit})
	if !plain {
		e.preview = kit.NewQuiet(i18n.T("Preview"), icons.Reveal, e.togglePreview)
		e.object.Add(container.NewHBox(
			e.tool(icons.Bold, i18n.T("Bold"), func() { e.around("**", i18n.T("bold")) }),
			e.tool(icons.Italic, i18n.T("Italic"), func() { e.around("*", i18n.T("italic")) }),
			e.tool(icons.Bullets, i18n.T("List"), e.list),
			e.tool(icons.Link, i18n.T("Link"), e.link),
			layout.NewSpacer(), e.preview,
		))
	}
	e.object.Add(e.entry)
	e.object.Add(e.message)
	e.object.Add(e.shown)
	return e
}

// tool is a button for a look. Its word stands beside its picture, since not everyone knows the pictures.
func (e *noteEditor) tool(icon fyne.Resource, word string, do func()) *kit.Button {
	b := kit.NewQuiet(word, icon, func() {
		do()
		e.d.Canvas().Focus(e.entry)
	})
	b.OnEscape = func() {
		if e.entry.OnEscape != nil {
			e.entry.OnEscape()
		}
	}
	return b
}

func (e *noteEditor) text() string { return e.entry.Text }

// set puts another text in.
func (e *noteEditor) set(text string) {
	e.entry.SetText(text)
	e.tell("")
}

// insert puts a text in the place of what is selected, or where the cursor is.
func (e *noteEditor) insert(text string) {
	e.entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: clip(text)})
}

// clip is a clipboard that holds one text.
type clip string

func (c clip) Content() string   { return string(c) }
func (c clip) SetContent(string) {}

// around puts a mark before and after what is selected, or some words in between where nothing is.
func (e *noteEditor) around(mark, words string) {
	if selected := e.entry.SelectedText(); strings.TrimSpace(selected) != "" {
		inner := strings.TrimSpace(selected)
		before, after, _ := strings.Cut(selected, inner)
		e.insert(before + mark + inner + mark + after)
		return
	}
	e.insert(mark + words + mark)
	e.choose(words, len(mark))
}

// choose selects words that were just inserted, with so many characters behind them, so that what is typed now takes their place. The toolkit selects
// by the keyboard alone.
func (e *noteEditor) choose(words string, behind int) {
	left := &fyne.KeyEvent{Name: fyne.KeyLeft}
	for range behind {
		e.entry.TypedKey(left)
	}
	shift := &fyne.KeyEvent{Name: desktop.KeyShiftLeft}
	e.entry.KeyDown(shift)
	for range []rune(words) {
		e.entry.TypedKey(left)
	}
	e.entry.KeyUp(shift)
}

// list makes each selected line an item, or begins one.
func (e *noteEditor) list() {
	selected := e.entry.SelectedText()
	if selected == "" {
		if e.entry.CursorColumn > 0 {
			e.insert("\n- ")
		} else {
			e.insert("- ")
		}
		return
	}
	lines := strings.Split(selected, "\n")
	for i, l := range lines {
		if strings.TrimSpace(l) != "" && !strings.HasPrefix(strings.TrimSpace(l), "- ") {
			lines[i] = "- " + l
		}
	}
	e.insert(strings.Join(lines, "\n"))
}

// link makes a link of what is selected.
func (e *noteEditor) link() {
	words := strings.TrimSpace(e.entry.SelectedText())
	address := "https://"
	if strings.HasPrefix(words, "https://") || strings.HasPrefix(words, "http://") {
		address, words = words, ""
	}
	if words != "" {
		e.insert("[" + words + "](" + address + ")")
		e.choose("", 1) // the address is typed next
		return
	}
	words = i18n.T("words")
	e.insert("[" + words + "](" + address + ")")
	e.choose(words, len([]rune("]("+address+")")))
}

func (e *noteEditor) togglePreview() {
	if e.shown.Visible() {
		e.shown.Hide()
		e.preview.SetText(i18n.T("Preview"))
	} else {
		e.shown.Show()
		e.preview.SetText(i18n.T("Hide Preview"))
		e.draw()
	}
	e.object.Refresh()
	e.grown()
}

// follow has the preview follow the text once typing pauses.
func (e *noteEditor) follow() {
	if !e.shown.Visible() || e.stop != nil {
		return
	}
	e.stop = e.d.Run.After(previewPause, func() {
		e.stop = nil
		e.draw()
		e.grown()
	})
}

func (e *noteEditor) draw() {
	e.shown.RemoveAll()
	if strings.TrimSpace(e.entry.Text) == "" {
		e.shown.Add(kit.NewPara(i18n.T("Nothing to preview yet."), theme.Muted))
		return
	}
	e.shown.Add(kit.NewCard("", formatted(e.entry.Text)))
}

// tell says what is wrong with the text.
func (e *noteEditor) tell(words string) {
	if words == e.message.Text() {
		return
	}
	e.message.Set(words, theme.Danger)
	if words == "" {
		e.message.Hide()
	} else {
		e.message.Show()
	}
	e.object.Refresh()
	e.grown()
}

// fail says why a note could not be stored.
func (e *noteEditor) fail(err error) {
	fields, rest := desk.FieldErrors(err)
	if words := fields[app.FieldNote]; words != "" {
		rest = words
	}
	e.tell(rest)
}
