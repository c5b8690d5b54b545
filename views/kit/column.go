package kit

import "clientele/views/theme"

// Kind says how a column's cells are drawn.
type Kind uint8

// The kinds of columns.
const (
	TextColumn   Kind = iota // from the left, cut with an ellipsis
	NumberColumn             // from the right, for amounts and counts
	PillColumn               // a word in a coloured pill
)

// Column is one column of a [Grid].
type Column struct {
	Key      string  // names the column in settings and when sorting
	Title    string  // its heading, in words for people
	Kind     Kind    // how its cells are drawn
	Width    float32 // to begin with; also its share of what is left if it grows
	Grow     bool    // takes part of the room that is left over
	Sortable bool    // clicking the heading sorts by it
}

const (
	minColumn float32 = 40
	cellInset float32 = 8
	edgeReach float32 = 4 // how near to a column's edge the pointer takes hold of it
)

// headHeight is how high the headings are, with the text.
func headHeight() float32 { return theme.Wider(20) + 3*theme.Unit }

// columns is the arrangement of a grid's columns: where each one lies.
type columns struct {
	cols   []Column
	widths []float32 // as wanted
	shown  []float32 // as laid out
	heads  []float32 // how wide each heading is with the room around it; nil before that was measured
	by     *cutter   // by which they were measured
	frozen bool      // a person chose the widths: nothing grows any more
}

// measure tells how wide each heading is, so that it can be read whole in every language until a person makes its column narrower.
func (c *columns) measure(by *cutter) {
	if c.by == by {
		return
	}
	c.by = by
	c.heads = make([]float32, len(c.cols))
	for i, col := range c.cols {
		c.heads[i] = by.width(col.Title) + 2*cellInset + 1
	}
}

// wanted is how wide a column is to be: as it was made, for text of the usual size, or as a person chose.
func (c *columns) wanted(i int) float32 {
	if c.frozen || c.heads == nil {
		return c.widths[i]
	}
	return max(theme.Wider(c.widths[i]), c.heads[i])
}

func newColumns(cols []Column) *columns {
	c := &columns{cols: cols, widths: make([]float32, len(cols)), shown: make([]float32, len(cols))}
	for i, col := range cols {
		c.widths[i] = max(col.Width, minColumn)
	}
	return c
}

// arrange lays the columns out over a width and answers how wide they are.
func (c *columns) arrange(avail float32) (total float32) {
	var want, grow float32
	for i := range c.widths {
		w := c.wanted(i)
		want += w
		if c.cols[i].Grow {
			grow += w
		}
	}
	left := avail - want
	for i := range c.widths {
		w := c.wanted(i)
		if left > 0 && !c.frozen && c.cols[i].Grow {
			w += float32(int(left * w / grow))
		}
		c.shown[i] = w
		total += w
	}
	return total
}

// at answers which column a position lies in, or -1.
func (c *columns) at(x float32) int {
	for i, w := range c.shown {
		if x < w {
			if x < 0 {
				return -1
			}
			return i
		}
		x -= w
	}
	return -1
}

// edge answers the column whose right edge is near a position, or -1.
func (c *columns) edge(x float32) int {
	var right float32
	for i, w := range c.shown {
		right += w
		if x >= right-edgeReach && x <= right+edgeReach {
			return i
		}
	}
	return -1
}

// left answers where a column begins.
func (c *columns) left(i int) (x float32) {
	for _, w := range c.shown[:i] {
		x += w
	}
	return x
}

// resize gives a column a width that a person chose. All others keep what they
// have from now on.
func (c *columns) resize(i int, w float32) {
	if !c.frozen {
		copy(c.widths, c.shown)
		c.frozen = true
	}
	c.widths[i] = max(w, minColumn)
}

// chosen answers the widths by the columns' keys.
func (c *columns) chosen() map[string]float32 {
	m := make(map[string]float32, len(c.cols))
	for i, col := range c.cols {
		m[col.Key] = c.widths[i]
	}
	return m
}

// restore takes widths that chosen answered earlier. Columns that it does not
// name keep theirs.
func (c *columns) restore(m map[string]float32) {
	for i, col := range c.cols {
		if w, ok := m[col.Key]; ok && w > 0 {
			c.widths[i] = max(w, minColumn)
			c.frozen = true
		}
	}
}
