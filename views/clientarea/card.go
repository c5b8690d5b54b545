package clientarea

import (
	"net/http"
	"strconv"

	"clientele/app"
	"clientele/app/card"
)

// cardBody is what is stored of a client's card, and the form for another one.
type cardBody struct {
	Facts   []factLine // none where no card is stored
	Expired bool
	Remove  string // the page that asks before the card goes; empty where it cannot
	Version int64
	Heading string
	Fields  []field // none where no card can be stored
}

// cardForm shows what may be seen of the card; the form is empty, as the number is never sent back.
func cardForm(p page, c app.OwnCard) cardBody {
	b := cardBody{Version: c.Version, Expired: c.ExpiredNow, Heading: p.T("Add a card")}
	if c.Stored {
		b.Heading = p.T("Replace the card")
		b.Facts = []factLine{{p.T("Type"), p.brand(c.Type)}, {p.T("Number"), card.Masked(c.Last4)}, {p.T("Expiry date"), c.Expiry.String()}}
		for _, more := range []factLine{{p.T("Start date"), c.Start.String()}, {p.T("Issue number"), c.Issue}} {
			if more.Value != "" {
				b.Facts = append(b.Facts, more)
			}
		}
		if p.Admin == "" {
			b.Remove = "/card/remove"
		}
	}
	if c.Takes {
		b.Fields = cardFields(p, c)
	}
	return b
}

// brand is what a type of card is called.
func (p page) brand(b card.Brand) string {
	if b == card.Other {
		return p.T("Another type")
	}
	return string(b)
}

func cardFields(p page, c app.OwnCard) []field {
	number := field{Key: app.FieldCardNumber, Label: p.T("Card number"), Type: "text", InputMode: "numeric", Autocomplete: "cc-number", Max: 30, Wide: true, Required: !c.Stored}
	if c.Stored {
		number.Hint = p.T("Leave it empty if only the dates are new.")
	}
	expiry := field{Key: app.FieldCardExpiry, Label: p.T("Expiry date"), Type: "text", Autocomplete: "cc-exp", Max: 7, Required: true, Hint: p.T("Month and year, such as 08/29.")}
	start := field{Key: app.FieldCardStart, Label: p.T("Start date"), Type: "text", Autocomplete: "off", Max: 7, Optional: p.T("(optional)")}
	issue := field{Key: app.FieldCardIssue, Label: p.T("Issue number"), Type: "text", InputMode: "numeric", Autocomplete: "off", Max: 3, Optional: p.T("(optional)")}
	if !c.Last4Only {
		return []field{number, expiry, start, issue}
	}
	number.Label, number.Autocomplete, number.Max = p.T("Last 4 digits of the card number"), "off", 4
	brand := field{Key: app.FieldCardType, Label: p.T("Type"), Options: []option{{Key: "", Label: "–", Chosen: true}}}
	for _, b := range card.Brands() {
		brand.Options = append(brand.Options, option{Key: string(b), Label: p.brand(b)})
	}
	return []field{number, brand, expiry, start, issue}
}

func (s *Server) cardPage(v *visit) {
	c, err := s.app.ClientArea.Card(v.r.Context(), *v.visitor)
	if err != nil {
		s.fail(v, err)
		return
	}
	s.show(v, "card", v.page.T("Card"), cardForm(v.page, c))
}

func (s *Server) saveCard(v *visit) {
	version, _ := strconv.ParseInt(v.r.PostFormValue("version"), 10, 64) // what is no number is no version that there is
	n := app.NewCard{
		Number: card.Text(v.typed(app.FieldCardNumber)), Type: card.Brand(v.typed(app.FieldCardType)), Expiry: v.typed(app.FieldCardExpiry), Start: v.typed(app.FieldCardStart),
		Issue: v.typed(app.FieldCardIssue), Version: version,
	}
	err := s.app.ClientArea.SaveCard(v.r.Context(), *v.visitor, n)
	if err == nil {
		v.redirect("/card?done=card")
		return
	}
	c, again := s.app.ClientArea.Card(v.r.Context(), *v.visitor)
	if again != nil || app.ProblemsOf(err) == nil {
		s.fail(v, err)
		return
	}
	b := cardForm(v.page, c)
	b.Version = version
	echo(b.Fields, n)
	v.page.Problem = v.page.mend(err, pointers(b.Fields)...)
	s.write(v, http.StatusUnprocessableEntity, "card", v.page.T("Card"), b)
}

// echo gives back what was typed, so that it need not be typed again: dates and the issue number where they are such, since a card number may have been typed into the
// wrong field, and never the number.
func echo(fields []field, n app.NewCard) {
	for i := range fields {
		switch f := &fields[i]; f.Key {
		case app.FieldCardExpiry:
			f.Value = readMonth(n.Expiry)
		case app.FieldCardStart:
			f.Value = readMonth(n.Start)
		case app.FieldCardIssue:
			f.Value, _ = card.ParseIssue(n.Issue)
		case app.FieldCardType:
			for j := range f.Options {
				f.Options[j].Chosen = f.Options[j].Key == string(n.Type)
			}
		}
	}
}

// readMonth is a month as it was understood; empty where it is none.
func readMonth(typed string) string {
	m, err := card.ParseMonth(typed)
	if err != nil {
		return ""
	}
	return m.String()
}

func (s *Server) removeCardPage(v *visit) {
	c, err := s.app.ClientArea.Card(v.r.Context(), *v.visitor)
	switch p := v.page; {
	case err != nil:
		s.fail(v, err)
	case !c.Stored:
		v.redirect("/card")
	default:
		words := p.T("%s is removed for good. Another one can be added at any time.", p.brand(c.Type)+" "+card.Masked(c.Last4))
		s.show(v, "confirm", p.T("Remove this card?"), confirmBody{words, p.T("Remove"), "/card"})
	}
}

func (s *Server) removeCard(v *visit) {
	err := s.app.ClientArea.RemoveCard(v.r.Context(), *v.visitor)
	switch app.CodeOf(err) {
	case app.NotFound: // removed twice: it is gone, as was wanted
		v.redirect("/card")
	case app.NotAllowed:
		s.write(v, http.StatusForbidden, "message", v.page.T("This did not work"), v.page.T("The card is cleared on the client's page, not here."))
	default:
		if err != nil {
			s.fail(v, err)
			return
		}
		v.redirect("/card?done=removed")
	}
}
