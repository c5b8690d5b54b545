package data

import (
	"strconv"
	"strings"

	"clientele/app/fold"
)

// docs is a row of search_docs, the text that the trigram index stands on.
type docs struct {
	ClientID int64 `gorm:"primaryKey;autoIncrement:false"`
	Body     string
}

func (docs) TableName() string { return "search_docs" }

// docsOf are the search texts of new clients. contacts are those of the client at the same place; there may be fewer places.
func docsOf(cs []Client, contacts [][]Contact) []docs {
	ds := make([]docs, len(cs))
	var extras []string
	for i, c := range cs {
		extras = extras[:0]
		if i < len(contacts) {
			for _, k := range contacts[i] {
				extras = append(extras, k.searchLine())
			}
		}
		ds[i] = docs{c.ID, searchBody(c, extras)}
	}
	return ds
}

// searchBody is the text under which a client is found: every field a line, folded, and a line for each of its extras. The two line ends at the end
// let the last one and two characters begin a trigram as all others do.
func searchBody(c Client, extras []string) string {
	var b strings.Builder
	put := func(line string) {
		if line = fold.Text(line); line != "" {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	for _, field := range []string{
		c.FirstName + " " + c.LastName, c.Company, c.Email, c.Phone, c.PhoneDigits, c.Address1, c.Address2, c.City, c.State,
		c.Postcode, c.TaxID, c.Notes,
	} {
		put(field)
	}
	for _, line := range extras {
		put(line)
	}
	b.WriteString("#" + strconv.FormatInt(c.ID, 10) + "\n\n")
	return b.String()
}

// searchLine is what a client is found by for the sake of a contact. searchExtras makes the same.
func (c Contact) searchLine() string { return c.FirstName + " " + c.LastName + " " + c.Email }

// How much of the notes clients are found by: so many characters of each, and so many bytes of all of a client, the newest notes first. The whole text
// is written anew with each change of a client, so that it must not grow without end.
const (
	noteSearched  = 4_000
	notesSearched = 256 << 10
)

// searchExtras reads what clients are found by that is not in their own rows, such as the last four digits of their card, by the client, for those with numbers from first to last. It is one
// statement, whatever there is to be found.
func (tx *Tx) searchExtras(first, last int64) (map[int64][]string, error) {
	const notes = 2
	type extra struct {
		client int64
		kind   int
		line   string
	}
	rows, err := scan(tx.db.Raw(`SELECT client_id, kind, line FROM (
			SELECT client_id, 1 AS kind, id AS place, first_name || ' ' || last_name || ' ' || email AS line FROM contacts WHERE client_id BETWEEN ? AND ?
			UNION ALL
			SELECT client_id, 2 AS kind, -id AS place, substr(body, 1, ?) AS line FROM notes WHERE client_id BETWEEN ? AND ?
			UNION ALL
			SELECT client_id, 3 AS kind, 0 AS place, last4 AS line FROM cards WHERE client_id BETWEEN ? AND ?
			UNION ALL
			SELECT kept_id, 4 AS kind, old_id AS place, '#' || old_id || ' ' || name || ' ' || email AS line FROM merged_clients WHERE kept_id BETWEEN ? AND ?
		) x ORDER BY client_id, kind, place`, first, last, noteSearched, first, last, first, last, first, last), func(e *extra) []any { return []any{&e.client, &e.kind, &e.line} })
	if err != nil {
		return nil, err
	}
	extras := map[int64][]string{}
	ofNotes := map[int64]int{} // bytes
	for _, e := range rows {
		if e.kind == notes {
			if ofNotes[e.client] += len(e.line); ofNotes[e.client] > notesSearched {
				continue
			}
		}
		extras[e.client] = append(extras[e.client], e.line)
	}
	return extras, nil
}

// reindex brings a client's search text in step with all that is stored. It is called after what belongs to the client was changed, and reads the
// client for changing, so that of two desktops the later one sees what the earlier one wrote.
func (tx *Tx) reindex(clientID int64) error {
	c, err := tx.ClientToChange(clientID)
	if err != nil {
		return err
	}
	return tx.reindexAs(c)
}

// reindexAs is reindex where the client's row is known, and kept from being changed.
func (tx *Tx) reindexAs(c Client) error {
	extras, err := tx.searchExtras(c.ID, c.ID)
	if err != nil {
		return err
	}
	return tx.engine.reindex(tx.db, c.ID, searchBody(c, extras[c.ID]))
}
