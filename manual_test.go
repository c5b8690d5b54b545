package main

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// AP-9: the manual of the packages names each command and each option that the program itself names.
func TestManual(t *testing.T) {
	page, err := os.ReadFile("packaging/linux/clientele.1")
	if err != nil {
		t.Fatal(err)
	}
	manual := string(page)
	what := regexp.MustCompile(` (Ar|Op|Cm) .*$`) // it works on
	// "export clients | contacts" stands for both.
	named := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\.It Cm (.+)$`).FindAllStringSubmatch(manual, -1) {
		first, others, many := strings.Cut(what.ReplaceAllString(m[1], ""), " | ")
		named[first] = true
		if group, _, ok := strings.Cut(first, " "); ok && many {
			for _, other := range strings.Split(others, " | ") {
				named[group+" "+other] = true
			}
		}
	}
	out, err := exec.Command("clientele", "help").Output()
	if err != nil {
		t.Fatal(err)
	}
	_, commands, _ := strings.Cut(string(out), "Commands:\n")
	commands, options, _ := strings.Cut(commands, "\n\n")
	count, sentence := 0, regexp.MustCompile(` [A-Z].*\n?$`)
	for line := range strings.Lines(commands) {
		command := strings.TrimSpace(sentence.ReplaceAllString(line, ""))
		if count++; command != "" && command != "help" && !named[command] {
			t.Errorf("the manual lacks the command %q", command)
		}
	}
	for _, m := range regexp.MustCompile(`(?m)^ +--([a-z]+)`).FindAllStringSubmatch(options, -1) {
		if count++; !strings.Contains(manual, ".It Fl -"+m[1]) {
			t.Errorf("the manual lacks the option --%s", m[1])
		}
	}
	if count < 15 {
		t.Errorf("only %d commands and options were found in %s", count, out)
	}
}
