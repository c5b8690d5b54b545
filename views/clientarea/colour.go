package clientarea

import (
	"fmt"
	"math"
)

// colour is red, green and blue.
type colour [3]uint8

func (c colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2]) }

// parseColour reads #rrggbb; what is none is black.
func parseColour(s string) (c colour) {
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &c[0], &c[1], &c[2]); err != nil || n != 3 {
		return colour{}
	}
	return c
}

// luminance is how bright a colour looks, from 0 to 1, as WCAG reckons it.
func (c colour) luminance() float64 {
	part := func(v uint8) float64 {
		f := float64(v) / 255
		if f <= 0.04045 {
			return f / 12.92
		}
		return math.Pow((f+0.055)/1.055, 2.4)
	}
	return 0.2126*part(c[0]) + 0.7152*part(c[1]) + 0.0722*part(c[2])
}

// contrast is that of two colours, from 1 to 21.
func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// What text needs to be read by nearly everybody, and the lightest and darkest that there are.
const readable = 4.5

var (
	white = colour{255, 255, 255}
	ink   = colour{}
	// pageGrey is the darkest ground on which links stand.
	pageGrey = colour{0xee, 0xf1, 0xf4}
)

// on is the colour of text on c: the one of white and ink that is read better.
func (c colour) on() colour {
	if contrast(c, white) >= readable || contrast(c, white) >= contrast(c, ink) {
		return white
	}
	return ink
}

// readable is c, or the nearest darker colour that can be read as text on the ground of pages.
func (c colour) readable() colour {
	for contrast(c, pageGrey) < readable {
		for i := range c {
			c[i] = uint8(int(c[i]) * 19 / 20)
		}
	}
	return c
}
