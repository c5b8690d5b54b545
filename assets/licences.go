// Package assets holds the texts that are shown as they are.
package assets

import (
	_ "embed" // for the text below

	"clientele/assets/packed"
)

//go:embed licenses.txt.gz
var licences []byte

// Licences are the licences of the works of others that the program is built from. Each begins after a line of 80 equals signs with the works that
// it is for, one a line, then a line of 80 hyphens.
func Licences() string { return string(packed.Bytes(licences)) }
