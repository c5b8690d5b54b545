package app

import (
	"strings"

	"clientele/app/email"
	"clientele/app/i18n"
	"clientele/data"
)

// Audience is who receives a mail of a category.
type Audience struct {
	// To are those who receive it, the client first. Those marked as copies stand in the Cc line, where everybody sees who else has the mail.
	To []data.Recipient
	// Why says in words why the client is not among them; empty where the client is.
	Why string
}

// audience decides who receives a mail of a category (CO-5): the client, unless they switched the category off, and copies to each contact for whom it
// is ticked, the oldest first. Where the client does not want it, the first contact takes their place. No address is there twice. Every mail asks here.
// One with a secret, such as a new password, goes to the client alone: for it there are no contacts. See clientAlone too.
func audience(c data.Client, contacts []data.Contact, k Category) Audience {
	var a Audience
	seen := map[string]bool{}
	add := func(first, last, address string) {
		key := email.Key(address)
		if seen[key] {
			return
		}
		seen[key] = true
		a.To = append(a.To, data.Recipient{Name: strings.TrimSpace(first + " " + last), Email: address, Copy: len(a.To) > 0})
	}
	wanted := wantsOf(c)[k]
	if wanted {
		add(c.FirstName, c.LastName, c.Email)
	}
	for _, p := range contacts {
		if contactWants(p)[k] {
			add(p.FirstName, p.LastName, p.Email)
		}
	}
	switch {
	case wanted:
	case len(a.To) == 0:
		a.Why = i18n.T("The client does not want emails of the category %s, and no contact gets copies of them.", CategoryName(k))
	default:
		a.Why = i18n.T("The client does not want emails of the category %s.", CategoryName(k))
	}
	return a
}

// clientAlone is who receives a mail that the client asked for just now, such as the link for a forgotten password: nobody else, and whatever categories they
// want.
func clientAlone(c data.Client) Audience {
	return Audience{To: []data.Recipient{{Name: strings.TrimSpace(c.FirstName + " " + c.LastName), Email: c.Email}}}
}

// contactWants tells of which categories a contact gets copies.
func contactWants(c data.Contact) map[Category]bool {
	return map[Category]bool{
		General: c.MailGeneral, Invoice: c.MailInvoice, Support: c.MailSupport, Product: c.MailProduct, Domain: c.MailDomain,
	}
}

func toLine(to []data.Recipient) string {
	all := make([]string, len(to))
	for i, r := range to {
		all[i] = r.Email
	}
	return strings.Join(all, ", ")
}
