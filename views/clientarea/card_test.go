package clientarea_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/configuration"
	"clientele/views/clientarea"
)

// login is a visitor who logged in with a password.
func (s *site) login(t *testing.T, address, password string) *browser {
	t.Helper()
	b := s.browser(t)
	if r := b.fill("/login", "/login", url.Values{"email": {address}, "password": {password}}); r.status != http.StatusSeeOther {
		t.Fatalf("%s: %d %s", address, r.status, r.body)
	}
	return b
}

// hides fails the test where a text has a card number, or most of it.
func hides(t *testing.T, where, text string) {
	t.Helper()
	plain := strings.NewReplacer(" ", "", "-", "", "+", "", "%20", "").Replace(text)
	for _, part := range []string{"40000566", "05665566", "55665556", "55555555", "5555555555"} {
		if strings.Contains(plain, part) {
			t.Errorf("%s has a card number: %s", where, text)
		}
	}
}

// CA-5: a client stores a card, sees its type and last 4 digits, replaces it, gives it new dates, and removes it; the log names the client; and its number is never on a page,
// in a log or in the activity log, whatever field it was typed into.
func TestCard(t *testing.T) {
	var log strings.Builder
	s := open(t, func(o *clientarea.Options) { o.Log = textLog(&log) })
	id := s.Add(t, "ada@example.com", func(n *app.NewClient) { n.Password = "a password of my own" })
	s.Chosen(t, id)
	other := s.Add(t, "bob@example.com", nil)
	b := s.login(t, "ada@example.com", "a password of my own")
	b.get("/card").has(t, "No card is stored", "Add a card", `autocomplete="cc-number"`)
	send := func(form url.Values) reply {
		t.Helper()
		r := b.fill("/card", "/card", form)
		hides(t, "the answer", r.body+r.to)
		return r
	}
	const number = "4000-0566 5566 5556"
	for name, c := range map[string]struct {
		form  url.Values
		words string
	}{
		"nothing":               {url.Values{}, "This is no card number"},
		"a wrong digit":         {url.Values{"card_number": {"4000 0566 5566 5557"}, "card_expiry": {"08/29"}}, "This is no card number"},
		"no expiry":             {url.Values{"card_number": {number}}, "Enter the month and the year"},
		"expired":               {url.Values{"card_number": {number}, "card_expiry": {"01/20"}}, "A card that has expired"},
		"the number as expiry":  {url.Values{"card_number": {number}, "card_expiry": {number}}, "Enter the month and the year"},
		"the number everywhere": {url.Values{"card_number": {"x" + number}, "card_expiry": {number}, "card_start": {number}, "card_issue": {number}, "card_type": {number}}, "one to three digits"},
	} {
		r := send(c.form)
		if r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, c.words) {
			t.Errorf("%s: %d\n%s", name, r.status, r.body)
		}
	}
	if r := send(url.Values{"card_number": {"bad"}, "card_expiry": {"8/2029"}, "card_issue": {"02"}}); !strings.Contains(r.body, `value="08/29"`) || !strings.Contains(r.body, `value="02"`) {
		t.Errorf("what was right has to be typed again:\n%s", r.body)
	}
	if r := send(url.Values{"card_number": {number}, "card_expiry": {"8/2029"}, "client_id": {"2"}}); r.to != "/card?done=card" {
		t.Fatalf("%d %s", r.status, r.body)
	}
	page := b.get("/card?done=card")
	page.has(t, "The card was saved.", "Visa", "•••• 5556", "08/29", "Replace the card")
	hides(t, "the page", page.body)
	old := b.get("/card") // a page that stays open while the card is replaced elsewhere
	if r := send(url.Values{"card_number": {"5555 5555 5555 4444"}, "card_expiry": {"09/30"}, "card_start": {"03/25"}, "card_issue": {"7"}}); r.status != http.StatusSeeOther {
		t.Fatalf("%d %s", r.status, r.body)
	}
	late := url.Values{"card_number": {number}, "card_expiry": {"08/29"}}
	for _, m := range hidden.FindAllStringSubmatch(old.body, -1) {
		late.Set(m[1], m[2])
	}
	if r := b.do(http.MethodPost, "/card", late, nil); r.status != http.StatusUnprocessableEntity || !strings.Contains(r.body, "changed elsewhere") {
		t.Errorf("a card that was not seen is overwritten: %d", r.status)
	}
	if r := send(url.Values{"card_expiry": {"10/31"}}); r.status != http.StatusSeeOther {
		t.Errorf("new dates: %d", r.status)
	}
	b.get("/card").has(t, "Mastercard", "•••• 4444", "10/31", "03/25")
	if c := must(s.Cards.Stored(ctx, id)); c.Form != app.CardSealed || c.SavedBy != "Ada Lovelace" {
		t.Errorf("stored is %+v", c)
	}
	if c := must(s.Cards.Stored(ctx, other)); c.Stored {
		t.Error("somebody else has a card now")
	}
	b.get("/card/remove").has(t, "Remove this card?", "Mastercard •••• 4444")
	for range 2 { // the button pressed twice
		if r := b.fill("/card/remove", "/card/remove", nil); r.status != http.StatusSeeOther && r.status != http.StatusForbidden {
			t.Errorf("%d", r.status)
		}
	}
	if c := must(s.Cards.Stored(ctx, id)); c.Stored {
		t.Error("the card is still there")
	}
	if r := b.get("/card/remove"); r.to != "/card" {
		t.Errorf("there is no card to remove: %d", r.status)
	}
	for _, a := range s.Activity(t, id) {
		hides(t, "the activity log", a.Details+a.Subject)
		if strings.HasPrefix(a.Action, "card.") && a.Who != "Ada Lovelace" {
			t.Errorf("%s was done by %q", a.Action, a.Who)
		}
	}
	hides(t, "the log", log.String())
}

