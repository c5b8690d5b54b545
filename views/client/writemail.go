package client

import "clientele/app"

// WriteMail begins a mail to the client, or goes on with the one that was begun.
func (p *Page) WriteMail() { p.write("", app.Manual{}) }

// WriteMailWith is WriteMail with the documents of m attached. Where the client is still being read, the mail is begun once that is there.
func (p *Page) WriteMailWith(m app.Manual) {
	if p.got == nil {
		p.pending = func() { p.write("", m) }
		return
	}
	p.write("", m)
}

func (p *Page) write(subject string, m app.Manual) {
	for i, t := range p.parts {
		if e, ok := t.(*emails); ok && p.got != nil {
			e.write(m)
			e.writer.about(subject)
			p.tabs.Go(tabKey(i))
			e.front(p.d.Canvas())
			return
		}
	}
}
