package kit

import "clientele/views/theme"

// Row is one row of a [Grid], ready to be drawn: money, dates and names are
// already words. A Row is not changed once the grid has seen it; a changed
// record becomes a new Row.
type Row struct {
	Cells []string     // one text for each column
	Tones []theme.Tone // one for each column; nil or too short means Plain
	Muted bool         // the whole row is of second rank, as for a closed client
}

func (r *Row) cell(c int) string {
	if r == nil || c >= len(r.Cells) {
		return ""
	}
	return r.Cells[c]
}

func (r *Row) tone(c int) theme.Tone {
	if r == nil {
		return theme.Plain
	}
	if c < len(r.Tones) && r.Tones[c] != theme.Plain {
		return r.Tones[c]
	}
	if r.Muted {
		return theme.Muted
	}
	return theme.Plain
}

// Source is where a [Grid] takes its rows from. All of it is called on the UI
// thread, several times for each picture, and must answer at once from memory:
// a source that reads from a database keeps a window of rows and fills it in the
// background when Want tells it to, then calls [Grid.Update].
type Source interface {
	// Len answers how many rows there are, loaded or not.
	Len() int
	// Row answers a row, or nil if it is not loaded yet; the grid then draws
	// its place blank. The index is within 0 and Len()-1.
	Row(i int) *Row
	// Want says which rows will be looked at soon: those in sight, and a page
	// before and after. Both ends are within 0 and Len()-1.
	Want(first, last int)
}

// Rows is a [Source] of rows that are all in memory.
type Rows []*Row

// Len answers how many rows there are.
func (r Rows) Len() int { return len(r) }

// Row answers one row.
func (r Rows) Row(i int) *Row { return r[i] }

// Want does nothing: everything is there.
func (r Rows) Want(int, int) {}
