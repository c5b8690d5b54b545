// Package theme is the look of the windows: a calm neutral ground, one accent,
// red only for danger, amber for what waits, green for what is paid, in light
// and dark; spacing on a grid of four units; two text sizes and two weights.
package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"clientele/assets/fonts"
)

// Mode says whether the windows are light or dark.
type Mode uint8

// The modes.
const (
	System Mode = iota // as the desktop says
	Light
	Dark
)

// Density says how much room a table row takes.
type Density uint8

// The densities. Compact is the usual one.
const (
	Compact Density = iota
	Comfortable
	Dense
)

// Smallest and largest text factor that [New] accepts.
const (
	MinFactor = 0.8
	MaxFactor = 2.0
)

// Options are the parts of the look that a person may choose.
type Options struct {
	Mode    Mode
	Density Density
	// TextFactor makes all text larger or smaller; 0 means 1. Outside of
	// MinFactor to MaxFactor it is brought to the nearer end.
	TextFactor float32
}

// Theme is the product's [fyne.Theme].
type Theme struct {
	options Options
}

var _ fyne.Theme = (*Theme)(nil)

// New returns the theme with these choices.
func New(o Options) *Theme {
	if o.TextFactor == 0 {
		o.TextFactor = 1
	}
	o.TextFactor = min(max(o.TextFactor, MinFactor), MaxFactor)
	return &Theme{options: o}
}

// Options answers the choices that the theme was made with.
func (t *Theme) Options() Options { return t.options }

// Color answers the colour of that name; the desktop's variant counts only when
// the mode is System.
func (t *Theme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	switch t.options.Mode {
	case Light:
		variant = theme.VariantLight
	case Dark:
		variant = theme.VariantDark
	}
	p := light
	if variant == theme.VariantDark {
		p = dark
	}
	if c, ok := p[name]; ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

var (
	regular  = fyne.NewStaticResource("IBMPlexSans-Regular.ttf", fonts.Regular())
	semiBold = fyne.NewStaticResource("IBMPlexSans-SemiBold.ttf", fonts.SemiBold())
)

// Font answers the face for a style. There are two weights; italics, which notes alone have, are the toolkit's.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource {
	switch {
	case style.Monospace, style.Symbol, style.Italic:
		return theme.DefaultTheme().Font(style)
	case style.Bold:
		return semiBold
	}
	return regular
}

// Icon answers the toolkit's icons, which are of the same family as ours.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource {
	return theme.DefaultTheme().Icon(name)
}
