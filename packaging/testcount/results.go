package main

import (
	"fmt"
	"strings"
)

// results holds "pass", "fail" or "skip" by package and test, with a blank between them. A package alone stands for its
// own failure, outside of any test.
type results map[string]string

// severity orders results, so that the worst of several can be kept. A test that was skipped in one run and
// passed in another has been proven.
var severity = map[string]int{"skip": 1, "pass": 2, "fail": 3}

func (r results) add(other results) {
	for key, result := range other {
		if severity[result] > severity[r[key]] {
			r[key] = result
		}
	}
}

// count leaves out tests that only hold subtests, unless they failed while no subtest did.
func (r results) count() (passed, failed, skipped int) {
	parents := map[string]bool{}
	failedBelow := map[string]bool{}
	for key, result := range r {
		test := strings.IndexByte(key, ' ')
		for at := strings.LastIndexByte(key, '/'); test > 0 && at > test; at = strings.LastIndexByte(key[:at], '/') {
			parents[key[:at]] = true
			if result == "fail" {
				failedBelow[key[:at]] = true
			}
		}
	}
	for key, result := range r {
		if parents[key] && (result != "fail" || failedBelow[key]) {
			continue
		}
		switch result {
		case "pass":
			passed++
		case "fail":
			failed++
		case "skip":
			skipped++
		}
	}
	return passed, failed, skipped
}

func summary(passed, failed, skipped int) string {
	return fmt.Sprintf("%d passed, %d failed, %d skipped", passed, failed, skipped)
}
