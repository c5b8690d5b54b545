package document

import "strings"

// letterhead draws the first page's head: logo, business, address and the facts beside it. It leaves y where the text
// begins.
func (s *sheet) letterhead(b Business, p Party, facts []Detail) {
	s.sender(b)
	s.address(b, p)
	under := s.facts(facts)
	for _, fold := range s.form.folds {
		s.hair(4, fold, 3, rule)
	}
	s.y = max(s.form.start, under)
}

// sender draws the logo on the left and the business on the right.
func (s *sheet) sender(b Business) {
	const top, most = 12.0, 26.0 // mm
	x := s.form.facts.x
	width := s.form.right - x
	if logo, err := readLogo(b.Logo); len(b.Logo) > 0 && err == nil {
		scale := min(80/float64(logo.width), most/float64(logo.height), 25.4/150) // not coarser than 150 dots an inch
		s.register("logo", logo.width, logo.file)
		s.pdf.ImageOptions("logo", s.form.left, top, float64(logo.width)*scale, float64(logo.height)*scale, false, pngOptions, 0, "")
	}
	y := top
	for _, l := range wrap(oneLine(b.Name), strong, width) {
		s.put(x, y, l)
		y += l.face.height()
	}
	s.ink(grey)
	for _, part := range append(cleanLines(b.Address), cleanLines(b.Contact)...) {
		for _, l := range wrap(part, small, width) {
			if y+l.face.height() > s.form.facts.y-2 {
				break // the column belongs to the number and the dates from here on
			}
			s.put(x, y, l)
			y += l.face.height()
		}
	}
	s.ink(black)
}

// address draws the sender's line and the client's address where the window shows them.
func (s *sheet) address(b Business, p Party) {
	window := s.form.window
	s.ink(grey)
	back := strings.Join(append([]string{oneLine(b.Name)}, cleanLines(b.Address)...), " · ")
	for _, l := range wrap(back, tiny, window.width)[:1] {
		s.put(window.x, window.y, l)
	}
	s.ink(black)
	top := window.y + tiny.height() + 1
	most := window.y + window.height - top
	lines := cleanLines(p.Address)
	for face := (typeface{regular, 10.5}); ; face.size -= 0.5 {
		var set []textLine
		for _, l := range lines {
			set = append(set, wrap(l, face, window.width)...)
		}
		if height := float64(len(set)) * face.height(); height > most && face.size > 5 {
			continue // a long address is set smaller rather than cut off by the window
		}
		for i, l := range set {
			if y := top + float64(i)*face.height(); y < s.form.start-face.height() {
				s.put(window.x, y, l)
			}
		}
		return
	}
}

// facts draws labels and values in two columns, and returns where they end.
func (s *sheet) facts(all []Detail) float64 {
	place := s.form.facts
	labels := 0.0
	for _, f := range all {
		labels = max(labels, single(f.Label, small).width)
	}
	labels = min(labels+3, place.width/2)
	y := place.y
	for _, f := range all {
		if f.Value == "" {
			continue
		}
		s.ink(grey)
		label := wrap(oneLine(f.Label), small, labels-2)
		for i, l := range label {
			s.put(place.x, y+0.4+float64(i)*small.height(), l)
		}
		s.ink(black)
		value := wrap(oneLine(f.Value), body, place.width-labels)
		for i, l := range value {
			s.put(place.x+labels, y+float64(i)*body.height(), l)
		}
		y += max(float64(len(label))*small.height(), float64(len(value))*body.height()) + 0.5
	}
	return y + 4
}

// foot draws the foot of a page: what the business wants to say on each, its tax number and bank, and the page's number.
func (s *sheet) foot(b Business, footer string, page, pages int) {
	y := s.form.bottom + 5
	s.hair(s.form.left, y-1.5, s.form.right-s.form.left, rule)
	s.ink(grey)
	number := single(s.words.T("Page %d of %d", page, pages), tiny)
	s.putRight(s.form.right, y, number)
	var parts []string
	if id := oneLine(b.TaxID); id != "" {
		if vatNumber(id) {
			parts = append(parts, s.words.T("VAT number: %s", id))
		} else {
			parts = append(parts, s.words.T("Tax ID: %s", id))
		}
	}
	if bank := cleanLines(b.Bank); len(bank) > 0 {
		parts = append(parts, strings.Join(bank, " · "))
	}
	parts = append(parts, cleanLines([]string{footer})...)
	for _, l := range wrap(strings.Join(parts, "\n"), tiny, s.form.right-s.form.left-number.width-6) {
		if y+tiny.height() > s.form.height-5 {
			break // no printer reaches further
		}
		s.put(s.form.left, y, l)
		y += tiny.height()
	}
	s.ink(black)
}

// continued draws the head of a later page: what it belongs to.
func (s *sheet) continued(title, business string) {
	s.ink(grey)
	right := single(business, small)
	if width := s.form.right - s.form.left; right.width < width/2 {
		s.putRight(s.form.right, 12, right)
	}
	s.put(s.form.left, 12, wrap(oneLine(title), small, (s.form.right-s.form.left)/2)[0])
	s.hair(s.form.left, 17.5, s.form.right-s.form.left, rule)
	s.ink(black)
	s.y = head
}

// across draws a large pale word over the page, behind everything else.
func (s *sheet) across(word string) {
	face := typeface{semibold, 100}
	l := single(word, face)
	if most := s.form.width * 0.95; l.width > most {
		face.size *= most / l.width
		l = single(word, face)
	}
	x, y := s.form.width/2, s.form.height/2
	s.ink(232)
	s.pdf.TransformBegin()
	s.pdf.TransformRotate(45, x, y)
	s.put(x-l.width/2, y-face.height()/2, l)
	s.pdf.TransformEnd()
	s.ink(black)
}

// stamp draws a word in a frame at the right of the heading.
func (s *sheet) stamp(word string, y float64) {
	l := single(word, typeface{semibold, 15})
	width, height := l.width+8, l.face.height()+2
	x := s.form.right - width
	s.ink(grey)
	s.pdf.SetDrawColor(grey, grey, grey)
	s.pdf.SetLineWidth(0.6)
	s.pdf.RoundedRect(x, y, width, height, 1.5, "1234", "D")
	s.pdf.SetLineWidth(0.2)
	s.put(x+4, y+1, l)
	s.ink(black)
}
