// Package docs holds the user guide, so that the program can show it without a network. Each page is one task; the file README.md lists them in their order.
package docs

import "embed"

// Guide holds the pages of the guide in English, and those in German in the folder de. The pictures that they show lie beside the program (see
// packaging/scripts/guide-pictures): within it, they would be a tenth of it.
//
//go:embed guide/*.md guide/de/*.md
var Guide embed.FS
