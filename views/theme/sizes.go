package theme

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// SizeNameRow is the name of the height of a table row.
const SizeNameRow fyne.ThemeSizeName = "clienteleRow"

// Unit is the grid of all spacing.
const Unit float32 = 4

// Spacing, in units of the grid. Gap stands between fields and cards, Inset
// between a surface's edge and what is on it.
const (
	Gap   = 3 * Unit
	Inset = 4 * Unit
)

const (
	bodySize    float32 = 14
	headingSize float32 = 20
)

var rowHeights = [...]float32{Compact: 32, Comfortable: 40, Dense: 28}

// Size answers a size. All text is of one of two sizes; spacing is a multiple of
// the grid and does not grow with the text.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	f := t.options.TextFactor
	switch name {
	case theme.SizeNameText, theme.SizeNameSubHeadingText, theme.SizeNameCaptionText:
		return bodySize * f
	case theme.SizeNameHeadingText:
		return headingSize * f
	case theme.SizeNameInlineIcon:
		return onGrid(20 * f)
	case theme.SizeNamePadding:
		return Unit
	case theme.SizeNameInnerPadding:
		return 2 * Unit
	case theme.SizeNameLineSpacing:
		return Unit
	case theme.SizeNameInputBorder, theme.SizeNameSeparatorThickness:
		return 1
	case theme.SizeNameInputRadius, theme.SizeNameButtonRadius, theme.SizeNameSelectionRadius:
		return Unit
	case theme.SizeNameCardRadius, theme.SizeNameDialogRadius, theme.SizeNamePopupRadius, theme.SizeNameMenuRadius:
		return 2 * Unit
	case theme.SizeNameScrollBar:
		return 3 * Unit
	case theme.SizeNameScrollBarSmall:
		return Unit
	case theme.SizeNameModalBlurRadius:
		return 0 // the whole window is redrawn at each change; blurring it costs more than it shows
	case SizeNameRow:
		return onGrid(rowHeights[t.options.Density] * f)
	}
	return theme.DefaultTheme().Size(name)
}

// onGrid rounds up to the grid.
func onGrid(v float32) float32 {
	n := int(v / Unit)
	if float32(n)*Unit < v {
		n++
	}
	return float32(n) * Unit
}

// RowHeight is the height of a table row in the current theme.
func RowHeight() float32 {
	if h := theme.Size(SizeNameRow); h > 0 {
		return h
	}
	return rowHeights[Compact]
}

// Wider is a width for text of the usual size, made wider for larger text. Smaller text leaves it as it is.
func Wider(width float32) float32 {
	return width * max(theme.TextSize()/bodySize, 1)
}
