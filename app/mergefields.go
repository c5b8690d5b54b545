package app

import (
	"slices"
	"strings"

	"clientele/app/i18n"
	"clientele/data"
)

// MergeDifference is a field of the profile in which two clients that are to be merged can differ (ME-1).
type MergeDifference struct {
	Key         string
	Label       string
	Kept, Other string // the values as they are shown; empty where there is none
	// Fill: the client that is kept has none, so that the other's is taken unless somebody says otherwise.
	Fill bool
}

// mergeable is one field of which a merge can take the other client's value. Labels are translated where they are shown.
type mergeable struct {
	key, label string
	show       func(Client) string
	take       func(to *data.Client, from data.Client)
}

// mergeables are all of them, besides custom fields and the password, in the order of the profile. The currency is the same, and notes are kept of both.
var mergeables = func() []mergeable {
	var all []mergeable
	for _, f := range textFields {
		if f.key == FieldCurrency || f.key == FieldNotes {
			continue
		}
		all = append(all, mergeable{f.key, f.label, func(c Client) string { return *f.value(&c.Client) }, func(to *data.Client, from data.Client) {
			*f.value(to) = *f.value(&from)
			if f.key == FieldEmail {
				to.EmailKey = from.EmailKey
			}
		}})
	}
	flag := func(key, label string, of func(*data.Client) *bool) mergeable {
		return mergeable{key, label, func(c Client) string { return yesNo(*of(&c.Client)) }, func(to *data.Client, from data.Client) { *of(to) = *of(&from) }}
	}
	return append(
		all,
		mergeable{FieldGroup, "Group", func(c Client) string { return c.Group.Name }, func(to *data.Client, from data.Client) { to.GroupID = from.GroupID }},
		mergeable{FieldStatus, "Status", func(c Client) string { return i18n.Text(string(c.Status)) }, func(to *data.Client, from data.Client) { to.Status = from.Status }},
		mergeable{FieldBilling, "Default Billing Contact", billingName, func(to *data.Client, from data.Client) { to.BillingContactID = from.BillingContactID }},
		flag("tax_exempt", "Tax exempt", func(c *data.Client) *bool { return &c.TaxExempt }),
		flag("separate_invoices", "Separate invoices", func(c *data.Client) *bool { return &c.SeparateInvoices }),
		flag("no_late_fees", "Don't Apply Late Fees", func(c *data.Client) *bool { return &c.NoLateFees }),
		flag("no_overdue_emails", "Don't Send Overdue Emails", func(c *data.Client) *bool { return &c.NoOverdueEmails }),
		flag("marketing_opt_in", "Marketing opt-in", func(c *data.Client) *bool { return &c.MarketingOptIn }),
	)
}()

// billingName is the contact whose name a client's invoices carry.
func billingName(c Client) string {
	if c.BillingContactID == nil {
		return ""
	}
	for _, k := range c.Contacts {
		if k.ID == *c.BillingContactID {
			return contactName(k)
		}
	}
	return ""
}

// mergeDifferences lists the fields in which two clients differ.
func mergeDifferences(tx *data.Tx, kept, gone Client) ([]MergeDifference, error) {
	var all []MergeDifference
	put := func(key, label, a, b string) {
		if a != b {
			all = append(all, MergeDifference{Key: key, Label: label, Kept: a, Other: b, Fill: a == "" && b != ""})
		}
	}
	for _, f := range mergeables {
		put(f.key, i18n.Text(f.label), f.show(kept), f.show(gone))
	}
	fields, err := tx.CustomFields()
	if err != nil {
		return nil, err
	}
	for _, f := range fields {
		put(CustomKey(f.ID), f.Name, kept.Custom[f.ID], gone.Custom[f.ID])
	}
	if (kept.PasswordHash == "") != (gone.PasswordHash == "") {
		word := func(hash string) string {
			if hash == "" {
				return ""
			}
			return i18n.T("set")
		}
		put(FieldPassword, i18n.T("Password"), word(kept.PasswordHash), word(gone.PasswordHash))
	}
	return all, nil
}

// notTaken puts into words what the client that is discarded had and the one that is kept does not get.
func notTaken(fields []MergeDifference, take []string) string {
	var lines []string
	for _, f := range fields {
		switch {
		case f.Key == FieldPassword:
		case slices.Contains(take, f.Key) && f.Kept != "":
			lines = append(lines, "- "+f.Label+": "+i18n.T("was %s", f.Kept))
		case !slices.Contains(take, f.Key) && f.Other != "":
			lines = append(lines, "- "+f.Label+": "+f.Other)
		}
	}
	return strings.Join(lines, "\n")
}
