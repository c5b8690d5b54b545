// Package translations holds the shipped translation files, one per language, named by its BCP 47
// tag: de.json, pt-BR.json. English is the language of the source and needs no file.
//
// A file is one JSON object. Its keys are the English texts as they stand in the source. The value is
// the translated text, or, where the text counts something, an object with one text for each plural
// category that the language has:
//
//	{
//	  "Save": "Speichern",
//	  "%d clients came in": {"one": "Ein Kunde kam herein", "other": "%d Kunden kamen herein"}
//	}
package translations

import "embed"

// Files holds every *.json file of this folder.
//
//go:embed *.json
var Files embed.FS
