package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
)

// event is one line of `go test -json`; see `go doc test2json`.
type event struct {
	Action      string
	Package     string
	ImportPath  string // instead of Package where a build speaks
	Test        string
	Output      string
	FailedBuild string
}

// report reads events, prints what matters and keeps the results.
type report struct {
	out       io.Writer
	forbidden []string
	results   results
	output    map[string][]string // what each running test or package has printed, by key
	said      []string            // forbidden lines, with the test that printed them
	skips     []string            // one line for each skipped test
}

func newReport(out io.Writer, forbidden []string) *report {
	return &report{out: out, forbidden: forbidden, results: results{}, output: map[string][]string{}}
}

// read takes events until the end. Lines that are no events are printed as they are.
func (r *report) read(events io.Reader) error {
	lines := bufio.NewReader(events)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			var e event
			if !strings.HasPrefix(line, "{") || json.Unmarshal([]byte(line), &e) != nil {
				fmt.Fprint(r.out, line)
			} else {
				r.take(e)
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (r *report) take(e event) {
	key := e.Package
	if e.Test != "" {
		key += " " + e.Test
	}
	switch e.Action {
	case "build-output":
		fmt.Fprint(r.out, e.Output)
	case "output":
		r.output[key] = append(r.output[key], e.Output)
		for _, text := range r.forbidden {
			if strings.Contains(e.Output, text) {
				r.said = append(r.said, key+": "+strings.TrimSpace(e.Output))
			}
		}
	case "pass", "fail", "skip":
		if e.Test == "" {
			r.endPackage(e, key)
		} else {
			r.endTest(e, key)
		}
		delete(r.output, key)
	}
}

func (r *report) endTest(e event, key string) {
	r.results[key] = e.Action
	switch e.Action {
	case "fail":
		r.print(r.output[key])
	case "skip":
		r.skips = append(r.skips, "skipped "+key+": "+reason(r.output[key]))
	}
}

// endPackage prints the closing line that go test gives a package. A package that failed without a failed
// test (it did not build, or it died) counts as one failure and shows all that it printed.
func (r *report) endPackage(e event, key string) {
	lines := r.output[key]
	if e.Action == "fail" && !r.failedWithin(key) {
		r.results[key] = "fail"
		// Output of a test that was cut off has not been shown yet.
		for name, text := range r.output {
			if strings.HasPrefix(name, key+" ") {
				r.print(text)
			}
		}
		r.print(lines)
		return
	}
	for _, line := range lines {
		if strings.HasPrefix(line, "ok") || strings.HasPrefix(line, "FAIL\t") {
			fmt.Fprint(r.out, line)
		}
	}
}

func (r *report) failedWithin(key string) bool {
	for name, result := range r.results {
		if result == "fail" && strings.HasPrefix(name, key+" ") {
			return true
		}
	}
	return false
}

func (r *report) print(lines []string) {
	for _, line := range lines {
		fmt.Fprint(r.out, line)
	}
}

// close prints the skipped tests, the forbidden lines and the count, and says whether nothing forbidden was printed.
func (r *report) close() bool {
	for _, line := range r.skips {
		fmt.Fprintln(r.out, line)
	}
	slices.Sort(r.said)
	r.said = slices.Compact(r.said)
	for _, line := range r.said {
		fmt.Fprintln(r.out, "forbidden output in", line)
	}
	passed, failed, skipped := r.results.count()
	fmt.Fprintln(r.out, summary(passed, failed, skipped))
	return len(r.said) == 0
}

// reason picks, from what a skipped test printed, what it said itself.
func reason(lines []string) string {
	var said []string
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "===") || strings.HasPrefix(line, "---") {
			continue
		}
		said = append(said, line)
	}
	if len(said) == 0 {
		return "no reason given"
	}
	return strings.Join(said, " ")
}
