package theme

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Names of colours that the toolkit has no name for.
const (
	ColorNameSurface fyne.ThemeColorName = "clienteleSurface" // cards, tables, fields: what lies on the ground
	ColorNameMuted   fyne.ThemeColorName = "clienteleMuted"   // text of second rank
	ColorNameRail    fyne.ThemeColorName = "clienteleRail"    // behind the navigation
	ColorNameRowHot  fyne.ThemeColorName = "clienteleRowHot"  // a table row under the pointer
	ColorNameRowOn   fyne.ThemeColorName = "clienteleRowOn"   // a selected table row
	ColorNameRowIdle fyne.ThemeColorName = "clienteleRowIdle" // a selected row of a table without the focus
	ColorNameStrip   fyne.ThemeColorName = "clienteleStrip"   // the quiet bar for results
	ColorNameOnStrip fyne.ThemeColorName = "clienteleOnStrip" // text on the quiet bar
	ColorNameStripAc fyne.ThemeColorName = "clienteleStripAc" // an action on the quiet bar
)

// Tone says in which sense a word is coloured: a status pill, an amount, a mark.
// Colour never stands alone; there is always a word beside it.
type Tone uint8

// The tones.
const (
	Plain   Tone = iota // no sense: the colour of ordinary text
	Muted               // of second rank, ended, closed
	Good                // paid, active, sent
	Waiting             // needs time or attention, but nothing is wrong
	Danger              // overdue, failed, about to be destroyed
	Info                // the accent: a link, something new
	toneCount
)

// Text is the name of the tone's text colour, for text on the ground, on a
// surface or on the tone's own fill.
func (t Tone) Text() fyne.ThemeColorName {
	switch t {
	case Muted:
		return ColorNameMuted
	case Plain:
		return theme.ColorNameForeground
	}
	return "clienteleText" + fyne.ThemeColorName(toneNames[t])
}

// Fill is the name of the colour of a pill of that tone.
func (t Tone) Fill() fyne.ThemeColorName {
	return "clienteleFill" + fyne.ThemeColorName(toneNames[t])
}

// Bar is the name of the colour of a column of that tone in a chart: no text, so it may be lighter.
func (t Tone) Bar() fyne.ThemeColorName {
	if t == Plain {
		t = Info
	}
	return "clienteleBar" + fyne.ThemeColorName(toneNames[t])
}

var toneNames = [toneCount]string{"Plain", "Muted", "Good", "Waiting", "Danger", "Info"}

// rgb is a colour written as in a style sheet.
func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func veil(hex uint32, alpha uint8) color.NRGBA {
	c := rgb(hex)
	c.A = alpha
	return c
}

type palette map[fyne.ThemeColorName]color.NRGBA

var light = palette{
	theme.ColorNameBackground:          rgb(0xf4f5f7),
	ColorNameSurface:                   rgb(0xffffff),
	ColorNameRail:                      rgb(0xe9ebef),
	theme.ColorNameForeground:          rgb(0x1b2330),
	ColorNameMuted:                     rgb(0x566072),
	theme.ColorNamePlaceHolder:         rgb(0x667085),
	theme.ColorNameDisabled:            rgb(0x6a7383),
	theme.ColorNamePrimary:             rgb(0x2456c4),
	theme.ColorNameHyperlink:           rgb(0x2456c4),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameFocus:               veil(0x2456c4, 0x40),
	theme.ColorNameSelection:           veil(0x2456c4, 0x38),
	theme.ColorNameButton:              rgb(0xe3e6eb),
	theme.ColorNameDisabledButton:      rgb(0xeceef1),
	theme.ColorNameHover:               veil(0x1b2330, 0x0d),
	theme.ColorNamePressed:             veil(0x1b2330, 0x20),
	theme.ColorNameInputBackground:     rgb(0xffffff),
	theme.ColorNameInputBorder:         rgb(0x8a94a3),
	theme.ColorNameHeaderBackground:    rgb(0xf4f5f7),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNameSeparator:           rgb(0xdcdfe5),
	theme.ColorNameScrollBar:           veil(0x1b2330, 0x66),
	theme.ColorNameScrollBarBackground: veil(0x1b2330, 0x0a),
	theme.ColorNameShadow:              veil(0x10161f, 0x4d),
	theme.ColorNameError:               rgb(0xb3261e),
	theme.ColorNameForegroundOnError:   rgb(0xffffff),
	theme.ColorNameSuccess:             rgb(0x1a7043),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
	theme.ColorNameWarning:             rgb(0x8a5200),
	theme.ColorNameForegroundOnWarning: rgb(0xffffff),
	ColorNameRowHot:                    rgb(0xf2f4f8),
	ColorNameRowOn:                     rgb(0xdbe6fc),
	ColorNameRowIdle:                   rgb(0xe8ebf0),
	ColorNameStrip:                     rgb(0x2a3342),
	ColorNameOnStrip:                   rgb(0xf3f5f8),
	ColorNameStripAc:                   rgb(0x9dbcff),
	Plain.Fill():                       rgb(0xe8ebf0),
	Muted.Fill():                       rgb(0xe8ebf0),
	Good.Text():                        rgb(0x176238),
	Good.Fill():                        rgb(0xdcf2e4),
	Waiting.Text():                     rgb(0x7a4a00),
	Waiting.Fill():                     rgb(0xfcedcf),
	Danger.Text():                      rgb(0xa8231b),
	Danger.Fill():                      rgb(0xfbe2e0),
	Info.Text():                        rgb(0x1f4cad),
	Info.Fill():                        rgb(0xe0e9fc),
	Muted.Bar():                        rgb(0x8a94a3),
	Good.Bar():                         rgb(0x2a8f57),
	Waiting.Bar():                      rgb(0xc77d11),
	Danger.Bar():                       rgb(0xce433a),
	Info.Bar():                         rgb(0x3d70d9),
}

