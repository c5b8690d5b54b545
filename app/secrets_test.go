package app_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// search lists the files under a folder that hold a text.
func search(t testing.TB, folder, text string) (hits []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		if bytes.Contains(b, []byte(text)) {
			hits = append(hits, filepath.Base(path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hits
}
