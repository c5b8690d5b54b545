// Command thirdparty writes which works of others are part of Clientele, and under which licences:
// THIRD_PARTY.md, a list, and assets/licenses.txt.gz, the full texts that the About page shows.
//
//	thirdparty [-check]
//
// Counted is each module that a package of the program comes from, on any of the systems that it is built for, the Go
// standard library, and the folders of assets that bring a licence file. A licence that is not recognised ends the
// program with an error, so that nobody ships a work whose terms were not read. With -check nothing is written,
// and the exit code is 1 where the two files are not what would be written.
package main

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"clientele/assets"
)

const (
	listFile  = "THIRD_PARTY.md"
	textsFile = "assets/licenses.txt.gz"
)

// work is something that others made and that is part of the program.
type work struct {
	name, version string
	folder        string
	shallow       bool // licences lie in the folder itself, not below
}

func main() {
	check := flag.Bool("check", false, "write nothing; fail where the files are out of date")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, "thirdparty:", err)
		os.Exit(1)
	}
}

func run(check bool) error {
	works, err := modules()
	if err != nil {
		return err
	}
	ours, err := bundled()
	if err != nil {
		return err
	}
	works = append(works, ours...)

	var list, texts bytes.Buffer
	if err := write(&list, &texts, works); err != nil {
		return err
	}
	if !check {
		packed, err := pack(texts.Bytes())
		if err != nil {
			return err
		}
		return errors.Join(os.WriteFile(listFile, list.Bytes(), 0o644), os.WriteFile(textsFile, packed, 0o644))
	}
	if have, err := os.ReadFile(listFile); err != nil || !bytes.Equal(have, list.Bytes()) {
		return fmt.Errorf("%s is out of date; run: make licenses", listFile)
	}
	// The program's own copy: another version of Go may pack the same text otherwise.
	if assets.Licences() != texts.String() {
		return fmt.Errorf("%s is out of date; run: make licenses", textsFile)
	}
	return nil
}

func pack(text []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// modules names the modules that the program is built from, on all systems, and the standard library.
func modules() ([]work, error) {
	const format = `{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}} {{.Dir}}{{end}}{{end}}`
	seen := map[string]work{}
	for _, system := range []string{"linux", "windows", "darwin"} {
		cmd := exec.Command("go", "list", "-deps", "-tags", "migrated_fynedo,no_metadata,no_emoji,no_animations,nopgxregisterdefaulttypes,nethttpomithttp2", "-f", format, ".")
		cmd.Env = append(os.Environ(), "GOOS="+system, "GOARCH=amd64", "CGO_ENABLED=1")
		cmd.Stderr = os.Stderr
		out, err := cmd.Output()
		if err != nil {
			return nil, fmt.Errorf("go list for %s: %w", system, err)
		}
		for line := range strings.Lines(string(out)) {
			fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
			if len(fields) == 3 {
				seen[fields[0]] = work{name: fields[0], version: fields[1], folder: fields[2]}
			}
		}
	}
	var works []work
	for _, w := range seen {
		works = append(works, w)
	}
	slices.SortFunc(works, func(a, b work) int { return cmp.Compare(a.name, b.name) })

	root, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return nil, err
	}
	version, _, _ := strings.Cut(strings.TrimPrefix(runtime.Version(), "go"), " ")
	parts := strings.Split(version, ".")
	library := work{
		name:    "Go standard library",
		version: strings.Join(parts[:min(2, len(parts))], "."),
		folder:  strings.TrimSpace(string(root)),
		shallow: true,
	}
	return append([]work{library}, works...), nil
}

// bundled names the folders below assets that hold a licence of others.
func bundled() ([]work, error) {
	folders, err := filepath.Glob("assets/*")
	if err != nil {
		return nil, err
	}
	var works []work
	for _, folder := range folders {
		w := work{name: filepath.ToSlash(folder), folder: folder}
		if files, err := licenceFiles(w); err != nil {
			return nil, err
		} else if len(files) > 0 && folder != filepath.FromSlash(textsFile) {
			works = append(works, w)
		}
	}
	return works, nil
}
