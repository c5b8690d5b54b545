// Package assets holds the files that are part of the program.
package assets

import (
	_ "embed"

	"fyne.io/fyne/v2"
)

//go:embed icon/clientele-512.png
var icon []byte

// Icon is the program's picture.
var Icon fyne.Resource = fyne.NewStaticResource("clientele.png", icon)