// An admin who looks in as a client cannot clear the card: who may do that is found out where they sit.
func TestCardOfAnAdmin(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	if err := s.Cards.Save(ctx, id, app.NewCard{Number: "4242424242424242", Expiry: "08/29"}); err != nil {
		t.Fatal(err)
	}
	b := s.as(t, id)
	b.get("/card").lacks(t, "/card/remove")
	if r := b.fill("/card/remove", "/card/remove", nil); r.status != http.StatusForbidden || !must(s.Cards.Stored(ctx, id)).Stored {
		t.Errorf("%d", r.status)
	}
}

// An office that keeps the last four digits alone asks for no more, and one that cannot seal a number asks for none.
func TestCardOfWhichLittleIsKept(t *testing.T) {
	s := open(t, nil)
	id := s.Add(t, "ada@example.com", nil)
	b := s.as(t, id)
	s.Change(t, func(set *app.Settings) { set.CardsLast4Only = true })
	b.get("/card").has(t, "Last 4 digits of the card number", `maxlength="4"`, "Diners Club")
	if r := b.fill("/card", "/card", url.Values{"card_number": {"4242"}, "card_type": {"Visa"}, "card_expiry": {"08/29"}}); r.status != http.StatusSeeOther {
		t.Errorf("%d %s", r.status, r.body)
	}
	if c := must(s.Cards.Stored(ctx, id)); c.Last4 != "4242" || c.Form != app.CardLast4 {
		t.Errorf("stored is %+v", c)
	}
	if r := b.fill("/card", "/card", url.Values{"card_number": {"4243"}, "card_expiry": {"08/29"}}); !strings.Contains(r.body, "Choose a type of card.") {
		t.Errorf("%d %s", r.status, r.body)
	}
}

// A server that does not know the office's card key yet asks for no number; with the public key of another installation it takes cards, and needs no hash for it.
func TestCardOnAServer(t *testing.T) {
	desk := open(t, nil)
	if err := desk.Cards.Start(ctx); err != nil {
		t.Fatal(err)
	}
	id := desk.Add(t, "ada@example.com", nil)
	far := serve(t, desk.Colleague(t), nil)
	b := far.as(t, id)
	b.get("/card").has(t, "A card cannot be entered here at the moment.")
	form := url.Values{"card_number": {"4242424242424242"}, "card_expiry": {"08/29"}}
	if r := b.fill("/card", "/card", form); !strings.Contains(r.body, "This cannot be done here. Please write to us.") || must(desk.Cards.Stored(ctx, id)).Stored {
		t.Errorf("%d %s", r.status, r.body)
	}
	key := desk.Configuration.Vault()
	if err := far.Configuration.Update(func(c *configuration.Configuration) error {
		c.Cards.Recipient, c.Cards.KeyID = key.Recipient, key.KeyID
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if r := b.fill("/card", "/card", form); r.status != http.StatusSeeOther {
		t.Errorf("%d %s", r.status, r.body)
	}
	n, err := desk.Cards.Reveal(ctx, id, key.Hash)
	if err != nil || n.Digits() != "4242424242424242" {
		t.Errorf("the number cannot be seen: %v", err)
	}
}
