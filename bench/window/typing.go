//go:build linux

package main

import (
	"fmt"
	"time"
)

// words are typed letter by letter; each letter is a search.
var words = []string{"ma", "gar", "ann", "mull", "2026", "ltd", "ber", "zzq", "jo", "smith"}

// searches is how many searches a round makes.
const searches = 200

// patience is how long is waited for what must come, on a machine that may be busy with other things.
const patience = 20 * time.Second

// typed are the times from a key to what it shows: its letter, and its rows where they are others than before.
type typed struct{ letter, rows []time.Duration }

// key types one key and waits until a region shows something else.
func (s *screen) key(key string, r region, limit time.Duration) (time.Duration, error) {
	before, began := s.look(r), time.Now()
	if err := s.do("key --delay 0 " + key); err != nil {
		return 0, err
	}
	at, err := until(limit, func() bool { return s.differs(r, before) })
	return at.Sub(began), err
}

// search makes n searches and measures each letter. A letter is typed when the picture of the one before has stood still for a moment.
func (s *screen) search(n int, into *typed) error {
	home := s.look(everything)
	if err := s.do("mousemove 60 97 click 1"); err != nil { // from Home to the list, which stands second in the rail
		return err
	}
	if _, err := until(patience, func() bool { return s.differs(everything, home) }); err != nil {
		return fmt.Errorf("the list of clients: %w", err)
	}
	s.rest(everything)
	if err := s.do("mousemove 700 110 key --delay 0 ctrl+f"); err != nil {
		return err
	}
	s.rest(everything)
	for done := 0; done < n; {
		for _, w := range words {
			for _, letter := range w {
				s.rest(rows)
				inBox, inRows, began := s.look(box), s.look(rows), time.Now()
				if err := s.do("key --delay 0 " + string(letter)); err != nil {
					return err
				}
				at, err := until(patience, func() bool { return s.differs(box, inBox) })
				if err != nil {
					return fmt.Errorf("the letter %q: %w", letter, err)
				}
				into.letter = append(into.letter, at.Sub(began))
				at, err = until(time.Second, func() bool { return s.differs(rows, inRows) })
				if err == nil { // else this letter left the same rows in sight
					into.rows = append(into.rows, at.Sub(began))
				}
				done++
			}
			if err := s.do("key --delay 0 ctrl+a key --delay 0 BackSpace"); err != nil {
				return err
			}
			time.Sleep(300 * time.Millisecond)
		}
	}
	return nil
}
