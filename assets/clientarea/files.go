// Package clientarea holds the pages of the client area: a layout, a file for each page, and one style sheet. There are no scripts.
package clientarea

import "embed"

// Files holds the templates, named page.html, and style.css.
//
//go:embed *.html style.css
var Files embed.FS
