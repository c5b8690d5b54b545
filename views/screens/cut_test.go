package main

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"clientele/app/i18n"
	"clientele/views"
	"clientele/views/task"
	"clientele/views/theme"
)

// looked is in what look all is looked through: the size of the window and of the text, the colours, the density and the language, as in
// CLIENTELE_LOOK="1920x1080@2 dark dense de". The usual one is the largest text in the usual window, which leaves the least room. CLIENTELE_LOOKS is a folder
// where the pictures go.
type looked struct {
	width, height, factor float32
	mode, density         string
	language              string
}

func lookOf(s string) (looked, error) {
	l := looked{1280, 800, theme.MaxFactor, "light", "compact", "en"}
	if s == "" {
		return l, nil
	}
	words := strings.Fields(s)
	if _, err := fmt.Sscanf(words[0], "%fx%f@%f", &l.width, &l.height, &l.factor); err != nil {
		return l, fmt.Errorf("%q is no look: %w", s, err)
	}
	for i, word := range words[1:] {
		*[]*string{&l.mode, &l.density, &l.language}[i] = word
	}
	return l, nil
}

func (l looked) options() theme.Options {
	o := theme.Options{Mode: theme.Light, TextFactor: l.factor, Density: densities[l.density]}
	if l.mode == "dark" {
		o.Mode = theme.Dark
	}
	return o
}

// interface.md: no text is cut. However large the text is, in each page, dialog and menu all words are within what shows them, and none lies over another.
func TestNothingIsCut(t *testing.T) {
	const clients = 30
	look, err := lookOf(os.Getenv("CLIENTELE_LOOK"))
	if err != nil {
		t.Fatal(err)
	}
	if err := i18n.SetLanguage(look.language); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = i18n.SetLanguage("en") })
	a, closeStore, err := office(t.TempDir(), clients)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = closeStore() }()
	fa := test.NewTempApp(t)
	fa.Settings().SetTheme(theme.New(look.options()))
	run := task.NewInline()
	run.Advance(moment.Sub(run.Now()))
	w := test.NewTempWindow(t, container.NewStack())
	size := fyne.NewSize(look.width, look.height)
	w.Resize(size)
	stage := views.NewStage(w, run, views.Params{App: a, Version: "0.1.0", Now: now}, fa.Preferences(), true)
	all, err := scenes(a, stage, clients+1)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(all, dialogs(t, a, stage, w.Canvas(), run, clients+1)...) {
		bare(w.Canvas())
		s.show()
		run.Advance(time.Second)
		root := w.Canvas().Content()
		for _, over := range w.Canvas().Overlays().List() {
			over.Refresh() // a dialog that grew goes back to the middle
			root = over
		}
		if least := root.MinSize(); least.Width > size.Width || least.Height > size.Height {
			t.Errorf("%s: the window cannot be smaller than %v", s.name, least)
		}
		for _, one := range faults(pieces(root, size)) {
			t.Errorf("%s: %s", s.name, one)
		}
		if dir := os.Getenv("CLIENTELE_LOOKS"); dir != "" {
			if err := save(filepath.Join(dir, s.name+".png"), w.Canvas().Capture()); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// piece is a text that is drawn, and what of the window shows it.
type piece struct {
	text     string
	from, to fyne.Position // of its letters
	in       [2]fyne.Position
	across   bool // what it lies in scrolls from side to side, or cuts it as a cell of a table does
	down     bool // and up and down
}

func (p piece) String() string {
	return fmt.Sprintf("“%s” from %.0f,%.0f to %.0f,%.0f", p.text, p.from.X, p.from.Y, p.to.X, p.to.Y)
}

// pieces are the texts in sight.
func pieces(o fyne.CanvasObject, window fyne.Size) (all []piece) {
	var walk func(o fyne.CanvasObject, at fyne.Position, p piece)
	walk = func(o fyne.CanvasObject, at fyne.Position, p piece) {
		if !o.Visible() {
			return
		}
		at = at.Add(o.Position())
		switch o := o.(type) {
		case *canvas.Text:
			if p.write(o, at) {
				all = append(all, p)
			}
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c, at, p)
			}
		case fyne.Widget:
			p.enter(o, at)
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c, at, p)
			}
		}
	}
	walk(o, fyne.Position{}, piece{in: [2]fyne.Position{{}, fyne.NewPos(window.Width, window.Height)}})
	return all
}

