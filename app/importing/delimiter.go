package importing

import (
	"bytes"
	"io"
	"strings"
)

// delimiters are those that are looked for, the likelier ones first.
var delimiters = []byte{',', ';', '\t', '|'}

// namedDelimiter reads a first line such as "sep=;", which Excel writes and reads.
func namedDelimiter(sample []byte) (byte, bool) {
	line, _, _ := bytes.Cut(sample, []byte{'\n'})
	line = bytes.Trim(bytes.TrimSuffix(line, []byte{'\r'}), `"`)
	if len(line) == 5 && bytes.EqualFold(line[:4], []byte("sep=")) && bytes.IndexByte(delimiters, line[4]) >= 0 {
		return line[4], true
	}
	return 0, false
}

// memory is a source that lies in memory.
type memory struct{ *bytes.Reader }

func (m memory) rewindTo(place int64) error {
	_, err := m.Seek(place, io.SeekStart)
	return err
}

// findDelimiter tries each delimiter on the beginning of the file. The best is the one that gives the most columns
// with names that are known; then the one by which most rows have as many cells as the first; then the one with the most columns.
func findDelimiter(sample []byte) byte {
	best, bestScore := delimiters[0], -1.0
	for _, comma := range delimiters {
		s := newScanner(memory{bytes.NewReader(sample)}, comma)
		columns, known, rows, even := 0, 0, 0, 0
		for rows < 50 && s.next() {
			// The last row of a sample may be cut off in its middle.
			if s.ended && s.at >= len(s.window) && rows > 1 && len(sample) == sampleSize {
				break
			}
			if rows == 0 {
				columns = len(s.ends)
				for _, f := range Guess(s.cells(nil)) {
					if f != None {
						known++
					}
				}
			}
			rows++
			if len(s.ends) == columns && s.fault == faultNone {
				even++
			}
		}
		if rows == 0 || columns < 2 {
			continue
		}
		score := 1000*float64(known) + 100*float64(even)/float64(rows) + float64(min(columns, 50))/100
		if score > bestScore {
			best, bestScore = comma, score
		}
	}
	return best
}

// looksLikeHeader tells names of columns from a row of values. Known names are certain enough. Otherwise names differ from each
// other, and hold no @ and not figures alone.
func looksLikeHeader(cells []string) bool {
	known := 0
	for _, f := range Guess(cells) {
		if f != None {
			known++
		}
	}
	seen := map[string]bool{}
	for _, cell := range cells {
		name := plain(cell)
		if strings.Contains(cell, "@") || strings.Trim(cell, "0123456789.,-/: ") == "" && cell != "" {
			return false
		}
		if name != "" && seen[name] && known < 2 {
			return false
		}
		seen[name] = true
	}
	return known > 0 || !seen[""]
}
