package app

import (
	"slices"
	"strings"

	"clientele/app/i18n"
)

// otherNames are what WHMCS calls fields, and what they are here: the first one that a mail has. Texts that were written there can be pasted and are saved with our
// names.
var otherNames = map[string][]string{
	"invoice_num": {"invoice_number"}, "invoice_id": {"invoice_number"}, "invoice_date_created": {"invoice_date"}, "invoice_date_due": {"invoice_due"},
	"invoice_total_balance_due": {"invoice_balance"}, "invoice_amount_paid": {"invoice_paid"}, "invoice_html_contents": {"invoice_lines"},
	"invoice_items": {"invoice_lines"}, "invoice_link": {"client_area_url"},
	"invoice_last_payment_amount": {"payment_amount", "refund_amount"}, "invoice_last_payment_transid": {"payment_reference", "refund_reference"},
	"invoice_refund_type": {"refund_to_credit"},
	"client_cc_type":      {"card_type"}, "client_cc_number": {"card_last_four"}, "client_cc_expiry": {"card_expiry"},
	"whmcs_url": {"client_area_url"}, "company_domain": {"client_area_url"}, "date": {"today"}, "client_companyname": {"client_company_name"},
}

// ourNames puts our names of fields in the place of those of WHMCS.
func (t mailText) ourNames(k mailKind) mailText {
	for name, ours := range otherNames {
		if slices.Contains(k.fields, name) {
			continue
		}
		at := slices.IndexFunc(ours, func(f string) bool { return slices.Contains(k.fields, f) })
		if at < 0 {
			continue
		}
		r := strings.NewReplacer("{$"+name+"}", "{$"+ours[at]+"}", "{if $"+name+"}", "{if $"+ours[at]+"}")
		t.subject, t.body, t.plain = r.Replace(t.subject), r.Replace(t.body), r.Replace(t.plain)
	}
	return t
}

// unknownField says that a mail has no such field, and which one may be meant.
func unknownField(k mailKind, name string) error {
	words := i18n.T("There is no field {$%s} in this mail.", name)
	if near := nearest(strings.ToLower(strings.TrimSpace(name)), k.fields); near != "" {
		words += " " + i18n.T("Do you mean {$%s}?", near)
	}
	return &Error{Code: Invalid, Message: words}
}

// nearest is the name that differs least from a mistyped one, or "" where none is near.
func nearest(name string, names []string) string {
	best, least := "", len(name)/2+1
	for _, n := range names {
		if d := distance(name, n); d < least {
			best, least = n, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out or changed to make one word of the other (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		before := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := before
			if a[i] != b[j] {
				cost++
			}
			before = row[j+1]
			row[j+1] = min(cost, row[j]+1, before+1)
		}
	}
	return row[len(b)]
}
