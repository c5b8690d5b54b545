package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// licenceName is what files with terms in them are called.
var licenceName = regexp.MustCompile(`(?i)^((.*[-_.])?(licen[cs]es?|copying|copyright|notice|patents|ofl))([-_.][a-z0-9._-]+)?$`)

// sourceName leaves out program files that are named after licences, and notes of one line beside another file.
var sourceName = regexp.MustCompile(`\.(license|go|c|h|s|py|sh|json|ya?ml|toml|png|svg)$`)

// notBuiltIn are the terms of what comes beside a module's source: a logo, a colour profile for its examples.
var notBuiltIn = []string{"LICENSE-LOGO", "LICENSE.color.org"}

// licenceFiles returns the files with terms of a work, the outermost first. Those of its tests and examples are
// not ours to pass on, as they are not built in.
func licenceFiles(w work) (files []string, err error) {
	err = filepath.WalkDir(w.folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name := entry.Name()
		if entry.IsDir() {
			if path == w.folder {
				return nil
			}
			if w.shallow || slices.Contains([]string{"testdata", "test", "tests", "examples", "_examples", "example", "docs", "cmd", "tools"}, name) {
				return fs.SkipDir
			}
			return nil
		}
		if licenceName.MatchString(name) && !slices.Contains(notBuiltIn, name) && !sourceName.MatchString(name) {
			files = append(files, path)
		}
		return nil
	})
	slices.SortFunc(files, func(a, b string) int {
		if d := strings.Count(a, string(filepath.Separator)) - strings.Count(b, string(filepath.Separator)); d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return files, err
}

// kinds are tried in this order; all phrases of one must be in the text, whose white space is made single blanks.
var kinds = []struct {
	name    string
	phrases []string
}{
	{"Apache-2.0", []string{"Apache License", "Version 2.0"}},
	{"MPL-2.0", []string{"Mozilla Public License", "2.0"}},
	{"OFL-1.1", []string{"SIL OPEN FONT LICENSE", "Version 1.1"}},
	{"BSD-3-Clause", []string{"Redistribution and use in source and binary forms", "endorse or promote products"}},
	{"BSD-2-Clause", []string{"Redistribution and use in source and binary forms"}},
	{"MIT", []string{"Permission is hereby granted, free of charge, to any person obtaining a copy"}},
	{"ISC", []string{"Permission to use, copy, modify, and", "distribute this software for any purpose"}},
	{"Zlib", []string{"This software is provided 'as-is', without any express or implied warranty", "must not be misrepresented"}},
	{"FTL", []string{"The FreeType Project LICENSE"}},
	{"Unlicense", []string{"This is free and unencumbered software released into the public domain"}},
	{"CC0-1.0", []string{"CC0 1.0 Universal"}},
	{"public domain", []string{"disclaims copyright to this source code"}},
	{"public domain", []string{"public domain"}},
	{"patent grant", []string{"Additional IP Rights Grant (Patents)"}},
}

// kindOf names the licence of a text, or returns "" where it is not known.
func kindOf(text []byte) string {
	single := strings.Join(strings.Fields(string(text)), " ")
	for _, kind := range kinds {
		known := true
		for _, phrase := range kind.phrases {
			known = known && strings.Contains(single, phrase)
		}
		if known {
			return kind.name
		}
	}
	return ""
}

// write fills the list and the texts. A text that several works share is printed once.
func write(list, texts *bytes.Buffer, works []work) error {
	list.WriteString("# Third-party works\n\n" +
		"Clientele is built from the works below. Their full terms are in [assets/licenses.txt.gz](assets/licenses.txt.gz), beside each package's program as third-party.txt, and in the program under About.\n" +
		"This page is written by `make licenses`; do not edit it.\n\n" +
		"| Work | Version | Licence |\n|---|---|---|\n")

	type printed struct {
		text  []byte
		users []string
	}
	var order []*printed
	byHash := map[[32]byte]*printed{}
	for _, w := range works {
		files, err := licenceFiles(w)
		if err != nil {
			return err
		}
		var names []string
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			text = bytes.TrimSpace(bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n")))
			inside, err := filepath.Rel(w.folder, file)
			if err != nil {
				return err
			}
			kind := kindOf(text)
			if kind == "" && !noticeOnly(file) {
				return fmt.Errorf("the licence of %s in %s is not known; read it and add it to kinds, or leave the module", w.name, inside)
			}
			if kind != "" && !slices.Contains(names, kind) {
				names = append(names, kind)
			}
			hash := sha256.Sum256(text)
			p := byHash[hash]
			if p == nil {
				p = &printed{text: text}
				byHash[hash] = p
				order = append(order, p)
			}
			user := strings.TrimSpace(w.name + " " + w.version)
			if inner := filepath.ToSlash(filepath.Dir(inside)); inner != "." {
				user += " (" + inner + ")"
			}
			if !slices.Contains(p.users, user) {
				p.users = append(p.users, user)
			}
		}
		if len(names) == 0 {
			return fmt.Errorf("%s brings no licence; without one it may not be passed on", w.name)
		}
		fmt.Fprintf(list, "| %s | %s | %s |\n", w.name, w.version, strings.Join(names, ", "))
	}

	texts.WriteString("Clientele is built from these works of others. Thank you.\n")
	for _, p := range order {
		fmt.Fprintf(texts, "\n%s\n%s\n%s\n\n%s\n", strings.Repeat("=", 80), strings.Join(p.users, "\n"), strings.Repeat("-", 80), p.text)
	}
	return nil
}

// noticeOnly says whether a file adds names to a licence that stands elsewhere.
func noticeOnly(file string) bool {
	name := strings.ToLower(filepath.Base(file))
	return strings.HasPrefix(name, "notice") || strings.HasPrefix(name, "copyright")
}
