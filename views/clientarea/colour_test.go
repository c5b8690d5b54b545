package clientarea

import "testing"

// Whatever colour an office chooses, what is written on and in it can be read.
func TestColours(t *testing.T) {
	steps := []uint8{0, 51, 102, 153, 204, 255}
	for _, r := range steps {
		for _, g := range steps {
			for _, b := range steps {
				c := colour{r, g, b}
				if got := contrast(c, c.on()); got < readable {
					t.Errorf("%v: on it %v has a contrast of %.2f", c, c.on(), got)
				}
				if got := contrast(c.readable(), pageGrey); got < readable {
					t.Errorf("%v: a link is %v, with a contrast of %.2f", c, c.readable(), got)
				}
				if parseColour(c.String()) != c {
					t.Errorf("%v is read as %v", c, parseColour(c.String()))
				}
			}
		}
	}
	if c := (colour{0x1f, 0x5f, 0xbf}); c.readable() != c || c.on() != white {
		t.Errorf("a dark colour is changed: %v %v", c.readable(), c.on())
	}
}
