package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"clientele/app/date"
	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/app/money"
	"clientele/data"
)

// Merge says how two clients become one (ME-1): which is kept, which is discarded, and what is taken from the profile of the one that is discarded.
type Merge struct {
	Keep, Discard int64
	// The versions of both as the preview was shown.
	KeepVersion, DiscardVersion int64
	// Take are the keys of the fields whose values come from the client that is discarded; see MergeDifference.
	Take []string
	// TakeCard has the card of the client that is discarded stay, where both have one. The other one is wiped.
	TakeCard bool
}

// MergeSide is one of two clients that are to be merged, with what there is of it.
type MergeSide struct {
	Client
	Has                        data.Possessions
	Credit, Owed, Invoiced, In money.Money
	Card                       string // as it may be shown; empty where none is stored
}

// Merging is what a merge would do.
type Merging struct {
	Kept, Gone MergeSide
	// After is what the kept client will have. Its sums are those of both.
	After  MergeSide
	Fields []MergeDifference // in which the two differ
	// United are the addresses of contacts that both have: they become one, who gets the mail that either of them gets.
	United []string
	// NewContact tells that the address of the client that is discarded becomes a contact, so that it is not lost. Where that address is taken, it is the kept one's; see Lost.
	NewContact bool
	// oldContact tells that of the address of the kept client.
	oldContact bool
	// Server tells that the data lies on a server, so that no backup is made here before.
	Server bool
}

// MergePreview tells what a merge would do. NotAllowed: they have different currencies, or are one and the same.
func (s *Clients) MergePreview(ctx context.Context, keep, discard int64) (m Merging, err error) {
	m.Server = !s.backups.Available()
	err = s.snapshot(ctx, func(tx *data.Tx) error {
		if m.Kept, err = mergeSide(tx, keep); err != nil {
			return err
		}
		if m.Gone, err = mergeSide(tx, discard); err != nil {
			return err
		}
		if err := mayMerge(m.Kept.Client.Client, m.Gone.Client.Client); err != nil {
			return err
		}
		if m.Fields, err = mergeDifferences(tx, m.Kept.Client, m.Gone.Client); err != nil {
			return err
		}
		for _, p := range alike(m.Kept.Contacts, m.Gone.Contacts) {
			m.United = append(m.United, p.of.Email)
		}
		contacts := append(slices.Clone(m.Kept.Contacts), m.Gone.Contacts...)
		m.NewContact, m.oldContact = wouldBeLost(contacts, m.Gone.Email), wouldBeLost(contacts, m.Kept.Email)
		m.After, err = m.Kept.with(m.Gone)
		m.After.Contacts = nil
		m.After.Has.Contacts -= int64(len(m.United))
		if m.NewContact {
			m.After.Has.Contacts++
		}
		return err
	})
	return m, err
}

// Lost is the address that becomes a contact, so that it is not lost; empty where no contact is made. taken says that the kept client gets the other's address.
func (m Merging) Lost(taken bool) string {
	switch {
	case taken && m.oldContact:
		return m.Kept.Email
	case !taken && m.NewContact:
		return m.Gone.Email
	}
	return ""
}

func mergeSide(tx *data.Tx, id int64) (m MergeSide, err error) {
	if m.Client, err = clientWith(tx, id); err != nil {
		return m, err
	}
	if m.Has, err = tx.Possessions(id); err != nil {
		return m, err
	}
	c := money.Currency(m.Client.Currency)
	if m.Card, err = cardName(tx, id); err != nil {
		return m, err
	}
	invoiced := int64(0)
	for _, sum := range m.Has.Invoices {
		invoiced += sum.Total
	}
	m.Credit, m.Owed, m.Invoiced, m.In = money.New(m.Client.Client.Credit, c), money.New(m.Client.Client.Owed, c), money.New(invoiced, c), money.New(m.Has.In, c)
	return m, nil
}

// cardName is the card of a client as it may be shown, or empty where none is stored.
func cardName(tx *data.Tx, clientID int64) (string, error) {
	card, err := tx.Card(clientID)
	if errors.Is(err, data.ErrNotFound) {
		return "", nil
	}
	return card.String(), err
}

