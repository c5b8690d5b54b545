package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"clientele/views/theme"
)

// Field is one line of a form: a label above, an input, and below it a help that
// makes room for what is wrong.
type Field struct {
	Key      string // names the field in values and errors
	Label    string
	Help     string // shown below while nothing is wrong; may be empty
	Required bool   // marked; whether it is filled in is for the rules to say
	Wide     bool   // takes the whole width even where there are two columns
	Input    Input
}

// Group is some fields under a heading; the heading may be empty.
type Group struct {
	Title  string
	Fields []Field
}

// Form shows groups of fields, in two columns where there is room. Enter in a
// field of one line submits, Escape cancels; Ctrl+S belongs to the menu, which
// calls Submit.
type Form struct {
	widget.BaseWidget
	// OnSubmit is called when the person wants to save.
	OnSubmit func()
	// OnCancel is called when the person wants to leave.
	OnCancel func()
	// OnDirty is called when the form becomes changed or unchanged.
	OnDirty func(dirty bool)
	// OnChange is called at each change by a person, after the field's error went.
	OnChange func()

	groups []formGroup
	clean  map[string]string
	dirty  bool
	quiet  bool // values are being set, not typed
	width  float32
}

type formGroup struct {
	title *Para
	boxes []*fieldBox
}

// NewForm returns a form of these groups.
func NewForm(groups ...Group) *Form {
	f := &Form{}
	for _, g := range groups {
		fg := formGroup{}
		if g.Title != "" {
			fg.title = NewStrong(g.Title)
		}
		for _, field := range g.Fields {
			b := newFieldBox(field)
			field.Input.bind(hooks{
				changed: func() { f.changed(b) },
				submit:  f.Submit,
				cancel:  f.Cancel,
				refused: b.fail,
				focused: func(o fyne.CanvasObject) { // the label and the message with it, and of what is too high for that the part that has the keyboard
					Reveal(b)
					Reveal(o)
				},
			})
			fg.boxes = append(fg.boxes, b)
		}
		f.groups = append(f.groups, fg)
	}
	f.clean = f.Values()
	f.ExtendBaseWidget(f)
	return f
}

// Reveal brings the field of a key into sight, with what is said below it.
func (f *Form) Reveal(key string) {
	f.each(func(b *fieldBox) {
		if b.field.Key == key {
			Reveal(b)
		}
	})
}

func (f *Form) each(do func(b *fieldBox)) {
	for _, g := range f.groups {
		for _, b := range g.boxes {
			do(b)
		}
	}
}

// Values answers what is filled in, by the fields' keys.
func (f *Form) Values() map[string]string {
	m := map[string]string{}
	f.each(func(b *fieldBox) { m[b.field.Key] = b.field.Input.Value() })
	return m
}

// Plain is Values without the fields whose text must not be kept anywhere, such as passwords.
func (f *Form) Plain() map[string]string {
	m := f.Values()
	f.each(func(b *fieldBox) {
		if b.field.Input.secret() {
			delete(m, b.field.Key)
		}
	})
	return m
}

// Value answers what is filled in for one field.
func (f *Form) Value(key string) (v string) {
	f.each(func(b *fieldBox) {
		if b.field.Key == key {
			v = b.field.Input.Value()
		}
	})
	return v
}

// SetValues fills in the named fields; the form then counts as unchanged and
// free of errors.
func (f *Form) SetValues(values map[string]string) {
	f.quiet = true
	f.each(func(b *fieldBox) {
		if v, ok := values[b.field.Key]; ok {
			b.field.Input.SetValue(v)
		}
		b.fail("")
	})
	f.quiet = false
	f.MarkClean()
}

// Fill fills in the named fields as somebody who types does.
func (f *Form) Fill(values map[string]string) {
	f.each(func(b *fieldBox) {
		if v, ok := values[b.field.Key]; ok {
			b.field.Input.SetValue(v)
			f.changed(b)
		}
	})
}

// MarkClean counts what is filled in now as unchanged, as after saving.
func (f *Form) MarkClean() {
	f.clean = f.Values()
	f.setDirty(false)
}

// Dirty tells whether anything is filled in differently than at first.
func (f *Form) Dirty() bool { return f.dirty }

func (f *Form) setDirty(on bool) {
	if on == f.dirty {
		return
	}
	f.dirty = on
	if f.OnDirty != nil {
		f.OnDirty(on)
	}
}

