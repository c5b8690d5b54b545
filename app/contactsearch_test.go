package app_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"clientele/app"
	"clientele/app/apptest"
	"clientele/app/fold"
	"clientele/data"
)

// CL-2: after any adding, editing, deleting and undoing of contacts exactly those clients are found by a contact's text whose contacts hold it, and the
// index is what it should be. The steps are the same each time: each is a commit to the disk, too slow for thousands of them.
func TestSearchFollowsContacts(t *testing.T) {
	const steps = 150
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		m := &contactModel{T: t, o: o, r: rand.New(rand.NewPCG(3, 1)), there: map[int64][]data.Contact{}}
		for i := range 3 {
			m.clients = append(m.clients, o.Add(t, fmt.Sprintf("c%d@example.com", i), nil))
		}
		acts := []func(){m.add, m.edit, m.delete, m.undo}
		for range steps {
			some(m.r, acts)()
			m.check()
		}
		o.Sound(t)
	})
}

// names are parts of one another, in several scripts.
var names = []string{"Zylkowska", "Zylk", "Ørnskjold", "Ornskjold", "Ξανθίππη", "王小明", "Quxby", "Quxbyson", "O'Xell", "50%_Xu"}

type contactModel struct {
	*testing.T
	o       *apptest.Office
	r       *rand.Rand
	clients []int64
	there   map[int64][]data.Contact
	undos   []deletion
	seen    int
}

type deletion struct {
	undo    int64
	contact data.Contact
}

// some is one of a list.
func some[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func (m *contactModel) details() app.ContactDetails {
	m.seen++
	return person(some(m.r, names), some(m.r, names), fmt.Sprintf("k%d@%s.example", m.seen, some(m.r, []string{"gylph", "gyl", "bücher"})))
}

func (m *contactModel) add() {
	client := some(m.r, m.clients)
	if _, err := m.o.Contacts.Add(ctx, client, app.NewContact{ContactDetails: m.details()}); err != nil {
		m.Fatal(err)
	}
	m.reload(client)
}

// any is a contact that is there.
func (m *contactModel) any() (data.Contact, bool) {
	var all []data.Contact
	for _, c := range m.clients {
		all = append(all, m.there[c]...)
	}
	if len(all) == 0 {
		return data.Contact{}, false
	}
	return some(m.r, all), true
}

func (m *contactModel) edit() {
	k, ok := m.any()
	if !ok {
		return
	}
	d := m.details()
	if m.r.IntN(2) == 0 { // only what is not found by
		d.FirstName, d.LastName, d.Email, d.City = k.FirstName, k.LastName, k.Email, fmt.Sprint("City", m.seen)
	}
	if err := m.o.Contacts.Update(ctx, k.ID, k.Version, d); err != nil {
		m.Fatal(err)
	}
	m.reload(k.ClientID)
}

func (m *contactModel) delete() {
	k, ok := m.any()
	if !ok {
		return
	}
	undo, err := m.o.Contacts.Delete(ctx, k.ID)
	if err != nil {
		m.Fatal(err)
	}
	m.undos = append(m.undos, deletion{undo, k})
	m.reload(k.ClientID)
}

func (m *contactModel) undo() {
	if len(m.undos) == 0 {
		return
	}
	i := m.r.IntN(len(m.undos))
	d := m.undos[i]
	m.undos = slices.Delete(m.undos, i, i+1)
	if _, err := m.o.Undos.Undo(ctx, d.undo); err != nil {
		m.Fatal(err)
	}
	m.reload(d.contact.ClientID)
	if !slices.Contains(m.there[d.contact.ClientID], d.contact) {
		m.Fatalf("%+v is not back", d.contact)
	}
}

func (m *contactModel) reload(client int64) {
	c, err := m.o.Clients.Get(ctx, client)
	if err != nil {
		m.Fatal(err)
	}
	m.there[client] = c.Contacts
}

func (m *contactModel) check() {
	query := some(m.r, append(slices.Clone(names), "gylph", "gyl", "bücher", "k1@gyl", "zyl quxby", "小明 王", "ξανθ", "ylk k"))
	found, err := m.o.Clients.Search(ctx, query, 1000)
	if err != nil {
		m.Fatal(err)
	}
	for _, c := range m.clients {
		var text strings.Builder
		for _, k := range m.there[c] {
			fmt.Fprintln(&text, fold.Text(k.FirstName+" "+k.LastName+" "+k.Email))
		}
		want := true
		for _, w := range strings.Fields(fold.Text(query)) {
			want = want && strings.Contains(text.String(), w)
		}
		got := slices.ContainsFunc(found.Rows, func(r data.ClientRow) bool { return r.ID == c })
		if got != want {
			m.Fatalf("%q: client %d found %v, want %v among\n%s", query, c, got, want, text.String())
		}
	}
}

// CL-2: a client is found by the last four digits of the card that is stored, as long as it is, and never by others of them; and by the number and the address of a
// client that was merged into it, before all that hold the number somewhere.
func TestSearchByCardAndOldNumber(t *testing.T) {
	apptest.Each(t, func(t *testing.T, o *apptest.Office) {
		if err := o.Cards.Start(ctx); err != nil {
			t.Fatal(err)
		}
		kept, gone, other := o.Add(t, "kept@example.com", nil), o.Add(t, "gone@example.com", nil), o.Add(t, "other@example.com", nil)
		finds := func(text string) (ids []int64) {
			t.Helper()
			found, err := o.Clients.Search(ctx, text, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range found.Rows {
				ids = append(ids, r.ID)
			}
			return ids
		}
		if err := o.Cards.Save(ctx, kept, app.NewCard{Number: "5555 5555 5555 4444", Expiry: "08/29"}); err != nil {
			t.Fatal(err)
		}
		if got := finds("4444"); !slices.Equal(got, []int64{kept}) {
			t.Errorf("the last four digits find %v", got)
		}
		if got := finds("5555"); len(got) != 0 {
			t.Errorf("other digits find %v", got)
		}
		if _, err := o.Cards.Clear(ctx, kept); err != nil {
			t.Fatal(err)
		}
		if got := finds("4444"); len(got) != 0 {
			t.Errorf("a card that is gone finds %v", got)
		}
		if _, err := o.Notes.Add(ctx, app.NewNote{ClientID: other, Body: fmt.Sprintf("See #%d.", gone)}); err != nil {
			t.Fatal(err)
		}
		p, err := o.Clients.MergePreview(ctx, kept, gone)
		if err == nil {
			err = o.Clients.Merge(ctx, app.Merge{Keep: kept, Discard: gone, KeepVersion: p.Kept.Version, DiscardVersion: p.Gone.Version}, app.Quiet{})
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := finds(fmt.Sprintf("#%d", gone)); len(got) == 0 || got[0] != kept {
			t.Errorf("the old number finds %v", got)
		}
		if got := finds("gone@example"); !slices.Equal(got, []int64{kept}) {
			t.Errorf("the old address finds %v", got)
		}
	})
}