// with adds up what two clients have.
func (m MergeSide) with(o MergeSide) (sum MergeSide, err error) {
	sum = m
	sum.Has = m.Has.Plus(o.Has)
	var errs []error
	plus := func(a, b money.Money) money.Money {
		total, err := a.Add(b)
		errs = append(errs, err)
		return total
	}
	sum.Credit, sum.Owed, sum.Invoiced, sum.In = plus(m.Credit, o.Credit), plus(m.Owed, o.Owed), plus(m.Invoiced, o.Invoiced), plus(m.In, o.In)
	return sum, errors.Join(errs...)
}

// mayMerge says why two clients cannot be merged, or nil.
func mayMerge(kept, gone data.Client) error {
	switch {
	case kept.ID == gone.ID:
		return &Error{Code: NotAllowed, Message: i18n.T("A client cannot be merged with itself. Choose another one.")}
	case kept.Currency != gone.Currency:
		return &Error{Code: NotAllowed, Message: i18n.T("One of these clients is billed in %s and the other one in %s. Amounts of different currencies cannot be added up, so they cannot be merged.", kept.Currency, gone.Currency)}
	}
	return nil
}

// Merge makes one client of two (ME-2, ME-3). Everything of the client that is discarded moves to the one that is kept, whose profile stays but for the fields that
// are taken. A backup is made before. Conflict: one of them is not as it was shown any more, and nothing was done.
//
// The lines that the activity log has of the discarded client stay under its number, as the log is append-only, and are listed with those of the kept one.
func (s *Clients) Merge(ctx context.Context, m Merge, p Progress) error {
	if err := s.may(Deleting); err != nil {
		return err
	}
	for id, version := range map[int64]int64{m.Keep: m.KeepVersion, m.Discard: m.DiscardVersion} {
		if err := s.asShown(ctx, id, version); err != nil {
			return err // before a backup is made for nothing
		}
	}
	if err := s.backups.before(ctx, BackupMerge, p); err != nil {
		return err
	}
	p.Step(i18n.T("Merging the clients"))
	err := s.longWrite(ctx, func(tx *data.Tx, changes *[]Change) error {
		kept, gone, err := bothToChange(tx, m)
		if err != nil {
			return err
		}
		if err := (&merger{core: &s.core, tx: tx, Merge: m, kept: kept, gone: gone}).run(); err != nil {
			return err
		}
		for _, topic := range []Topic{TopicClient, TopicContacts, TopicNotes, TopicFiles, TopicCredit, TopicInvoices, TopicTransactions, TopicServices, TopicMail} {
			*changes = append(*changes, Change{Topic: topic})
		}
		return nil
	})
	if err == nil {
		s.scrub(ctx)
	}
	return err
}

// bothToChange reads both clients and keeps others from changing them, always in one order, so that two merges cannot block each other for good.
func bothToChange(tx *data.Tx, m Merge) (kept, gone Client, err error) {
	for _, id := range []int64{min(m.Keep, m.Discard), max(m.Keep, m.Discard)} {
		if _, err := tx.ClientToChange(id); err != nil {
			return kept, gone, err
		}
	}
	if kept, err = clientWith(tx, m.Keep); err != nil {
		return kept, gone, err
	}
	if gone, err = clientWith(tx, m.Discard); err != nil {
		return kept, gone, err
	}
	if kept.Version != m.KeepVersion || gone.Version != m.DiscardVersion {
		return kept, gone, data.ErrChanged
	}
	return kept, gone, mayMerge(kept.Client, gone.Client)
}

// merger merges two clients in a transaction.
type merger struct {
	*core
	tx *data.Tx
	Merge
	kept, gone Client
	fields     []MergeDifference
	united     map[int64]int64 // contacts that became one with another
}