func (f *Form) changed(b *fieldBox) {
	if f.quiet {
		return
	}
	if b.failed {
		b.fail("") // what was wrong may be right now; saving tells
		f.Refresh()
	}
	dirty := false
	for key, v := range f.Values() {
		if f.clean[key] != v {
			dirty = true
			break
		}
	}
	f.setDirty(dirty)
	if f.OnChange != nil {
		f.OnChange()
	}
}

// SetErrors shows what is wrong, in words under each field, takes away what was
// wrong before, and gives the first bad field the keyboard. It answers the
// errors of keys that are not in the form, which the caller must show itself.
func (f *Form) SetErrors(errs map[string]string) (rest map[string]string) {
	rest = map[string]string{}
	for k, v := range errs {
		rest[k] = v
	}
	var first Input
	f.each(func(b *fieldBox) {
		why := errs[b.field.Key]
		delete(rest, b.field.Key)
		b.fail(why)
		if why != "" && first == nil {
			first = b.field.Input
		}
	})
	f.Refresh()
	if first != nil {
		focus(first.Focus())
	}
	return rest
}

// FocusFirst gives the first field the keyboard. The canvas is the one on which
// the form is, or has just been put: a window knows what is on it only after it
// has drawn it.
func (f *Form) FocusFirst(c fyne.Canvas) {
	for _, g := range f.groups {
		if len(g.boxes) > 0 {
			c.Focus(g.boxes[0].field.Input.Focus())
			return
		}
	}
}

// FocusOn gives the field of a key the keyboard.
func (f *Form) FocusOn(c fyne.Canvas, key string) {
	f.each(func(b *fieldBox) {
		if b.field.Key == key {
			c.Focus(b.field.Input.Focus())
		}
	})
}

// focus gives the keyboard to something that has been drawn before.
func focus(w fyne.Focusable) {
	o, ok := w.(fyne.CanvasObject)
	if !ok {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(o); c != nil {
		c.Focus(w)
	}
}

// Submit does what Enter does.
func (f *Form) Submit() {
	if f.OnSubmit != nil {
		f.OnSubmit()
	}
}

// Cancel does what Escape does: what OnCancel says, or else it leaves the dialog that the form is in, if it is in one.
func (f *Form) Cancel() { escape(f, f.OnCancel) }

// twoColumns is the width from which a form has two columns.
const twoColumns = 560

// widestForm is how wide a form gets: in a wider window its fields would be further apart than one looks.
const widestForm = 1200

// Resize lays the fields out for the width.
func (f *Form) Resize(size fyne.Size) {
	f.width = size.Width
	f.BaseWidget.Resize(size)
}

// flow places everything for a width and answers how high it is.
func (f *Form) flow(width float32) float32 {
	width = min(width, theme.Wider(widestForm))
	gapX, gapY := 2*theme.Gap, theme.Gap
	cols := 1
	if width >= theme.Wider(twoColumns) {
		cols = 2
	}
	colW := (width - float32(cols-1)*gapX) / float32(cols)
	var y float32
	for gi, g := range f.groups {
		if gi > 0 {
			y += gapY
		}
		if g.title != nil {
			h := g.title.MinSize().Height
			place(g.title, 0, y, width, h)
			y += h + 2*theme.Unit
		}
		col, rowH := 0, float32(0)
		for _, b := range g.boxes {
			w := colW
			if b.field.Wide {
				w = width
				if col > 0 {
					y, col, rowH = y+rowH+gapY, 0, 0
				}
			}
			h := b.flow(w)
			place(b, float32(col)*(colW+gapX), y, w, h)
			rowH = max(rowH, h)
			col++
			if col >= cols || b.field.Wide {
				y, col, rowH = y+rowH+gapY, 0, 0
			}
		}
		if col > 0 {
			y += rowH + gapY
		}
	}
	return max(y-gapY, 0)
}

// CreateRenderer is for the toolkit.
func (f *Form) CreateRenderer() fyne.WidgetRenderer { return &formRenderer{f} }

type formRenderer struct{ f *Form }

func (r *formRenderer) Destroy()           {}
func (r *formRenderer) Layout(s fyne.Size) { r.f.flow(s.Width) }

func (r *formRenderer) MinSize() fyne.Size {
	const narrowest = 220
	return fyne.NewSize(narrowest, r.f.flow(max(r.f.width, narrowest)))
}

func (r *formRenderer) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, g := range r.f.groups {
		if g.title != nil {
			out = append(out, g.title)
		}
		for _, b := range g.boxes {
			out = append(out, b)
		}
	}
	return out
}

func (r *formRenderer) Refresh() {
	r.f.flow(r.f.Size().Width)
	for _, o := range r.Objects() {
		o.Refresh()
	}
}
