package client

import (
	"fyne.io/fyne/v2"

	"clientele/app/markup"
	"clientele/views/kit"
)

// formatted shows a text in the little Markdown of package markup.
func formatted(text string) fyne.CanvasObject { return kit.NewFormatted(markup.Parse(text)) }
