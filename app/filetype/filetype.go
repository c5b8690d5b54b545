// Package filetype tells by the first bytes of a file whether it is what its name says, and whether it is a program. It knows the kinds of files that
// offices keep; of others it says nothing.
package filetype

import (
	"bytes"
	"slices"

	"clientele/app/filename"
)

// HeadSize is how many of a file's first bytes are looked at.
const HeadSize = 512

// kind is a kind of file.
type kind struct {
	name       string
	extensions []string
	marks      []string // one of them begins such a file
	at         int      // where the mark lies
}

const zip, compound = "PK\x03\x04", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var kinds = []kind{
	{name: "PDF", extensions: []string{"pdf"}, marks: []string{"%PDF-"}},
	{name: "PNG", extensions: []string{"png"}, marks: []string{"\x89PNG\r\n\x1a\n"}},
	{name: "JPEG", extensions: []string{"jpg", "jpeg"}, marks: []string{"\xff\xd8\xff"}},
	{name: "GIF", extensions: []string{"gif"}, marks: []string{"GIF87a", "GIF89a"}},
	{name: "WebP", extensions: []string{"webp"}, marks: []string{"WEBP"}, at: 8},
	{name: "TIFF", extensions: []string{"tif", "tiff"}, marks: []string{"II*\x00", "MM\x00*"}},
	{name: "ZIP", extensions: []string{"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"}, marks: []string{zip, "PK\x05\x06"}},
	{name: "Office", extensions: []string{"doc", "xls", "ppt", "msg"}, marks: []string{compound}},
	{name: "RTF", extensions: []string{"rtf"}, marks: []string{`{\rtf`}},
}

// text are extensions of files in which there is nothing but text.
var text = []string{"txt", "csv", "tsv", "md", "json", "xml", "eml", "vcf", "ics", "html", "htm"}

// programMarks begin what a system runs: Windows, Linux, macOS (for one or several processors), and scripts.
var programMarks = []string{
	"MZ", "\x7fELF", "\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe", "\xca\xfe\xba\xbe", "#!",
}

// programs are extensions by which a system knows what it runs when it is opened.
var programs = []string{
	"exe", "com", "bat", "cmd", "scr", "pif", "msi", "msp", "dll", "cpl", "hta", "js", "jse", "vbs", "vbe", "wsf", "wsh", "ps1", "lnk", "reg", "jar", "app", "pkg",
	"dmg", "command", "terminal", "workflow", "sh", "run", "bin", "desktop", "appimage", "deb", "rpm", "apk", "url", "inf", "scf", "gadget", "application",
}

// Program tells whether a file would run as a program when it is opened, by its name or its first bytes.
func Program(name string, head []byte) bool {
	return slices.Contains(programs, filename.Ext(name)) || begins(head, programMarks, 0)
}

// Fits tells whether a file may be what its extension says. Of an extension that is not known, and of an empty file, there is nothing to say: it fits.
func Fits(name string, head []byte) bool {
	ext := filename.Ext(name)
	if len(head) == 0 {
		return true
	}
	if slices.Contains(text, ext) {
		wide := begins(head, []string{"\xff\xfe", "\xfe\xff"}, 0) // UTF-16, which has zeros
		return wide || !bytes.ContainsRune(head, 0)
	}
	for _, k := range kinds {
		if slices.Contains(k.extensions, ext) {
			return begins(head, k.marks, k.at)
		}
	}
	return true
}

// Known are the extensions of the kinds that offices keep.
func Known() []string {
	all := slices.Clone(text)
	for _, k := range kinds {
		all = append(all, k.extensions...)
	}
	slices.Sort(all)
	return all
}

func begins(head []byte, marks []string, at int) bool {
	return len(head) >= at && slices.ContainsFunc(marks, func(m string) bool { return bytes.HasPrefix(head[at:], []byte(m)) })
}
