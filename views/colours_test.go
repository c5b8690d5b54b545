package views

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	ftheme "fyne.io/fyne/v2/theme"

	"clientele/views/theme"
)

// colourNames are the colours that are not the same in light and dark, by their names in the theme.
func colourNames() []fyne.ThemeColorName {
	names := []fyne.ThemeColorName{
		ftheme.ColorNameBackground, ftheme.ColorNameForeground, ftheme.ColorNamePlaceHolder, ftheme.ColorNameDisabled, ftheme.ColorNamePrimary, ftheme.ColorNameButton,
		ftheme.ColorNameDisabledButton, ftheme.ColorNameInputBackground, ftheme.ColorNameInputBorder, ftheme.ColorNameSeparator, ftheme.ColorNameError,
		theme.ColorNameSurface, theme.ColorNameMuted, theme.ColorNameRail, theme.ColorNameRowHot, theme.ColorNameRowOn, theme.ColorNameRowIdle, theme.ColorNameStrip,
	}
	for _, tone := range []theme.Tone{theme.Plain, theme.Muted, theme.Good, theme.Waiting, theme.Danger, theme.Info} {
		names = append(names, tone.Text(), tone.Fill(), tone.Bar())
	}
	return names
}

// left are the colours of one mode that the other has not.
func left(mode, other theme.Mode) map[color.Color]fyne.ThemeColorName {
	colours := map[color.Color]fyne.ThemeColorName{}
	for _, name := range colourNames() {
		colours[theme.New(theme.Options{Mode: mode}).Color(name, ftheme.VariantLight)] = name
	}
	for _, name := range colourNames() {
		delete(colours, theme.New(theme.Options{Mode: other}).Color(name, ftheme.VariantLight))
	}
	return colours
}

// drawn are the colours of what is to be seen, each with what has it.
func drawn(c fyne.Canvas) map[color.Color]string {
	all := map[color.Color]string{}
	put := func(what string, colours ...color.Color) {
		for _, c := range colours {
			if n, ok := c.(color.NRGBA); ok && n.A > 0 {
				all[n] = what
			}
		}
	}
	for _, o := range test.LaidOutObjects(c.Content()) {
		if !o.Visible() {
			continue
		}
		switch o := o.(type) {
		case *canvas.Text:
			if o.Text != "" {
				put(fmt.Sprintf("the text %q", o.Text), o.Color)
			}
		case *canvas.Rectangle:
			if o.Size().Width > 0 && o.Size().Height > 0 {
				put(fmt.Sprintf("a rectangle of %v", o.Size()), o.FillColor)
			}
		case *canvas.Line:
			put("a line", o.StrokeColor)
		case *canvas.Circle:
			put("a circle", o.FillColor)
		case *canvas.Image:
			if c := ink(o.Image); o.Resource != nil && o.Size().Width > 0 && c != nil {
				put("the icon "+o.Resource.Name(), c)
			}
		}
	}
	return all
}

// ink is the colour that a picture of one colour has: that of its first pixel which lets nothing through. A picture without such a pixel has none.
func ink(pic image.Image) color.Color {
	p, ok := pic.(*image.NRGBA)
	if !ok {
		return nil
	}
	for i := 0; i+3 < len(p.Pix); i += 4 {
		if p.Pix[i+3] == 255 {
			return color.NRGBA{p.Pix[i], p.Pix[i+1], p.Pix[i+2], 255}
		}
	}
	return nil
}

// AP-5: every page that is open changes its colours as a whole when light or dark is chosen, also while another is in front: none keeps one of before.
func TestColoursFollow(t *testing.T) {
	b, s := open(t)
	now, before := theme.Light, theme.Dark
	look := func(name string) {
		kept, own, seen := left(before, now), left(now, before), 0
		for c, what := range drawn(b.Canvas()) {
			if of, ok := kept[c]; ok {
				t.Errorf("%s: %s has the colour %s of mode %d in mode %d", name, what, of, before, now)
			}
			if _, ok := own[c]; ok {
				seen++
			}
		}
		if seen < 3 {
			t.Errorf("%s has %d colours of mode %d, so nothing is seen of it", name, seen, now)
		}
	}
	pages := []struct {
		name string
		show func()
	}{
		{"home", s.to(sectionHome)},
		{"the clients", s.Clients},
		{"a client", func() { s.Client(1) }},
		{"a new client", s.AddClient},
		{"the invoices", s.Invoices},
		{"the transactions", s.to(sectionTransactions)},
		{"the services", s.to(sectionServices)},
		{"the mail", func() { s.Mail() }},
		{"the settings", func() { s.Settings("look") }},
		{"the daily run", s.Daily},
		{"the log", s.Log},
		{"an import", s.Import},
	}
	factor := float32(1)
	for _, p := range pages {
		p.show()
		now, before = before, now
		factor = 2.5 - factor // with the text the icons change their size: what is drawn anew for that must have the colours of now too
		s.look(theme.Options{Mode: now, TextFactor: factor})
		look(p.name)
	}
	for range 2 { // each page was behind others as the mode changed to the one, and as it changed to the other
		for _, p := range pages {
			p.show()
			look(p.name + ", shown again")
		}
		now, before = before, now
		factor = 2.5 - factor
		s.look(theme.Options{Mode: now, TextFactor: factor})
	}
}
