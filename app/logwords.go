package app

import (
	"strings"

	"clientele/app/i18n"
)

// LogKind is a kind of acts, by which the activity log can be narrowed down.
type LogKind string

// The kinds.
const (
	LogClient   LogKind = "client"
	LogContacts LogKind = "contacts"
	LogNotes    LogKind = "notes"
	LogFiles    LogKind = "files"
	LogMoney    LogKind = "money"
	LogMail     LogKind = "mail"
	LogLogins   LogKind = "logins"
	LogReveals  LogKind = "reveals"
	LogSettings LogKind = "settings"
	LogImports  LogKind = "imports"
)

// logKinds are all kinds in the order in which they are offered, with their names.
var logKinds = []struct {
	kind LogKind
	name string
}{
	{LogClient, "Client"},
	{LogContacts, "Contacts"},
	{LogNotes, "Notes"},
	{LogFiles, "Files"},
	{LogMoney, "Money"},
	{LogMail, "Mail"},
	{LogLogins, "Logins"},
	{LogReveals, "Reveals"},
	{LogSettings, "Settings"},
	{LogImports, "Imports"},
}

// actWords is how an act is called in the log. The words are translated where they are shown.
type actWords struct {
	kind  LogKind
	words string
	// self: the subject is the client whose line it is, and need not be named again.
	self bool
}

