package palette

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"clientele/app/i18n"
	"clientele/views/kit"
)

// What of the past is offered first: the pages that were opened last, and the commands.
const (
	mostOpened = 5
	mostUsed   = 4
	prefRecent = "palette.recent"
)

// recent is what was opened and done lately, newest first. It is kept for the next start, for each place of data on its own: numbers and names of one mean
// nothing in another, and are none of its business.
type recent struct {
	prefs  fyne.Preferences
	key    string
	Opened []opened
	Used   []string // titles of commands
}

// opened is a client or an invoice that was opened: its key, such as “client 7”, and its name then.
type opened struct{ Key, Title string }

func newRecent(prefs fyne.Preferences, where string) *recent {
	sum := sha256.Sum256([]byte(where))
	r := &recent{prefs: prefs, key: prefRecent + "." + hex.EncodeToString(sum[:6])}
	if json.Unmarshal([]byte(prefs.String(r.key)), r) != nil { // as if it had never been kept
		r.Opened, r.Used = nil, nil
	}
	return r
}

func (r *recent) keep() {
	if raw, err := json.Marshal(r); err == nil {
		r.prefs.SetString(r.key, string(raw))
	}
}

func (r *recent) used(title string) {
	r.Used = slices.DeleteFunc(r.Used, func(t string) bool { return t == title })
	r.Used = slices.Insert(r.Used, 0, title)
	r.Used = r.Used[:min(len(r.Used), mostUsed)]
	r.keep()
}

// first puts commands that were used lately before the others.
func (r *recent) first(all []Command) []Command {
	place := func(c Command) int {
		if i := slices.Index(r.Used, c.Title); i >= 0 {
			return i
		}
		return mostUsed
	}
	all = slices.Clone(all)
	slices.SortStableFunc(all, func(a, b Command) int { return place(a) - place(b) })
	return all
}

// Opened notes that a client or an invoice was opened, under a key such as “client 7” or “invoice 3”.
func (p *Palette) Opened(key, title string) {
	kind, _, _ := strings.Cut(key, " ")
	if title == "" || kind != "client" && kind != "invoice" {
		return
	}
	r := p.recent
	if len(r.Opened) > 0 && r.Opened[0] == (opened{key, title}) {
		return
	}
	r.Opened = slices.DeleteFunc(r.Opened, func(o opened) bool { return o.Key == key })
	r.Opened = slices.Insert(r.Opened, 0, opened{key, title})
	r.Opened = r.Opened[:min(len(r.Opened), mostOpened)]
	r.keep()
}

// Again notes that what was opened before came to the front once more.
func (p *Palette) Again(key string) {
	for _, o := range p.recent.Opened {
		if o.Key == key {
			p.Opened(o.Key, o.Title)
			return
		}
	}
}

// opened offers what was opened lately.
func (p *Palette) opened() []kit.Pick {
	var all []kit.Pick
	for _, o := range p.recent.Opened {
		kind, number, _ := strings.Cut(o.Key, " ")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			continue
		}
		open := p.desk.Go.Client
		if kind == "invoice" {
			open = p.desk.Go.Invoice
		}
		all = append(all, kit.Pick{Title: o.Title, Detail: i18n.T("opened lately"), Do: func() { open(id) }})
	}
	return all
}