func (m *merger) run() (err error) {
	if m.fields, err = mergeDifferences(m.tx, m.kept, m.gone); err != nil {
		return err
	}
	before, err := m.sums(m.Keep, m.Discard)
	if err != nil {
		return err
	}
	for _, step := range []func() error{m.card, m.move, m.unite, m.keepAddress, m.profile, m.custom, m.mark, m.remark} {
		if err := step(); err != nil {
			return err
		}
	}
	after, err := m.sums(m.Keep)
	if err != nil {
		return err
	}
	if before != after { // never, or there would be a mistake in what is above: then nothing is changed
		return fmt.Errorf("app: the sums of clients %d and %d would change by their merge: %+v, %+v", m.Keep, m.Discard, before, after)
	}
	if err := m.tx.Reindex(m.Keep); err != nil {
		return err
	}
	return m.tx.AddActivity(m.entry(actClientMerged, m.Keep, nameOf(m.kept.Client), i18n.T("%s was merged into this client.", m.goneName())))
}

// sums adds up the money of clients, from the rows themselves.
func (m *merger) sums(ids ...int64) (sum data.AccountSums, err error) {
	for _, id := range ids {
		s, err := m.tx.AccountSums(id)
		if err != nil {
			return sum, err
		}
		sum = sum.Plus(s)
	}
	return sum, nil
}

func (m *merger) goneName() string {
	return i18n.T("Client #%s", strconv.FormatInt(m.Discard, 10)) + ", " + nameOf(m.gone.Client)
}

// card gives the card of one client to the other where that one has none. Where both have one, the one that was not chosen is wiped.
func (m *merger) card() error {
	wiped := m.Discard
	if m.TakeCard {
		wiped = m.Keep
	}
	_, err := m.tx.Card(m.Keep)
	if err == nil {
		if _, err = m.tx.Card(m.Discard); err == nil {
			if _, err := m.tx.DeleteCard(wiped); err != nil {
				return err
			}
			if err := m.scrubAfter(m.tx); err != nil {
				return err
			}
		}
	}
	if err != nil && !errors.Is(err, data.ErrNotFound) {
		return err
	}
	if _, err = m.tx.Card(m.Discard); errors.Is(err, data.ErrNotFound) {
		return nil
	} else if err != nil {
		return err
	}
	_, err = m.tx.MoveCard(m.Discard, m.Keep)
	return err
}

// move gives everything to the client that is kept and removes the other one.
func (m *merger) move() error {
	err := m.tx.MoveUndos(m.Discard, func(content string) (string, error) { return movedTo(content, m.Discard, m.Keep) })
	if err != nil {
		return err
	}
	return m.tx.MergeClients(m.kept.Client, m.gone.Client, data.MergedClient{Name: nameOf(m.gone.Client), Email: m.gone.Email, Who: m.who()})
}

// unite makes one of two contacts with the same address: it gets the mail that either of them got.
func (m *merger) unite() error {
	m.united = map[int64]int64{}
	for _, p := range alike(m.kept.Contacts, m.gone.Contacts) {
		before, err := m.tx.Contact(p.of.ID) // it may have been united with another one
		if err != nil {
			return err
		}
		both := before
		both.MailGeneral, both.MailInvoice, both.MailSupport = before.MailGeneral || p.with.MailGeneral, before.MailInvoice || p.with.MailInvoice, before.MailSupport || p.with.MailSupport
		both.MailProduct, both.MailDomain = before.MailProduct || p.with.MailProduct, before.MailDomain || p.with.MailDomain
		if err := m.tx.UpdateContact(before, &both); err != nil {
			return err
		}
		m.united[p.with.ID] = p.of.ID
		p.with.ClientID = m.Keep // it moved with all else
		if err := m.tx.DeleteContact(p.with); err != nil {
			return err
		}
	}
	return nil
}

// keepAddress makes a contact of the address that the client would no longer have, with all mail off.
func (m *merger) keepAddress() error {
	from := m.gone.Client
	if slices.Contains(m.Take, FieldEmail) {
		from = m.kept.Client
	}
	all, err := m.tx.Contacts(m.Keep)
	if err != nil || !wouldBeLost(all, from.Email) {
		return err
	}
	k := data.Contact{
		ClientID: m.Keep, FirstName: from.FirstName, LastName: from.LastName, Company: from.Company, Email: from.Email, Address1: from.Address1, Address2: from.Address2,
		City: from.City, State: from.State, Postcode: from.Postcode, Country: from.Country, Phone: from.Phone, TaxID: from.TaxID,
	}
	return m.tx.InsertContact(&k)
}

