package theme

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance and contrast are those of the Web Content Accessibility Guidelines
// 2.2, "relative luminance" and "contrast ratio".
func luminance(c color.NRGBA) float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	la, lb := luminance(a), luminance(b)
	if la < lb {
		la, lb = lb, la
	}
	return (la + 0.05) / (lb + 0.05)
}

func TestContrastFormula(t *testing.T) {
	if got := contrast(rgb(0), rgb(0xffffff)); math.Abs(got-21) > 0.001 {
		t.Errorf("black on white is %.2f, must be 21", got)
	}
	if got := contrast(rgb(0x777777), rgb(0xffffff)); math.Abs(got-4.48) > 0.01 {
		t.Errorf("#777 on white is %.2f, must be 4.48", got)
	}
}

// Every text of the windows has a contrast of at least 4.5:1 against what it
// stands on, in light and in dark.
func TestTextContrast(t *testing.T) {
	type pair struct{ text, ground fyne.ThemeColorName }
	grounds := []fyne.ThemeColorName{
		theme.ColorNameBackground, ColorNameSurface, ColorNameRail,
		theme.ColorNameInputBackground, theme.ColorNameMenuBackground, theme.ColorNameOverlayBackground,
		theme.ColorNameHeaderBackground, ColorNameRowHot, ColorNameRowOn, ColorNameRowIdle,
	}
	var pairs []pair
	for _, g := range grounds {
		for tone := Plain; tone < toneCount; tone++ {
			pairs = append(pairs, pair{tone.Text(), g})
		}
		pairs = append(pairs, pair{theme.ColorNamePrimary, g}, pair{theme.ColorNameError, g})
	}
	for tone := Plain; tone < toneCount; tone++ {
		pairs = append(pairs, pair{tone.Text(), tone.Fill()})
	}
	pairs = append(
		pairs,
		pair{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary},
		pair{theme.ColorNameForegroundOnError, theme.ColorNameError},
		pair{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess},
		pair{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning},
		pair{theme.ColorNameForeground, theme.ColorNameButton},
		pair{theme.ColorNamePlaceHolder, theme.ColorNameInputBackground},
		pair{theme.ColorNameDisabled, theme.ColorNameInputBackground},
		pair{ColorNameOnStrip, ColorNameStrip},
		pair{ColorNameStripAc, ColorNameStrip},
	)
	for name, p := range map[string]palette{"light": light, "dark": dark} {
		for _, q := range pairs {
			text, ok := p[q.text]
			if !ok {
				t.Fatalf("%s has no colour %s", name, q.text)
			}
			ground, ok := p[q.ground]
			if !ok {
				t.Fatalf("%s has no colour %s", name, q.ground)
			}
			if got := contrast(text, ground); got < 4.5 {
				t.Errorf("%s: %s on %s has a contrast of %.2f:1, needs 4.5:1", name, q.text, q.ground, got)
			}
		}
		// Nor are the columns of charts, on cards.
		for tone := Plain; tone < toneCount; tone++ {
			if got := contrast(p[tone.Bar()], p[ColorNameSurface]); got < 3 {
				t.Errorf("%s: a column of tone %d has a contrast of %.2f:1, needs 3:1", name, tone, got)
			}
		}
		// The edge of a field is no text: 3:1 is what is asked for there.
		if got := contrast(p[theme.ColorNameInputBorder], p[theme.ColorNameBackground]); got < 2.75 {
			t.Errorf("%s: the edge of a field has a contrast of %.2f:1", name, got)
		}
	}
}

func TestLightAndDarkNameTheSameColours(t *testing.T) {
	for name := range light {
		if _, ok := dark[name]; !ok {
			t.Errorf("dark has no %s", name)
		}
	}
	for name := range dark {
		if _, ok := light[name]; !ok {
			t.Errorf("light has no %s", name)
		}
	}
}

func TestModeOverridesTheDesktop(t *testing.T) {
	tests := []struct {
		mode    Mode
		variant fyne.ThemeVariant
		want    palette
	}{
		{System, theme.VariantLight, light},
		{System, theme.VariantDark, dark},
		{Light, theme.VariantDark, light},
		{Dark, theme.VariantLight, dark},
	}
	for _, tc := range tests {
		got := New(Options{Mode: tc.mode}).Color(theme.ColorNameBackground, tc.variant)
		if got != tc.want[theme.ColorNameBackground] {
			t.Errorf("mode %d on variant %d: %v", tc.mode, tc.variant, got)
		}
	}
}

func TestSizesStayOnTheGrid(t *testing.T) {
	names := []fyne.ThemeSizeName{
		theme.SizeNamePadding, theme.SizeNameInnerPadding, theme.SizeNameInlineIcon, theme.SizeNameLineSpacing,
		theme.SizeNameScrollBar, theme.SizeNameScrollBarSmall, theme.SizeNameInputRadius, SizeNameRow,
	}
	for _, f := range []float32{0, 0.1, 0.8, 1, 1.25, 1.5, 2, 9} {
		for _, d := range []Density{Comfortable, Compact, Dense} {
			th := New(Options{Density: d, TextFactor: f})
			for _, n := range names {
				if v := th.Size(n); math.Mod(float64(v), float64(Unit)) != 0 {
					t.Errorf("factor %v, density %d: %s is %v, off the grid", f, d, n, v)
				}
			}
			text := th.Size(theme.SizeNameText)
			if text < bodySize*MinFactor || text > bodySize*MaxFactor {
				t.Errorf("factor %v makes text of %v", f, text)
			}
			if row := th.Size(SizeNameRow); row < text*1.5 {
				t.Errorf("factor %v, density %d: a row of %v cannot hold text of %v", f, d, row, text)
			}
		}
	}
}

// Columns of money line up only if all figures are of one width.
func TestFiguresAreOfOneWidth(t *testing.T) {
	test.NewTempApp(t)
	test.ApplyTheme(t, New(Options{}))
	for _, style := range []fyne.TextStyle{{}, {Bold: true}} {
		want := fyne.MeasureText("0000000000", 14, style).Width
		for d := '1'; d <= '9'; d++ {
			var s string
			for range 10 {
				s += string(d)
			}
			if got := fyne.MeasureText(s, 14, style).Width; got != want {
				t.Errorf("bold %v: ten times %c is %v wide, ten zeros are %v", style.Bold, d, got, want)
			}
		}
	}
}