// acts are all acts that the log knows. Each constant has its words here.
var acts = map[string]actWords{
	actClientAdded:        {LogClient, "Client added", true},
	actClientChanged:      {LogClient, "Profile changed", true},
	actStatusChanged:      {LogClient, "Status changed", true},
	actGroupChanged:       {LogClient, "Group changed", true},
	actClientClosed:       {LogClient, "Client closed", true},
	actClientDeleted:      {LogClient, "Client deleted", false},
	actClientMerged:       {LogClient, "Clients merged", false},
	actRestored:           {LogSettings, "Backup restored", false},
	actPasswordSet:        {LogLogins, "Password set", true},
	actPasswordReset:      {LogLogins, "Password reset", true},
	actResetAsked:         {LogLogins, "Password reset asked for", true},
	actLoggedIn:           {LogLogins, "Logged in to the client area", true},
	actLoginSlowed:        {LogLogins, "Log-ins slowed down after wrong passwords", true},
	actOpenedAs:           {LogLogins, "Client area opened as this client", true},
	actContactAdded:       {LogContacts, "Contact added", false},
	actContactChanged:     {LogContacts, "Contact changed", false},
	actContactDeleted:     {LogContacts, "Contact deleted", false},
	actNoteAdded:          {LogNotes, "Note added", false},
	actNoteChanged:        {LogNotes, "Note changed", false},
	actNoteSticky:         {LogNotes, "Note made sticky or not", false},
	actNoteDeleted:        {LogNotes, "Note deleted", false},
	actFileAdded:          {LogFiles, "File added", false},
	actFileChanged:        {LogFiles, "File changed", false},
	actFileDeleted:        {LogFiles, "File deleted", false},
	actCreditAdjusted:     {LogMoney, "Credit balance changed", true},
	actCreditAdded:        {LogMoney, "Credit added", false},
	actCreditRemoved:      {LogMoney, "Credit removed", false},
	actCreditDeleted:      {LogMoney, "Credit entry deleted", false},
	actCreditApplied:      {LogMoney, "Credit applied to an invoice", false},
	actCreditReturned:     {LogMoney, "Credit returned from an invoice", false},
	actInvoiceDrafted:     {LogMoney, "Invoice drafted", false},
	actInvoiceEdited:      {LogMoney, "Invoice changed", false},
	actInvoicePublished:   {LogMoney, "Invoice published", false},
	actInvoiceStatus:      {LogMoney, "Status of an invoice changed", false},
	actInvoiceDeleted:     {LogMoney, "Invoice deleted", false},
	actLateFee:            {LogMoney, "Late fee charged", false},
	actDailyRun:           {LogMoney, "Daily run", false},
	actPaymentRecorded:    {LogMoney, "Payment recorded", false},
	actRefunded:           {LogMoney, "Payment refunded", false},
	actTransactionAdded:   {LogMoney, "Transaction added", false},
	actTransactionChanged: {LogMoney, "Transaction changed", false},
	actTransactionDeleted: {LogMoney, "Transaction deleted", false},
	actServiceAdded:       {LogClient, "Service added", false},
	actServiceChanged:     {LogClient, "Service changed", false},
	actServiceDeleted:     {LogClient, "Service deleted", false},
	actProductSaved:       {LogSettings, "Product saved", false},
	actProductDeleted:     {LogSettings, "Product deleted", false},
	actTaxRuleSaved:       {LogSettings, "Tax rule saved", false},
	actTaxRuleDeleted:     {LogSettings, "Tax rule deleted", false},
	actCardAdded:          {LogClient, "Card stored", true},
	actCardReplaced:       {LogClient, "Card replaced", true},
	actCardChanged:        {LogClient, "Card changed", true},
	actCardCleared:        {LogClient, "Card details cleared", true},
	actCardMoved:          {LogClient, "Card came from another client", true},
	actCardRevealed:       {LogReveals, "Full card number viewed", true},
	actCardRefused:        {LogReveals, "CC Encryption Hash refused", true},
	actCardNumbersRemoved: {LogSettings, "Card numbers removed", false},
	actCardKeyChanged:     {LogSettings, "CC Encryption Hash changed", false},
	actCardKeyLost:        {LogSettings, "New card vault begun, the hash was lost", false},
	actCardKeyForeign:     {LogSettings, "Card key of this desktop is not the office's", false},
	actCardKeyAdopted:     {LogSettings, "Card key taken over on this desktop", false},
	actCardHashAway:       {LogSettings, "CC Encryption Hash taken off the machine", false},
	actLockSet:            {LogSettings, "Window lock set", false},
	actLockChanged:        {LogSettings, "Window lock changed", false},
	actLockRemoved:        {LogSettings, "Window lock removed", false},
	actLockRefused:        {LogLogins, "Window lock: wrong passphrase", false},
	actImported:           {LogImports, "Clients imported", false},
	actImportUndone:       {LogImports, "Import undone", false},
	actBillingConfirmed:   {LogImports, "Billing of imported services confirmed", false},
	actMailQueued:         {LogMail, "Mail queued", false},
	actMailSent:           {LogMail, "Mail sent", false},
	actMailFailed:         {LogMail, "Mail failed", false},
	actMailCancelled:      {LogMail, "Mail cancelled", false},
	actMailRetried:        {LogMail, "Mail sent again", false},
	actCampaignBegun:      {LogMail, "Mail to many clients begun", false},
	actCampaignState:      {LogMail, "Mail to many clients changed", false},
	actTemplateSaved:      {LogSettings, "Mail template changed", false},
	actTemplateDeleted:    {LogSettings, "Mail template deleted", false},
	actSettingChanged:     {LogSettings, "Settings changed", false},
	actGroupSaved:         {LogSettings, "Client group saved", false},
	actGroupDeleted:       {LogSettings, "Client group deleted", false},
	actFieldSaved:         {LogSettings, "Custom field saved", false},
	actFieldDeleted:       {LogSettings, "Custom field deleted", false},
	actLogAccepted:        {LogSettings, "Activity log goes on after a gap", false},
	actAdminAdded:         {LogSettings, "Admin added", false},
	actAdminChanged:       {LogSettings, "Admin changed", false},
	actAdminDeleted:       {LogSettings, "Admin removed", false},
	actSignedIn:           {LogLogins, "Admin signed in", false},
	actSignInRefused:      {LogLogins, "Sign-in of an admin refused", false},

	undone(undoContact): {LogContacts, "Contact brought back", false},
	undone(undoNote):    {LogNotes, "Note brought back", false},
	undone(undoFile):    {LogFiles, "File brought back", false},
	undone(undoService): {LogClient, "Service brought back", false},
	undone(undoCredit):  {LogMoney, "Credit entry brought back", false},
	undone(undoDraft):   {LogMoney, "Draft brought back", false},
}

// undone is the act of taking back a deletion of a kind.
func undone(kind undoKind) string { return actUndone + "." + string(kind) }

// wordsOf are the words of an act. One that this version does not know, as a newer one on the same server may have written it, is called by its name.
func wordsOf(action string) actWords {
	if w, ok := acts[action]; ok {
		return w
	}
	return actWords{words: strings.ReplaceAll(action, ".", " ")}
}

// KindName is what a kind is called, in the person's language.
func KindName(kind LogKind) string {
	for _, k := range logKinds {
		if k.kind == kind {
			return i18n.Text(k.name)
		}
	}
	return string(kind)
}

// actionsOf are the acts of a kind.
func actionsOf(kind LogKind) []string {
	var all []string
	for action, w := range acts {
		if w.kind == kind {
			all = append(all, action)
		}
	}
	return all
}
