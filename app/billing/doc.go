// Package billing has the rules of billing: what the lines of an invoice come to, which taxes apply, when a service is due
// next, how invoices are numbered, which status may follow which, and where a payment goes. They are values and
// functions of values: nothing is stored here, no clock is read, and no amount is a binary fraction.
//
// Amounts are rounded by the one rule of package money, to the nearest minor unit and from the middle away from zero.
// Compute says at which steps.
package billing