// enter goes into a widget, which may show a part of what it holds.
func (p *piece) enter(w fyne.Widget, at fyne.Position) {
	_, scrolls := w.(fyne.Scrollable)
	_, clips := w.(*container.Clip)
	if scrolls || clips {
		size := w.Size()
		p.in[0] = fyne.NewPos(max(p.in[0].X, at.X), max(p.in[0].Y, at.Y))
		p.in[1] = fyne.NewPos(min(p.in[1].X, at.X+size.Width), min(p.in[1].Y, at.Y+size.Height))
		p.down, p.across = true, p.across || clips
	}
	if s, ok := w.(*container.Scroll); ok && s.Direction != container.ScrollVerticalOnly {
		p.across = true
	}
	if strings.HasSuffix(strings.ToLower(fmt.Sprintf("%T", w)), "entry") { // what is typed scrolls
		p.across = true
	}
}

// write puts a text into its place, and tells whether it is in sight.
func (p *piece) write(o *canvas.Text, at fyne.Position) bool {
	if strings.TrimSpace(o.Text) == "" || o.Color == nil || color.AlphaModel.Convert(o.Color) == (color.Alpha{}) {
		return false
	}
	need, rest := o.MinSize(), o.Size().Width-o.MinSize().Width
	switch o.Alignment {
	case fyne.TextAlignCenter:
		at.X += rest / 2
	case fyne.TextAlignTrailing:
		at.X += rest
	}
	p.text, p.from, p.to = o.Text, at, at.AddXY(need.Width, need.Height)
	return p.to.Y > p.in[0].Y && p.from.Y < p.in[1].Y && p.to.X > p.in[0].X && p.from.X < p.in[1].X
}

// faults are the texts that are not whole, and those that lie over others.
func faults(all []piece) (found []string) {
	for i, p := range all {
		if !p.across && (p.from.X < p.in[0].X-1 || p.to.X > p.in[1].X+1) || !p.down && (p.from.Y < p.in[0].Y-1 || p.to.Y > p.in[1].Y+1) {
			found = append(found, fmt.Sprintf("%s is cut: it is shown in %v", p, p.in))
		}
		for _, o := range all[i+1:] {
			if p.across == o.across && p.down == o.down && p.meets(o) {
				found = append(found, fmt.Sprintf("%s and %s lie over each other", p, o))
			}
		}
	}
	return found
}

// meets tells whether two texts lie over each other where they are shown. The room above and below letters may.
func (p piece) meets(o piece) bool {
	const lines, letters = 5, 1
	return max(p.from.X, p.in[0].X) < min(o.to.X, o.in[1].X)-letters && max(o.from.X, o.in[0].X) < min(p.to.X, p.in[1].X)-letters &&
		p.from.Y < o.to.Y-lines && o.from.Y < p.to.Y-lines
}

// What would be cut is found.
func TestCutTextsAreFound(t *testing.T) {
	test.NewTempApp(t)
	text := canvas.NewText("a long line", color.Black)
	wide := text.MinSize()
	w := test.NewTempWindow(t, container.NewWithoutLayout(text))
	w.SetPadded(false)
	w.Resize(fyne.NewSize(2*wide.Width, 2*wide.Height))
	for x, want := range map[float32]int{0: 0, wide.Width: 0, wide.Width + 2: 1, -2: 1} {
		text.Move(fyne.NewPos(x, 0))
		if got := faults(pieces(w.Content(), fyne.NewSize(2*wide.Width, 2*wide.Height))); len(got) != want {
			t.Errorf("at %v: %v", x, got)
		}
	}
	text.Move(fyne.Position{})
	over := canvas.NewText("another", color.Black)
	over.Move(fyne.NewPos(8, 2))
	w.SetContent(container.NewWithoutLayout(text, over))
	if got := faults(pieces(w.Content(), fyne.NewSize(2*wide.Width, 2*wide.Height))); len(got) != 1 {
		t.Errorf("two over each other: %v", got)
	}
}
