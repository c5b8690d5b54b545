// Package fonts holds the typeface of the windows: IBM Plex Sans, regular and
// semibold, unmodified. Its figures are all of one width, so that columns of
// money and dates line up. It covers Latin, Greek and Cyrillic; other scripts
// fall back to the toolkit's own font and to those of the system. The licence,
// the SIL Open Font License 1.1, is beside the font files.
package fonts

import (
	_ "embed" // the font files are part of the program
	"sync"

	"clientele/assets/packed"
)

var (
	//go:embed IBMPlexSans-Regular.ttf.gz
	regular []byte
	//go:embed IBMPlexSans-SemiBold.ttf.gz
	semiBold []byte
)

// Regular is the face of ordinary text.
var Regular = sync.OnceValue(func() []byte { return packed.Bytes(regular) })

// SemiBold is the face of headings, column titles and buttons.
var SemiBold = sync.OnceValue(func() []byte { return packed.Bytes(semiBold) })

// License is the licence under which the typeface is passed on.
//
//go:embed LICENSE-IBM-Plex.txt
var License string
