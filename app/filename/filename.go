// Package filename makes any text into a name under which a file can be saved on every system, and never outside of the folder that it is saved in.
package filename

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Longest is how long a name may be, in bytes of UTF-8.
const Longest = 150

// longestExtension is how long what follows the last dot may be, in bytes, to be kept where a name is cut.
const longestExtension = 20

// nameless is the name of a file whose own leaves nothing to go by.
const nameless = "file"

// Clean makes s into a name that every system takes: one part of a path, in Unicode's form NFC, at most Longest bytes, without characters that cannot be seen, that
// mean something in paths or that turn the direction of writing, not hidden by a leading dot, and none of the names that Windows keeps for devices. A name that is
// fine already stays as it is. A name that is too long keeps its extension.
func Clean(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(letter, strings.ToValidUTF8(s, "_"))
	s = trim(norm.NFC.String(s))
	if s == "" {
		s = nameless
	}
	s = cut(s)
	stem, _, _ := strings.Cut(s, ".")
	if slices.Contains(devices, strings.ToUpper(strings.TrimRight(stem, " "))) {
		s = cut("_" + s)
	}
	return s
}

// Ext is the extension of a name in small letters without its dot, or "" where it has none.
func Ext(name string) string {
	ext := path.Ext(name)
	if ext == name { // a leading dot hides a file and begins no extension
		return ""
	}
	return strings.ToLower(strings.TrimPrefix(ext, "."))
}

// letter is what becomes of a character; -1 leaves it out.
func letter(r rune) rune {
	switch {
	case strings.ContainsRune(`<>:"|?*`, r): // Windows takes none of them, and a colon opens a hidden second file there
		return '_'
	case unicode.In(r, unicode.Cc, unicode.Zl, unicode.Zp, unicode.Bidi_Control), r == '\ufeff':
		return -1
	case unicode.IsSpace(r):
		return ' '
	}
	return r
}

// trim takes away what may not begin or end a name: a dot in front hides the file, and Windows drops dots and spaces at the end.
func trim(s string) string {
	return strings.TrimRight(strings.TrimLeft(s, ". "), ". ")
}

// devices are names that Windows keeps, with any extension.
var devices = func() []string {
	all := []string{"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}
	for _, n := range "0123456789¹²³" {
		all = append(all, "COM"+string(n), "LPT"+string(n))
	}
	return all
}()

// cut shortens a name to Longest bytes between two characters.
func cut(s string) string {
	if len(s) <= Longest {
		return s
	}
	ext := path.Ext(s)
	if len(ext) > longestExtension {
		ext = ""
	}
	end := Longest - len(ext)
	for !utf8.RuneStart(s[end]) {
		end--
	}
	return trim(s[:end]) + ext
}
