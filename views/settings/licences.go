package settings

import (
	"slices"
	"strings"
)

// work is something of others that the program is built from.
type work struct {
	name, version string
	line          string   // as the collection names it
	texts         []string // its licences, one after another
}

const (
	licenceRule = "================================================================================"
	worksRule   = "--------------------------------------------------------------------------------"
	// licenceColumns is where a licence's lines are broken.
	licenceColumns = 92
)

// readLicences reads the collected licences (see package assets): each work once, by name, with all texts that are for it.
func readLicences(all string) []work {
	var works []work
	for _, part := range strings.Split(all, licenceRule+"\n")[1:] {
		names, text, ok := strings.Cut(part, worksRule+"\n")
		if !ok {
			continue
		}
		text = wrapLines(strings.Trim(text, "\n"), licenceColumns)
		for _, line := range strings.Split(strings.TrimSpace(names), "\n") {
			at := slices.IndexFunc(works, func(w work) bool { return w.line == line })
			if at < 0 {
				works = append(works, workOf(line))
				at = len(works) - 1
			}
			works[at].texts = append(works[at].texts, text)
		}
	}
	slices.SortStableFunc(works, func(a, b work) int { return strings.Compare(strings.ToLower(a.name), strings.ToLower(b.name)) })
	return works
}

// workOf reads a line such as "example.com/module v1.2.3 (a part of it)".
func workOf(line string) work {
	words := strings.Fields(line)
	for i, w := range words {
		if digits := strings.TrimPrefix(w, "v"); i > 0 && digits != "" && digits[0] >= '0' && digits[0] <= '9' {
			return work{name: strings.Join(append(words[:i:i], words[i+1:]...), " "), version: w, line: line}
		}
	}
	return work{name: line, line: line}
}

// text is what is shown for the work.
func (w work) text() string {
	return strings.Join(w.texts, "\n\n"+strings.Repeat("-", licenceColumns)+"\n\n")
}

// wrapLines breaks lines that are too long, at blanks.
func wrapLines(text string, columns int) string {
	var out strings.Builder
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", "    ")
		for len(line) > columns {
			at := strings.LastIndexByte(line[:columns], ' ')
			if at <= 0 {
				break
			}
			out.WriteString(line[:at] + "\n")
			line = strings.TrimLeft(line[at:], " ")
		}
		out.WriteString(line + "\n")
	}
	return strings.TrimRight(out.String(), "\n")
}