var dark = palette{
	theme.ColorNameBackground:          rgb(0x14171c),
	ColorNameSurface:                   rgb(0x1c2027),
	ColorNameRail:                      rgb(0x0f1216),
	theme.ColorNameForeground:          rgb(0xe6e9ee),
	ColorNameMuted:                     rgb(0xa4adbb),
	theme.ColorNamePlaceHolder:         rgb(0x98a2b1),
	theme.ColorNameDisabled:            rgb(0x8d97a6),
	theme.ColorNamePrimary:             rgb(0x8db0fa),
	theme.ColorNameHyperlink:           rgb(0x8db0fa),
	theme.ColorNameForegroundOnPrimary: rgb(0x0f1522),
	theme.ColorNameFocus:               veil(0x8db0fa, 0x50),
	theme.ColorNameSelection:           veil(0x8db0fa, 0x50),
	theme.ColorNameButton:              rgb(0x2b313b),
	theme.ColorNameDisabledButton:      rgb(0x20252d),
	theme.ColorNameHover:               veil(0xffffff, 0x12),
	theme.ColorNamePressed:             veil(0xffffff, 0x28),
	theme.ColorNameInputBackground:     rgb(0x181c22),
	theme.ColorNameInputBorder:         rgb(0x6d7786),
	theme.ColorNameHeaderBackground:    rgb(0x14171c),
	theme.ColorNameMenuBackground:      rgb(0x262b34),
	theme.ColorNameOverlayBackground:   rgb(0x1f242c),
	theme.ColorNameSeparator:           rgb(0x2e343e),
	theme.ColorNameScrollBar:           veil(0xe6e9ee, 0x66),
	theme.ColorNameScrollBarBackground: veil(0xe6e9ee, 0x0c),
	theme.ColorNameShadow:              veil(0x000000, 0x80),
	theme.ColorNameError:               rgb(0xf28b82),
	theme.ColorNameForegroundOnError:   rgb(0x230b09),
	theme.ColorNameSuccess:             rgb(0x7bd4a0),
	theme.ColorNameForegroundOnSuccess: rgb(0x08210f),
	theme.ColorNameWarning:             rgb(0xf1c069),
	theme.ColorNameForegroundOnWarning: rgb(0x241701),
	ColorNameRowHot:                    rgb(0x232831),
	ColorNameRowOn:                     rgb(0x25385f),
	ColorNameRowIdle:                   rgb(0x2b313b),
	ColorNameStrip:                     rgb(0xdfe3ea),
	ColorNameOnStrip:                   rgb(0x171c24),
	ColorNameStripAc:                   rgb(0x1d49a7),
	Plain.Fill():                       rgb(0x2b313b),
	Muted.Fill():                       rgb(0x2b313b),
	Good.Text():                        rgb(0x86dba9),
	Good.Fill():                        rgb(0x143322),
	Waiting.Text():                     rgb(0xf4c878),
	Waiting.Fill():                     rgb(0x3a2c10),
	Danger.Text():                      rgb(0xf9aaa3),
	Danger.Fill():                      rgb(0x45201d),
	Info.Text():                        rgb(0xaec8fc),
	Info.Fill():                        rgb(0x1e2f54),
	Muted.Bar():                        rgb(0x78828f),
	Good.Bar():                         rgb(0x4cb981),
	Waiting.Bar():                      rgb(0xdea147),
	Danger.Bar():                       rgb(0xe9736a),
	Info.Bar():                         rgb(0x6d99f3),
}
