package app

import (
	"fmt"
	"strings"

	"clientele/app/i18n"
	"clientele/data"
)

// Acts as the activity log names them. They are stored, so they are never renamed.
const (
	actClientAdded        = "client.added"
	actClientChanged      = "client.changed"
	actStatusChanged      = "client.status"
	actClientClosed       = "client.closed"
	actClientDeleted      = "client.deleted"
	actClientMerged       = "client.merged"
	actRestored           = "backup.restored"
	actGroupChanged       = "client.group"
	actPasswordSet        = "client.password"
	actPasswordReset      = "client.password-reset"
	actResetAsked         = "client.reset-asked"
	actLoggedIn           = "client.login"
	actLoginSlowed        = "client.login-slowed"
	actOpenedAs           = "client.opened-as"
	actContactAdded       = "contact.added"
	actContactChanged     = "contact.changed"
	actContactDeleted     = "contact.deleted"
	actNoteAdded          = "note.added"
	actNoteChanged        = "note.changed"
	actNoteSticky         = "note.sticky"
	actNoteDeleted        = "note.deleted"
	actCreditAdjusted     = "credit.adjusted"
	actCreditAdded        = "credit.added"
	actCreditRemoved      = "credit.removed"
	actCreditDeleted      = "credit.deleted"
	actCreditApplied      = "credit.applied"
	actCreditReturned     = "credit.returned"
	actInvoiceDrafted     = "invoice.drafted"
	actInvoiceEdited      = "invoice.edited"
	actInvoicePublished   = "invoice.published"
	actInvoiceStatus      = "invoice.status"
	actInvoiceDeleted     = "invoice.deleted"
	actLateFee            = "invoice.late-fee"
	actDailyRun           = "daily.run"
	actPaymentRecorded    = "payment.recorded"
	actRefunded           = "payment.refunded"
	actTransactionAdded   = "transaction.added"
	actTransactionChanged = "transaction.changed"
	actTransactionDeleted = "transaction.deleted"
	actServiceAdded       = "service.added"
	actServiceChanged     = "service.changed"
	actServiceDeleted     = "service.deleted"
	actProductSaved       = "product.saved"
	actProductDeleted     = "product.deleted"
	actTaxRuleSaved       = "tax.saved"
	actTaxRuleDeleted     = "tax.deleted"
	actCardAdded          = "card.added"
	actCardReplaced       = "card.replaced"
	actCardChanged        = "card.changed"
	actCardCleared        = "card.cleared"
	actCardMoved          = "card.moved"
	actCardRevealed       = "card.revealed"
	actCardRefused        = "card.refused"
	actCardNumbersRemoved = "card.numbers-removed"
	actCardKeyChanged     = "card.key-changed"
	actCardKeyLost        = "card.key-lost"
	actCardKeyForeign     = "card.key-foreign"
	actCardKeyAdopted     = "card.key-adopted"
	actCardHashAway       = "card.hash-away"
	actLockSet            = "lock.set"
	actLockChanged        = "lock.changed"
	actLockRemoved        = "lock.removed"
	actLockRefused        = "lock.refused"
	actImported           = "clients.imported"
	actImportUndone       = "clients.import-undone"
	actBillingConfirmed   = "services.confirmed"
	actMailQueued         = "mail.queued"
	actMailSent           = "mail.sent"
	actMailFailed         = "mail.failed"
	actMailCancelled      = "mail.cancelled"
	actMailRetried        = "mail.retried"
	actCampaignBegun      = "campaign.begun"
	actCampaignState      = "campaign.state"
	actTemplateSaved      = "template.saved"
	actTemplateDeleted    = "template.deleted"
	actSettingChanged     = "setting.changed"
	actGroupSaved         = "group.saved"
	actGroupDeleted       = "group.deleted"
	actFieldSaved         = "field.saved"
	actFieldDeleted       = "field.deleted"
	actLogAccepted        = "log.accepted"
	actAdminAdded         = "admin.added"
	actAdminChanged       = "admin.changed"
	actAdminDeleted       = "admin.deleted"
	actSignedIn           = "admin.signed-in"
	actSignInRefused      = "admin.refused"
	actUndone             = "undone" // with a point and the kind of what was deleted
)

// entry is a line of the activity log by the admin at this desktop.
func (c *core) entry(action string, clientID int64, subject, details string) data.Activity {
	a := data.Activity{Who: c.who(), Action: action, Subject: subject, Details: details}
	if clientID != 0 {
		a.ClientID = &clientID
	}
	return a
}

// difference collects what an edit changed, readable by a person: "Phone: – → +44 20 7946 0958".
type difference struct{ lines []string }

func (d *difference) text(label, before, after string) {
	if before != after {
		d.lines = append(d.lines, fmt.Sprintf("%s: %s → %s", label, shown(before), shown(after)))
	}
}

func (d *difference) flag(label string, before, after bool) {
	if before != after {
		d.text(label, yesNo(before), yesNo(after))
	}
}

func (d *difference) String() string { return strings.Join(d.lines, "\n") }

// shown is a value in a line of the log: whole, but not endless.
func shown(s string) string {
	const most = 200
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return "–"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func yesNo(b bool) string {
	if b {
		return i18n.T("yes")
	}
	return i18n.T("no")
}
