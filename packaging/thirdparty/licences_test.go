package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestKindOf(t *testing.T) {
	const bsd = "Redistribution and use in source and binary forms,\n   with or without modification"
	for text, want := range map[string]string{
		"Permission is hereby granted, free of charge,\nto any person obtaining a copy": "MIT",
		bsd: "BSD-2-Clause",
		bsd + " ... may be used to endorse or promote\nproducts": "BSD-3-Clause",
		"Apache License\n Version 2.0, January 2004":             "Apache-2.0",
		"GNU GENERAL PUBLIC LICENSE Version 3":                   "",
		"All rights reserved.":                                   "",
	} {
		if got := kindOf([]byte(text)); got != want {
			t.Errorf("kindOf(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestWrite: a shared text is printed once, the files of tests and programs are left out, and a work whose terms are
// unknown or missing stops the program.
func TestWrite(t *testing.T) {
	const mit = "Permission is hereby granted, free of charge, to any person obtaining a copy"
	folder := func(files map[string]string) string {
		dir := t.TempDir()
		for name, text := range files {
			path := filepath.Join(dir, name)
			if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	one := folder(map[string]string{"LICENSE-One.txt": mit, "testdata/LICENSE": "unknown", "license.go": "package one"})
	two := folder(map[string]string{"COPYING": mit + "\r\n", "inner/LICENSE.md": "Apache License Version 2.0"})

	var list, texts bytes.Buffer
	works := []work{{name: "a/one", version: "v1.0.0", folder: one}, {name: "b/two", version: "v2.0.0", folder: two}}
	if err := write(&list, &texts, works); err != nil {
		t.Fatal(err)
	}
	if want := "| a/one | v1.0.0 | MIT |\n| b/two | v2.0.0 | MIT, Apache-2.0 |\n"; !strings.HasSuffix(list.String(), want) {
		t.Errorf("list %q does not end with %q", list.String(), want)
	}
	if n := strings.Count(texts.String(), mit); n != 1 {
		t.Errorf("the shared text is printed %d times", n)
	}
	if !strings.Contains(texts.String(), "a/one v1.0.0\nb/two v2.0.0\n") {
		t.Errorf("the users of the shared text are not named:\n%s", texts.String())
	}

	for name, files := range map[string]map[string]string{
		"unknown": {"LICENSE": "All rights reserved."},
		"missing": {"README.md": mit},
	} {
		if err := write(&list, &texts, []work{{name: "c/" + name, folder: folder(files)}}); err == nil {
			t.Errorf("a work with %s terms was let through", name)
		}
	}
}
