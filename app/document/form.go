package document

// form is where things stand on a paper, in mm from its top left corner.
type form struct {
	width, height float64
	// left and right are the edges of the text, bottom the end of it above the foot.
	left, right, bottom float64
	// window is where an envelope shows the address: the sender's line on top of it, then the address.
	window box
	// facts is the column of number and dates beside the address.
	facts box
	// start is where the heading of the first page stands.
	start float64
	// folds are where the paper is folded, or punched, as the marks on its edge tell.
	folds []float64
}

type box struct{ x, y, width, height float64 }

// head is the height of what later pages begin with.
const head = 22

var forms = [...]form{
	// DIN 5008 form B: the window's field of 85 × 45 mm begins 45 mm from the top and 20 mm from the left. Its lower
	// 27.3 mm are the address; the line above is the sender's.
	A4: {
		width: 210, height: 297, left: 25, right: 190, bottom: 268,
		window: box{25, 57.7, 80, 32.3}, facts: box{120, 50, 70, 40}, start: 98.5,
		folds: []float64{105, 148.5, 210},
	},
	// A #10 envelope is 4⅛ inches high and 9½ wide, its window 1⅛ × 4½ inches, ½ inch from the bottom and ⅞ from the
	// left. Folded in three the letter has play in it; this is what shows in most positions.
	Letter: {
		width: 215.9, height: 279.4, left: 25.4, right: 196.9, bottom: 250,
		window: box{25.4, 53, 82, 28}, facts: box{126, 50, 70.9, 38}, start: 94,
	},
}
