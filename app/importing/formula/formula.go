// Package formula is the guard that keeps a spreadsheet from running a cell of a CSV file as a formula, and its
// exact reverse. Exports put it on, imports take it off, so that a file that went out comes in as it was.
package formula

import "strings"

// Guard returns the cell with a leading apostrophe where a spreadsheet would take it for a formula: where it begins
// with = + - @, TAB, CR or NUL. Plain numbers such as -12.50 are left alone, so that columns can still be added up.
//
// A cell that looks as if it had the guard on already gets one more, otherwise Unguard could not tell the two apart.
func Guard(cell string) string {
	if guarded(cell) {
		return "'" + cell
	}
	return cell
}

// Unguard takes off what Guard has put on, and nothing else: Unguard(Guard(s)) == s for every s.
func Unguard(cell string) string {
	if len(cell) > 1 && cell[0] == '\'' && guarded(cell[1:]) {
		return cell[1:]
	}
	return cell
}

// guarded tells whether Guard adds its apostrophe: the cell, without any apostrophes it begins with, would start a
// formula.
func guarded(cell string) bool {
	// Nearly every cell begins with a letter or a figure; it is done after one comparison.
	if cell == "" || cell[0] > '=' && cell[0] != '@' || cell[0] >= '0' && cell[0] <= '9' {
		return false
	}
	rest := strings.TrimLeft(cell, "'")
	if rest == "" {
		return false
	}
	switch rest[0] {
	case '=', '+', '-', '@', '\t', '\r', 0:
		return !isNumber(rest)
	}
	return false
}

// isNumber tells whether the text is a plain number: digits with a minus before and one point or comma among them.
// A leading plus is not taken as part of a number: it is nearly always a telephone number, and a spreadsheet would
// silently drop the plus.
func isNumber(text string) bool {
	text = strings.TrimPrefix(text, "-")
	points := 0
	for i := range len(text) {
		switch c := text[i]; {
		case c >= '0' && c <= '9':
		case (c == '.' || c == ',') && i > 0 && i < len(text)-1:
			points++
		default:
			return false
		}
	}
	return text != "" && points <= 1
}
