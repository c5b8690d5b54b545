// Package mails holds the shipped texts of mails, one file per mail and language, named kind.language.txt. The first line is the
// subject; the HTML form is made from the text.
package mails

import "embed"

// Files holds every text.
//
//go:embed *.txt
var Files embed.FS