// profile takes the fields that were chosen from the client that is gone, and keeps its admin notes below those of the other.
func (m *merger) profile() error {
	before, err := m.tx.ClientToChange(m.Keep)
	if err != nil {
		return err
	}
	after := before
	for _, f := range mergeables {
		if slices.Contains(m.Take, f.key) {
			f.take(&after, m.gone.Client)
		}
	}
	if id := after.BillingContactID; id != nil && m.united[*id] != 0 {
		other := m.united[*id]
		after.BillingContactID = &other
	}
	if notes := m.notes(); len(notes) <= maxNotes {
		after.Notes = notes
	}
	if err := m.tx.UpdateProfile(before, &after); err != nil {
		return err
	}
	if slices.Contains(m.Take, FieldPassword) {
		until := int64(0)
		if m.gone.PasswordExpiresAt != nil {
			until = *m.gone.PasswordExpiresAt
		}
		return m.tx.SetPassword(m.Keep, m.gone.PasswordHash, m.gone.PasswordMustChange, until)
	}
	return nil
}

// maxNotes is how many bytes of admin notes a merge puts together on the profile. What is longer becomes a note.
const maxNotes = 8000

// notes are the admin notes of both clients.
func (m *merger) notes() string {
	if strings.TrimSpace(m.gone.Notes) == "" || m.gone.Notes == m.kept.Notes {
		return m.kept.Notes
	}
	heading := i18n.T("%s, merged on %s:", m.goneName(), date.Today(m.now()).Format(i18n.CurrentLocale()))
	return strings.TrimLeft(m.kept.Notes+"\n\n"+heading+"\n"+m.gone.Notes, "\n")
}

// custom writes the values of custom fields that were taken.
func (m *merger) custom() error {
	values := map[int64]string{}
	for id, v := range m.gone.Custom {
		if slices.Contains(m.Take, CustomKey(id)) {
			values[id] = v
		}
	}
	return setCustom(m.tx, m.Keep, values, m.kept.Custom)
}

// mark shows in the credit log where the credit of the client that is gone came in, by two entries that add up to nothing.
func (m *merger) mark() error {
	amount := m.gone.Credit
	if amount == 0 {
		return nil
	}
	a, err := m.account(m.tx, m.Keep)
	if err != nil {
		return err
	}
	for _, e := range []data.CreditMove{
		{Kind: data.CreditMergedOut, Amount: -amount, Description: i18n.T("Balance of %s up to here", m.goneName())},
		{Kind: data.CreditMergedIn, Amount: amount, Description: i18n.T("Merged from %s", m.goneName())},
	} {
		if _, err := a.move(e, never); err != nil {
			return err
		}
	}
	return nil
}

// remark writes down what the client that is gone had and the kept one did not get.
func (m *merger) remark() error {
	body := notTaken(m.fields, m.Take)
	if long := m.notes(); len(long) > maxNotes {
		body += "\n\n" + m.gone.Notes
	}
	if body = strings.TrimSpace(body); body == "" {
		return nil
	}
	body = i18n.T("%s was merged into this client. Not kept of its profile:", m.goneName()) + "\n\n" + body
	if len(body) > NoteLimit {
		body = strings.ToValidUTF8(body[:NoteLimit], "")
	}
	return m.tx.AddNote(&data.Note{ClientID: m.Keep, Body: body, CreatedBy: m.who()})
}

// pair is two contacts with one address.
type pair struct{ of, with data.Contact }

// alike pairs the contacts of the client that is discarded with those of the other that have the same address. No address is not the same address.
func alike(kept, gone []data.Contact) []pair {
	var all []pair
	for _, g := range gone {
		key := email.Key(g.Email)
		at := slices.IndexFunc(kept, func(k data.Contact) bool { return key != "" && email.Key(k.Email) == key })
		if at >= 0 {
			all = append(all, pair{kept[at], g})
		}
	}
	return all
}

// wouldBeLost tells that an address is no contact's.
func wouldBeLost(contacts []data.Contact, address string) bool {
	key := email.Key(address)
	return address != "" && !slices.ContainsFunc(contacts, func(k data.Contact) bool { return email.Key(k.Email) == key })
}
