package data

import "strings"

// named is what a text that is searched for in a list stands for: what is found as a whole, such as the number of an invoice, or the clients that a search for
// it finds, of whom SearchCap are looked at.
type named struct {
	whole   string
	clients []int64
	more    bool // there are clients that are not among them
}

// look finds what a text stands for, where there is any and it was not looked up yet.
func (tx *Tx) look(text string, to **named) error {
	if text == "" || *to != nil {
		return nil
	}
	found, err := tx.Search(text, SearchCap)
	if err != nil {
		return err
	}
	n := &named{whole: strings.TrimPrefix(text, "#"), more: found.More || found.Total > len(found.Rows)}
	for _, r := range found.Rows {
		n.clients = append(n.clients, r.ID)
	}
	*to = n
	return nil
}

// where is the condition that a row fits. whole is the one by which it is found as a whole, or empty where nothing is.
func (n *named) where(whole string) (condition string, args []any) {
	switch {
	case whole == "" && len(n.clients) == 0:
		return "1 = 0", nil
	case whole == "":
		return "client_id IN ?", []any{n.clients}
	case len(n.clients) == 0:
		return whole, []any{n.whole}
	}
	return "(" + whole + " OR client_id IN ?)", []any{n.whole, n.clients}
}

// all tells that no client was left out. A list of others must not be taken for whole.
func (n *named) all() bool { return n == nil || !n.more }
