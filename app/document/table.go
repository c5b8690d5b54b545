package document

// column is a column of a table: of words, or of figures, which stand at its right end.
type column struct {
	title   string
	figures bool
	width   float64
}

// table is rows under a head that is repeated on each page. Where carry is set, each page that is not the last ends
// with the sum so far, and the next begins with it.
type table struct {
	*sheet
	columns []column
	// wide is the column that takes the room that the others leave.
	wide  int
	face  typeface
	carry func() string
}

const (
	gap     = 3.0 // between columns, in mm
	padding = 1.1 // above and below a row
	// least is the width in mm below which a description is no longer read with pleasure, and smallest the size of
	// type that is not gone below for its sake.
	least    = 42.0
	widest   = 34.0 // of a column of words, which is not the wide one
	smallest = 5.0
)

// fit gives every column the width of its widest cell, and the rest to the wide one. Where that is too little, as
// with amounts of twenty digits, the table is set smaller. The rows are the texts of the cells; that of the wide
// column is not looked at.
func (t *table) fit(rows [][]string) {
	for {
		rest := t.form.right - t.form.left
		for i := range t.columns {
			if i == t.wide {
				continue
			}
			c := &t.columns[i]
			c.width = single(c.title, t.bold()).width
			for _, row := range rows {
				c.width = max(c.width, single(row[i], t.face).width)
			}
			if !c.figures {
				c.width = min(c.width, widest)
			}
			rest -= c.width + gap
		}
		t.columns[t.wide].width = rest
		if rest >= least || t.face.size <= smallest {
			t.columns[t.wide].width = max(rest, least/2)
			return
		}
		t.face.size -= 0.5
	}
}

func (t *table) bold() typeface { return typeface{semibold, t.face.size} }

// head draws the titles of the columns.
func (t *table) head() {
	height := t.face.height() + 2*padding
	t.shade(t.form.left, t.y, t.form.right-t.form.left, height, pale)
	for i, x := 0, t.form.left; i < len(t.columns); i++ {
		c := t.columns[i]
		t.putIn(c, x, t.y+padding, single(c.title, t.bold()))
		x += c.width + gap
	}
	t.y += height
}

// putIn draws a line in its column, which begins at x.
func (t *table) putIn(c column, x, y float64, l textLine) {
	if c.figures || l.backwards {
		t.putRight(x+c.width, y, l)
	} else {
		t.put(x, y, l)
	}
}

// row draws a row. One that does not fit goes to the next page; one that no page can hold is divided between its
// lines. As soon as its figures are on the paper, counted is called, so that the sum carried has them.
func (t *table) row(cells []string, counted func()) {
	set := make([][]textLine, len(cells))
	most := 1
	for i, c := range t.columns {
		switch {
		case c.figures:
			set[i] = []textLine{single(cells[i], t.face)}
		default:
			set[i] = wrap(clean(cells[i]), t.face, c.width)
		}
		most = max(most, len(set[i]))
	}
	height := func(lines int) float64 { return float64(lines)*t.face.height() + 2*padding }
	fresh := t.form.bottom - head - 3*height(1) // the titles, the sum brought forward and the sum carried forward
	if height(most) > t.left() && (height(most) <= fresh || t.left() < height(3)) {
		t.nextPage()
	}
	for from := 0; from < most; {
		to := most
		if height(to-from) > t.left() {
			to = from + max(1, int((t.left()-2*padding)/t.face.height()))
		}
		for i, x := 0, t.form.left; i < len(t.columns); i++ {
			c := t.columns[i]
			for k, l := range set[i][min(from, len(set[i])):min(to, len(set[i]))] {
				t.putIn(c, x, t.y+padding+float64(k)*t.face.height(), l)
			}
			x += c.width + gap
		}
		t.y += height(to - from)
		if from == 0 {
			counted()
		}
		if from = to; from < most {
			t.nextPage()
		}
	}
	t.hair(t.form.left, t.y, t.form.right-t.form.left, rule)
}

// left is the height that rows have left on this page, with one line kept for the sum carried forward.
func (t *table) left() float64 { return t.room() - t.face.height() - 2*padding }

// nextPage goes on with the table on the next page.
func (t *table) nextPage() {
	t.sum(t.words.T("Carried forward"))
	t.newPage()
	t.head()
	t.sum(t.words.T("Brought forward"))
}

// sum draws the sum so far, under or over the last column.
func (t *table) sum(label string) {
	if t.carry == nil {
		return
	}
	t.ink(grey)
	t.put(t.form.left, t.y+padding, single(label, t.face))
	t.putRight(t.form.right, t.y+padding, single(t.carry(), t.face))
	t.ink(black)
	t.y += t.face.height() + 2*padding
	t.hair(t.form.left, t.y, t.form.right-t.form.left, rule)
}
