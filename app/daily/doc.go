// Package daily has the rules of the daily run: which services are to be invoiced on a day, which invoices get a late fee or a reminder, whose card
// is about to expire, and whose status follows their services. A plan is a function of what is known of a client and of the date, so it can be shown
// without being done, and doing it is planning once more on the newest data.
//
// What happened before is part of what is known: which periods were invoiced, which reminders went out. So planning twice plans nothing twice.
package daily
