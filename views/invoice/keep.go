package invoice

import (
	"encoding/json"
	"strconv"
	"strings"

	"clientele/app"
	"clientele/app/billing"
	"clientele/data"
)

// Where the form's own affairs are kept: its key and version, and its lines.
const (
	keptKey     = ".key"
	keptVersion = ".version"
	keptLines   = ".lines"
)

// keptLine is a line as it comes back after a crash: what is typed in it, and what it bills.
type keptLine struct {
	Text    [cellCount]string
	Taxed   bool
	Kind    data.LineKind  `json:",omitempty"`
	Service int64          `json:",omitempty"`
	Period  billing.Period `json:",omitzero"`
}

// place is which form the editor is.
func (e *editor) place() app.Place {
	return app.Place{Form: app.FormInvoice, Client: e.of.ClientID, Of: e.of.ID}
}

// kept is what comes back after a crash.
func (e *editor) kept() map[string]string {
	if !e.unsaved() {
		return nil
	}
	lines := make([]keptLine, len(e.lines.all))
	words := make([]string, 0, len(e.lines.all))
	for i, l := range e.lines.all {
		lines[i] = keptLine{l.Text, l.Taxed, l.of.Kind, l.of.ServiceID, l.of.Period}
		if !l.blank() {
			words = append(words, l.Text[cellQuantity]+" × "+l.Text[cellDescription]+": "+l.Text[cellPrice])
		}
	}
	raw, err := json.Marshal(lines)
	if err != nil {
		return nil
	}
	kept := e.form.Plain()
	kept[keptLines], kept[app.FieldLines] = string(raw), strings.Join(words, "\n")
	kept[keptKey], kept[keptVersion] = e.key, strconv.FormatInt(e.of.Version, 10)
	return kept
}

// bring puts back what was kept, with the version that it was typed into: saving finds what somebody else stored since, and asks.
func (e *editor) bring(kept map[string]string) {
	var lines []keptLine
	if json.Unmarshal([]byte(kept[keptLines]), &lines) == nil && len(lines) > 0 {
		e.lines.all = nil
		for _, k := range lines {
			of := app.InvoiceLine{Kind: k.Kind, ServiceID: k.Service, Period: k.Period}
			e.lines.all = append(e.lines.all, &line{of: of, typed: typed{Text: k.Text, Taxed: k.Taxed}})
		}
	}
	e.form.SetValues(kept)
	e.key = kept[keptKey]
	if v, err := strconv.ParseInt(kept[keptVersion], 10, 64); err == nil {
		e.of.Version = v
	}
	e.lines.tell()
	e.lines.body.grown()
	e.lines.focus(len(e.lines.all)-1, cellDescription)
}

// Reopen brings back what an earlier run left, once the invoice is read.
func (p *Page) Reopen(t app.Typed) {
	if p.editor == nil {
		p.left = &t
		return
	}
	p.editor.keeper.Bring(t)
}
